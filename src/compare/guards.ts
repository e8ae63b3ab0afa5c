/** What must hold before anything is claimed. A guard never passes a challenger; it says why the question stays open. */
import type { Scored } from "../metrics/contract.ts";
import type { Detail } from "./detail.ts";
import type { Independence } from "./independence.ts";
import type { Measured } from "./measure.ts";

export const LEAST_ROWS = 30;
export const LEAST_GROUPS = 10;
/** Groups below this are few enough to say so. */
export const FEW_GROUPS = 20;
export const LEAST_DISCORDANT = 5;
/** In the smaller class, for metrics that are not means over rows. */
export const LEAST_IN_CLASS = 10;
/** The same at levels below .01, where tails matter. */
export const LEAST_IN_CLASS_STRICT = 50;

/** Of all classes but the most usual, to rule out by folds that a recipe gains. */
const LEAST_TO_RULE_OUT = 20;

export interface Guard {
  readonly reason: "dependence-unknown" | "metric-undefined" | "too-few-rows" | "too-few-positives";
  readonly detail: Detail;
  /** How many times the rows that there are it takes to pass, where more rows help. */
  readonly times?: number;
}

/** The first guard that the rows or either model trips; undefined when all hold. */
export function guardRows(
  truth: Scored["truth"],
  rows: Independence,
  models: readonly Measured[],
  options: { readonly alpha: number; readonly dependenceUnknown?: boolean | undefined },
): Guard | undefined {
  if (options.dependenceUnknown === true) {
    return {
      reason: "dependence-unknown",
      detail: { kind: "undeclared-dependence" },
    };
  }
  if (models.some(({ value }) => Number.isNaN(value))) {
    return { reason: "metric-undefined", detail: { kind: "undefined-metric" } };
  }
  const least = rows.groups === undefined ? LEAST_ROWS : LEAST_GROUPS;
  if (rows.rows < LEAST_ROWS) {
    return {
      reason: "too-few-rows",
      detail: { kind: "too-few", what: "rows", have: rows.rows, least: LEAST_ROWS },
      times: LEAST_ROWS / rows.rows,
    };
  }
  if (rows.units < least) {
    return {
      reason: "too-few-rows",
      detail: { kind: "too-few", what: rows.unit, have: rows.units, least },
      times: least / rows.units,
    };
  }
  const byClass = models.some(({ how }) => how === "influence" || how === "jackknife") && truth.task !== "regression";
  if (!byClass) return undefined;
  const { smallest, name } = smallestClass(truth);
  const wanted = options.alpha < 0.01 ? LEAST_IN_CLASS_STRICT : LEAST_IN_CLASS;
  if (smallest >= wanted) return undefined;
  return {
    reason: "too-few-positives",
    detail: { kind: "few-of-class", class: name, have: smallest, least: wanted },
    times: wanted / Math.max(1, smallest),
  };
}

/**
 * In folds, of tables with too few rows outside the most usual class: a recipe does as well as it has such rows to learn from, and another
 * table like this one may have half as many. A gain that is small on this table may be large there.
 */
export function scarceClass(truth: Scored["truth"]): Guard | undefined {
  if (truth.task === "regression") return undefined;
  const counts = classCounts(truth);
  const most = Math.max(...counts);
  const have = truth.codes.length - most;
  if (have >= LEAST_TO_RULE_OUT) return undefined;
  const usual = counts.indexOf(most);
  const others = truth.classes.filter((_, k) => k !== usual).join(" or ");
  return {
    reason: "too-few-positives",
    detail: { kind: "few-of-class", class: others, have, least: LEAST_TO_RULE_OUT },
    times: LEAST_TO_RULE_OUT / Math.max(1, have),
  };
}

/** Rows below which nothing is claimed of units as large as these. */
export function leastRows({ rows, units, groups }: Independence): number {
  const least = groups === undefined ? LEAST_ROWS : LEAST_GROUPS;
  return Math.max(LEAST_ROWS, Math.ceil((rows * least) / units));
}

type ClassTruth = Scored["truth"] & { task: "binary" | "multiclass" };

function classCounts({ codes, classes }: ClassTruth): Float64Array {
  const counts = new Float64Array(classes.length);
  for (const code of codes) counts[code]++;
  return counts;
}

function smallestClass(truth: ClassTruth): { smallest: number; name: string } {
  const counts = classCounts(truth);
  let at = 0;
  for (let k = 1; k < counts.length; k++) if (counts[k] < counts[at]) at = k;
  return { smallest: counts[at] ?? 0, name: truth.classes[at] ?? "?" };
}
