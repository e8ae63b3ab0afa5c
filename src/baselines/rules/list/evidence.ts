/**
 * What a set of rows says of the target, as a few sums that add up over disjoint sets: the weight of each class, or weight,
 * sum and sum of squares of a quantity. `loss` is what the best single answer for the set costs: log loss in nats, or squared error.
 */
import { gather } from "../../../numeric/gather.ts";
import type { Dataset } from "../../../frame/dataset.ts";
import type { TrainingRows } from "../../training-rows.ts";

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
  weight(sums: Float64Array, from: number): number;
  /** In how many ways levels can be put in order of the target, and where a level stands in the k-th of them. */
  readonly orders: number;
  score(sums: Float64Array, from: number, k: number): number;
}

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
  const timesLog = timesLogOf(weights, codes.length);
  const gain = (inside: Float64Array, whole: Float64Array, before: number, cover: number): number => {
    let own = 0;
    let rest = 0;
    for (let k = 0; k < classes; k++) {
      own += inside[k];
      rest += whole[k] - inside[k];
    }
    if (own < cover || rest < cover) return 0;
    let ownLoss = timesLog(own);
    let restLoss = timesLog(rest);
    for (let k = 0; k < classes; k++) {
      ownLoss -= timesLog(inside[k]);
      restLoss -= timesLog(whole[k] - inside[k]);
    }
    return billionths((before - ownLoss - restLoss) / before);
  };
  return {
    width: classes,
    weight,
    orders: classes === 2 ? 1 : classes,
    score: (sums, from, k) => sums[from + k] / weight(sums, from),
    add: (at, bin, sums) => addClasses(at, bin, codes, classes, weights, sums),
    loss: (sums, from) => {
      let loss = timesLog(weight(sums, from));
      for (let k = from; k < from + classes; k++) loss -= timesLog(sums[k]);
      return loss;
    },
    gain,
  };
}

function billionths(share: number): number {
  return Math.round(share * 1e9);
}

/** x log x, 0 at 0, of sums of weights: from a table where weights are whole, as logarithms are most of the work. */
function timesLogOf(weights: Float64Array | undefined, rows: number): (x: number) => number {
  const exact = (x: number): number => (x > 0 ? x * Math.log(x) : 0);
  if (weights !== undefined && !weights.every(Number.isInteger)) return exact;
  const total = weights === undefined ? rows : weights.reduce((sum, weight) => sum + weight, 0);
  if (total > MOST_KNOWN) return exact;
  const table = new Float64Array(total + 1);
  for (let x = 1; x <= total; x++) table[x] = exact(x);
  return (x) => table[x];
}

const MOST_KNOWN = 20_000;

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
  return {
    width: 3,
    orders: 1,
    score: (sums, from) => sums[from + 1] / sums[from],
    weight: (sums, from) => sums[from],
    add: (at, bin, sums) => addValues(at, bin, target, weights, sums),
    loss: (sums, from) => squaresAbout(sums[from], sums[from + 1], sums[from + 2]),
    gain: (inside, whole, before, cover) => {
      const rest = whole[0] - inside[0];
      if (inside[0] < cover || rest < cover) return 0;
      const ownLoss = squaresAbout(inside[0], inside[1], inside[2]);
      const restLoss = squaresAbout(rest, whole[1] - inside[1], whole[2] - inside[2]);
      return billionths((before - ownLoss - restLoss) / before);
    },
  };
}

/** The sum of squares about the mean, from weight, sum and sum of squares. */
function squaresAbout(weight: number, sum: number, squares: number): number {
  return weight > 0 ? Math.max(0, squares - sum ** 2 / weight) : 0;
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
