/**
 * The verdict in plain words, one paragraph for readers who are not statisticians: the verdict and why, the gain beside the one
 * that was needed, what to do, and only then how it was found. Every number is one of the document's, rounded as everywhere.
 */
import type { Detail } from "../compare/detail.ts";
import type { Margin } from "../compare/margin.ts";
import type { ChallengerVerdict, PartVerdict, RowsNeeded } from "../compare/verdict/contract.ts";
import { budgetLine, vetoesOf } from "./verdict-checks.ts";
import { adviceFor, caveatWords, findingWords, whyWords } from "./verdict-reasons.ts";
import { detailWords } from "./detail.ts";
import { amount, gainFigure, type ToldVerdict, type VerdictEntry } from "./verdict.ts";
import { figure, pWords, percent, roughly, whole } from "../words/numbers.ts";

/** What was found, with its words. @param direction Of the metric that decided. */
export function worded(found: ChallengerVerdict, direction: "minimize" | "maximize"): VerdictEntry {
  const { other, cost, slices } = found;
  const told: ToldVerdict = {
    ...found,
    detail: wordsOf(found),
    other: other && { ...other, detail: wordsOf(other) },
    cost: cost.map((one) => ({ ...one, detail: detailWords(one.detail) })),
    slices: slices.map((one) => ({ ...one, detail: wordsOf(one) ?? "" })),
  };
  const entry = { ...told, vetoes: vetoesOf(told) };
  return { ...entry, sentence: sentenceOf(entry, direction) };
}

function wordsOf({ detail }: { readonly detail: Detail | null }): string | null {
  return detail && detailWords(detail);
}

type Told = Omit<VerdictEntry, "sentence">;

function sentenceOf(v: Told, direction: "minimize" | "maximize"): string {
  const { against, advice, help, remarks } = remarksOf(v);
  return [opening(v), finding(v, direction), ...against, advice, help, ...remarks]
    .filter((part) => part !== "")
    .join(" ");
}

/** What a verdict says beside its answer, sentence by sentence. */
export interface Remarks {
  /** Vetoes, budgets that are not kept, what makes it suspicious. */
  readonly against: readonly string[];
  readonly advice: string;
  /** What would settle it; empty where nothing has to be. */
  readonly help: string;
  /** How it was found, and what to bear in mind. */
  readonly remarks: readonly string[];
}

export function remarksOf(v: Told): Remarks {
  return {
    against: [
      ...v.vetoes.map(({ detail }) => `Veto: ${detail}.`),
      ...v.cost.filter(({ outcome }) => outcome !== "within").map((result) => `Cost: ${budgetLine(result)}.`),
      ...v.findings.map((one) => `Beware: ${findingWords(one, v.margin)}.`),
    ],
    advice: `What to do: ${adviceFor(v)}.`,
    help: v.rowsNeeded === null ? "" : help(v.rowsNeeded, v.margin),
    remarks: [
      basis(v),
      posteriorLine(v),
      otherPart(v.other),
      v.provisional ? "Provisional: folds judge the recipe, a holdout would judge the model." : "",
      ...v.caveats.map((caveat) => `Note: ${caveatWords(caveat)}.`),
      ...v.notes.map((note) => `Note: ${note}.`),
    ].filter((part) => part !== ""),
  };
}

/** The verdict and why, and what is said of the gain; all of it is the answer where it was worded by another version. */
export function answerOf(v: VerdictEntry): { readonly answer: string; readonly gain: string } {
  const { against, advice, help, remarks } = remarksOf(v);
  const rest = ["", ...against, advice, ...(help === "" ? [] : [help]), ...remarks].join(" ");
  const answer = opening(v);
  if (!v.sentence.startsWith(answer) || !v.sentence.endsWith(rest)) return { answer: v.sentence, gain: "" };
  return { answer, gain: v.sentence.slice(answer.length, -rest.length).trim() };
}

function opening(v: Told): string {
  const why = whyWords(v);
  return `${v.name} is ${v.verdict}${why === "" ? "" : `: ${why}`}.`;
}

