/** What a challenger will need, said before there is one: the same models, guards and tests as the verdict's. */
import { normalQuantile } from "../numeric/normal.ts";
import { ALPHA } from "./contract.ts";
import type { Detail } from "./detail.ts";
import { marginOf, type Margin } from "./margin.ts";
import { perfectScore, type JudgedMetric } from "./measure.ts";
import { POWER, rowsFor, type Spread } from "./rows-needed.ts";
import { finiteOrNull, type Question, type Reason } from "./verdict/contract.ts";
import { overconfident, type Decision } from "./verdict/decide.ts";
import { foldModels, holdoutModels, type Candidates, type PartModels } from "./verdict/models.ts";

export type BarQuestion = Pick<Question, "metric" | "holdout" | "folds" | "baselines" | "alpha" | "rng">;

/** What it takes to be JUSTIFIED. */
export interface Bar<D = Detail | null> {
  readonly part: "holdout" | "folds";
  readonly rows: number;
  /** The baseline that asks for most, and its score. */
  readonly baseline: string;
  readonly baselineScore: number | null;
  /**
   * A challenger with this score, whose answers differ from that baseline's as those of the rung nearest to it do, is JUSTIFIED
   * with probability `power`. Null: even a perfect one is not, or nobody can be judged. That baseline's own score where there
   * is no other rung to tell from.
   */
  readonly score: number | null;
  readonly power: number;
  /** Its gain over that baseline, on the scale of the margin: what these rows can see. Null where nothing is known of it. */
  readonly gain: number | null;
  readonly margin: Margin;
  /** Rows it would take to see a gain of twice the margin. */
  readonly rowsForTwice: number | null;
  /** Why nobody can be judged on these rows, and what it counts. */
  readonly reason: Reason | null;
  readonly detail: D;
}

const NO_SPREAD: Spread = { atMargin: Number.NaN, atGain: Number.NaN };

/** A baseline with the smallest gain over it that is seen, and the spread of one row's gain behind it. */
interface Hurdle {
  readonly name: string;
  readonly score: number;
  readonly gain: number;
  readonly spread: Spread;
  /** Distance from the perfect score that is left after the gain. */
  readonly left: number;
}

/**
 * The bar on the part that decides: the holdout where there is one, else the folds, at the default margin.
 * Cost: one measurement a baseline, one pair each.
 */
export function barOf(question: BarQuestion): Bar {
  const { metric, baselines, alpha = ALPHA } = question;
  const margin = marginOf(metric);
  const keyed: Candidates = new Map(baselines.map((one) => [one.name, one]));
  const models = question.holdout ? holdoutModels(question, margin, keyed) : foldModels(question, margin, keyed);
  const level = question.holdout ? alpha : alpha / 2;
  const names = baselines.map(({ name }) => name);
  const hurdles = names.map((name) => hurdleOf(models, metric, names, name, margin, level));
  const hardest = hurdles.reduce((a, b) => (harder(a, b, metric) ? b : a));
  const open = models.guard(names, hardest.name, level) ?? unbeatable(models, names);
  const { gain, spread, left } = hardest;
  const twice = rowsFor(spread, 2 * margin.value, margin.value, level);
  return {
    part: models.part,
    rows: models.rows.rows,
    baseline: hardest.name,
    baselineScore: finiteOrNull(hardest.score),
    score: open === undefined && left >= 0 ? finiteOrNull(atDistance(metric, left)) : null,
    power: POWER,
    gain: finiteOrNull(gain),
    margin,
    rowsForTwice: Number.isFinite(gain) ? finiteOrNull(twice) : null,
    reason: open?.reason ?? null,
    detail: open?.detail ?? null,
  };
}

/** A baseline over which folds show no gain, whatever the challenger. */
function unbeatable(models: PartModels, names: readonly string[]): Pick<Decision, "reason" | "detail"> | undefined {
  for (const name of names) {
    const overconfidence = models.overconfidence(name);
    if (overconfidence?.useless === true) return overconfident(name, overconfidence);
  }
  return undefined;
}

/** Whether b asks for more than a; of those that even a perfect challenger could not be told from, the better one does. */
function harder(a: Hurdle, b: Hurdle, metric: JudgedMetric): boolean {
  const [left, other] = [Math.max(0, a.left), Math.max(0, b.left)];
  const distance = ({ score }: Hurdle): number => Math.abs(score - perfectScore(metric));
  return other < left || (other === left && distance(b) < distance(a));
}

/** The smallest gain over a baseline whose lower bound is above the margin with the power asked for. */
function hurdleOf(
  models: PartModels,
  metric: JudgedMetric,
  names: readonly string[],
  name: string,
  margin: Margin,
  level: number,
): Hurdle {
  const score = models.score(name).value;
  const distance = Math.abs(score - perfectScore(metric));
  const others = names
    .filter((other) => other !== name && !models.same(name, other))
    .sort((a, b) => Math.abs(models.score(a).value - score) - Math.abs(models.score(b).value - score));
  if (others.length === 0) return { name, score, gain: Number.NaN, spread: NO_SPREAD, left: distance };
  const { gain: seen, lower, error, widened } = models.pair(name, others[0]).at(level);
  const gain = margin.value + (seen - lower) + normalQuantile(POWER) * error;
  const atGain = error * Math.sqrt(models.rows.rows);
  const spread = { atMargin: (widened?.below ?? 1) * atGain, atGain };
  return { name, score, gain, spread, left: margin.kind === "relative" ? distance * (1 - gain) : distance - gain };
}

function atDistance(metric: JudgedMetric, distance: number): number {
  return perfectScore(metric) + (metric.direction === "maximize" ? -distance : distance);
}
