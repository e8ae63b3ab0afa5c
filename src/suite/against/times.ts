/** Does the program take longer than the earlier one? Ratios of runs in turn, round by round. */
import { rankEvidence } from "../../compare/tests/signed-rank.ts";
import { medianInPlace } from "../../numeric/median.ts";
import type { BenchThresholds, Change, InTurn } from "../../report/bench.ts";
import { timeSentence } from "../../report/suite/sentences.ts";
import { THRESHOLDS } from "../contract.ts";

/**
 * Worse when the ratio of most rounds is proven to exceed what is accepted (Wilcoxon's signed ranks on their logarithms), better
 * when it is proven to be below its inverse.
 */
export function timeChanges(dataset: string, { before, after }: InTurn, { time }: BenchThresholds): readonly Change[] {
  if (time === null) return [];
  const logs = Float64Array.from(after, (seconds, k) => Math.log(seconds / before[k]));
  const options = { margin: Math.log(1 + time), alpha: THRESHOLDS.alpha };
  const slower = rankEvidence(logs, options);
  const faster = rankEvidence(
    logs.map((log) => -log),
    options,
  );
  const outcome = slower.p <= options.alpha ? "worse" : faster.p <= options.alpha ? "better" : undefined;
  if (outcome === undefined) return [];
  const [old, now] = [before, after].map((list) => medianInPlace(Float64Array.from(list)));
  const p = outcome === "worse" ? slower.p : faster.p;
  const sentence = timeSentence({ before: old, after: now, ratio: Math.exp(slower.gain) }, after.length, p);
  return [{ dataset, model: null, kind: "time", outcome, before: old, after: now, p, sentence }];
}
