/** The verdict in plain words: one paragraph that says what was found, against what, how surely, and what would help. */
import type { BudgetResult } from "../budget.ts";
import type { Margin } from "../margin.ts";
import type { Bounds, ChallengerVerdict, PartVerdict, RowsNeeded } from "./contract.ts";

/** Three significant digits, grouped thousands, no exponent between 1e-4 and 1e9. */
export function plainNumber(x: number): string {
  if (x === 0) return "0";
  const size = Math.abs(x);
  if (size >= 1e9 || size < 1e-4) return x.toExponential(2);
  if (size >= 1000) return Math.round(x).toLocaleString("en-US");
  return String(Number(x.toPrecision(3)));
}

/** A gain on the margin's scale. */
function onScale(x: number | null, margin: Margin, beyond: string): string {
  if (x === null) return beyond;
  return margin.kind === "relative" ? `${plainNumber(100 * x)} %` : plainNumber(x);
}

function interval({ lower, upper, level }: Bounds, margin: Margin): string {
  const percent = plainNumber(100 * level);
  const [low, high] = [onScale(lower, margin, "no lower limit"), onScale(upper, margin, "no upper limit")];
  return `${percent} % interval ${low} to ${high}`;
}

function asked(margin: Margin): string {
  const amount = onScale(margin.value, margin, "");
  const what = margin.kind === "relative" ? `${amount} of what the baseline leaves to gain` : amount;
  if (margin.money !== undefined) {
    const { extraCost, valuePerUnit } = margin.money;
    return `more than ${what} needed (an extra cost of ${plainNumber(extraCost)} at ${plainNumber(valuePerUnit)} a unit)`;
  }
  return `more than ${what} needed${margin.assumed ? ", assumed: change it with --min-gain" : ""}`;
}

function finding(v: ChallengerVerdict): string {
  const baseline = v.against.find((a) => a.baseline === v.baseline)?.score ?? null;
  const scores = `${v.metric} ${v.score === null ? "undefined" : plainNumber(v.score)} against ${
    baseline === null ? "undefined" : plainNumber(baseline)
  } of ${v.baseline}`;
  if (v.gain === null) return `${scores}.`;
  const gain = `gain ${onScale(v.gain, v.margin, "")} (${interval(v.bounds, v.margin)}; ${asked(v.margin)})`;
  return `${scores}: ${gain}.`;
}

function basis(v: ChallengerVerdict): string {
  const { kind, count } = v.units;
  const rows = `${v.rows.toLocaleString("en-US")} ${v.part === "holdout" ? "holdout rows" : "rows in folds"}`;
  const units = kind === "rows" ? rows : `${rows} in ${count.toLocaleString("en-US")} ${kind}`;
  const many = v.against.length > 1 ? `, the smallest gain over ${v.against.length} baselines` : "";
  return `Judged on ${units}${many}, by ${v.test.name} (p ${v.test.p < 1e-4 ? "below 0.0001" : plainNumber(v.test.p)}).`;
}

const REASONS: Readonly<Record<string, string>> = {
  underpowered: "too few rows to tell",
  "near-margin":
    "the gain is about as large as the margin, so no realistic number of rows will settle it: the margin is the question, not the sample",
  "too-few-rows": "too few independent rows for any claim",
  "too-few-discordant": "the models disagree on too few rows",
  "too-few-positives": "a class has too few rows",
  degenerate: "there is no spread to judge by",
  "dependence-unknown": "it is not known which rows are independent",
  "metric-undefined": "the metric is not defined here",
  "cv-holdout-conflict": "holdout and folds contradict each other",
  "budget-uncertain": "the measurements do not settle whether a budget is kept",
  "holdout-spent": "this holdout has answered as often as it can",
};

const SUBLABELS: Readonly<Record<string, string>> = {
  worse: "it is worse",
  equivalent: "it is equivalent",
  "gain-too-small": "the gain is too small",
  "over-budget": "it is over budget",
  "must-pass": "it fails cases it must pass",
  slice: "it is worse for some rows",
  fairness: "it treats protected groups less evenly",
};

function help(needed: RowsNeeded, margin: Margin): string {
  const parts = needed.scenarios.map(({ scenario, gain, rows }) => {
    const at =
      scenario === "upper bound"
        ? `at best (${onScale(gain, margin, "")})`
        : `if the true gain is ${onScale(gain, margin, "")}`;
    if (rows === null) return `${at}, no number would`;
    if (rows <= needed.now) return `${at}, as many rows again would probably do`;
    return `${at}, about ${plainNumber(rows)} test rows in all`;
  });
  return parts.length === 0 ? "" : `What would settle it: ${parts.join("; ")}.`;
}

function costs(results: readonly BudgetResult[]): string {
  return results
    .filter(({ outcome }) => outcome !== "within")
    .map(({ detail, measured, limit, unit }) => {
      const got = measured === null ? "" : ` (${plainNumber(measured)} against ${plainNumber(limit)} ${unit})`;
      return `Cost: ${detail}${got}.`;
    })
    .join(" ");
}

function otherPart(other: PartVerdict | null): string {
  if (other === null) return "";
  const where = other.part === "folds" ? "The folds" : "The holdout";
  return `${where} say: ${other.verdict}${other.sublabel === null ? "" : ` (${other.sublabel})`}.`;
}

/** The paragraph. Pure text, no markup. */
export function sentenceOf(v: ChallengerVerdict, detail: string | null): string {
  const why = v.sublabel !== null ? SUBLABELS[v.sublabel] : v.reason !== null ? REASONS[v.reason] : "";
  const head = `${v.name} is ${v.verdict}${why === "" ? "" : `: ${why}`}${detail === null ? "" : ` (${detail})`}.`;
  return [
    head,
    finding(v),
    basis(v),
    ...v.vetoes.map((veto) => `Veto: ${veto.detail}.`),
    costs(v.cost),
    v.rowsNeeded === null ? "" : help(v.rowsNeeded, v.margin),
    otherPart(v.other),
    v.provisional ? "Provisional: folds judge the recipe, a holdout would judge the model." : "",
    ...v.notes.map((note) => `Note: ${note}.`),
  ]
    .filter((part) => part !== "")
    .join(" ");
}
