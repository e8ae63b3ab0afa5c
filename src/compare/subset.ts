/** Some rows of what was asked and answered. */
import type { Scored } from "../evaluate/metrics/contract.ts";

export function subsetTruth(truth: Scored["truth"], rows: Int32Array): Scored["truth"] {
  if (truth.task === "regression") return { ...truth, values: valuesAt(truth.values, rows) };
  return { ...truth, codes: rows.map((i) => truth.codes[i]) };
}

export function subsetPrediction(prediction: Scored["prediction"], rows: Int32Array): Scored["prediction"] {
  if (prediction.kind === "value") return { kind: "value", values: valuesAt(prediction.values, rows) };
  const { classes } = prediction;
  const values = new Float64Array(rows.length * classes);
  for (let i = 0; i < rows.length; i++)
    for (let k = 0; k < classes; k++) values[i * classes + k] = prediction.values[rows[i] * classes + k];
  return { kind: "probability", values, classes };
}

/** As `Float64Array.from` with a function, many times faster. */
function valuesAt(values: Float64Array, rows: Int32Array): Float64Array {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]];
  return out;
}

export function rowCount(truth: Scored["truth"]): number {
  return truth.task === "regression" ? truth.values.length : truth.codes.length;
}

/** Row numbers by key, keys in order of first appearance. */
export function rowsBy(key: (row: number) => number, rows: number): Int32Array[] {
  const known = new Map<number, number>();
  const listOf = new Int32Array(rows);
  const sizes: number[] = [];
  for (let row = 0; row < rows; row++) {
    const k = key(row);
    let list = known.get(k);
    if (list === undefined) {
      list = known.size;
      known.set(k, list);
      sizes.push(0);
    }
    listOf[row] = list;
    sizes[list]++;
  }
  const lists = sizes.map((count) => new Int32Array(count));
  const filled = new Int32Array(lists.length);
  for (let row = 0; row < rows; row++) lists[listOf[row]][filled[listOf[row]]++] = row;
  return lists;
}
