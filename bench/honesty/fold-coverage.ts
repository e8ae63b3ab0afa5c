/**
 * Do the printed 95 % intervals of cross-validated scores hold the truth: what the recipe scores on fresh rows, trained on as many
 * rows as a fold leaves? Most of all where a model says nearly the same of every row.
 */
import { foldInterval, foldLayout, measureFolds, type Rng } from "./api.ts";
import { coverageResult, type CellResult } from "./cell.ts";
import { dealt, outOfFold } from "./dealt.ts";
import { constant, leastSquares, logistic, type Learner } from "./learners.ts";
import { metricOf, predictionOf, sampleOf, strataOf, targetOf, type OneFeature } from "./one-feature.ts";

const FOLDS = 5;
const FRESH = 5000;

interface World extends OneFeature {
  readonly name: string;
  readonly learner: Learner;
  /** The score differs between samples in its second order only, by about 2 / rows, which no spread of rows or folds shows. */
  readonly flat?: boolean;
}

const WORLDS: readonly World[] = [
  { name: "constant, 10 % positive", learner: constant, positives: 0.1, signal: () => 0 },
  { name: "constant, 50 % positive", learner: constant, positives: 0.5, signal: () => 0, flat: true },
  {
    name: "logistic regression, 10 % positive, a weak feature",
    learner: logistic,
    positives: 0.1,
    signal: (x) => 0.3 * x,
  },
  {
    name: "logistic regression, 50 % positive, a strong feature",
    learner: logistic,
    positives: 0.5,
    signal: (x) => 2 * x,
  },
  { name: "constant, numbers", learner: constant, signal: () => 0 },
  { name: "least squares, a weak feature", learner: leastSquares, signal: (x) => 0.2 * x },
  { name: "least squares, a strong feature", learner: leastSquares, signal: (x) => 2 * x },
];

/** One data set: its interval, and what models of as many rows as a fold leaves score on fresh rows. */
function tried(world: World, rows: number, repeats: number, rng: Rng) {
  const { learner } = world;
  const metric = metricOf(world);
  const { x, y } = sampleOf(world, rows, rng);
  const layout = dealt(rows, FOLDS, repeats, rng, strataOf(world, y));
  const answers = outOfFold(layout, 1, (train, test) => learner.predict(x, y, train, test));
  const truth = targetOf(
    world,
    Float64Array.from(layout.row, (i) => y[i]),
  );
  const folds = foldLayout({ truth, ...layout });
  const { scores, rows: model } = measureFolds(metric, folds, predictionOf(world, answers));
  const interval = foldInterval(scores, layout.testOverTrain, metric.range, 0.95, () => ({ model, rows: folds.rows }));
  const fresh = sampleOf(world, FRESH, rng);
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
