/** Changes in words. */
import type { Change } from "../bench.ts";
import { gainFigure } from "../verdict.ts";
import { bytes, duration, figure, pWords, percent, whole } from "../../words/numbers.ts";
import { listed } from "../../words/texts.ts";

/** A score before and after. */
interface ScoreChange {
  readonly before: number;
  readonly after: number;
  /** On the scale of the margin; negative: it got worse. */
  readonly gain: number;
  readonly relative: boolean;
  /** By more than the margin. */
  readonly looksWorse: boolean;
}

/** `logistic: log_loss 0.1466 to 0.1702 on all rows, a loss of 16 % (p = 0.003)`. */
export function scoreSentence(
  model: string,
  metric: string,
  { before, after, gain, relative, looksWorse }: ScoreChange,
  outcome: Change["outcome"],
  p: number,
): string {
  const size = gainFigure(Math.abs(gain), { kind: relative ? "relative" : "absolute" }).replace(/^\+/, "");
  const kind = gain < 0 ? "loss" : "gain";
  const isProven = outcome === "worse" || outcome === "better";
  const open = gain < 0 && !looksWorse ? "too small to matter" : `may be chance, ${pWords(p)}`;
  const proof = isProven ? pWords(p) : open;
  return `${model}: ${metric} ${figure(before)} to ${figure(after)} over held-out and out-of-fold rows, a ${kind} of ${size} (${proof})`;
}

/** `fold fits 120 to 132 (10 % more), in tree and logistic`. @param where Rungs that it differs in. */
export function countSentence(what: string, before: number, after: number, where: readonly string[]): string {
  const words = what.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const share = before > 0 ? ` (${percent(Math.abs(after / before - 1))} ${after > before ? "more" : "fewer"})` : "";
  return `${words} ${whole(before)} to ${whole(after)}${share}${where.length === 0 ? "" : `, in ${listed(where)}`}`;
}

/** `takes 1.31 times as long as before (...)`. @param before Median seconds, as `after`. */
export function timeSentence(
  { before, after, ratio }: { readonly before: number; readonly after: number; readonly ratio: number },
  runs: number,
  p: number,
): string {
  const times = `${duration(1000 * after)} instead of ${duration(1000 * before)} of CPU, the median of ${runs} runs in turn`;
  return `takes ${figure(ratio)} times as long as before (${times}, ${pWords(p)})`;
}

export function sizeSentence(rung: string, before: number, after: number): string {
  return `${rung}: its model takes ${bytes(after)} instead of ${bytes(before)}`;
}

/** @param before Rows, as `after`. */
export function otherDataSentence(before: number, after: number): string {
  const rows = before === after ? `${after} rows as before` : `${before} rows before, ${after} now`;
  return `the data are others (${rows}): its scores and its work are not compared`;
}

export function championChangeSentence(before: string, after: string): string {
  return `the champion was ${before} and is ${after}`;
}

export function verdictChangeSentence(challenger: string, before: string, after: string): string {
  return `challenger ${challenger}: was ${before} and is ${after}`;
}

const OF_RUNGS = {
  came: "is a new rung",
  went: "is no longer a rung",
  recovered: "failed before, and works now",
} as const;

export function rungSentence(rung: string, what: keyof typeof OF_RUNGS): string {
  return `${rung}: ${OF_RUNGS[what]}`;
}

export function rungFailedSentence(rung: string, reason: string | null | undefined): string {
  return `${rung}: failed (${reason ?? "no reason given"})`;
}

export const FAILED_NOW = "was measured before, and failed now";
export const MEASURED_NOW = "failed before, and is measured now";
export const OTHER_OPTIONS = "its options are others than before";
export const OTHER_COUNTING = "work is counted in another way than before";
export const GONE = "is no longer in the suite";

/** Of a change that was measured a second time. */
export function confirmedSentence(sentence: string, agrees: boolean): string {
  return `${sentence}; a second run ${agrees ? "agrees" : "does not agree"}`;
}
