/** The target column of a dataset. */
import type { Target } from "../../frame/dataset.ts";
import { sharedDoubles, sharedInts } from "../../frame/shared.ts";
import { classOf } from "../levels.ts";
import type { TargetSchema } from "../schema.ts";
import { levelTexts, type RawColumn } from "../../frame/table.ts";
import { counted } from "../../words/numbers.ts";
import { encodeNumber, mapCells, unseenCells, type Note } from "./columns.ts";

/** All missing when there is no such column. Classes that the schema does not have are missing, and counted. */
export function encodeTarget(raw: RawColumn | undefined, schema: TargetSchema, rows: number, note: Note): Target {
  const { name, task, classes } = schema;
  if (task === "regression") {
    if (raw === undefined) return { task, name, values: sharedDoubles(rows).fill(Number.NaN) };
    return { task, name, values: encodeNumber(unquoted(raw), note).values };
  }
  if (raw === undefined) return { task, name, codes: sharedInts(rows).fill(-1), classes };
  const index = new Map(classes.map((text, code) => [text, code]));
  const codes = mapCells(raw, (text) => index.get(classOf(text)) ?? -1);
  const { count, examples } = unseenCells(raw, codes);
  if (count > 0)
    note({
      code: "unseen-classes",
      column: name,
      message: `${counted(count, "cell")} of the target ${name} with classes that the model does not know, such as ${JSON.stringify(examples[0])}, read as missing`,
      count,
      evidence: { texts: examples },
    });
  return { task, name, codes, classes };
}

/** A regression target may be numbers in quotes within the cell ('12'). */
function unquoted(raw: RawColumn): RawColumn {
  if (raw.kind === "number") return raw;
  const numbers = levelTexts(raw.levels).map((text) => Number(classOf(text)));
  if (numbers.length === 0 || numbers.some(Number.isNaN)) return raw;
  const values = sharedDoubles(raw.codes.length);
  for (let r = 0; r < values.length; r++) values[r] = raw.codes[r] < 0 ? Number.NaN : numbers[raw.codes[r]];
  return { kind: "number", name: raw.name, markers: raw.markers, values };
}
