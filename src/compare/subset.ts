/** Some rows of what was asked and answered. */
import type { Scored } from "../evaluate/metrics/contract.ts";

export function subsetTruth(truth: Scored["truth"], rows: Int32Array): Scored["truth"] {
  if (truth.task === "regression") return { ...truth, values: Float64Array.from(rows, (i) => truth.values[i]) };
  return { ...truth, codes: rows.map((i) => truth.codes[i]) };
}

export function subsetPrediction(prediction: Scored["prediction"], rows: Int32Array): Scored["prediction"] {
  if (prediction.kind === "value")
    return { kind: "value", values: Float64Array.from(rows, (i) => prediction.values[i]) };
  const { classes } = prediction;
  const values = new Float64Array(rows.length * classes);
  rows.forEach((row, i) => {
    for (let k = 0; k < classes; k++) values[i * classes + k] = prediction.values[row * classes + k];
  });
  return { kind: "probability", values, classes };
}

export function rowCount(truth: Scored["truth"]): number {
  return truth.task === "regression" ? truth.values.length : truth.codes.length;
}

/** Row numbers by key, keys in order of first appearance. */
export function rowsBy(key: (row: number) => number, rows: number): Int32Array[] {
  const lists = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const k = key(row);
    const list = lists.get(k);
    if (list === undefined) lists.set(k, [row]);
    else list.push(row);
  }
  return Array.from(lists.values(), (list) => Int32Array.from(list));
}
