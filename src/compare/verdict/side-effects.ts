/** What can only take a yes away: failed must-pass cases, slices that lose, protected groups treated less evenly. */
import { OptionError } from "../../error.ts";
import { judgeProtection, type Protection, type RateResult } from "../fairness.ts";
import { labels } from "../../metrics/scored.ts";
import { judgeSlices, type SliceResult } from "../slices.ts";
import type { Challenger, Prediction, Question, Sublabel } from "./contract.ts";

export interface SideEffects {
  readonly slices: readonly SliceResult[];
  readonly fairness: readonly Protection[];
}

/** Slices and protected groups, on the part that decides, against the champion; with several seeds, those of the first. */
export function sideEffects(
  question: Question,
  challenger: Challenger,
  on: "holdout" | "folds",
  alpha: number,
): SideEffects {
  const { slices = [], protect = [], metric } = question;
  const part = question[on];
  const champion = question.baselines.find((b) => b.name === question.champion)?.[on]?.[0];
  const own = challenger[on]?.[0];
  if (part === undefined || champion === undefined || own === undefined) return { slices: [], fairness: [] };
  const { truth } = part;
  // A row answered in several repeats is one witness.
  const dependence =
    on === "folds" && question.folds !== undefined
      ? { groups: question.folds.row, ...part.dependence }
      : part.dependence;
  const where = { truth, ...(dependence === undefined ? {} : { dependence }) };
  const judged = slices.length === 0 ? [] : judgeSlices(metric, where, champion, own, slices, alpha);
  if (protect.length === 0) return { slices: judged, fairness: [] };
  if (truth.task !== "binary") {
    throw new OptionError(`compare: protected groups need a binary task, got ${truth.task}`);
  }
  const answers = (prediction: Prediction): Int32Array =>
    prediction.kind === "value" ? new Int32Array(truth.codes.length) : labels(prediction.values, prediction.classes);
  const repeat = question.folds?.repeat;
  const fairness = protect.map((spec) => {
    const codes =
      on === "folds" && repeat !== undefined ? spec.codes.map((code, i) => (repeat[i] === 0 ? code : -1)) : spec.codes;
    return judgeProtection({ ...spec, codes }, truth.codes, answers(own), answers(champion), alpha / protect.length);
  });
  return { slices: judged, fairness };
}

/** What a challenger is refused for, the first of it, whatever it gains. */
export function refusedFor({ slices, fairness }: SideEffects): Sublabel | undefined {
  if (slices.some(({ outcome }) => outcome === "worse")) return "slice";
  const bad = new Set<RateResult["outcome"]>(["beyond the limit", "worse than the baseline"]);
  return fairness.some(({ rates }) => rates.some(({ outcome }) => bad.has(outcome))) ? "fairness" : undefined;
}
