/**
 * Rows in time order: neighbours are alike, so the spread of the rows says too little about that of their mean. Two remedies,
 * both on the contrast n - θq of `units.ts`: long-run (Newey-West) moments, and blocks of neighbours taken as units.
 */
import { argsort } from "../numeric/argsort.ts";
import { mean } from "../numeric/moments.ts";
import type { UnitMoments } from "./units.ts";

/** The place in time of each row, 0, 1, ...: rows of the same time share one. */
export function timeSteps(time: Float64Array): { readonly step: Int32Array; readonly steps: number } {
  const order = argsort(time);
  const step = new Int32Array(time.length);
  let current = 0;
  for (let k = 1; k < order.length; k++) {
    if (time[order[k]] !== time[order[k - 1]]) current++;
    step[order[k]] = current;
  }
  return { step, steps: current + 1 };
}

/** Blocks of neighbouring steps: at least 10 long, and longer (sqrt of the steps) where there are many. The last takes the rest. */
export function timeBlocks(step: Int32Array, steps: number): Int32Array {
  const length = Math.max(10, Math.floor(Math.sqrt(steps)));
  const last = Math.max(1, Math.floor(steps / length)) - 1;
  return step.map((t) => Math.min(Math.floor(t / length), last));
}

/** The usual lag of Newey and West: floor(4 (T / 100)^(2/9)). */
export function neweyWestLag(steps: number): number {
  return Math.min(steps - 1, Math.floor(4 * (steps / 100) ** (2 / 9)));
}

export type LagWeights = "bartlett" | "rectangular";

/**
 * Moments with long-run instead of plain second products: product sums at lag k = 1 .. lag join those at lag 0, weighted
 * 1 - k / (lag + 1) (Bartlett, never negative) or 1 (rectangular). Skewness plays no part: third and fourth are 0.
 *
 * @param step The time step of each row, 0 .. steps - 1; rows of one step are summed first.
 * Cost: O(rows), times the lag with rectangular weights.
 */
export function serialMoments(
  n: Float64Array,
  q: Float64Array | undefined,
  step: Int32Array,
  steps: number,
  lag: number,
  weights: LagWeights = "bartlett",
): UnitMoments {
  const means = { n: mean(n), q: q === undefined ? 1 : mean(q) };
  const about = q === undefined || means.q === 0 ? 0 : means.n / means.q;
  const scale = steps / n.length;
  const sumsQ = q === undefined ? new Float64Array(steps) : stepSums(q, means.q, step, steps, scale);
  const sumsR = stepSums(n, means.n, step, steps, scale).map((sum, t) => sum - about * sumsQ[t]);
  const products = weights === "bartlett" ? bartlettProducts : rectangularProducts;
  const longRun = (a: Float64Array, b: Float64Array): number => products(a, b, lag) / steps;
  const second = [longRun(sumsR, sumsR), longRun(sumsR, sumsQ), longRun(sumsQ, sumsQ)] as const;
  return {
    rows: n.length,
    units: steps,
    df: steps - 1,
    ...means,
    about,
    second,
    third: [0, 0, 0, 0],
    fourth: [0, 0, 0, 0, 0],
    noise: 0,
  };
}

function stepSums(values: Float64Array, centre: number, step: Int32Array, steps: number, scale: number): Float64Array {
  const sums = new Float64Array(steps);
  for (let i = 0; i < values.length; i++) sums[step[i]] += (values[i] - centre) * scale;
  return sums;
}

/**
 * Σ over |k| <= lag of (1 - |k| / (lag + 1)) Σ a(t) b(t - k): a mean of products of window sums, lag + 1 long and reaching over
 * both ends, so one pass whatever the lag.
 */
function bartlettProducts(a: Float64Array, b: Float64Array, lag: number): number {
  let windowA = 0;
  let windowB = 0;
  let total = 0;
  for (let t = 0; t < a.length + lag; t++) {
    if (t < a.length) {
      windowA += a[t];
      windowB += b[t];
    }
    if (t > lag) {
      windowA -= a[t - lag - 1];
      windowB -= b[t - lag - 1];
    }
    total += windowA * windowB;
  }
  return total / (lag + 1);
}

/** Σ over |k| <= lag of Σ a(t) b(t - k). */
function rectangularProducts(a: Float64Array, b: Float64Array, lag: number): number {
  let total = 0;
  for (let k = 0; k <= lag; k++) {
    let sum = 0;
    for (let t = k; t < a.length; t++) sum += k === 0 ? a[t] * b[t] : a[t] * b[t - k] + b[t] * a[t - k];
    total += sum;
  }
  return total;
}

/** What Harvey, Leybourne & Newbold (1997) multiply the variance of a mean over T steps by, for a horizon of h: in `studentPivot` terms. */
export function harveyVariance(steps: number, horizon: number): number {
  return (steps - 1) / (steps * (steps + 1 - 2 * horizon + (horizon * (horizon - 1)) / steps));
}
