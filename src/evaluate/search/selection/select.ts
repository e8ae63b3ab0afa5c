/**
 * Which configuration to use. The best-looking one of many was partly lucky; the default was there before the search.
 * So the default is kept until the evidence says otherwise, and among equals the plainest is taken.
 */
import { meanDifference, pairedError } from "../paired.ts";
import type { Candidate } from "./candidates.ts";

/**
 * `best`: the best mean; `posterior`: the best by the model of all trials; `one_se`: the default unless another is better
 * by more than one paired standard error, then the plainest within one standard error of the best.
 */
export type SelectionName = "one_se" | "posterior" | "best";
export const SELECTION_NAMES: readonly SelectionName[] = ["one_se", "posterior", "best"];

export interface Selection {
  readonly rule: SelectionName;
  readonly chosen: Candidate;
  /** Absent when the default could not be scored. */
  readonly default?: Candidate;
  /** By the model where there is one, over extra folds where they were run. */
  readonly best: Candidate;
  /** Default less chosen, in loss units: positive when tuning helped. */
  readonly gain: Gain;
  /** One sentence. */
  readonly reason: string;
}

export interface Gain {
  /** As it looks: on the folds of the search and the extra ones. */
  readonly raw: number;
  /** Less what choosing the best-looking of many adds by luck. */
  readonly corrected: number;
  /** Of the paired difference; 0 when there is only one score a configuration. */
  readonly standardError: number;
}

/** @throws RangeError when there are no candidates. */
export function selectCandidate(candidates: readonly Candidate[], rule: SelectionName = "one_se"): Selection {
  if (candidates.length === 0) throw new RangeError("select: no trial is complete, so there is nothing to choose from");
  const initial = candidates.find(({ isDefault }) => isDefault);
  const best = rule === "best" ? lowest(candidates, ({ loss }) => loss) : leader(candidates);
  if (rule !== "one_se" || initial === undefined)
    return selection(
      rule,
      candidates,
      initial,
      best,
      best,
      `the ${rule === "best" ? "lowest mean" : "best by the model"}`,
    );
  if (best === initial)
    return selection(rule, candidates, initial, best, initial, "nothing looks better than the default");
  const gain = gainOver(candidates, initial, best);
  if (!(gain.corrected > gain.standardError))
    return selection(rule, candidates, initial, best, initial, "no evidence of improvement: the default is kept");
  const near = candidates.filter(
    (candidate) => !candidate.isDefault && meanDifference(...units(candidate, best)) <= errorBetween(candidate, best),
  );
  const plainest = lowest([best, ...near.sort((a, b) => a.loss - b.loss)], ({ plainness }) => plainness);
  const reason =
    plainest === best
      ? "better than the default by more than one standard error"
      : "the plainest within one standard error of the best, which beats the default";
  return selection(rule, candidates, initial, best, plainest, reason);
}

function selection(
  rule: SelectionName,
  candidates: readonly Candidate[],
  initial: Candidate | undefined,
  best: Candidate,
  chosen: Candidate,
  reason: string,
): Selection {
  const nothing = { raw: 0, corrected: 0, standardError: 0 };
  const gain = initial === undefined || initial === chosen ? nothing : gainOver(candidates, initial, chosen);
  return { rule, chosen, best, gain, reason, ...(initial === undefined ? {} : { default: initial }) };
}

/** Where extra folds were run, the best over all folds of those that ran them; else the best by the model. */
function leader(candidates: readonly Candidate[]): Candidate {
  const repeated = candidates.filter(({ repeats, isDefault }) => repeats.length > 0 && !isDefault);
  return repeated.length > 0 ? lowest(repeated, pooledMean) : lowest(candidates, ({ posterior }) => posterior);
}

function pooledMean({ folds, repeats }: Candidate): number {
  return (sum(folds) + sum(repeats)) / (folds.length + repeats.length);
}

/** The first of those with the smallest value. */
function lowest(candidates: readonly Candidate[], value: (candidate: Candidate) => number): Candidate {
  return candidates.reduce((best, candidate) => (value(candidate) < value(best) ? candidate : best));
}

/**
 * The paired gain of a candidate over the default, with the luck of having been chosen taken out.
 *
 * The luck is measured by choosing again without each fold in turn: the configuration that looks best on the others is
 * scored on the one left out, which did not choose it. How much less it gains there than the best-looking one seems to
 * gain everywhere is optimism. Extra folds did not choose anybody and count as they are.
 * Source of the idea: Tibshirani & Tibshirani, Annals of Applied Statistics 3, 2009; Tsamardinos et al., Machine
 * Learning 107, 2018.
 */
export function gainOver(candidates: readonly Candidate[], initial: Candidate, chosen: Candidate): Gain {
  const standardError = errorBetween(initial, chosen);
  const searched = meanDifference(initial.folds, chosen.folds);
  const fresh = Math.min(initial.repeats.length, chosen.repeats.length);
  const extra = initial.repeats.subarray(0, fresh).map((loss, i) => loss - chosen.repeats[i]);
  const k = initial.folds.length;
  const raw = (searched * k + sum(extra)) / (k + fresh);
  const corrected = ((searched - optimism(candidates, initial)) * k + sum(extra)) / (k + fresh);
  return { raw, corrected, standardError };
}

/** How much of the best-looking candidate's gain on the search folds is luck; 0 when there is only one fold. */
export function optimism(candidates: readonly Candidate[], initial: Candidate): number {
  const k = initial.folds.length;
  if (k < 2) return 0;
  const totals = candidates.map(({ folds }) => sum(folds));
  let honest = 0;
  for (let fold = 0; fold < k; fold++) {
    let pick = 0;
    for (let c = 1; c < candidates.length; c++)
      if (totals[c] - candidates[c].folds[fold] < totals[pick] - candidates[pick].folds[fold]) pick = c;
    honest += (initial.folds[fold] - candidates[pick].folds[fold]) / k;
  }
  const apparent = (sum(initial.folds) - Math.min(...totals)) / k;
  return Math.max(0, apparent - honest);
}

/** Standard error of the mean paired difference: over blocks of rows where both have them, else over folds. */
function errorBetween(a: Candidate, b: Candidate): number {
  return pairedError(...units(a, b));
}

function units(a: Candidate, b: Candidate): [Float64Array, Float64Array] {
  return a.blocks !== undefined && a.blocks.length === b.blocks?.length ? [a.blocks, b.blocks] : [a.folds, b.folds];
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
