import { allRows, shapeOf, type Dataset, type View } from "../../../frame/dataset.ts";
import { FitError, type Estimator } from "../../contract.ts";
import type { Model } from "../../../models/contract.ts";
import { isKeepable, sharedByPoints } from "../../fit-points.ts";
import { innerParts } from "../../inner-parts.ts";
import type { Space } from "../../../search/space.ts";
import { evenlySpaced, trainingRows, type TrainingRows } from "../../training-rows.ts";
import { answersOf, cutAfter, lossOf, ruleSums } from "./answers.ts";
import { binnedColumns, type BinnedColumn } from "./bins.ts";
import { evidenceOf } from "./evidence.ts";
import type { Premise } from "../../../models/rule-list/condition.ts";
import { growList } from "./grow.ts";
import { ruleListKind, takenBy } from "../../../models/rule-list/rule-list.ts";
import { modelOf, readerOf } from "../../../models/model.ts";

/** `rules`: at most so many. `cover`: the share of the training rows that each rule must take, and leave. */
export type RuleListParams = { readonly rules: number; readonly cover: number };

const NAME = ruleListKind.name;
/** Lists are grown this long, whatever is asked for, so that the first rules of a list do not depend on how many follow. */
const MOST = 7;

const SPACE: Space = {
  rules: { type: "int", low: 1, high: MOST, default: 5, path: [1, 2, 3, 4, 5, 6, 7], simpler: "low" },
  cover: { type: "category", choices: [0.01, 0.05], ordered: true, default: 0.01, simpler: "high" },
};

/** Rules are sought among at most so many training rows, evenly spaced; what they say is learnt from all. */
const SAMPLE = 10_000;
/** Into so many parts the rows are dealt to find out how long a list pays. */
const PARTS = 3;
/** The list is cut where it has this share of what the best length gains over no rule at all. */
const ENOUGH = 0.995;
/** Fewer rows than this make no rule. */
const FEWEST = 5;

/**
 * A short list of rules, if-then-else, each with one or two conditions, as a person would write it: grown greedily (a
 * decision list: Rivest, "Learning decision lists", Machine Learning 2, 1987), then cut where more rules did not pay on
 * parts of the training rows that they were not grown on. Each rule says the mean, or the class shares, of the training rows
 * that it takes, smoothed. About a missing value no condition holds but `is missing`; text columns are not looked at.
 * Cost: four growings over at most 10,000 rows, each of about 20 passes a rule.
 */
export const ruleList: Estimator<RuleListParams> = {
  name: NAME,
  family: "rules",
  title: "Rule list",
  role: "baseline",
  tasks: ["binary", "multiclass", "regression"],
  needs: ["features"],
  space: () => SPACE,
  ...sharedByPoints(fitAll, (): Kept => ({ grown: new Map() })),
  fromJSON: readerOf(ruleListKind),
};

/** What growing needs to know of the rows among which rules are sought. */
interface Problem {
  readonly data: Dataset;
  readonly sample: TrainingRows;
  readonly columns: readonly BinnedColumn[];
}

interface Kept {
  /** By cover, what was grown: a few conditions each. */
  readonly grown: Map<number, Grown>;
  /** The columns among which rules are sought. */
  columns?: readonly BinnedColumn[];
}

function fitAll({ data, rows }: View, points: readonly RuleListParams[], kept: Kept): Model[] {
  const { grown } = kept;
  const training = trainingRows(NAME, { data, rows });
  const sample = evenlySpaced(training, SAMPLE);
  // Shares that come to less than the fewest rows ask for those: one growing serves them all.
  const asked = ({ cover }: RuleListParams): number => (cover * sample.total <= FEWEST ? 0 : cover);
  const missing = new Set(points.map(asked).filter((cover) => !grown.has(cover)));
  if (missing.size > 0) {
    const columns = kept.columns ?? binnedColumns(data, sample);
    if (isKeepable(data)) kept.columns = columns;
    if (columns.length === 0) throw new FitError(`${NAME}: needs a number or category column, the table has none`);
    for (const cover of missing) grown.set(cover, growAndJudge({ data, sample, columns }, cover));
  }
  const shape = shapeOf(data);
  return points.map((point) => {
    const { rules } = point;
    const { premises, losses } = grown.get(asked(point))!;
    const list = premises.slice(0, lengthThatPays(losses.subarray(0, rules + 1)));
    const sums = ruleSums(data, training, takenBy(list, data, training.rows), list.length);
    const notes = { rulesGrown: Math.min(rules, premises.length), rowsSearched: sample.rows.length };
    return modelOf(ruleListKind, { rules: list, answers: answersOf(sums), weights: sums.weight, notes }, shape);
  });
}

/** The shortest list that is good enough, given the losses of lists of 0, 1, 2, ... rules. */
function lengthThatPays(losses: Float64Array): number {
  const best = Math.min(...losses);
  return Math.max(
    0,
    losses.findIndex((loss) => loss <= best + (1 - ENOUGH) * (losses[0] - best)),
  );
}

interface Grown {
  readonly premises: readonly Premise[];
  /** Of lists of 0, 1, 2, ... rules, on rows that they were not grown on. */
  readonly losses: Float64Array;
}

function growAndJudge({ data, sample, columns }: Problem, cover: number): Grown {
  const premises = grow(data, sample, columns, MOST, cover);
  const losses = new Float64Array(premises.length + 1);
  for (const judging of innerParts(data, sample, PARTS)) {
    const fitted = weighted(sample, (i) => (sample.weights?.[i] ?? 1) - judging[i]);
    const judged = weighted(sample, (i) => judging[i]);
    if (fitted.total <= 0 || judged.total <= 0) continue;
    const list = grow(data, fitted, columns, premises.length, cover);
    const taken = takenBy(list, data, sample.rows);
    const sums = ruleSums(data, fitted, taken, list.length);
    for (let length = 0; length < losses.length; length++) {
      const answers = answersOf(cutAfter(sums, Math.min(length, list.length)));
      losses[length] += lossOf(data, judged, taken, answers);
    }
  }
  if (!Number.isFinite(losses[0])) throw new FitError(`${NAME}: the target's values are too large to be squared`);
  return { premises, losses };
}

/** `training`: the rows that the columns were binned for, with weights of which some may be 0. */
function grow(
  data: Dataset,
  training: TrainingRows,
  columns: readonly BinnedColumn[],
  rules: number,
  cover: number,
): Premise[] {
  const at = allRows(training.rows.length).filter((i) => (training.weights?.[i] ?? 1) > 0);
  const least = Math.max(FEWEST, cover * training.total);
  return growList(columns, at, evidenceOf(data, training), { rules, cover: least });
}

/** The same rows with other weights. */
function weighted({ rows }: TrainingRows, weightOf: (i: number) => number): TrainingRows {
  const weights = new Float64Array(rows.length).map((_, i) => weightOf(i));
  return { rows, weights, total: weights.reduce((sum, weight) => sum + weight, 0) };
}
