/**
 * Who becomes champion of a small ladder, with as many repeats of the folds as the choice needs and with ten of the same: is it a
 * rung that is truly no better than a plainer one that it was chosen over? True is the mean loss on fresh rows of the recipe,
 * trained on as many rows as a fold leaves.
 */
import { chooseChampion, dealingOf, foldLayout, measureFolds, type DealtRung, type Rng } from "./api.ts";
import { metricOf, predictionOf, sampleOf, strataOf, targetOf, type OneFeature } from "./one-feature.ts";
import { happened, type CellResult } from "./cell.ts";
import { dealt, outOfFold, type Dealt } from "./dealt.ts";
import { constant, leastSquares, logistic, tree, type Learner } from "./learners.ts";

const FOLDS = 5;
const LEAST = 2;
const MOST = 10;
const FRESH = 2000;
/** How much more often than with ten repeats the champion may be worse than a plainer rung. */
const ALLOWED = 0.02;

interface World extends OneFeature {
  readonly name: string;
}

const WORLDS: readonly World[] = [
  { name: "numbers, no signal", signal: () => 0 },
  { name: "numbers, a weak line", signal: (x) => 0.2 * x },
  { name: "numbers, a weak step", signal: (x) => (x > 0.5 ? 0.8 : 0) },
  { name: "30 % positive, no signal", positives: 0.3, signal: () => 0 },
  { name: "30 % positive, a weak line", positives: 0.3, signal: (x) => 0.5 * x },
  { name: "30 % positive, a weak step", positives: 0.3, signal: (x) => (x > 0.5 ? 1.5 : 0) },
];

/** Leaves without a case of a class would cost all there is. */
const softened: Learner = {
  ...tree,
  predict: (...rows) => tree.predict(...rows).map((p) => Math.min(0.95, Math.max(0.05, p))),
};

/** Plainest first. */
const ladderOf = ({ positives }: World): readonly Learner[] =>
  positives === undefined ? [constant, leastSquares, tree] : [constant, logistic, softened];

/** One table: the champion's place with as many repeats as it needs and with all, and losses on fresh rows. */
interface Tried {
  readonly few: number;
  readonly all: number;
  readonly fresh: readonly number[];
}

function tried(world: World, rows: number, rng: Rng): Tried {
  const metric = metricOf(world);
  const { x, y } = sampleOf(world, rows, rng);
  const strata = strataOf(world, y);
  const layouts = Array.from({ length: MOST }, () => dealt(rows, FOLDS, 1, rng, strata));
  const rungs = ladderOf(world).map((learner): DealtRung => {
    const losses = layouts.map((layout) => rowLosses(layout, learner));
    return { name: learner.name, losses };
  });
  function rowLosses(layout: Dealt, learner: Learner): Float64Array {
    const values = outOfFold(layout, 1, (train, test) => learner.predict(x, y, train, test));
    return measureFolds(metric, foldLayout({ truth: targetOf(world, y), ...layout }), predictionOf(world, values)).rows
      .losses;
  }
  const first = (repeats: number): DealtRung[] =>
    rungs.map(({ name, losses }) => ({ name, losses: losses.slice(0, repeats) }));
  const foldOf = layouts.map(({ fold }) => fold);
  let needed = LEAST;
  while (needed < MOST && !dealingOf(first(needed), foldOf.slice(0, needed)).settled) needed++;
  const championOf = (repeats: number): number => {
    const means = first(repeats).map(({ name, losses }) => ({
      name,
      losses: y.map((_, row) => losses.reduce((sum, own) => sum + own[row], 0) / repeats),
    }));
    const { rung } = chooseChampion(means);
    return rungs.findIndex(({ name }) => name === rung);
  };
  const fresh = sampleOf(world, FRESH, rng);
  const both = { x: Float64Array.from([...x, ...fresh.x]), y: Float64Array.from([...y, ...fresh.y]) };
  const later = Int32Array.from({ length: FRESH }, (_, i) => rows + i);
  const [{ train }] = layouts[0].resamples;
  const lossOf = (learner: Learner): number => {
    const prediction = predictionOf(world, learner.predict(both.x, both.y, train, later));
    const score = metric.score({ truth: targetOf(world, fresh.y), prediction });
    return metric.link?.kind === "root" ? score ** 2 : score;
  };
  return { few: championOf(needed), all: championOf(MOST), fresh: ladderOf(world).map(lossOf) };
}

function resultsOf(world: World, rows: number, runs: number, rng: Rng): CellResult[] {
  const tables = Array.from({ length: runs }, (_, run) => tried(world, rows, rng.split(run)));
  const truth = ladderOf(world).map((_, k) => tables.reduce((sum, { fresh }) => sum + fresh[k], 0) / runs);
  const worse = (champion: number): boolean => truth.slice(0, champion).some((loss) => loss <= truth[champion]);
  const share = (of: (table: Tried) => boolean): number => tables.filter(of).length / runs;
  const [few, all] = [share((table) => worse(table.few)), share((table) => worse(table.all))];
  const cell = (setting: string, figure: number, bound: number | null): CellResult =>
    happened({
      study: "champions no better than a plainer rung, as many repeats as needed and ten",
      world: world.name,
      setting,
      rows,
      replications: runs,
      share: figure,
      kind: bound === null ? "known-liberal" : "guaranteed",
      bound,
    });
  return [
    cell("as many as needed", few, null),
    cell("ten", all, null),
    cell("as many as needed, less ten", few - all, ALLOWED),
    cell(
      "another champion than by ten",
      share((table) => table.few !== table.all),
      null,
    ),
  ];
}

export function championResults(replications: number, rng: Rng): CellResult[] {
  return WORLDS.flatMap((world) =>
    [60, 150, 400].flatMap((rows) =>
      resultsOf(world, rows, replications, rng.split(`champions ${world.name} ${rows}`)),
    ),
  );
}
