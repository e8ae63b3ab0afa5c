import type { Dataset, Rows } from "../../data/dataset.ts";
import { seeded, type Rng } from "../../numeric/rng.ts";
import { OptionError } from "../../error.ts";
import type { Fold, FoldPlan, Part, Scheme, Splits } from "./contract.ts";
import { dealGroups, dealStratified, dealTime } from "./deal.ts";

export interface SplitOptions {
  readonly seed: string | number;
  /** Default 5. With an expanding window, the number of scored folds (there is one block more). */
  readonly folds?: number | undefined;
  /** Default 1, or 10 below 500 rows. */
  readonly repeats?: number | undefined;
  /** Share of rows held out; default 0.2, or 0 below 500 rows or when there is a test file. */
  readonly holdout?: number | undefined;
  /** Default: `expanding` when the dataset has a time, else `kfold`. */
  readonly kind?: "kfold" | "expanding" | undefined;
  /** Rows from here on belong to a test file. */
  readonly testFrom?: number | undefined;
}

/** Where the design changes: below it no holdout is cut and cross-validation is repeated. */
export const SMALL = 500;

/** Rows that have a target. */
export function usableRows(data: Dataset): Rows {
  const { target } = data;
  const has =
    target.task === "regression" ? (i: number) => !Number.isNaN(target.values[i]) : (i: number) => target.codes[i] >= 0;
  const rows: number[] = [];
  for (let i = 0; i < data.rows; i++) if (has(i)) rows.push(i);
  return Int32Array.from(rows);
}

/**
 * Cuts the holdout and deals the folds: by class or by order of the target; by whole groups where the dataset has
 * groups; in order of time where it has a time (the holdout is then the latest rows).
 * @throws OptionError when there are fewer rows than folds, or an option is out of range.
 */
export function makeSplits(data: Dataset, options: SplitOptions): Splits {
  const testFrom = options.testFrom ?? data.rows;
  const usable = usableRows(data);
  const own = usable.filter((row) => row < testFrom);
  const kind = options.kind ?? (data.time ? "expanding" : "kfold");
  if (kind === "expanding" && !data.time) throw new OptionError("splits: an expanding window needs a time (--time)");
  const folds = whole("folds", options.folds ?? 5, 2);
  const blocks = kind === "expanding" ? folds + 1 : folds;
  const repeats = whole("repeats", options.repeats ?? (own.length < SMALL && kind === "kfold" ? 10 : 1), 1);
  if (kind === "expanding" && repeats > 1)
    throw new OptionError("splits: an expanding window cannot be repeated; leave --repeats out");
  const share = options.holdout ?? (own.length < SMALL || testFrom < data.rows ? 0 : 0.2);
  if (!(share >= 0 && share < 1))
    throw new OptionError(`splits: the holdout must be a share from 0 up to 1, got ${share}`);
  const rng = seeded(options.seed).split("splits");

  const held = share === 0 ? new Int32Array(own.length) : holdout(data, own, share, kind, rng.split("holdout"));
  const train = own.filter((_, i) => held[i] === 0);
  if (train.length < blocks)
    throw new OptionError(
      `splits: ${blocks} folds need at least ${blocks} rows with a target to train on, got ${train.length}`,
    );
  const part: Part[] = Array.from({ length: data.rows }, () => "unused");
  for (const row of usable) part[row] = row >= testFrom ? "test" : "train";
  own.forEach((row, i) => held[i] === 1 && (part[row] = "holdout"));
  const fold = Array.from({ length: repeats }, (_, repeat) => {
    const dealt = dealFolds(data, train, blocks, kind, rng.split("folds").split(repeat));
    const out = new Int32Array(data.rows).fill(-1);
    train.forEach((row, i) => (out[row] = dealt[i]));
    return out;
  });
  const scheme = kind === "expanding" ? "expanding" : "exchange";
  return {
    kind: kind === "kfold" && data.groups ? "group" : kind,
    scheme,
    seed: String(options.seed),
    folds: blocks,
    repeats,
    part,
    fold,
    reason: reasonOf(data, kind, own.length, share),
  };
}

function dealFolds(data: Dataset, rows: Rows, folds: number, kind: "kfold" | "expanding", rng: Rng): Int32Array {
  if (kind === "expanding" && data.time) return dealTime(rows, data.time, folds);
  if (data.groups) return dealGroups(data.target, rows, data.groups, Array<number>(folds).fill(1 / folds), rng);
  return dealStratified(data.target, rows, folds, rng);
}

