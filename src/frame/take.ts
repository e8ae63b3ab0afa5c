/** Some rows of a table, of what was asked and of what was answered, in the order of `rows`. */
import { gather } from "../numeric/gather.ts";
import type { Column, Dataset, Rows, Target, TextColumn } from "./dataset.ts";
import type { Prediction } from "./prediction.ts";

/** The target at the given rows, in their order. O(rows). */
export function targetAt(target: Target, rows: ArrayLike<number>): Target {
  return target.task === "regression"
    ? { ...target, values: gather(target.values, rows) }
    : { ...target, codes: codesAt(target.codes, rows) };
}

function codesAt(codes: Int32Array, rows: ArrayLike<number>): Int32Array {
  const out = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = codes[rows[i]];
  return out;
}

/** The answers for some rows out of a prediction of all rows. */
export function predictionAt(prediction: Prediction, rows: Rows): Prediction {
  const { values: all } = prediction;
  const width = prediction.kind === "value" ? 1 : prediction.classes;
  const values = new Float64Array(rows.length * width);
  for (let i = 0, at = 0; i < rows.length; i++)
    for (let from = rows[i] * width, end = from + width; from < end; from++) values[at++] = all[from];
  return { ...prediction, values };
}

/** The same rows in another order, some of them, or with repeats: row i of the result is row order[i]. O(cells and bytes of texts taken). */
export function takeRows(data: Dataset, order: ArrayLike<number>): Dataset {
  const column = (c: Column): Column => {
    if (c.kind === "number") return { ...c, values: gather(c.values, order) };
    return c.kind === "category" ? { ...c, codes: codesAt(c.codes, order) } : textsAt(c, order);
  };
  const { target, weights, groups, time, moments, forecast } = data;
  return {
    ...data,
    rows: order.length,
    columns: data.columns.map(column),
    target: targetAt(target, order),
    ...(weights && { weights: gather(weights, order) }),
    ...(groups && { groups: codesAt(groups, order) }),
    ...(time && { time: gather(time, order) }),
    ...(moments && { moments: gather(moments, order) }),
    ...(forecast && { forecast: column(forecast) as NonNullable<Dataset["forecast"]> }),
  };
}

function textsAt({ name, bytes, ends }: TextColumn, order: ArrayLike<number>): TextColumn {
  const startOf = (row: number): number => (row === 0 ? 0 : ends[row - 1]);
  const endsThere = new Float64Array(order.length);
  let size = 0;
  for (let i = 0; i < order.length; i++) endsThere[i] = size += ends[order[i]] - startOf(order[i]);
  const taken = new Uint8Array(size);
  for (let i = 0; i < order.length; i++)
    taken.set(bytes.subarray(startOf(order[i]), ends[order[i]]), i === 0 ? 0 : endsThere[i - 1]);
  return { kind: "text", name, bytes: taken, ends: endsThere };
}
