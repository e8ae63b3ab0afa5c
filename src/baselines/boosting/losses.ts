/** The losses that boosting lowers. Each holds the scores of the training rows in the form that is cheapest to move. */
import { gather } from "../../numeric/gather.ts";
import { weightedMedian } from "../../numeric/median.ts";
import type { Target } from "../../frame/dataset.ts";
import type { LossName } from "../../models/boosting.ts";
import { FitError } from "../contract.ts";
import { codesOf, scaledTargets, type Training } from "../tree/training.ts";

/**
 * A loss over the training rows (by place), with one or more scores a row. Residuals are minus the first derivatives
 * by the score, curvatures the second ones; both without row weights.
 */
export interface Loss {
  readonly name: LossName;
  /** Scores a row: one, or one a class (softmax). */
  readonly outputs: number;
  /** Before the first round, in the unit of saved scores. */
  readonly start: readonly number[];
  /** What one unit of a leaf's value is in saved scores. */
  readonly scale: number;
  /** Whether every curvature is 1; then `h` is not written. */
  readonly flat: boolean;
  /** The curvature of a row about which nothing is known: what one row counts in a least leaf. */
  readonly fullCurvature: number;
  /** To be called once a round, before its residuals are asked for. */
  beginRound(): void;
  residuals(output: number, g: Float64Array, h: Float64Array): void;
  /** Adds to the score of the rows order[start .. end). */
  move(output: number, order: Int32Array, start: number, end: number, value: number): void;
  /** The value that suits the rows order[start .. end) best, where that is not sum of residuals / sum of curvatures. */
  leafValue?(order: Int32Array, start: number, end: number): number;
}

/** The usual loss of a task. */
export function defaultLoss(target: Pick<Target, "task">): LossName {
  return target.task === "regression" ? "squared" : target.task === "binary" ? "logistic" : "softmax";
}

/** @throws FitError when the loss does not suit the task, or the targets the loss. */
export function lossOf(name: LossName, target: Target, training: Training): Loss {
  const { rows } = training;
  if (target.task === "regression") {
    if (name === "squared" || name === "absolute") return distance(name, target.values, training);
    if (name === "poisson") return poisson(gather(target.values, rows), training);
    throw new FitError(`boosting: for regression the loss must be squared, absolute or poisson, got ${name}`);
  }
  const codes = codesOf(target, rows);
  if (target.task === "binary" && name === "logistic") return logistic(codes, training);
  if (name === "softmax") return softmax(codes, target.classes.length, training);
  throw new FitError(`boosting: for ${target.task} the loss must be ${defaultLoss(target)}, got ${name}`);
}

/** Scores of classes that no training row has start as if half a row had it. */
function logShares(codes: Int32Array, classes: number, { weights, total }: Training): number[] {
  const shares = new Float64Array(classes);
  for (let i = 0; i < codes.length; i++) shares[codes[i]] += weights[i];
  return Array.from(shares, (share) => Math.log(Math.max(share, 0.5) / total));
}

/** Two classes; the odds exp(score) are kept and multiplied, so that no row needs an exponential. */
function logistic(codes: Int32Array, training: Training): Loss {
  const [first, second] = logShares(codes, 2, training);
  const odds = new Float64Array(codes.length).fill(Math.exp(second - first));
  return {
    name: "logistic",
    outputs: 1,
    start: [second - first],
    scale: 1,
    flat: false,
    fullCurvature: 0.25,
    beginRound: () => undefined,
    residuals: (_output, g, h) => logisticResiduals(odds, codes, g, h),
    move: (_output, order, start, end, value) => multiply(odds, 0, order, start, end, Math.exp(value)),
  };
}

function logisticResiduals(odds: Float64Array, codes: Int32Array, g: Float64Array, h: Float64Array): void {
  for (let i = 0; i < odds.length; i++) {
    const second = 1 / (1 + odds[i]); // the share of the first class; 0 where the odds overflow
    g[i] = second - 1 + codes[i];
    h[i] = second * (1 - second);
  }
}

/** Several classes: their shares are kept, class after class, and made to sum to 1 at the start of each round. */
function softmax(codes: Int32Array, classes: number, training: Training): Loss {
  const rows = codes.length;
  const start = logShares(codes, classes, training);
  const shares = new Float64Array(rows * classes);
  for (let k = 0; k < classes; k++) shares.fill(Math.exp(start[k]), k * rows, (k + 1) * rows);
  return {
    name: "softmax",
    outputs: classes,
    start,
    scale: 1,
    flat: false,
    fullCurvature: 0.25,
    beginRound: () => normalize(shares, rows, classes),
    residuals: (k, g, h) => {
      for (let i = 0; i < rows; i++) {
        const share = shares[k * rows + i];
        g[i] = (codes[i] === k ? 1 : 0) - share;
        h[i] = share * (1 - share);
      }
    },
    move: (k, order, from, end, value) => multiply(shares, k * rows, order, from, end, Math.exp(value)),
  };
}

function normalize(shares: Float64Array, rows: number, classes: number): void {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += shares[k * rows + i];
    for (let k = 0; k < classes; k++) shares[k * rows + i] = Math.max(1e-300, shares[k * rows + i] / sum);
  }
}

/** Squared and absolute error: the distances of the targets from the scores are kept, in units of their scale. */
function distance(name: "squared" | "absolute", values: Float64Array, training: Training): Loss {
  const { y, centre, scale } = scaledTargets(values, training);
  const { weights, total } = training;
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += weights[i] * y[i];
  const start = name === "squared" ? sum / total : weightedMedian(y, training.plain ? undefined : weights);
  const left = y.map((value) => value - start);
  const loss: Loss = {
    name,
    outputs: 1,
    start: [centre + scale * start],
    scale,
    flat: true,
    fullCurvature: 1,
    beginRound: () => undefined,
    residuals: (_output, g) => {
      if (name === "squared") g.set(left);
      else for (let i = 0; i < left.length; i++) g[i] = Math.sign(left[i]);
    },
    move: (_output, order, from, end, value) => {
      for (let i = from; i < end; i++) left[order[i]] -= value;
    },
  };
  if (name === "squared") return loss;
  return {
    ...loss,
    leafValue: (order, from, end) => {
      const chosen = order.subarray(from, end);
      return weightedMedian(gather(left, chosen), training.plain ? undefined : gather(weights, chosen));
    },
  };
}

/** Counts and other amounts of 0 or more, mean exp(score); the means are kept and multiplied. */
function poisson(y: Float64Array, { weights, total, rows }: Training): Loss {
  let mean = 0;
  for (let i = 0; i < y.length; i++) {
    if (!(y[i] >= 0 && y[i] < 1e100))
      throw new FitError(`boosting: the poisson loss needs targets from 0 to 1e100, row ${rows[i]} has ${y[i]}`);
    mean += (weights[i] / total) * y[i];
  }
  const start = Math.log(Math.max(mean, 1e-300));
  const means = new Float64Array(y.length).fill(Math.exp(start));
  return {
    name: "poisson",
    outputs: 1,
    start: [start],
    scale: 1,
    flat: false,
    fullCurvature: Math.exp(start),
    beginRound: () => undefined,
    residuals: (_output, g, h) => {
      for (let i = 0; i < y.length; i++) {
        g[i] = y[i] - means[i];
        h[i] = means[i];
      }
    },
    move: (_output, order, from, end, value) => multiply(means, 0, order, from, end, Math.exp(value)),
  };
}

function multiply(
  values: Float64Array,
  at: number,
  order: Int32Array,
  start: number,
  end: number,
  factor: number,
): void {
  for (let i = start; i < end; i++) values[at + order[i]] *= factor;
}
