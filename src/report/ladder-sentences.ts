/** Why the champion is the champion, and what each step of the ladder brought, in words. */
import type { Step } from "../compare/steps.ts";
import { figure } from "../words/numbers.ts";
import type { Artifact, Champion, LadderStep, Rung } from "./artifact.ts";
import { gainRange, gainWords, sized } from "./wording.ts";

/** By what rule the champion is chosen. */
export const CHAMPION_RULE =
  "the plainest rung at most one standard error of the paired difference worse than the best; the plainest of all may be worse by more where few rows carry the difference";

/**
 * @param unit What losses are measured in where that is not the metric itself: `rmse²`.
 * @param others Are there rungs that cannot be champion?
 */
export function championSentence(
  { rung, best, evidence }: Pick<Champion, "rung" | "best" | "evidence">,
  { unit, others }: { readonly unit?: string; readonly others: boolean },
): string {
  if (evidence.length === 1) return `${rung} is the only baseline.`;
  const smallest = `${best} has the smallest loss${others ? " of the baselines" : ""}`;
  if (rung !== best) {
    const { difference, standardError, allowed = standardError } = evidence.find((one) => one.rung === rung)!;
    const worse = `${figure(difference)} worse${unit === undefined ? "" : ` in ${unit}`}`;
    return difference !== null && standardError !== null && difference > standardError
      ? `${smallest}, but so few rows carry its gain on ${rung} that it may be luck: ${rung} is ${worse}, ${figure(allowed)} is allowed.`
      : `${smallest}, but ${rung} is plainer and only ${worse}, within one standard error (${figure(standardError)}).`;
  }
  return rung === evidence[0].rung
    ? `${smallest} and is the plainest.`
    : `${smallest}, and no plainer rung comes within one standard error of it.`;
}

/** @param step As it was judged: `sublabel` says why it was not worth it. */
export function stepSentence(
  { rung, from, gain, lower, upper, level, bought }: Omit<LadderStep, "sentence">,
  sublabel: Step["sublabel"],
  { name, direction }: Pick<Artifact["metric"], "name" | "direction">,
  ladder: readonly Pick<Rung, "rung" | "complexity">[],
): string {
  const size = (wanted: string): string => {
    const complexity = ladder.find((one) => one.rung === wanted)?.complexity;
    return complexity ? sized(complexity) : "no model";
  };
  const words = gain === null ? `${name} is not defined` : `${gainWords(gain, direction)} ${name}`;
  const range =
    lower === null || upper === null
      ? ""
      : ` (${Math.round(100 * level)} % interval of the gain: ${gainRange(lower, upper, direction)})`;
  return `${rung} (${size(rung)}) against ${from} (${size(from)}): ${words}${range}; ${bought ? "it paid" : unpaid(sublabel)}.`;
}

function unpaid(sublabel: Step["sublabel"]): string {
  switch (sublabel) {
    case "worse":
      return "it is worse";
    case "equivalent":
      return "it bought nothing";
    case "gain-too-small":
      return "too little to matter";
    default:
      return "not settled";
  }
}
