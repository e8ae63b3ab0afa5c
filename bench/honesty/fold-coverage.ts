/**
 * Do the printed 95 % intervals of cross-validated scores hold the truth: what the recipe scores on fresh rows, trained on as many
 * rows as a fold leaves? Most of all where a model says nearly the same of every row.
 */
import { findMetric, foldInterval, foldLayout, measureFolds, type Prediction, type Rng, type Target } from "./api.ts";
import { coverageResult, type CellResult } from "./cell.ts";
import { dealt, outOfFold } from "./dealt.ts";
import { constant, leastSquares, logistic, type Learner } from "./learners.ts";

const FOLDS = 5;
const FRESH = 5000;

interface World {
  readonly name: string;
  readonly learner: Learner;
  /** Share of class 1 where nothing is known; absent: a number. */
  readonly positives?: number;
  /** How much the one feature says. */
  readonly slope: number;
  /** The score differs between samples in its second order only, by about 2 / rows, which no spread of rows or folds shows. */
  readonly flat?: boolean;
}

const WORLDS: readonly World[] = [
  { name: "constant, 10 % positive", learner: constant, positives: 0.1, slope: 0 },
  { name: "constant, 50 % positive", learner: constant, positives: 0.5, slope: 0, flat: true },
  { name: "logistic regression, 10 % positive, a weak feature", learner: logistic, positives: 0.1, slope: 0.3 },
  { name: "logistic regression, 50 % positive, a strong feature", learner: logistic, positives: 0.5, slope: 2 },
  { name: "constant, numbers", learner: constant, slope: 0 },
  { name: "least squares, a weak feature", learner: leastSquares, slope: 0.2 },
  { name: "least squares, a strong feature", learner: leastSquares, slope: 2 },
];

interface Rows {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

function rowsOf({ positives, slope }: World, count: number, rng: Rng): Rows {
  const x = Float64Array.from({ length: count }, () => rng.normal());
  const base = positives === undefined ? 0 : Math.log(positives / (1 - positives));
  const y = x.map((value) => {
    const signal = base + slope * value;
    if (positives === undefined) return signal + rng.normal();
    return rng.uniform() < 1 / (1 + Math.exp(-signal)) ? 1 : 0;
  });
  return { x, y };
}

const targetOf = ({ positives }: World, y: Float64Array): Target =>
  positives === undefined
    ? { task: "regression", name: "y", values: y }
    : { task: "binary", name: "y", codes: Int32Array.from(y), classes: ["no", "yes"] };

const predictionOf = ({ positives }: World, values: Float64Array): Prediction =>
  positives === undefined
    ? { kind: "value", values }
    : { kind: "probability", values: Float64Array.from(Array.from(values, (p) => [1 - p, p]).flat()), classes: 2 };

/** One data set: its interval, and what models of as many rows as a fold leaves score on fresh rows. */
function tried(world: World, rows: number, repeats: number, rng: Rng) {
  const { learner, positives } = world;
  const metric = findMetric(
    positives === undefined ? "rmse" : "log_loss",
    positives === undefined ? "regression" : "binary",
  );
  const { x, y } = rowsOf(world, rows, rng);
  const layout = dealt(rows, FOLDS, repeats, rng, positives === undefined ? undefined : Int32Array.from(y));
  const answers = outOfFold(layout, 1, (train, test) => learner.predict(x, y, train, test));
  const truth = targetOf(
    world,
    Float64Array.from(layout.row, (i) => y[i]),
  );
  const folds = foldLayout({ truth, ...layout });
  const { scores, rows: model } = measureFolds(metric, folds, predictionOf(world, answers));
  const interval = foldInterval(scores, layout.testOverTrain, metric.range, 0.95, () => ({ model, rows: folds.rows }));
  const fresh = rowsOf(world, FRESH, rng);
  const both = { x: Float64Array.from([...x, ...fresh.x]), y: Float64Array.from([...y, ...fresh.y]) };
  const [{ train }] = layout.resamples;
  const later = learner.predict(
    both.x,
    both.y,
    train,
    Int32Array.from({ length: FRESH }, (_, i) => rows + i),
  );
  const score = metric.score({ truth: targetOf(world, fresh.y), prediction: predictionOf(world, later) });
  return { interval, score };
}

export function foldCoverageResults(replications: number, rng: Rng): CellResult[] {
  return WORLDS.flatMap((world) =>
    [2, 10].flatMap((repeats) =>
      [60, 200, 450].map((rows): CellResult => {
        const own = rng.split(`cv coverage ${world.name} ${repeats} ${rows}`);
        const runs = Array.from({ length: Math.round(replications / 2) }, (_, run) =>
          tried(world, rows, repeats, own.split(run)),
        );
        const truth = runs.reduce((sum, { score }) => sum + score, 0) / runs.length;
        const given = runs.filter(({ interval }) => interval.lower !== null || interval.upper !== null);
        const held = given.filter(
          ({ interval: { lower, upper } }) => (lower ?? -Infinity) <= truth && truth <= (upper ?? Infinity),
        );
        return coverageResult({
          study: "95 % intervals of cross-validated scores",
          world: world.name,
          setting: `${repeats} x ${FOLDS} folds`,
          rows,
          given: given.length,
          held: held.length,
          promised: world.flat !== true,
        });
      }),
    ),
  );
}
