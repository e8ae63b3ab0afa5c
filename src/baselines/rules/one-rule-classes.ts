import type { CategoryColumn, Dataset, NumberColumn, Target } from "../../frame/dataset.ts";
import { smoothedShares, withMode } from "../shares.ts";
import { mostFrequent } from "../../models/answers.ts";
import type { TrainingRows } from "../training-rows.ts";
import type { BucketRule } from "../../models/one-rule.ts";
import type { Cut } from "../../models/cut.ts";
import { atomsOf, boundsOf, countsOf, cutNumbers, levelBuckets } from "../../bins/holte.ts";
import { filled } from "../fit-points.ts";
import { finalists } from "./screening.ts";
import { inOrder, sortedColumn } from "./sorted-column.ts";

/** How one rule is to be made. */
export interface ClassRuleOptions {
  /** The weight that a bucket's most frequent class must reach. */
  readonly bucket: number;
  /** Rows' worth of the overall shares that are added to each bucket. */
  readonly smoothing: number;
  /** What the best column has most of: training rows that are right, or likelihood of each row given the others. */
  readonly choose: "accuracy" | "likelihood";
}

export interface ClassRule extends BucketRule {
  /** Weight of the training rows that the rule gets right. */
  readonly correct: number;
}

/** A column's buckets, and the class counts of each. */
interface Buckets {
  readonly cut: Cut;
  readonly counts: Float64Array;
  /** Weight of the training rows that are of the most frequent class of their bucket. */
  readonly correct: number;
}

/** The buckets of a training set's columns: by column, then by `bucket`. */
export type ClassBuckets = Map<number, Map<number, Buckets>>;

/** And how good the column is. */
interface Candidate extends Buckets {
  readonly merit: number;
}

interface Problem {
  readonly data: Dataset;
  readonly training: TrainingRows;
  /** One a training row. */
  readonly codes: Int32Array;
  /** Class shares of the training rows. */
  readonly prior: Float64Array;
  readonly options: readonly ClassRuleOptions[];
  readonly known: ClassBuckets;
}

/**
 * Holte's 1R for each of several options: the column whose buckets do best, the first of ties. One sort a number column;
 * above 100,000 rows all but three columns are ruled out on a sample.
 * Nothing when no column is a number or a category.
 * @param known Buckets that were made of these rows before; those that are made now are added.
 */
export function classRules(
  data: Dataset,
  training: TrainingRows,
  options: readonly ClassRuleOptions[],
  known: ClassBuckets,
): readonly ClassRule[] | undefined {
  const usable = [...data.columns.keys()].filter((at) => data.columns[at].kind !== "text");
  if (usable.length === 0) return undefined;
  const columns = finalists(training, usable, (sample) => {
    const problem = problemOf(data, sample, options, new Map());
    const found = usable.map((at) => candidates(problem, at));
    return options.map((_, i) => found.map((ofColumn) => ofColumn[i].merit));
  });
  const problem = problemOf(data, training, options, known);
  const best: Candidate[] = [];
  for (const at of columns)
    candidates(problem, at).forEach((candidate, i) => {
      if (candidate.merit > (best[i]?.merit ?? -Infinity)) best[i] = candidate;
    });
  return best.map((candidate, i) => answered(candidate, problem.prior, options[i].smoothing));
}

function problemOf(
  data: Dataset,
  training: TrainingRows,
  options: readonly ClassRuleOptions[],
  known: ClassBuckets,
): Problem {
  const target = data.target as Exclude<Target, { task: "regression" }>;
  const codes = training.rows.map((row) => target.codes[row]);
  const prior = new Float64Array(target.classes.length);
  for (let i = 0; i < codes.length; i++) prior[codes[i]] += (training.weights?.[i] ?? 1) / training.total;
  return { data, training, codes, prior, options, known };
}

