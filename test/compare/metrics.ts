/** Small metrics to judge by, so that these tests lean on few others. */
import type { JudgedMetric } from "../../src/compare/measure.ts";
import type { Link, Scored } from "../../src/metrics/contract.ts";
import { complement, identity, root } from "../../src/metrics/links.ts";
import { metrics } from "../../src/metrics/registry.ts";

const CLIP = 1e-6;

function average(losses: Float64Array, weights?: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < losses.length; i++) {
    sum += losses[i] * (weights?.[i] ?? 1);
    total += weights?.[i] ?? 1;
  }
  return sum / total;
}

function additive(
  name: string,
  losses: (scored: Scored) => Float64Array,
  link: Link = identity,
  facts: Partial<Pick<JudgedMetric, "direction" | "range">> = {},
): JudgedMetric {
  return {
    name,
    direction: "minimize",
    range: [0, Infinity],
    ...facts,
    losses,
    link,
    score: (scored, weights) => link.of(average(losses(scored), weights)),
  };
}

function values({ truth, prediction }: Scored): [Float64Array, Float64Array] {
  if (truth.task !== "regression" || prediction.kind !== "value") throw new Error("needs a regression");
  return [truth.values, prediction.values];
}

function probabilities({ truth, prediction }: Scored) {
  if (truth.task === "regression" || prediction.kind !== "probability") throw new Error("needs a classification");
  return { codes: truth.codes, p: prediction.values, classes: prediction.classes };
}

const squares = (s: Scored): Float64Array => {
  const [y, p] = values(s);
  return y.map((v, i) => (v - p[i]) ** 2);
};

export const mse: JudgedMetric = additive("mse", squares);
export const rmse: JudgedMetric = additive("rmse", squares, root);
export const mae: JudgedMetric = additive("mae", (s) => {
  const [y, p] = values(s);
  return y.map((v, i) => Math.abs(v - p[i]));
});
export const logLoss: JudgedMetric = additive("log_loss", (s) => {
  const { codes, p, classes } = probabilities(s);
  return Float64Array.from(codes, (k, i) => -Math.log(Math.min(1 - CLIP, Math.max(CLIP, p[i * classes + k]))));
});
export const accuracy: JudgedMetric = additive(
  "accuracy",
  (s) => {
    const { codes, p, classes } = probabilities(s);
    return Float64Array.from(codes, (k, i) => {
      for (let j = 0; j < classes; j++) {
        if (p[i * classes + j] > p[i * classes + k] || (j < k && p[i * classes + j] === p[i * classes + k])) return 1;
      }
      return 0;
    });
  },
  complement(1),
  { direction: "maximize", range: [0, 1] },
);

export const r2: JudgedMetric = {
  name: "r2",
  direction: "maximize",
  range: [-Infinity, 1],
  ratio: (s, weights) => {
    const [y] = values(s);
    const centre = average(y, weights);
    return { losses: squares(s), base: y.map((v) => (v - centre) ** 2) };
  },
  score: (s, weights) => {
    const [y] = values(s);
    const centre = average(y, weights);
    return (
      1 -
      average(squares(s), weights) /
        average(
          y.map((v) => (v - centre) ** 2),
          weights,
        )
    );
  },
};

/** A metric of the registry. */
export function smooth(name: string): JudgedMetric {
  return metrics.find((metric) => metric.name === name)!;
}

/** A metric nobody knows: the geometric mean of the classes' recalls. */
export const gMean: JudgedMetric = {
  name: "g_mean",
  direction: "maximize",
  range: [0, 1],
  score: (s, weights) => {
    const { codes, p } = probabilities(s);
    const right = [0, 0];
    const all = [0, 0];
    codes.forEach((k, i) => {
      all[k] += weights?.[i] ?? 1;
      if ((p[2 * i + 1] > 0.5 ? 1 : 0) === k) right[k] += weights?.[i] ?? 1;
    });
    return Math.sqrt((right[0] / all[0]) * (right[1] / all[1]));
  },
};

export function binaryTruth(labels: ArrayLike<number>): Scored["truth"] {
  return { task: "binary", name: "y", codes: Int32Array.from(labels), classes: ["no", "yes"] };
}

/** Probabilities of the positive class as a prediction. */
export function probability(positive: ArrayLike<number>): Scored["prediction"] {
  const rows = Float64Array.from({ length: 2 * positive.length }, (_, i) =>
    i % 2 === 1 ? positive[(i - 1) / 2] : 1 - positive[i / 2],
  );
  return { kind: "probability", values: rows, classes: 2 };
}

export function numericTruth(y: ArrayLike<number>): Scored["truth"] {
  return { task: "regression", name: "y", values: Float64Array.from(y) };
}

export function numbers(p: ArrayLike<number>): Scored["prediction"] {
  return { kind: "value", values: Float64Array.from(p) };
}
