import type { Dataset, Rows } from "../../frame/dataset.ts";
import type { Encoding } from "../../encode/encoding.ts";
import { learnEncoding } from "../../encode/learn.ts";
import { encodedDesign } from "../../encode/row-design.ts";
import { mergeSummaries, summarise, type Summary } from "../../encode/summary.ts";
import type { Design } from "../../numeric/glm/panel.ts";
import { FitError } from "../contract.ts";

/** The rows a linear model learns from, and what they teach about its columns. What costs a pass is made when asked for. */
export interface TrainingSet {
  /** How many rows; rows of weight 0 are left out. */
  readonly count: number;
  readonly summary: Summary;
  readonly encoding: Encoding;
  /** Ascending. */
  readonly rows: () => Rows;
  /** By place among the rows; undefined: all 1. */
  readonly weights: () => Float64Array | undefined;
  /** The rows, encoded. */
  readonly design: () => Design;
}

/** The parts of a prepared dataset, with what is worth knowing of each beforehand. */
export interface Parts {
  readonly data: Dataset;
  /** Usable rows of each part. */
  readonly rows: readonly Rows[];
  /** Of each part. */
  readonly summaries: readonly Summary[];
  /** The union of the named parts. @throws FitError when they have no usable row. */
  readonly trainingSet: (train: readonly number[]) => TrainingSet;
}

/**
 * @param name Of the estimator, for error messages.
 * @throws FitError when a row has no target or a weight that is negative or not finite.
 */
export function prepareParts(name: string, data: Dataset, parts: readonly Rows[]): Parts {
  const rows = parts.map((part) => usableRows(name, data, part));
  const summaries = summarise(data, rows);
  return {
    data,
    rows,
    summaries,
    trainingSet: (train) => {
      const used = train.filter((part) => rows[part].length > 0);
      if (used.length === 0)
        throw new FitError(`${name}: needs at least one training row with a weight above 0, got none`);
      const known = mergeSummaries(used.map((part) => summaries[part]));
      const own = used.map((part) => rows[part]);
      const encoding = learnEncoding(data, known, own);
      const union = once(() => (own.length === 1 ? own[0] : merged(own, data.rows)));
      return {
        count: own.reduce((sum, part) => sum + part.length, 0),
        summary: known,
        encoding,
        rows: union,
        weights: once(() => data.weights && valuesAt(data.weights, union())),
        design: once(() => encodedDesign(data, union(), encoding)),
      };
    },
  };
}

/** Calls `make` at the first call, and remembers what came. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Disjoint ascending rows as one ascending list. */
function merged(parts: readonly Rows[], rows: number): Rows {
  const taken = new Uint8Array(rows);
  let count = 0;
  for (const part of parts) {
    count += part.length;
    for (let i = 0; i < part.length; i++) taken[part[i]] = 1;
  }
  const union = new Int32Array(count);
  for (let row = 0, i = 0; row < rows; row++) if (taken[row] === 1) union[i++] = row;
  return union;
}

/** The values of the given rows. */
export function valuesAt(values: Float64Array, rows: Rows): Float64Array {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]];
  return out;
}

function usableRows(name: string, { target, weights }: Dataset, rows: Rows): Rows {
  const lacking = target.task === "regression" ? firstNaN(target.values, rows) : firstNegative(target.codes, rows);
  if (lacking >= 0) throw new FitError(`${name}: every training row needs a target, row ${rows[lacking]} has none`);
  if (weights === undefined) return rows;
  for (const row of rows)
    if (!(weights[row] >= 0 && weights[row] < Infinity))
      throw new FitError(`${name}: weights must be finite and at least 0, row ${row} has ${weights[row]}`);
  return rows.some((row) => weights[row] === 0) ? rows.filter((row) => weights[row] > 0) : rows;
}

function firstNaN(values: Float64Array, rows: Rows): number {
  for (let i = 0; i < rows.length; i++) if (!(Math.abs(values[rows[i]]) < Infinity)) return i;
  return -1;
}

function firstNegative(codes: Int32Array, rows: Rows): number {
  for (let i = 0; i < rows.length; i++) if (codes[rows[i]] < 0) return i;
  return -1;
}
