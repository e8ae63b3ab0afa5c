/**
 * What a set of rows says of the target, as a few sums that add up over disjoint sets: the weight of each class, or weight,
 * sum and sum of squares of a quantity. `loss` is what the best single answer for the set costs: log loss in nats, or squared error.
 */
import { gather } from "../../../numeric/gather.ts";
import { timesLogs } from "../../../numeric/times-log.ts";
import type { Dataset } from "../../../frame/dataset.ts";
import type { TrainingRows } from "../../training-rows.ts";
import {
  classCuts,
  classGain,
  classMost,
  MOST_BINS,
  squaresAbout,
  timesLog,
  valueCuts,
  valueGain,
  valueMost,
} from "./cuts.ts";

export interface Evidence {
  readonly width: number;
  /** Adds up training rows bin by bin: `sums` is bins x width. `at`: which training rows. */
  add(at: Int32Array, bin: Uint8Array, sums: Float64Array): void;
  loss(sums: Float64Array, from: number): number;
  /**
   * What is gained by giving the rows `inside` an answer of their own, in billionths of `before`, what the `whole` costs with
   * one for all: whole, so that rounding makes and breaks no ties. 0 where the weight on either side is below `cover`.
   */
  gain(inside: Float64Array, whole: Float64Array, before: number, cover: number): number;
  /**
   * The gains of cutting bins in two, after each of the first `bins` - 1: at 2b of the bins up to b, at 2b + 1 of those
   * beyond. Good until the next call.
   */
  cutGains(sums: Float64Array, bins: number, whole: Float64Array, before: number, cover: number): Int32Array;
  /** As much as any question can gain about a column of so many bins and one for missing values: what an answer for each bin would. */
  mostGain(sums: Float64Array, bins: number, whole: Float64Array, before: number): number;
  weight(sums: Float64Array, from: number): number;
  /** In how many ways levels are put in order of the target. */
  readonly orders: number;
  /** Where a level of this weight stands in the k-th of them. */
  score(sums: Float64Array, from: number, weight: number, k: number): number;
}

/** Levels are ordered by so many classes, those with most weight. */
const MOST_ORDERS = 10;

export function evidenceOf(data: Dataset, { rows, weights }: TrainingRows): Evidence {
  const { target } = data;
  if (target.task === "regression") return valueEvidence(scaled(target.values, rows), weights);
  return classEvidence(
    rows.map((row) => target.codes[row]),
    target.classes.length,
    weights,
  );
}

/** Centred and scaled to [-1, 1], so that squares neither overflow nor lose digits. */
function scaled(values: Float64Array, rows: Int32Array): Float64Array {
  let low = Infinity;
  let high = -Infinity;
  for (const row of rows) {
    low = Math.min(low, values[row]);
    high = Math.max(high, values[row]);
  }
  const middle = low / 2 + high / 2;
  const half = high / 2 - low / 2;
  return gather(values, rows).map((value) => (half === 0 ? 0 : (value - middle) / half));
}

function classEvidence(codes: Int32Array, classes: number, weights: Float64Array | undefined): Evidence {
  const weight = (sums: Float64Array, from: number): number => {
    let total = 0;
    for (let k = from; k < from + classes; k++) total += sums[k];
    return total;
  };
  const leading = heaviest(codes, classes, weights);
  const table = timesLogTable(weights, codes.length);
  const gains = new Int32Array(2 * MOST_BINS);
  return {
    width: classes,
    weight,
    orders: classes === 2 ? 1 : leading.length,
    score: (sums, from, own, k) => sums[from + leading[k]] / own,
    add: (at, bin, sums) => addClasses(at, bin, codes, classes, weights, sums),
    loss: (sums, from) => {
      let loss = timesLog(table, weight(sums, from));
      for (let k = from; k < from + classes; k++) loss -= timesLog(table, sums[k]);
      return loss;
    },
    gain: (inside, whole, before, cover) => classGain(table, inside, whole, before, cover),
    cutGains: (sums, bins, whole, before, cover) => {
      classCuts(gains, table, sums, bins, whole, before, cover);
      return gains;
    },
    mostGain: (sums, bins, whole, before) => classMost(table, sums, bins + 1, whole, before),
  };
}

/** The classes that levels are ordered by, ascending. */
function heaviest(codes: Int32Array, classes: number, weights: Float64Array | undefined): number[] {
  const sums = new Float64Array(classes);
  for (let i = 0; i < codes.length; i++) sums[codes[i]] += weights === undefined ? 1 : weights[i];
  const order = [...sums.keys()].sort((a, b) => sums[b] - sums[a] || a - b);
  return order.slice(0, MOST_ORDERS).sort((a, b) => a - b);
}

/** `x log x` of whole numbers up to the sum of the weights, where those are whole. */
function timesLogTable(weights: Float64Array | undefined, rows: number): Float64Array | undefined {
  if (weights !== undefined && !weights.every(Number.isInteger)) return undefined;
  const total = weights === undefined ? rows : weights.reduce((sum, weight) => sum + weight, 0);
  return timesLogs(total);
}

function addClasses(
  at: Int32Array,
  bin: Uint8Array,
  codes: Int32Array,
  classes: number,
  weights: Float64Array | undefined,
  sums: Float64Array,
): void {
  for (let i = 0; i < at.length; i++) {
    const row = at[i];
    sums[bin[row] * classes + codes[row]] += weights === undefined ? 1 : weights[row];
  }
}

function valueEvidence(target: Float64Array, weights: Float64Array | undefined): Evidence {
  const gains = new Int32Array(2 * MOST_BINS);
  return {
    width: 3,
    orders: 1,
    score: (sums, from) => sums[from + 1] / sums[from],
    weight: (sums, from) => sums[from],
    add: (at, bin, sums) => addValues(at, bin, target, weights, sums),
    loss: (sums, from) => squaresAbout(sums[from], sums[from + 1], sums[from + 2]),
    gain: (inside, whole, before, cover) => valueGain(inside[0], inside[1], inside[2], whole, before, cover),
    cutGains: (sums, bins, whole, before, cover) => {
      valueCuts(gains, sums, bins, whole, before, cover);
      return gains;
    },
    mostGain: (sums, bins, whole, before) => valueMost(sums, bins + 1, whole, before),
  };
}

function addValues(
  at: Int32Array,
  bin: Uint8Array,
  target: Float64Array,
  weights: Float64Array | undefined,
  sums: Float64Array,
): void {
  for (let i = 0; i < at.length; i++) {
    const row = at[i];
    const weight = weights === undefined ? 1 : weights[row];
    const from = 3 * bin[row];
    sums[from] += weight;
    sums[from + 1] += weight * target[row];
    sums[from + 2] += weight * target[row] * target[row];
  }
}
