/** One cell: a rung's metric on a table's folds beside that of its namesake. */
import { METRIC_NAMES, type Namesake, type Rule } from "./names.ts";
import type { ReferenceMetric, ReferenceModel } from "./folder.ts";

export interface Cell {
  readonly table: string;
  readonly protocol: string;
  readonly rung: string;
  readonly reference: string;
  readonly metric: string;
  readonly ours: number;
  readonly theirs: number;
  /** Ours less theirs in reference standard deviations, turned so that above 0 is worse; null where that deviation is 0. */
  readonly worseBy: number | null;
  readonly rule: Rule;
  readonly passed: boolean;
  /** What the rule missed, in words. */
  readonly why?: string;
}

export interface Measured {
  readonly table: string;
  readonly protocol: string;
  /** Our metric's scores fold by fold, in the order of the reference's; undefined where the rung or metric is not there. */
  readonly foldsOf: (rung: string, metric: string) => readonly number[] | undefined;
  readonly reference: ReadonlyMap<string, ReferenceModel>;
}

const HIGHER_IS_BETTER = new Set(["accuracy", "roc_auc"]);
/** Log loss is clipped at 1e-6 with us and at 1e-15 in the reference; other digits are cut after the sixth. */
const DIGITS = 5e-6;

/** The cells of one pair of names. A reference that scored fewer folds is compared on those. */
export function cellsOf(measured: Measured, pair: Namesake): readonly Cell[] {
  const model = measured.reference.get(pair.reference);
  return pair.metrics.flatMap((metric) => {
    const theirs = referenceMetric(model, metric);
    const folds = measured.foldsOf(pair.rung, metric);
    return theirs === undefined || folds === undefined ? [] : [cellOf(measured, pair, metric, theirs, folds)];
  });
}

function cellOf(
  measured: Measured,
  pair: Namesake,
  metric: string,
  theirs: ReferenceMetric,
  folds: readonly number[],
): Cell {
  const { table, protocol } = measured;
  const { rung, reference, rule } = pair;
  const ours = mean(folds.slice(0, theirs.per_fold.length));
  const sign = HIGHER_IS_BETTER.has(metric) ? -1 : 1;
  const worse = sign * (ours - theirs.mean);
  const floor = floorOf(measured, metric);
  // Where both are zero but for rounding, or the reference's folds all say the same, there is no scale.
  const flat = theirs.std <= Math.max(1e-12 * Math.abs(theirs.mean), 1e-9 * (floor ?? 0));
  const why =
    broken(rule, worse, theirs, floor) ??
    (floor !== undefined && sign * (theirs.mean - floor) < 0 && sign * (ours - floor) >= 0
      ? "no better than the constant, which the reference beats"
      : undefined);
  return {
    table,
    protocol,
    rung,
    reference,
    metric,
    ours,
    theirs: theirs.mean,
    worseBy: flat ? null : worse / theirs.std,
    rule,
    passed: why === undefined,
    ...(why !== undefined && { why }),
  };
}

/** What the rule misses; nothing when it holds.  */
function broken(rule: Rule, worse: number, theirs: ReferenceMetric, deviation: number | undefined): string | undefined {
  const size = Math.abs(theirs.mean);
  const off = `${(100 * (worse / size)).toPrecision(2)} %`;
  if (rule === "equal") return Math.abs(worse) <= Math.max(1e-5 * size, 1e-9) ? undefined : `${off} off`;
  if (rule === "convex")
    return worse <= Math.max(0.005 * size, 1e-6 * (deviation ?? 0)) ? undefined : `${off} worse, over 0.5 %`;
  return worse <= Math.max(0.5 * theirs.std, DIGITS * size)
    ? undefined
    : `${(worse / theirs.std).toPrecision(2)} standard deviations worse`;
}

/** The reference's constant in this metric. For rmse it is the target's standard deviation, very nearly. */
function floorOf({ reference }: Measured, metric: string): number | undefined {
  const floor = reference.get("dummy_mean") ?? reference.get("dummy_prior");
  return referenceMetric(floor, metric)?.mean;
}

/** A model's scores in our metric of this name, if it has them. */
export function referenceMetric(model: ReferenceModel | undefined, metric: string): ReferenceMetric | undefined {
  const name = (METRIC_NAMES[metric] ?? [metric]).find((known) => model?.metrics?.[known] !== undefined);
  return name === undefined ? undefined : model?.metrics?.[name];
}

/** Mean over cells of one pair and metric: families are not to be against us on the whole. */
export interface Summary {
  readonly rung: string;
  readonly reference: string;
  readonly metric: string;
  readonly cells: number;
  /** In reference standard deviations; above 0 is worse. Cells count for at most 3 either way. */
  readonly meanWorseBy: number;
  readonly passed: boolean;
}

const MOST = 3;

export function summaries(cells: readonly Cell[]): readonly Summary[] {
  const groups = grouped(
    cells.filter(({ worseBy, rule }) => worseBy !== null && rule !== "equal"),
    ({ rung, reference, metric }) => `${rung} ${reference} ${metric}`,
  );
  return groups.map((group) => {
    const [{ rung, reference, metric }] = group;
    const meanWorseBy = mean(group.map(({ worseBy }) => Math.max(-MOST, Math.min(MOST, worseBy as number))));
    return { rung, reference, metric, cells: group.length, meanWorseBy, passed: meanWorseBy <= 0.005 };
  });
}

/** Items with the same key, in order of first appearance. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string | undefined): readonly T[][] {
  const groups = new Map<string | undefined, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
