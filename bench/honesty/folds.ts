/** Cross-validation of two exchangeable recipes: one sees only the first feature, the other only the second. */
import { compareModels, seeded, type ChallengerVerdict, type JudgedMetric, type Rng } from "./api.ts";
import type { Cell } from "./cell.ts";
import { dealt, outOfFold } from "./dealt.ts";
import { leastSquares, logistic, nearest, tree, type Learner } from "./learners.ts";

const mse: JudgedMetric = {
  name: "mse",
  direction: "minimize",
  range: [0, Infinity],
  losses: ({ truth, prediction }) =>
    truth.task === "regression" ? truth.values.map((y, i) => (y - prediction.values[i]) ** 2) : new Float64Array(0),
  score: ({ truth, prediction }) => {
    const y = truth.task === "regression" ? truth.values : new Float64Array(0);
    return y.reduce((sum, v, i) => sum + (v - prediction.values[i]) ** 2, 0) / y.length;
  },
};

/** One data set, both recipes over repeated folds, judged as `folds`. */
function judgeFolds(
  learner: Learner,
  rows: number,
  folds: number,
  repeats: number,
  labels: boolean,
  rng: Rng,
): ChallengerVerdict {
  const features = [0, 1].map(() => Float64Array.from({ length: rows }, () => rng.normal()));
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const signal = features[0][i] + features[1][i];
    return labels ? (rng.uniform() < 1 / (1 + Math.exp(-signal)) ? 1 : 0) : signal + rng.normal();
  });
  const layout = dealt(rows, folds, repeats, rng);
  // Classifiers are judged by 0/1 loss, which is the squared error of their labels.
  const predicted = features.map((x) =>
    outOfFold(layout, 1, (train, test) => {
      const answers = learner.predict(x, y, train, test);
      return labels ? answers.map((p) => (p > 0.5 ? 1 : 0)) : answers;
    }),
  );
  const truth = { task: "regression" as const, name: "y", values: Float64Array.from(layout.row, (i) => y[i]) };
  return compareModels({
    metric: mse,
    folds: { truth, ...layout },
    margin: { value: 0, kind: "absolute" },
    baselines: [{ name: "a", folds: [{ kind: "value", values: predicted[0] }] }],
    champion: "a",
    challengers: [{ name: "b", folds: [{ kind: "value", values: predicted[1] }] }],
    rng: seeded("folds"),
  }).challengers[0];
}

export function foldCells(): Cell[] {
  const cell = (learner: Learner, rows: number, repeats: number, stable: boolean): Cell => ({
    study: "folds, exchangeable recipes, .025 a side",
    world: learner.name,
    setting: `${repeats} x 5 folds`,
    rows,
    wrong: "both",
    ...(stable ? { kind: "guaranteed", bound: 0.05 } : { kind: "known-liberal" }),
    share: rows > 500 ? 0.1 : 0.25,
    run: (rng) => judgeFolds(learner, rows, 5, repeats, learner === logistic, rng),
  });
  return [
    ...[60, 200, 1000].map((rows) => cell(leastSquares, rows, 10, true)),
    ...[60, 200].map((rows) => cell(logistic, rows, 10, true)),
    ...[60, 200].map((rows) => cell(tree, rows, 10, true)),
    ...[60, 200].map((rows) => cell(nearest, rows, 10, false)),
    ...[60, 200].map((rows) => cell(leastSquares, rows, 2, true)),
    ...[60, 200].map((rows) => cell(leastSquares, rows, 1, true)),
  ];
}
