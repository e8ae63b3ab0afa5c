/** Changes in words. */
import type { Change } from "../../report/bench.ts";
import { gainFigure } from "../../report/verdict.ts";
import { figure, pWords, percent, whole } from "../../words/numbers.ts";
import { listed } from "../../words/texts.ts";
import type { Paired } from "./pair.ts";

/** `logistic: log_loss 0.1466 to 0.1702 on all rows, a loss of 16 % (p = 0.003)`. */
export function scoreSentence(
  model: string,
  metric: string,
  { before, after, gain, relative, looksWorse }: Paired,
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
