/** Why a verdict is what it is, and what to do about it, in words. */
import type { Margin } from "../compare/margin.ts";
import type { Caveat, Finding, Reason, Sublabel } from "../compare/verdict/contract.ts";
import { gainFigure, type ToldVerdict } from "./verdict.ts";
import { counted, figure, percent, whole } from "../words/numbers.ts";
import { listed } from "../words/texts.ts";

export const REASONS: Readonly<Record<Reason, string>> = {
  underpowered: "too few rows to tell",
  "near-margin": "the gain is too close to the one that is needed for these rows to tell which is larger",
  "too-few-rows": "too few independent rows for any claim",
  "too-few-discordant": "the models disagree on too few rows",
  "too-few-positives": "a class has too few rows",
  degenerate: "these rows cannot tell",
  "overconfident-baseline": "how much a baseline loses depends on which rows it happened to learn from",
  "dependence-unknown": "it is not known which rows are independent",
  twins: "the gain may come from rows that training has too",
  "metric-undefined": "the metric is not defined here",
  "cv-holdout-conflict": "holdout and folds contradict each other",
  "budget-uncertain": "the measurements do not settle whether a budget is kept",
  "ladder-incomplete": "the benchmark was cut short, so it lacks baselines that would have to be beaten too",
  "holdout-spent": "this holdout has answered as often as it can",
};

export const SUBLABELS: Readonly<Record<Sublabel, string>> = {
  worse: "it is worse",
  equivalent: "it is equivalent, give or take less than the gain that is needed",
  "no-gain": "these rows rule out a gain that matters, and what they show is a loss",
  "gain-too-small": "the gain is too small",
  "over-budget": "it is over budget",
  "must-pass": "it fails cases it must pass",
  slice: "it is worse for some rows",
  fairness: "it treats protected groups less evenly",
};

const STAY = "stay with the simple model";

const REFUSED: Readonly<Record<Sublabel, string>> = {
  worse: STAY,
  equivalent: `${STAY}, which does the same for less`,
  "no-gain": STAY,
  "gain-too-small": `${STAY}; the gain does not pay for the complexity`,
  "over-budget": `${STAY}, or make this one cheaper`,
  "must-pass": `${STAY} until this one passes them`,
  slice: `${STAY} until this one is no worse for those rows`,
  fairness: `${STAY} until this one treats the groups as evenly`,
};

const OPEN: Readonly<Record<Reason, string>> = {
  underpowered: `${STAY} until more rows have settled it`,
  "near-margin": `${STAY}; decide whether a gain of this size matters and say so with --min-gain`,
  "too-few-rows": `${STAY}; hold out more rows, or judge on repeated folds`,
  "too-few-discordant": `${STAY} until more rows have settled it`,
  "too-few-positives": `${STAY}; judge on more rows of the smallest class`,
  degenerate: `${STAY}; judge by another metric or on other rows`,
  "overconfident-baseline": `${STAY}; judge the fitted models on held-out rows, or compare with --against champion`,
  "dependence-unknown":
    "train the benchmark again with --group, --group-duplicates or --time, then compare; or say --independent-rows, if they are",
  twins: "train the benchmark again with --group-duplicates, which keeps identical rows together, then compare",
  "metric-undefined": "choose another metric, or rows that hold every class",
  "cv-holdout-conflict": "find out how the held-out rows differ from the others before trusting either answer",
  "budget-uncertain": "measure what was not measured, or measure it more often",
  "ladder-incomplete": "train the benchmark again to the end, then compare",
  "holdout-spent": "judge on fresh rows",
};

/** Why it is no plain yes, a clause without its full stop; empty for a JUSTIFIED. */
export function whyWords({ sublabel, reason, detail }: Pick<ToldVerdict, "sublabel" | "reason" | "detail">): string {
  const why = sublabel !== null ? SUBLABELS[sublabel] : reason !== null ? REASONS[reason] : "";
  return detail === null ? why : `${why} (${detail})`;
}

