/** What all reports of a verdict share. */
import type { BudgetResult } from "../compare/budget.ts";
import type { Margin } from "../compare/margin.ts";
import type { Bounds, ChallengerVerdict, VerdictDocument } from "../compare/verdict/contract.ts";
import { figure, percent } from "./wording.ts";

/** Name and version of `verdict.json`. */
export const VERDICT_SCHEMA = "tabular-baseline/verdict/1";

/** A gain on the scale of the margin: `+12 %` of what was left to gain (never more than all of it), or `+0.012` of the metric. */
export function gainFigure(gain: number | null, { kind }: Pick<Margin, "kind">): string {
  if (gain === null) return "-";
  const sign = gain > 0 ? "+" : "";
  return `${sign}${kind === "relative" ? percent(Math.min(1, gain)) : figure(gain)}`;
}

/** `+9 % to +15 %`; words where the data set no limit. */
export function boundsFigure({ lower, upper }: Bounds, margin: Pick<Margin, "kind">): string {
  const low = lower === null ? "no limit" : gainFigure(lower, margin);
  return `${low} to ${upper === null ? "no limit" : gainFigure(upper, margin)}`;
}

/** `more than 1 %`, with a mark where nobody asked for it. */
export function marginFigure(margin: Margin): string {
  const amount = margin.kind === "relative" ? percent(margin.value) : figure(margin.value);
  return `> ${amount}${margin.assumed ? " (assumed)" : ""}`;
}

/** The verdict and why, short: `NOT JUSTIFIED (gain too small)`. */
export function verdictWords({ verdict, sublabel, reason }: ChallengerVerdict): string {
  const why = sublabel ?? reason;
  return why === null ? verdict : `${verdict} (${why.replaceAll("-", " ")})`;
}

/** One budget in words: `size 3.2 MB of at most 5 MB: within`. */
export function budgetLine({ quantity, measured, limit, unit, outcome }: BudgetResult): string {
  const got = measured === null ? "not measured" : figure(measured);
  return `${quantity} ${got}, at most ${figure(limit)} ${unit}: ${outcome}`;
}

/** What was asked of the challengers, in one line. */
export function questionLine({ against, champion, protocol, challengers }: VerdictDocument): string {
  const [{ metric }] = challengers;
  const rivals = against === "every" ? `every baseline (champion: ${champion})` : `the champion ${champion} only`;
  const rows = { holdout: "held-out rows", folds: "rows in folds", both: "held-out rows and rows in folds" }[protocol];
  return `Judged by ${metric} on ${rows}, against ${rivals}.`;
}

/** What holds for several challengers together; empty for one. */
export function familyLine({ family, challengers }: VerdictDocument): string {
  if (family.members.length < 2) return "";
  const { winner } = family;
  const sorted = `${family.members.length} challengers were judged together (Holm), so that chance finds a winner among useless ones in at most ${percent(family.alpha)} of cases.`;
  if (winner === null) return `${sorted} None of them is justified.`;
  const { margin } = challengers.find(({ name }) => name === winner.name) ?? challengers[0];
  return `${sorted} The best of those justified is ${winner.name}: ${gainFigure(winner.gain, margin)} (${boundsFigure(winner.bounds, margin)}, for all of them at once).`;
}
