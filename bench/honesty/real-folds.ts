/**
 * Rows in folds, with this package's own learners on small parts of real tables. The margin is the recipes' true gain, trained on as
 * many rows as a fold leaves: the mean over all parts, on fresh rows. So every JUSTIFIED is wrong.
 */
import { compareModels, seeded, type Prediction, type Rng, type Target } from "./api.ts";
import { happened, type CellResult } from "./cell.ts";
import { dealt, outOfFold, type Dealt } from "./dealt.ts";
import { answeredRows, challengersOf, fitted, rungOf, targetOf, type Recipe } from "./populations.ts";
import type { NamedTable } from "./tables.ts";

const ROWS = 300;
const FOLDS = 5;
const REPEATS = 2;
const FRESH = 1000;
const LEVEL = 0.025;
const LEAST_MARGIN = 0.01;
/** Two that are cheap enough to be trained thousands of times. */
const CHALLENGERS: readonly string[] = ["boosting", "forest"];

/** A part of a table in folds, what each recipe answered there, and its mean loss on fresh rows, the plain rung first. */
interface Part {
  readonly truth: Target;
  readonly layout: Dealt;
  readonly answers: readonly Prediction[];
  readonly losses: readonly number[];
}

function partOf({ data, metric }: NamedTable, recipes: readonly Recipe[], rng: Rng): Part {
  const order = rng.shuffle(answeredRows(data));
  const [part, fresh] = [order.slice(0, ROWS), order.slice(ROWS, ROWS + FRESH)];
  const at = (places: Int32Array): Int32Array => places.map((place) => part[place]);
  const target = targetOf(data.target, part);
  const layout = dealt(ROWS, FOLDS, REPEATS, rng, target.task === "regression" ? undefined : target.codes);
  const [{ train }] = layout.resamples;
  const later = recipes.map((recipe) => fitted(data, at(train), fresh, recipe, rng));
  const answers = recipes.map((recipe, k) => {
    const width = later[k].values.length / FRESH;
    const values = outOfFold(layout, width, (rows, test) => fitted(data, at(rows), at(test), recipe, rng).values);
    return { ...later[k], values };
  });
  const freshTruth = targetOf(data.target, fresh);
  const losses = later.map((prediction) => {
    const score = metric.score({ truth: freshTruth, prediction });
    return metric.link?.kind === "root" ? score ** 2 : score;
  });
  return { truth: targetOf(target, layout.row), layout, answers, losses };
}

/** Wrong JUSTIFIED of each challenger over the plain rung of a table. */
function resultsOf(table: NamedTable, runs: number, rng: Rng): CellResult[] {
  const challengers = Array.from(challengersOf(table.data)).filter(([name]) => CHALLENGERS.includes(name));
  const recipes = [rungOf(table.data), ...challengers.map(([, recipe]) => recipe)];
  const parts = Array.from({ length: runs }, (_, run) => partOf(table, recipes, rng.split(run)));
  const lost = recipes.map((_, k) => parts.reduce((sum, { losses }) => sum + losses[k], 0));
  return challengers.map(([name], k) => {
    const ratio = lost[k + 1] / lost[0];
    const gain = 1 - (table.metric.link?.kind === "root" ? Math.sqrt(ratio) : ratio);
    const margin = Math.max(LEAST_MARGIN, gain);
    const passed = parts.filter(({ truth, layout, answers }) => {
      const { challengers: verdicts } = compareModels({
        metric: table.metric,
        folds: { truth, ...layout },
        margin: { value: margin, kind: "relative" },
        baselines: [{ name: "baseline", folds: [answers[0]] }],
        champion: "baseline",
        challengers: [{ name, folds: [answers[k + 1]] }],
        foldAlpha: LEVEL,
        rng: seeded("folds"),
      });
      return verdicts[0].verdict === "JUSTIFIED";
    });
    return happened({
      study: `folds of real tables, ${REPEATS} x ${FOLDS}, gain at the margin or below`,
      world: `${table.name}, ${name}`,
      setting: `true gain ${(100 * gain).toPrecision(3)} %`,
      rows: ROWS,
      replications: runs,
      share: passed.length / runs,
      kind: "guaranteed",
      bound: LEVEL,
    });
  });
}

/** Of tables whose smallest class has a row or so in every fold. */
export function realFoldResults(tables: readonly NamedTable[], replications: number, rng: Rng): CellResult[] {
  const runs = Math.max(50, Math.round(replications / 4));
  return tables
    .filter(({ data }) => smallestShare(data.target) * ROWS >= FOLDS)
    .flatMap((table) => resultsOf(table, runs, rng.split(`real folds ${table.name}`)));
}

function smallestShare(target: Target): number {
  if (target.task === "regression") return 1;
  const counts = target.classes.map((_, k) => target.codes.reduce((sum, code) => sum + (code === k ? 1 : 0), 0));
  return Math.min(...counts) / target.codes.length;
}
