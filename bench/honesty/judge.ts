/** The procedure under test, asked as a user would ask it. */
import { compareModels, findMetric, seeded, type ChallengerVerdict, type JudgedMetric, type Question } from "./api.ts";

/** Losses given directly: a "prediction" is its own loss. */
export const directLoss: JudgedMetric = {
  name: "loss",
  direction: "minimize",
  range: [0, Infinity],
  losses: ({ prediction }) => prediction.values,
  score: () => Number.NaN, // never asked of an additive metric
};

type Options = Partial<Pick<Question, "margin" | "alpha" | "guarantee">> & { readonly dependence?: object };

const rng = seeded("bench");

/** One challenger against one baseline on losses. */
export function judgeLosses(
  baseline: Float64Array,
  challenger: Float64Array,
  options: Options = {},
): ChallengerVerdict {
  const { dependence, ...rest } = options;
  return compareModels({
    metric: directLoss,
    holdout: {
      truth: { task: "regression", name: "y", values: baseline },
      ...(dependence === undefined ? {} : { dependence }),
    },
    baselines: [{ name: "baseline", holdout: [{ kind: "value", values: baseline }] }],
    champion: "baseline",
    challengers: [{ name: "challenger", holdout: [{ kind: "value", values: challenger }] }],
    rng,
    ...rest,
  }).challengers[0];
}

/** One challenger against one baseline on labels and scores of the positive class. */
export function judgeScores(
  metric: JudgedMetric,
  labels: Int32Array,
  baseline: Float64Array,
  challenger: Float64Array,
  options: Options = {},
): ChallengerVerdict {
  const prediction = (scores: Float64Array) => {
    const values = new Float64Array(2 * scores.length);
    scores.forEach((s, i) => values.set([1 - s, s], 2 * i));
    return [{ kind: "probability" as const, values, classes: 2 }];
  };
  return compareModels({
    metric,
    holdout: { truth: { task: "binary", name: "y", codes: labels, classes: ["0", "1"] } },
    baselines: [{ name: "baseline", holdout: prediction(baseline) }],
    champion: "baseline",
    challengers: [{ name: "challenger", holdout: prediction(challenger) }],
    rng,
    ...options,
  }).challengers[0];
}

/** One challenger against one baseline on numbers, by R². */
export function judgeNumbers(
  y: Float64Array,
  baseline: Float64Array,
  challenger: Float64Array,
  options: Options = {},
): ChallengerVerdict {
  return compareModels({
    metric: findMetric("r2", "regression"),
    holdout: { truth: { task: "regression", name: "y", values: y } },
    baselines: [{ name: "baseline", holdout: [{ kind: "value", values: baseline }] }],
    champion: "baseline",
    challengers: [{ name: "challenger", holdout: [{ kind: "value", values: challenger }] }],
    rng,
    ...options,
  }).challengers[0];
}

export const absolute = (value: number): { margin: { value: number; kind: "absolute" } } => ({
  margin: { value, kind: "absolute" },
});

export const relative = (value: number): { margin: { value: number; kind: "relative" } } => ({
  margin: { value, kind: "relative" },
});
