import { gather } from "../../numeric/gather.ts";
import type { CategoryColumn, Dataset, NumberColumn, Rows, Target } from "../../frame/dataset.ts";
import { FitError } from "../contract.ts";
import type { TrainingRows } from "../training-rows.ts";
import type { BucketRule } from "../../models/one-rule.ts";
import type { Cut } from "../../models/cut.ts";
import { equalWeightEnds } from "../../bins/equal-weight.ts";
import { boundsOf } from "../../bins/holte.ts";
import { filled } from "../fit-points.ts";
import { finalists } from "./screening.ts";
import { sortedColumn } from "./sorted-column.ts";

/** How one rule is to be made. */
export interface ValueRuleOptions {
  /** Into how many buckets a number column is cut. */
  readonly buckets: number;
  /** Rows' worth of the overall mean that are added to each bucket. */
  readonly smoothing: number;
}

export interface ValueRule extends BucketRule {
  /** Root mean squared error of the training rows, each predicted without itself. */
  readonly error: number;
}

/** Weight, sum and sum of squares of the target, three numbers a bucket. */
type Sums = Float64Array;

/** A column's buckets, and the sums of each. */
interface Buckets {
  readonly cut: Cut;
  readonly sums: Sums;
}

/** The buckets of a training set's columns: by column, then by `buckets`. */
export type ValueBuckets = Map<number, Map<number, Buckets>>;

/** And the squared error of all rows when each is predicted without itself. */
interface Candidate extends Buckets {
  readonly error: number;
}

interface Problem {
  readonly data: Dataset;
  readonly training: TrainingRows;
  /** One a training row, centred and scaled to [-1, 1]. */
  readonly target: Float64Array;
  readonly options: readonly ValueRuleOptions[];
  readonly known: ValueBuckets;
}

/**
 * The best single column's bucket or level means, for each of several options: number columns are cut into buckets of
 * equal weight, each level of a category and the missing values are buckets of their own. Means are drawn towards the
 * overall mean as if `smoothing` more rows had it. The column is chosen by the squared error of each row predicted
 * without itself, so that an identifier, whose every level is one row, gains nothing; the first of ties.
 * One sort a number column; above 100,000 rows all but three columns are ruled out on a sample.
 * Nothing when no column is a number or a category.
 * @param known Buckets that were made of these rows before; those that are made now are added.
 */
export function valueRules(
  data: Dataset,
  training: TrainingRows,
  options: readonly ValueRuleOptions[],
  known: ValueBuckets,
): readonly ValueRule[] | undefined {
  const { mean, spread } = centreOf(data, training);
  const { values } = data.target as Target & { task: "regression" };
  const scaled = (rows: Rows): Float64Array =>
    gather(values, rows).map((value) => (spread === 0 ? 0 : (value - mean) / spread));
  const usable = [...data.columns.keys()].filter((at) => data.columns[at].kind !== "text");
  if (usable.length === 0) return undefined;
  const columns = finalists(training, usable, (sample) => {
    const problem = { data, training: sample, target: scaled(sample.rows), options, known: new Map() };
    const found = usable.map((at) => candidates(problem, at));
    return options.map((_, i) => found.map((ofColumn) => -ofColumn[i].error));
  });
  const problem = { data, training, target: scaled(training.rows), options, known };
  const best: Candidate[] = [];
  for (const at of columns)
    candidates(problem, at).forEach((candidate, i) => {
      if (candidate.error < (best[i]?.error ?? Infinity)) best[i] = candidate;
    });
  return best.map(({ cut, sums, error }, i) => {
    const weights = Float64Array.from({ length: sums.length / 3 }, (_, b) => sums[3 * b]);
    const answers = weights.map((weight, b) => mean + spread * (sums[3 * b + 1] / (weight + options[i].smoothing)));
    const rmse = Math.sqrt(error / training.total) * spread;
    return { cut, weights, answers, fallback: Float64Array.of(mean), error: rmse };
  });
}

function centreOf(data: Dataset, { rows, weights, total }: TrainingRows): { mean: number; spread: number } {
  const { values } = data.target as Target & { task: "regression" };
  let mean = 0;
  for (let i = 0; i < rows.length; i++) mean += ((weights?.[i] ?? 1) / total) * values[rows[i]];
  let spread = 0;
  for (let i = 0; i < rows.length; i++) spread = Math.max(spread, Math.abs(values[rows[i]] - mean));
  if (!(spread < Infinity)) throw new FitError("one-rule: the target's values are too far apart for arithmetic");
  return { mean, spread };
}

