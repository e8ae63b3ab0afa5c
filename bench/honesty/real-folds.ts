/**
 * Rows in folds, with this package's own learners on small parts of real tables. Every pair is asked both ways round: each model as the
 * challenger of each other. The margin is the recipes' true gain, trained on as many rows as a fold leaves (the mean over all parts,
 * on fresh rows), or 1 % where it is less; so every JUSTIFIED is wrong, and at the true gain every NOT JUSTIFIED too.
 */
import { compareModels, seeded, type Prediction, type Rng, type Target, type Verdict } from "./api.ts";
import { happened, type CellResult } from "./cell.ts";
import { dealt, outOfFold, type Dealt } from "./dealt.ts";
import { answeredRows, fitted, rungOf, targetOf, type Recipe } from "./populations.ts";
import type { NamedTable } from "./tables.ts";

const SIZES: readonly number[] = [120, 300];
const FOLDS = 5;
const REPEATS = 2;
const FRESH = 1000;
const LEVEL = 0.025;
const LEAST_MARGIN = 0.01;

/** Cheap enough to be trained a hundred thousand times, stable and unstable ones. */
function recipesOf({ data }: NamedTable): ReadonlyMap<string, Recipe> {
  const numbers = data.target.task === "regression";
  return new Map<string, Recipe>([
    [numbers ? "linear" : "logistic", rungOf(data)],
    ...(numbers ? [] : [["naive Bayes", [{ estimator: "naive-bayes" }]] as const]),
    ["tree", [{ estimator: "tree" }]],
    ["boosting", [{ estimator: "boosting", params: { rounds: 40, learningRate: 0.15 } }]],
    ["forest", [{ estimator: "forest", params: { smoothing: 0, minLeaf: 1, trees: 20 } }]],
  ]);
}

/** A part of a table in folds, what each recipe answered there, and its mean loss on fresh rows. */
interface Part {
  readonly truth: Target;
  readonly layout: Dealt;
  readonly answers: readonly Prediction[];
  readonly losses: readonly number[];
}

function partOf({ data, metric }: NamedTable, recipes: readonly Recipe[], rows: number, rng: Rng): Part {
  const order = rng.shuffle(answeredRows(data));
  const [part, fresh] = [order.slice(0, rows), order.slice(rows, rows + FRESH)];
  const at = (places: Int32Array): Int32Array => places.map((place) => part[place]);
  const target = targetOf(data.target, part);
  const layout = dealt(rows, FOLDS, REPEATS, rng, target.task === "regression" ? undefined : target.codes);
  const [{ train }] = layout.resamples;
  const later = recipes.map((recipe) => fitted(data, at(train), fresh, recipe, rng));
  const answers = recipes.map((recipe, k) => {
    const width = later[k].values.length / FRESH;
    const values = outOfFold(layout, width, (inside, test) => fitted(data, at(inside), at(test), recipe, rng).values);
    return { ...later[k], values };
  });
  const freshTruth = targetOf(data.target, fresh);
  const losses = later.map((prediction) => {
    const score = metric.score({ truth: freshTruth, prediction });
    return metric.link?.kind === "root" ? score ** 2 : score;
  });
  return { truth: targetOf(target, layout.row), layout, answers, losses };
}

/** Wrong answers of each recipe as the challenger of each other, in folds of parts of a table. */
function resultsOf(table: NamedTable, rows: number, runs: number, rng: Rng): CellResult[] {
  const recipes = recipesOf(table);
  const names = Array.from(recipes.keys());
  const parts = Array.from({ length: runs }, (_, run) =>
    partOf(table, Array.from(recipes.values()), rows, rng.split(run)),
  );
  const lost = names.map((_, k) => parts.reduce((sum, { losses }) => sum + losses[k], 0));
  const pairs = names.flatMap((_, b) => names.flatMap((_name, c) => (b === c ? [] : [[b, c] as const])));
  return pairs.flatMap(([b, c]) => {
    const ratio = lost[c] / lost[b];
    const gain = 1 - (table.metric.link?.kind === "root" ? Math.sqrt(ratio) : ratio);
    const margin = Math.max(LEAST_MARGIN, gain);
    const verdicts = parts.map((part) => verdictOn(table, part, [b, c], margin));
    const result = (study: string, wrong: Verdict): CellResult =>
      happened({
        study: `folds of real tables, ${REPEATS} x ${FOLDS}, ${study}`,
        world: `${table.name}, ${names[c]} over ${names[b]}`,
        setting: "",
        rows,
        replications: runs,
        share: verdicts.filter((verdict) => verdict === wrong).length / runs,
        kind: "guaranteed",
        bound: LEVEL,
      });
    return [
      result(gain < LEAST_MARGIN ? "gain below the margin" : "gain at the margin", "JUSTIFIED"),
      ...(gain < LEAST_MARGIN ? [] : [result("gain at the margin ruled out", "NOT JUSTIFIED")]),
    ];
  });
}

/** @param pair Places of the baseline and the challenger. */
function verdictOn(
  { metric }: NamedTable,
  { truth, layout, answers }: Part,
  [b, c]: readonly [number, number],
  margin: number,
): Verdict {
  return compareModels({
    metric,
    folds: { truth, ...layout },
    margin: { value: margin, kind: "relative" },
    baselines: [{ name: "baseline", folds: [answers[b]] }],
    champion: "baseline",
    challengers: [{ name: "challenger", folds: [answers[c]] }],
    foldAlpha: LEVEL,
    rng: seeded("folds"),
  }).challengers[0].verdict;
}

/** A logistic rung of its many words takes as long as all other tables. */
const TOO_DEAR = "birdstrikes";

/** Of tables whose smallest class has a row or so in every fold. */
export function realFoldResults(tables: readonly NamedTable[], replications: number, rng: Rng): CellResult[] {
  const runs = Math.max(50, Math.round(replications / 2));
  return tables
    .filter(({ name }) => name !== TOO_DEAR)
    .flatMap((table) =>
      SIZES.filter((rows) => smallestShare(table.data.target) * rows >= FOLDS).flatMap((rows) =>
        resultsOf(table, rows, runs, rng.split(`real folds ${table.name} ${rows}`)),
      ),
    );
}

function smallestShare(target: Target): number {
  if (target.task === "regression") return 1;
  const counts = target.classes.map((_, k) => target.codes.reduce((sum, code) => sum + (code === k ? 1 : 0), 0));
  return Math.min(...counts) / target.codes.length;
}