/** 1 for rows held out: the latest, whole groups, or a stratified draw; a class never loses its only row. */
function holdout(data: Dataset, rows: Rows, share: number, kind: "kfold" | "expanding", rng: Rng): Int32Array {
  if (kind === "expanding" && data.time) {
    const grains = Math.min(1000, rows.length);
    return dealTime(rows, data.time, grains).map((block) => (block >= Math.round((1 - share) * grains) ? 1 : 0));
  }
  if (data.groups) return dealGroups(data.target, rows, data.groups, [1 - share, share], rng);
  const grains = Math.max(2, Math.round(1 / share));
  const exact = Math.abs(1 / share - grains) < 1e-9;
  const dealt = exact
    ? dealStratified(data.target, rows, grains, rng).map((part) => (part === 0 ? 1 : 0))
    : dealStratified(data.target, rows, Math.min(100, rows.length), rng).map((part) =>
        part < Math.round(share * Math.min(100, rows.length)) ? 1 : 0,
      );
  return keepRareClasses(data, rows, dealt);
}

function keepRareClasses(data: Dataset, rows: Rows, held: Int32Array): Int32Array {
  const { target } = data;
  if (target.task === "regression") return held;
  const left = new Int32Array(target.classes.length);
  rows.forEach((row, i) => held[i] === 0 && left[target.codes[row]]++);
  return held.map((h, i) => (h === 1 && left[target.codes[rows[i]]] === 0 ? 0 : h));
}

function reasonOf(data: Dataset, kind: string, rows: number, share: number): string {
  const how =
    kind === "expanding"
      ? "in order of time: each fold is scored by a model trained on the earlier ones"
      : data.groups
        ? "by whole groups, so that no group is in both training and scoring"
        : data.target.task === "regression"
          ? "at random, spread evenly over the target's range"
          : "at random, classes in equal shares";
  const held =
    share > 0
      ? `${Math.round(100 * share)} % held out`
      : rows < SMALL
        ? `no holdout: ${rows} rows are fewer than ${SMALL}`
        : "no holdout";
  return `${how}; ${held}`;
}

function whole(name: string, value: number, least: number): number {
  if (!Number.isInteger(value) || value < least)
    throw new OptionError(`splits: ${name} must be a whole number from ${least}, got ${value}`);
  return value;
}

/** The folds of one repeat as a plan. Folds without rows are left out. O(rows). */
export function foldPlan(splits: Splits, repeat: number): FoldPlan {
  return planOf(`repeat ${repeat}`, splits.fold[repeat], splits.folds, splits.scheme);
}

/** A plan from the part number of each row (-1: in none). */
export function planOf(name: string, partOf: Int32Array, count: number, scheme: Scheme): FoldPlan {
  const rows: number[][] = Array.from({ length: count }, () => []);
  for (let i = 0; i < partOf.length; i++) if (partOf[i] >= 0) rows[partOf[i]].push(i);
  const parts = rows.filter((list) => list.length > 0).map((list) => Int32Array.from(list));
  return { name, scheme, parts, folds: foldsOf([...parts.keys()], scheme) };
}

/** Folds over the given parts, in order. */
export function foldsOf(parts: readonly number[], scheme: Scheme): readonly Fold[] {
  return parts
    .map((test, k) => ({
      test,
      train: scheme === "exchange" ? parts.filter((part) => part !== test) : parts.slice(0, k),
    }))
    .filter(({ train }) => train.length > 0);
}

/** Deals the given rows into a plan of their own, by the rules of the whole: in order of time, by groups, or stratified. */
export function dealPlan(name: string, data: Dataset, rows: Rows, folds: number, scheme: Scheme, rng: Rng): FoldPlan {
  const dealt = dealFolds(data, rows, folds, scheme === "expanding" ? "expanding" : "kfold", rng);
  const partOf = new Int32Array(data.rows).fill(-1);
  rows.forEach((row, i) => (partOf[row] = dealt[i]));
  return planOf(name, partOf, folds, scheme);
}

/** Rows of a part, ascending. */
export function rowsOf(splits: Splits, part: Part): Rows {
  const rows: number[] = [];
  for (let i = 0; i < splits.part.length; i++) if (splits.part[i] === part) rows.push(i);
  return Int32Array.from(rows);
}