/** What to look at in a file whose answers would do better under other names or on another scale. */
const MISTAKEN: ReadonlyMap<Finding["code"], string> = new Map([
  ["misplaced-classes", "check which of its columns is of which class, and compare again"],
  ["other-scale", "check that it predicts the target itself, in its unit, and compare again"],
]);

/** What the reader should do next, a clause without its full stop. */
export function adviceFor({
  sublabel,
  reason,
  findings,
}: Pick<ToldVerdict, "sublabel" | "reason" | "findings">): string {
  const mistake = findings.map(({ code }) => MISTAKEN.get(code) ?? "").find((advice) => advice !== "");
  if (mistake !== undefined) return mistake;
  if (sublabel !== null) return REFUSED[sublabel];
  if (reason !== null) return OPEN[reason];
  const checks = new Set(findings.map(checkWords));
  return checks.size === 0
    ? "take it; its complexity is paid for"
    : `before you take it, ${listed(Array.from(checks))}`;
}

/** A finding, a clause without its full stop. */
export function findingWords(finding: Finding, margin: Margin): string {
  switch (finding.code) {
    case "repeats-column":
      return `its answers repeat the column ${finding.column}`;
    case "near-perfect-column":
      return `${listed(finding.columns)} alone nearly decided the target when the benchmark was trained`;
    case "almost-perfect":
      return `it gains ${percent(finding.share)} of what the best baseline leaves to gain`;
    case "same-in-every-repeat":
      return `its answers are the same in all ${finding.repeats} repeats of the folds, so they are not those of models trained without the rows they answer for`;
    case "folds-alone":
      return `it answers for rows in folds only, not for the ${counted(finding.heldOut, "held-out row")}, so nothing shows that its models had not seen the rows they answer for`;
    case "misplaced-classes":
      return `its probabilities of ${finding.of} are high where ${finding.where} is true, and it is far behind every baseline`;
    case "other-scale":
      return `its answers go ${finding.correlation > 0 ? "with" : "against"} the target (correlation ${figure(finding.correlation)}), yet it is far behind every baseline`;
    default:
      return `the folds show ${gainFigure(finding.folds, margin)} and the held-out rows ${gainFigure(finding.holdout, margin)}`;
  }
}

function checkWords(finding: Finding): string {
  switch (finding.code) {
    case "repeats-column":
      return `make sure that ${finding.column} is known when a prediction is made`;
    case "near-perfect-column":
      return `make sure that ${listed(finding.columns)} ${finding.columns.length === 1 ? "is" : "are"} known when a prediction is made`;
    case "almost-perfect":
      return "look for the target, or what is known only after it, among its inputs";
    default:
      return "make sure that it was not fitted on the rows it answers for";
  }
}

const CAVEATS: { readonly [C in Caveat["code"]]: (caveat: Extract<Caveat, { readonly code: C }>) => string } = {
  "few-rows": () => "fewer than 100 rows: mistakes on less than 3 % of all rows may not show",
  "few-groups": ({ groups }) => `only ${groups} groups`,
  "single-run": () => "one run of the folds has little power: repeat them",
  "single-seed": () => "this is about the fitted model: one training seed",
  twins: ({ rows, gain, others, kind }) => {
    const shown = (x: number | null): string =>
      x === null ? "not known" : kind === "relative" ? percent(x) : figure(x);
    return `${whole(rows)} of the rows have an identical one in training: the gain on them is ${shown(gain)}, on the others ${shown(others)}`;
  },
  "certain-answers": ({ rows, times }) =>
    `${whole(rows)} of its answers are a probability of exactly 0 or 1, and one that is wrong costs as much as ${whole(Math.round(times))} average rows`,
};

/** A caveat, a clause without its full stop. */
export function caveatWords<C extends Caveat["code"]>(caveat: Extract<Caveat, { readonly code: C }>): string {
  return CAVEATS[caveat.code](caveat);
}
