/** What a challenger will need, in words: the bar that `compare` applies. */
import type { Bar } from "../compare/bar.ts";
import type { Reason } from "../compare/verdict/contract.ts";
import type { Artifact } from "./artifact.ts";
import { amount } from "./verdict.ts";
import { decidingScore } from "./wording.ts";
import { figure, percent, roughly, whole } from "../words/numbers.ts";

/** What a complex model must do to be worth its complexity. */
export function challengeSentence(artifact: Artifact): string {
  const { bar, metric } = artifact;
  if (bar === undefined) return olderSentence(artifact);
  const rows = `${whole(bar.rows)} ${bar.part === "holdout" ? "held-out rows" : "rows in folds"}`;
  const more = MORE[bar.part];
  if (bar.reason !== null)
    return `No challenger can be judged on these ${rows}: ${bar.detail}${remedy(bar.reason, bar.part)}.`;
  const margin = amount(bar.margin.value, bar.margin);
  if (bar.score === null)
    return `Hardly any challenger could be JUSTIFIED on these ${rows}: the hardest baseline, ${bar.baseline}, has ${metric.name} ${figure(bar.baselineScore)}, and what that leaves to gain cannot be told from chance on so few; ${more}.`;
  if (bar.gain === null)
    return `A challenger has to beat ${bar.baseline}, which has ${metric.name} ${figure(bar.baselineScore)} on these ${rows}, by more than ${margin}. ${unknownBar(artifact)}`;
  const way = metric.direction === "minimize" ? "less" : "more";
  return `To be JUSTIFIED with ${percent(bar.power)} power, a challenger needs ${metric.name} of about ${figure(bar.score)} or ${way} on these ${rows}; a gain is hardest to prove over ${bar.baseline}, which has ${figure(bar.baselineScore)}. That is a gain of about ${amount(bar.gain, bar.margin)}: more than ${margin} is asked, but smaller gains cannot be told from chance on so few rows.${sight(bar)}`;
}

/** Why no score to reach is named: the spread of gains on these rows is seen from two models that differ. */
function unknownBar({ ladder }: Artifact): string {
  const trained = ladder.filter(({ role, status }) => role === "baseline" && status === "ok").length;
  const why = trained < 2 ? "there is only one baseline" : "all baselines give the same answers";
  return `How small a gain these rows can see cannot be told: ${why}, and that takes two that differ.`;
}

const MORE: Readonly<Record<Bar["part"], string>> = {
  holdout: "hold out more rows (--holdout), or none (--holdout 0) to judge on repeated folds",
  folds: "it takes more rows, or more repeats of the folds (--repeats)",
};

const REMEDIES: Partial<Record<Reason, string>> = {
  "dependence-unknown": "train again with --group or --time",
  "metric-undefined": "train again with another --metric",
  "overconfident-baseline": "hold rows out (--holdout), or leave that model out (--models)",
};

/** Repeats of the folds bring no more rows, groups or cases of a class. */
function remedy(reason: Reason, part: Bar["part"]): string {
  const words = REMEDIES[reason] ?? (part === "holdout" ? MORE.holdout : undefined);
  return words === undefined ? "" : `; ${words}`;
}

/** What to do where these rows cannot see what is asked for. */
function sight({ gain, margin, rows, rowsForTwice, part }: Bar<string | null>): string {
  const twice = 2 * margin.value;
  if (gain === null || rowsForTwice === null || rowsForTwice <= rows || gain <= twice) return "";
  const kind = part === "holdout" ? "held-out rows" : "rows";
  return ` Showing a gain of ${amount(twice, margin)} takes about ${roughly(rowsForTwice)} ${kind}; with fewer, set --min-gain to the gain that matters.`;
}

/** Of a benchmark that was made before bars were. */
function olderSentence(artifact: Artifact): string {
  const { champion, metric } = artifact;
  const rung = artifact.ladder.find((one) => one.rung === champion.rung);
  if (!rung) return "";
  const { score, held } = decidingScore(rung, metric.name);
  const where = held
    ? `on the ${whole(artifact.splits.rows.holdout + artifact.splits.rows.test)} held-out rows`
    : "in cross-validation";
  const better = metric.direction === "minimize" ? "below" : "above";
  return `A challenger must get ${metric.name} clearly ${better} ${figure(score?.value)} ${where}: the gain has to be real, large enough to matter, and within budget.`;
}
