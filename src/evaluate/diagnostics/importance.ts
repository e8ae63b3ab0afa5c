/** How much a model relies on each column: how much worse it gets when the column is shuffled among the rows. */
import { gather, present } from "../../numeric/gather.ts";
import type { Model } from "../../models/contract.ts";
import { allRows, type Column, type Dataset, type Rows } from "../../frame/dataset.ts";
import { takeRows } from "../../frame/take.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { Importance, PartialEffect } from "./contract.ts";

/** Rows and columns that are looked at: more would say the same. */
const ROWS = 2000;
const COLUMNS = 40;
const REPEATS = 5;

export interface Asked {
  readonly model: Model;
  readonly data: Dataset;
  readonly rows: Rows;
  /** Mean loss of answers for some rows, in their order. */
  readonly lossOf: (rows: Rows, model: Model, data: Dataset) => number;
}

/**
 * Permutation importance (Breiman 2001), on held-out rows. The floor is what columns that say nothing reach: the
 * largest decrease, since a column cannot truly make a model worse by being right. A column counts when its increase is above
 * the floor and above twice its own standard error. Cost: repeats x columns predictions of the rows.
 */
export function permutationImportance(
  { model, data, rows, lossOf }: Asked,
  rng: Rng,
): { readonly repeats: number; readonly floor: number; readonly columns: readonly Importance[] } | undefined {
  const few = sampled(data, rows, rng.split("rows"));
  const asked = allRows(few.rows);
  const before = lossOf(asked, model, few);
  const found = few.columns.slice(0, COLUMNS).map((column, c): Importance => {
    const increases = Array.from({ length: REPEATS }, (_, repeat) => {
      const shuffled = withColumn(few, c, shuffledColumn(column, asked, rng.split(column.name).split(repeat)));
      return lossOf(asked, model, shuffled) - before;
    });
    const increase = increases.reduce((sum, one) => sum + one, 0) / REPEATS;
    const variance = increases.reduce((sum, one) => sum + (one - increase) ** 2, 0) / (REPEATS - 1);
    return { column: column.name, increase, error: Math.sqrt(variance / REPEATS) };
  });
  const used = found.filter(({ increase, error }) => increase !== 0 || error !== 0);
  if (used.length === 0) return undefined;
  const floor = Math.max(0, ...used.map(({ increase }) => -increase));
  return { repeats: REPEATS, floor, columns: used.toSorted((a, b) => b.increase - a.increase).slice(0, 20) };
}

const POINTS = 20;

/**
 * The mean answer when a column is set to one value in every row, for values over its range (Friedman 2001). The answer is the
 * prediction, or the probability of the class `of`. Cost: points predictions of the rows.
 */
export function partialEffect(
  { model, data, rows }: Omit<Asked, "lossOf">,
  name: string,
  of: number,
  rng: Rng,
): PartialEffect | undefined {
  const index = data.columns.findIndex((column) => column.name === name);
  const few = sampled(data, rows, rng);
  const column = few.columns[index];
  if (column === undefined || column.kind === "text") return undefined;
  const asked = allRows(few.rows);
  const values = column.kind === "number" ? gridOf(column.values, asked) : levelsOf(column.codes, asked);
  if (values.length < 2) return undefined;
  const points = values.map((value) => {
    const set: Column =
      column.kind === "number"
        ? { ...column, values: new Float64Array(few.rows).fill(value) }
        : { ...column, codes: new Int32Array(few.rows).fill(value) };
    const prediction = model.predict(withColumn(few, index, set), asked);
    const width = prediction.kind === "value" ? 1 : prediction.classes;
    let sum = 0;
    for (let i = 0; i < asked.length; i++) sum += prediction.values[i * width + (width === 1 ? 0 : of)];
    return { at: column.kind === "number" ? value : column.levels[value], answer: sum / asked.length };
  });
  return { column: name, points };
}

/** Some of the rows as a table of their own, near each other in memory. */
function sampled(data: Dataset, rows: Rows, rng: Rng): Dataset {
  return takeRows(data, rows.length <= ROWS ? rows : rng.shuffle(rows.slice()).slice(0, ROWS).sort());
}

function withColumn(data: Dataset, index: number, column: Column): Dataset {
  return { ...data, columns: data.columns.map((one, i) => (i === index ? column : one)) };
}

/** The column with the values of the given rows dealt among them afresh. */
function shuffledColumn(column: Column, rows: Rows, rng: Rng): Column {
  const from = rng.shuffle(rows.slice());
  if (column.kind === "number") {
    const values = column.values.slice();
    rows.forEach((row, i) => (values[row] = column.values[from[i]]));
    return { ...column, values };
  }
  if (column.kind === "category") {
    const codes = column.codes.slice();
    rows.forEach((row, i) => (codes[row] = column.codes[from[i]]));
    return { ...column, codes };
  }
  return column; // shuffling texts would copy them all
}

function gridOf(values: Float64Array, rows: Rows): readonly number[] {
  const ascending = present(gather(values, rows)).sort();
  if (ascending.length === 0) return [];
  const picked = Array.from(
    { length: POINTS },
    (_, i) => ascending[Math.round((i * (ascending.length - 1)) / (POINTS - 1))],
  );
  return [...new Set(picked)];
}

/** The largest levels, in the column's order. */
function levelsOf(codes: Int32Array, rows: Rows): readonly number[] {
  const sizes = new Map<number, number>();
  for (const row of rows) if (codes[row] >= 0) sizes.set(codes[row], (sizes.get(codes[row]) ?? 0) + 1);
  return [...sizes]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, 10)
    .map(([code]) => code)
    .sort((a, b) => a - b);
}