function finding(v: ToldVerdict, direction: "minimize" | "maximize"): string {
  if (v.against.length === 0) return "";
  const baseline = v.against.find((a) => a.baseline === v.baseline)?.score ?? null;
  const [own, other] = [v.score, baseline].map((score) => (score === null ? "undefined" : figure(score)));
  const scores = `Its ${v.metric} is ${own} where ${v.baseline} has ${other}`;
  return `${scores}${v.gain === null ? "" : gainClause(v, v.gain, baseline, direction)}. ${asked(v.margin)}`;
}

function gainClause(
  { score, margin, bounds, against }: ToldVerdict,
  gain: number,
  baseline: number | null,
  direction: "minimize" | "maximize",
): string {
  const ahead = (direction === "maximize" ? 1 : -1) * ((score ?? 0) - (baseline ?? 0));
  // A root of a mean and a mean of roots over folds or seeds may fall on different sides.
  const over = ahead * gain < 0 ? " in the losses of all rows together" : "";
  const what = gain > 0 ? `a gain of ${amount(gain, margin)}` : `no gain but a loss of ${amount(gain, margin)}`;
  const way = margin.kind === "relative" && direction === "maximize" ? " of the way to a perfect score" : "";
  const smallest = against.length > 1 ? " of the smallest gain" : "";
  const { lower, upper, level } = bounds;
  const low = lower === null ? "no lower limit" : gainFigure(lower, margin);
  const high = upper === null ? "no upper limit" : gainFigure(upper, margin);
  return `: ${gain === 0 ? "no difference" : `${what}${way}`}${over} (${percent(level)} interval${smallest} ${low} to ${high})`;
}

function asked(margin: Margin): string {
  const needed = `Needed: more than ${amount(margin.value, margin)}`;
  if (margin.money !== undefined) {
    const { extraCost, valuePerUnit } = margin.money;
    return `${needed} (an extra cost of ${figure(extraCost)} at ${figure(valuePerUnit)} a unit).`;
  }
  return `${needed}${margin.assumed ? " (assumed; change it with --min-gain)" : ""}.`;
}

function basis({ units, part, rows, against, baseline, test, verdict, margin }: ToldVerdict): string {
  if (against.length === 0) return "Nothing else was judged.";
  const judged = `${whole(rows)} ${part === "holdout" ? "held-out rows" : "rows in folds"}`;
  const witnesses = units.kind === "rows" ? judged : `${judged} in ${whole(units.count)} ${units.kind}`;
  const many =
    against.length > 1 ? ` It has to beat all ${against.length} baselines; ${baseline} was the hardest.` : "";
  const refuted = verdict === "NOT JUSTIFIED" && test.pBelow < test.p;
  const claim = `for a gain ${refuted ? "below" : "above"} ${amount(margin.value, margin)}`;
  return `Judged on ${witnesses} by ${test.name} (${pWords(refuted ? test.pBelow : test.p)} ${claim}).${many}`;
}

/** The second opinion on folds. */
function posteriorLine({ posterior }: ToldVerdict): string {
  if (posterior === null) return "";
  const [better, worse] = [posterior.better, posterior.worse].map(percent);
  return `Probability that the gain exceeds what is needed: ${better}; that a loss does: ${worse}.`;
}

/** How many rows would settle it, for gains the true one may be. */
function help({ now, scenarios }: RowsNeeded, margin: Margin): string {
  const parts = scenarios.map(({ scenario, gain, rows, settles }) => {
    const as = {
      "observed gain": " as seen here",
      "twice the margin": "",
      "upper bound": ", the most that fits these rows",
    }[scenario];
    const were = `if the true ${gain < 0 ? "loss" : "gain"} is ${amount(gain, margin)}${as}`;
    if (rows === null || rows > MOST_ROWS)
      return `${were}, it is as good as the gain that is needed, and no number of rows tells`;
    const enough = rows <= now ? "as many fresh rows" : `about ${roughly(rows)} test rows in all`;
    return `${were}, ${enough} (${settles})`;
  });
  return parts.length === 0 ? "" : `What would settle it: ${parts.join("; ")}.`;
}

/** More rows than anyone has: the gain is the margin, as far as anyone can tell. */
const MOST_ROWS = 1e10;

function otherPart(other: PartVerdict<string | null> | null): string {
  if (other === null) return "";
  const where = other.part === "folds" ? "The folds" : "The holdout";
  return `${where} say: ${other.verdict}${other.sublabel === null ? "" : ` (${other.sublabel.replaceAll("-", " ")})`}.`;
}
