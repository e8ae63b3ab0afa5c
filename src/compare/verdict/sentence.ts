/**
 * The verdict in plain words, one paragraph for readers who are not statisticians: the verdict and why, the gain beside the one
 * that was needed, what to do, and only then how it was found.
 */
import type { BudgetResult } from "../budget.ts";
import type { Margin } from "../margin.ts";
import { adviceFor, SUBLABELS, REASONS } from "./advice.ts";
import type { Bounds, ChallengerVerdict, PartVerdict, RowsNeeded } from "./contract.ts";

/** Three significant digits, grouped thousands, no exponent between 1e-4 and 1e9. */
function plainNumber(x: number): string {
  if (x === 0) return "0";
  const size = Math.abs(x);
  if (size >= 1e9 || size < 1e-4) return x.toExponential(2);
  if (size >= 1000) return Math.round(x).toLocaleString("en-US");
  return String(Number(x.toPrecision(3)));
}

/** A gain on the margin's scale. More than everything cannot be gained, whatever a formula says. */
function onScale(x: number | null, margin: Margin, beyond: string): string {
  if (x === null) return beyond;
  return margin.kind === "relative" ? `${plainNumber(100 * Math.min(1, x))} %` : plainNumber(x);
}

function interval({ lower, upper, level }: Bounds, margin: Margin): string {
  const percent = plainNumber(100 * level);
  const [low, high] = [onScale(lower, margin, "no lower limit"), onScale(upper, margin, "no upper limit")];
  return `${percent} % interval ${low} to ${high}`;
}

function asked(margin: Margin): string {
  const amount = `Needed: more than ${onScale(margin.value, margin, "")}`;
  if (margin.money !== undefined) {
    const { extraCost, valuePerUnit } = margin.money;
    return `${amount} (an extra cost of ${plainNumber(extraCost)} at ${plainNumber(valuePerUnit)} a unit).`;
  }
  return `${amount}${margin.assumed ? " (assumed; change it with --min-gain)" : ""}.`;
}

function finding(v: ChallengerVerdict, direction: "minimize" | "maximize"): string {
  const baseline = v.against.find((a) => a.baseline === v.baseline)?.score ?? null;
  const [own, other] = [v.score, baseline].map((score) => (score === null ? "undefined" : plainNumber(score)));
  const scores = `Its ${v.metric} is ${own} where ${v.baseline} has ${other}`;
  if (v.gain === null) return `${scores}. ${asked(v.margin)}`;
  const way = v.margin.kind === "relative" && direction === "maximize" ? " of the way to a perfect score" : "";
  const gain = `${v.gain < 0 ? "no gain but a loss" : "a gain"} of ${onScale(Math.abs(v.gain), v.margin, "")}${way}`;
  return `${scores}: ${gain} (${interval(v.bounds, v.margin)}). ${asked(v.margin)}`;
}

function basis(v: ChallengerVerdict): string {
  const { kind, count } = v.units;
  const rows = `${v.rows.toLocaleString("en-US")} ${v.part === "holdout" ? "held-out rows" : "rows in folds"}`;
  const units = kind === "rows" ? rows : `${rows} in ${count.toLocaleString("en-US")} ${kind}`;
  const many =
    v.against.length > 1 ? ` It has to beat all ${v.against.length} baselines; ${v.baseline} was the hardest.` : "";
  const p = v.test.p < 1e-4 ? "p < 0.0001" : `p = ${plainNumber(v.test.p)}`;
  return `Judged on ${units} by ${v.test.name} (${p}).${many}`;
}

/** The second opinion on folds. */
function posteriorLine({ posterior }: ChallengerVerdict): string {
  if (posterior === null) return "";
  const [better, worse] = [posterior.better, posterior.worse].map((x) => x.toFixed(3));
  return `Probability that the gain exceeds the margin: ${better}; that the loss does: ${worse}.`;
}

/** How many rows would settle it, for gains the true one may be. */
function help(needed: RowsNeeded, margin: Margin): string {
  const parts = needed.scenarios.map(({ scenario, gain, rows }) => {
    const as = {
      "observed gain": " as seen here",
      "twice the margin": "",
      "upper bound": ", the most that fits these rows",
    };
    const at = `if the true gain is ${onScale(gain, margin, "")}${as[scenario]}`;
    if (rows === null) return `${at}, no number of rows`;
    if (rows <= needed.now) return `${at}, as many rows again`;
    return `${at}, about ${Number(rows.toPrecision(2)).toLocaleString("en-US")} test rows in all`;
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
export function sentenceOf(v: ChallengerVerdict, direction: "minimize" | "maximize", detail: string | null): string {
  const why = v.sublabel !== null ? SUBLABELS[v.sublabel] : v.reason !== null ? REASONS[v.reason] : "";
  const head = `${v.name} is ${v.verdict}${why === "" ? "" : `: ${why}`}${detail === null ? "" : ` (${detail})`}.`;
  return [
    head,
    finding(v, direction),
    ...v.vetoes.map((veto) => `Veto: ${veto.detail}.`),
    costs(v.cost),
    `What to do: ${adviceFor(v)}.`,
    v.rowsNeeded === null ? "" : help(v.rowsNeeded, v.margin),
    basis(v),
    posteriorLine(v),
    otherPart(v.other),
    v.provisional ? "Provisional: folds judge the recipe, a holdout would judge the model." : "",
    ...v.notes.map((note) => `Note: ${note}.`),
  ]
    .filter((part) => part !== "")
    .join(" ");
}
