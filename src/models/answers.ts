/** What a model says of a row: a value, or a share for each class. */
import type { Shape } from "../frame/dataset.ts";
import type { Prediction } from "../frame/prediction.ts";
import type { Fault } from "./contract.ts";
import { lengthFault } from "./parts.ts";

/** Sums of shares as saved and as predicted are 1 up to the rounding of their parts. */
const ROUNDING = 1e-6;
const MOST = 1 + ROUNDING;

/** Numbers in an answer: one for regression, else one a class. */
export function widthOf({ classes }: Pick<Shape, "classes">): number {
  return Math.max(1, classes.length);
}

/** Answers row by row as a prediction; `width` of 1: values. */
export function predictionOf(values: Float64Array, width: number): Prediction {
  return width === 1 ? { kind: "value", values } : { kind: "probability", values, classes: width };
}

/** Saved answers, one after the other: as many as wanted, and for classes shares that sum to 1. */
export function answersFault(what: string, values: ArrayLike<number>, answers: number, shape: Shape): Fault {
  const width = widthOf(shape);
  return lengthFault(what, values, answers * width) ?? (width === 1 ? undefined : sharesFault(what, values, width));
}

/** Every number must be a share. */
export function rangeFault(what: string, values: ArrayLike<number>, most: number = MOST): Fault {
  for (let i = 0; i < values.length; i++)
    if (!(values[i] >= 0 && values[i] <= most))
      return `${what}: wanted shares from 0 to 1, got ${values[i]} at place ${i}`;
  return undefined;
}

/** Every `width` numbers must be shares that sum to 1. */
export function sharesFault(what: string, values: ArrayLike<number>, width: number): Fault {
  const at = firstWithoutShares(values, width);
  return at < 0 ? undefined : `${what}: wanted shares from 0 to 1 that sum to 1, got ${shown(values, at, width)}`;
}

/** Which answer of a prediction is no finite number, or no shares that sum to 1: its place, or -1. O(values). */
export function faultyAnswer(prediction: Prediction): number {
  const { values } = prediction;
  if (prediction.kind === "probability") return firstWithoutShares(values, prediction.classes) / prediction.classes;
  return values.findIndex((value) => !Number.isFinite(value));
}

/** Where the first `width` numbers start that are no shares; below 0: all are. */
function firstWithoutShares(values: ArrayLike<number>, width: number): number {
  for (let at = 0; at < values.length; at += width) {
    let sum = 0;
    for (let k = 0; k < width; k++) {
      const value = values[at + k];
      if (!(value >= 0 && value <= MOST)) return at;
      sum += value;
    }
    if (!(Math.abs(sum - 1) <= ROUNDING)) return at;
  }
  return -width;
}

function shown(values: ArrayLike<number>, at: number, width: number): string {
  const few = Array.from({ length: Math.min(width, 3) }, (_, k) => values[at + k]);
  return `${few.join(", ")}${width > 3 ? ", ..." : ""}`;
}

/** The most frequent of `classes` counts or shares starting at `from`; the first of ties. */
export function mostFrequent(counts: ArrayLike<number>, from: number, classes: number): number {
  let best = 0;
  for (let k = 1; k < classes; k++) if (counts[from + k] > counts[from + best]) best = k;
  return best;
}