/** One column's buckets under each option. */
function candidates(problem: Problem, at: number): Candidate[] {
  const { data, options, known } = problem;
  const column = data.columns[at] as NumberColumn | CategoryColumn;
  const own: Map<number, Buckets> = known.get(at) ?? new Map();
  known.set(at, own);
  const counts = options.map(({ buckets }) => buckets);
  const found = filled(own, counts, (missing) =>
    column.kind === "number" ? ofNumbers(problem, at, column, missing) : ofLevels(problem, at, column, missing),
  );
  return found.map(({ cut, sums }, i) => ({ cut, sums, error: errorWithoutSelf(sums, options[i].smoothing) }));
}

function ofNumbers(
  { training, target }: Problem,
  at: number,
  column: NumberColumn,
  wanted: readonly number[],
): Buckets[] {
  const { weights } = training;
  const { values, at: order, missing } = sortedColumn(column.values, training);
  const running = new Float64Array(3 * (order.length + 1));
  for (let i = 0; i < order.length; i++) {
    running.copyWithin(3 * i + 3, 3 * i, 3 * i + 3);
    add(running, 3 * i + 3, target[order[i]], weights === undefined ? 1 : weights[order[i]]);
  }
  const ofMissing = new Float64Array(missing.length > 0 ? 3 : 0);
  for (const i of missing) add(ofMissing, 0, target[i], weights?.[i] ?? 1);
  return wanted.map((buckets) => {
    const ends = equalWeightEnds(values, (end) => running[3 * end], buckets);
    const sums = new Float64Array(3 * ends.length + ofMissing.length);
    for (let i = 0; i < 3 * ends.length; i++) {
      const b = Math.floor(i / 3);
      sums[i] = running[3 * ends[b] + (i % 3)] - (b === 0 ? 0 : running[3 * ends[b - 1] + (i % 3)]);
    }
    sums.set(ofMissing, 3 * ends.length);
    const bucketOfMissing = missing.length > 0 ? ends.length : -1;
    return { cut: { column: at, bounds: boundsOf({ values }, ends), missing: bucketOfMissing }, sums };
  });
}

function add(sums: Sums, from: number, target: number, weight: number): void {
  sums[from] += weight;
  sums[from + 1] += weight * target;
  sums[from + 2] += weight * target * target;
}

function ofLevels(
  { training, target }: Problem,
  at: number,
  { codes, levels }: CategoryColumn,
  wanted: readonly number[],
): Buckets[] {
  const { rows, weights } = training;
  const all = new Float64Array(3 * (levels.length + 1)); // missing last
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i]];
    add(all, 3 * (code < 0 ? levels.length : code), target[i], weights === undefined ? 1 : weights[i]);
  }
  const bucketOf = new Int32Array(levels.length + 1).fill(-1);
  let buckets = 0;
  for (let level = 0; level <= levels.length; level++) if (all[3 * level] > 0) bucketOf[level] = buckets++;
  const sums = new Float64Array(3 * buckets);
  bucketOf.forEach((b, level) => {
    if (b >= 0) sums.set(all.subarray(3 * level, 3 * level + 3), 3 * b);
  });
  const missing = bucketOf[levels.length];
  const cut = { column: at, bucketOf: bucketOf.slice(0, levels.length), missing } as const;
  return wanted.map(() => ({ cut, sums }));
}

/**
 * The squared errors of all rows when each is left out of its bucket once. The bucket's estimate is m = sum / (weight +
 * strength); without one row of weight 1 its residual grows from y - m to (y - m) (weight + strength) / (weight + strength - 1).
 */
function errorWithoutSelf(sums: Sums, strength: number): number {
  let error = 0;
  for (let from = 0; from < sums.length; from += 3) {
    const n = sums[from] + strength;
    const m = sums[from + 1] / n;
    const within = Math.max(0, sums[from + 2] - 2 * m * sums[from + 1] + m * m * sums[from]);
    error += n > 1 ? within * (n / (n - 1)) ** 2 : sums[from + 2];
  }
  return error;
}
