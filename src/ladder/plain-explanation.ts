import { shapeOf, type Dataset } from "../frame/dataset.ts";
import type { Model } from "../models/contract.ts";
import type { Rung } from "../report/artifact.ts";
import { clipped } from "../report/wording.ts";

/** What a reader can take in of a model, in lines and characters: names and levels may be of any length. */
const LINES = 60;
const LINE = 400;

/** A model's explanation, of bounded length. */
export function plainExplanation(model: Model, data: Dataset): Rung["explanation"] {
  const { summary, lines, drawing } = model.explain(shapeOf(data));
  const rest = lines.length - LINES;
  const shown = lines.slice(0, LINES);
  return {
    summary: clipped(summary, LINE),
    lines: textsClipped(rest > 0 ? [...shown, `... and ${rest} more ${rest === 1 ? "line" : "lines"}`] : shown),
    ...(drawing && { drawing: textsClipped(drawing) }),
  };
}

/** The same data with none of its texts longer than a line. */
function textsClipped<T>(data: T): T {
  if (typeof data === "string") return clipped(data, LINE) as T;
  if (Array.isArray(data)) return data.map(textsClipped) as T;
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, textsClipped(value)])) as T;
}