/** One column's buckets under each option. */
function candidates(problem: Problem, at: number): Candidate[] {
  const { data, prior, options, known } = problem;
  const column = data.columns[at] as NumberColumn | CategoryColumn;
  const own: Map<number, Buckets> = known.get(at) ?? new Map();
  known.set(at, own);
  const sizes = options.map(({ bucket }) => bucket);
  const found = filled(own, sizes, (missing) =>
    column.kind === "number" ? ofNumbers(problem, at, column, missing) : ofLevels(problem, at, column, missing),
  );
  return found.map((buckets, i) => {
    const { choose, smoothing } = options[i];
    return {
      ...buckets,
      merit: choose === "accuracy" ? buckets.correct : likelihood(buckets.counts, prior, smoothing),
    };
  });
}

function ofNumbers(
  { training, codes, prior }: Problem,
  at: number,
  { values }: NumberColumn,
  sizes: readonly number[],
): Buckets[] {
  const { weights } = training;
  const sorted = sortedColumn(values, training);
  const entries = {
    values: sorted.values,
    codes: inOrder(codes, sorted.at),
    ...(weights && { weights: inOrder(weights, sorted.at) }),
  };
  const missing = new Float64Array(prior.length);
  for (const i of sorted.missing) missing[codes[i]] += weights?.[i] ?? 1;
  const atoms = atomsOf(entries, prior.length);
  return sizes.map((size) => {
    const ends = cutNumbers(entries, atoms, prior.length, size);
    const bucketOfMissing = sorted.missing.length > 0 ? ends.length : -1;
    const cut = { column: at, bounds: boundsOf(entries, ends), missing: bucketOfMissing };
    return withMissing(cut, countsOf(entries, prior.length, ends), missing);
  });
}

function ofLevels(
  { training, codes, prior }: Problem,
  at: number,
  column: CategoryColumn,
  sizes: readonly number[],
): Buckets[] {
  const { rows, weights } = training;
  const classes = prior.length;
  const levels = column.levels.length;
  const all = new Float64Array((levels + 1) * classes); // missing last
  for (let i = 0; i < rows.length; i++) {
    const level = column.codes[rows[i]];
    all[(level < 0 ? levels : level) * classes + codes[i]] += weights === undefined ? 1 : weights[i];
  }
  const missing = all.subarray(levels * classes);
  return sizes.map((size) => {
    const { bucketOf, counts } = levelBuckets(all.subarray(0, levels * classes), classes, size);
    const bucketOfMissing = missing.some((count) => count > 0) ? counts.length / classes : -1;
    return withMissing({ column: at, bucketOf, missing: bucketOfMissing }, counts, missing);
  });
}

/** @param missing Class counts of the rows without a value: the last bucket, where there are any. */
function withMissing(cut: Cut, counts: Float64Array, missing: Float64Array): Buckets {
  const last = missing.some((count) => count > 0) ? missing.length : 0;
  const all = new Float64Array(counts.length + last);
  all.set(counts);
  all.set(missing.subarray(0, last), counts.length);
  let correct = 0;
  for (let from = 0; from < all.length; from += missing.length)
    correct += all[from + mostFrequent(all, from, missing.length)];
  return { cut, counts: all, correct };
}

/** Log likelihood of each row under the smoothed shares of the other rows in its bucket. */
function likelihood(counts: Float64Array, prior: Float64Array, strength: number): number {
  const classes = prior.length;
  let sum = 0;
  for (let from = 0; from < counts.length; from += classes) {
    let weight = strength;
    for (let k = 0; k < classes; k++) weight += counts[from + k];
    for (let k = 0; k < classes; k++) {
      const count = counts[from + k];
      if (count === 0) continue;
      const without = Math.max(0, count - 1) + strength * prior[k];
      sum += count * Math.log(without / Math.max(without, weight - Math.min(1, count)));
    }
  }
  return sum;
}

/** Shares drawn towards the prior; the most frequent class of each bucket stays its label. */
function answered({ cut, counts, correct }: Candidate, prior: Float64Array, strength: number): ClassRule {
  const classes = prior.length;
  const buckets = counts.length / classes;
  const weights = new Float64Array(buckets);
  const answers = new Float64Array(counts.length);
  for (let b = 0; b < buckets; b++) {
    for (let k = 0; k < classes; k++) weights[b] += counts[b * classes + k];
    const label = mostFrequent(counts, b * classes, classes);
    answers.set(withMode(smoothedShares(counts, b * classes, prior, strength), label), b * classes);
  }
  return { cut, weights, answers, fallback: prior, correct };
}
