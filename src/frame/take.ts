/** Some rows of what was asked and answered, in the order of `rows`. */
import { gather } from "../numeric/gather.ts";
import type { Rows, Target } from "./dataset.ts";
import type { Prediction } from "./prediction.ts";

/** The target at the given rows, in their order. O(rows). */
export function targetAt(target: Target, rows: Rows): Target {
  if (target.task === "regression") return { ...target, values: gather(target.values, rows) };
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = target.codes[rows[i]];
  return { ...target, codes };
}

/** The answers for some rows out of a prediction of all rows. */
export function predictionAt(prediction: Prediction, rows: Rows): Prediction {
  const width = prediction.kind === "value" ? 1 : prediction.classes;
  const values = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++)
    for (let j = 0; j < width; j++) values[i * width + j] = prediction.values[rows[i] * width + j];
  return { ...prediction, values };
}
