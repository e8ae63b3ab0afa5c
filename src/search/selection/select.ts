/**
 * Which configuration to use. The best-looking one of many was partly lucky; the default was there before the search.
 * So the default is kept until the evidence says otherwise, and among equals the plainest is taken.
 */
import { foldModel } from "../fold-model.ts";
import { sum } from "../../numeric/moments.ts";
import { isTie, roundingOf } from "../../numeric/ties.ts";
import { pairedError } from "../paired.ts";
import type { CandidatePoint } from "./candidates.ts";

/**
 * `best`: the best mean; `posterior`: the best by the model of all trials; `one_se`: the default unless another is better
 * by more than one paired standard error, then the plainest within one standard error of the best.
 */
export type SelectionName = "one_se" | "posterior" | "best";

export interface Selection {
  readonly rule: SelectionName;
  readonly chosen: CandidatePoint;
  /** Absent when the default could not be scored. */
  readonly default?: CandidatePoint;
  /** By the model where there is one, over extra folds where they were run. */
  readonly best: CandidatePoint;
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

/** @throws RangeError when there are no candidates. Cost: O(candidates x folds). */
export function selectCandidate(candidates: readonly CandidatePoint[], rule: SelectionName = "one_se"): Selection {
  if (candidates.length === 0) throw new RangeError("select: no trial is complete, so there is nothing to choose from");
  const initial = candidates.find(({ isDefault }) => isDefault);
  const best = rule === "best" ? lowest(candidates, ({ loss }) => loss) : leader(candidates);
  const choose = (chosen: CandidatePoint, reason: string): Selection => {
    const gain = initial === undefined || initial === chosen ? NO_GAIN : gainOver(candidates, initial, chosen);
    return { rule, chosen, best, gain, reason, ...(initial === undefined ? {} : { default: initial }) };
  };
  if (rule === "best") return choose(best, "the lowest mean");
  if (rule === "posterior" || initial === undefined) return choose(best, "the best by the model of all trials");
  if (best === initial) return choose(initial, "nothing looks better than the default");
  const { corrected, standardError } = gainOver(candidates, initial, best);
  if (!(corrected > Math.max(standardError, roundingOf(initial.loss))))
    return choose(initial, "no evidence of improvement: the default is kept");
  let noise: number | undefined;
  const residual = (): number => (noise ??= residualOf(candidates));
  const isNear = (candidate: CandidatePoint): boolean =>
    candidate.loss - best.loss <= Math.max(errorBetween(candidate, best, residual), roundingOf(best.loss));
  const near = candidates.filter((candidate) => candidate === best || (!candidate.isDefault && isNear(candidate)));
  const least = Math.min(...near.map(({ plainness }) => plainness));
  const plainest = lowest(
    near.filter(({ plainness }) => plainness === least),
    ({ posterior }) => posterior,
  );
  return plainest.plainness < best.plainness
    ? choose(plainest, "the plainest within one standard error of the best, which beats the default")
    : choose(best, "better than the default by more than one standard error");
}

const NO_GAIN: Gain = { raw: 0, corrected: 0, standardError: 0 };

/** Where extra folds were run, the best over all folds of those that ran them; else the best by the model. */
function leader(candidates: readonly CandidatePoint[]): CandidatePoint {
  const repeated = candidates.filter(({ repeats, isDefault }) => repeats.length > 0 && !isDefault);
  return repeated.length > 0 ? lowest(repeated, pooledMean) : lowest(candidates, ({ posterior }) => posterior);
}

function pooledMean({ folds, repeats }: CandidatePoint): number {
  return (sum(folds) + sum(repeats)) / (folds.length + repeats.length);
}

/** The smallest value; of those that rounding could have told apart the plainest, then the first. */
function lowest(candidates: readonly CandidatePoint[], value: (candidate: CandidatePoint) => number): CandidatePoint {
  const least = Math.min(...candidates.map(value));
  const tied = candidates.filter((candidate) => isTie(value(candidate), least));
  return tied.reduce((best, candidate) => (candidate.plainness < best.plainness ? candidate : best));
}

/**
 * The paired gain of a candidate over the default, with the luck of having been chosen taken out.
 *
 * Where the model of all trials knows both, its posterior means are compared: they shrink a lucky score towards what its
 * neighbours say. Else the luck is measured by `optimism`. Extra folds did not choose anybody and count as they are.
 */
export function gainOver(candidates: readonly CandidatePoint[], initial: CandidatePoint, chosen: CandidatePoint): Gain {
  const searched = initial.loss - chosen.loss;
  const honest =
    initial.modelled && chosen.modelled
      ? initial.posterior - chosen.posterior
      : searched - optimism(candidates, initial);
  const fresh = Math.min(initial.repeats.length, chosen.repeats.length);
  const extra = sum(initial.repeats.subarray(0, fresh)) - sum(chosen.repeats.subarray(0, fresh));
  const k = initial.folds.length;
  return {
    raw: (searched * k + extra) / (k + fresh),
    corrected: (honest * k + extra) / (k + fresh),
    standardError: errorBetween(initial, chosen, () => residualOf(candidates)),
  };
}

/**
 * How much of the best-looking candidate's gain on the search folds is luck: the choice is made again without each fold
 * in turn, and scored on the fold left out, which did not choose. With a single fold, five parts of its blocks of rows
 * stand for folds; 0 where there are no blocks either.
 * Source of the idea: Tibshirani & Tibshirani, Annals of Applied Statistics 3, 2009; Tsamardinos et al., Machine
 * Learning 107, 2018.
 */
export function optimism(candidates: readonly CandidatePoint[], initial: CandidatePoint): number {
  const parts = candidates.map(partsOf);
  const reference = partsOf(initial);
  const k = reference.length;
  if (k < 2 || parts.some(({ length }) => length !== k)) return 0;
  const totals = parts.map(sum);
  let honest = 0;
  for (let part = 0; part < k; part++) {
    let pick = 0;
    for (let c = 1; c < parts.length; c++) if (totals[c] - parts[c][part] < totals[pick] - parts[pick][part]) pick = c;
    honest += (reference[part] - parts[pick][part]) / k;
  }
  const apparent = (sum(reference) - totals.reduce((a, b) => Math.min(a, b))) / k;
  return Math.max(0, apparent - honest);
}

const BLOCK_PARTS = 5;

/** Losses by fold; with one fold, means of every fifth block. */
function partsOf(candidate: CandidatePoint): Float64Array {
  const { folds } = candidate;
  if (folds.length > 1) return folds;
  const { blocks } = candidate; // put together when it is asked for
  if (blocks === undefined || blocks.length < BLOCK_PARTS) return folds;
  const sums = new Float64Array(BLOCK_PARTS);
  const counts = new Float64Array(BLOCK_PARTS);
  for (const [i, loss] of blocks.entries()) {
    sums[i % BLOCK_PARTS] += loss;
    counts[i % BLOCK_PARTS]++;
  }
  return sums.map((total, part) => total / counts[part]);
}

/** Variance of a fold's loss around configuration and fold, from the better half of the candidates; NaN with too few. */
function residualOf(candidates: readonly CandidatePoint[]): number {
  const losses = candidates.map(({ folds }) => folds);
  return foldModel(losses, losses[0].length).residual;
}

/**
 * Standard error of the mean paired difference. Over blocks of rows where both have them. Else over folds, of which there
 * are few: the pair's own variance and that of all good candidates count half each, as in moderated t statistics.
 * Source: Smyth, Statistical Applications in Genetics and Molecular Biology 3, 2004.
 */
function errorBetween(a: CandidatePoint, b: CandidatePoint, residual: () => number): number {
  if (a.blocks !== undefined && a.blocks.length === b.blocks?.length) return pairedError(a.blocks, b.blocks);
  const own = pairedError(a.folds, b.folds);
  const noise = residual();
  return Number.isFinite(noise) ? Math.sqrt((own * own + (2 * noise) / a.folds.length) / 2) : own;
}
