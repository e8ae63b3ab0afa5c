/**
 * Two models on the same rows: all that they answered for rows they were not fitted on, held out and out of fold, row by row. It
 * speaks of the models that were fitted, on these rows: whether the same change would hurt on other tables, other tables tell.
 */
import { independence, type Independence } from "../../compare/independence.ts";
import { defaultMargin, type MarginSpec } from "../../compare/margin.ts";
import { measure, type JudgedMetric, type Measured } from "../../compare/measure.ts";
import { pairOf } from "../../compare/paired.ts";
import { rowCount } from "../../compare/subset.ts";
import type { Candidate, Prediction, Truth } from "../../compare/verdict/contract.ts";
import type { BenchRows } from "../rows.ts";

/** The rows of a benchmark as one list: held out first, then out of fold, all repeats. */
export interface Listed {
  readonly truth: Truth;
  readonly rows: Independence;
  readonly weights?: Float64Array;
}

/** The outcome for a model that answers otherwise than before. */
export interface Paired {
  readonly before: number;
  readonly after: number;
  /** On the scale of the margin; negative: it got worse. */
  readonly gain: number;
  readonly lower: number;
  readonly upper: number;
  readonly relative: boolean;
  /** It looks worse by more than the margin. */
  readonly looksWorse: boolean;
  /** P of a loss at least this large when the model is worse by no more than the margin; and the same for a gain. */
  readonly worse: number;
  readonly better: number;
}

/** A loss of score up to this does not count, unless the suite says otherwise: what rounding and taste make. */
export function scoreMargin(metric: JudgedMetric, given: MarginSpec | null): MarginSpec {
  const { kind } = defaultMargin(metric);
  return given ?? { value: 0.001, kind };
}

/** Rows of which there are several answers (repeats) belong together. */
export function listRows({ holdout, folds }: BenchRows): Listed {
  const parts = [holdout, folds].filter((part) => part !== undefined);
  const [held] = holdout === undefined ? [0] : [rowCount(holdout.truth)];
  const count = parts.reduce((sum, { truth }) => sum + rowCount(truth), 0);
  const weights = joinedIfAll(parts.map((part) => part.weights));
  const groups = groupsOf(holdout, folds, held, count);
  const time = joinedIfAll(parts.map(({ dependence }) => dependence?.time));
  return {
    truth: truthOf(parts.map(({ truth }) => truth)),
    rows: independence(count, { ...(groups && { groups }), ...(time && { time }) }),
    ...(weights && { weights }),
  };
}

/** Groups as given; else, with repeats, all answers for one row. */
function groupsOf(
  holdout: BenchRows["holdout"],
  folds: BenchRows["folds"],
  held: number,
  count: number,
): Int32Array | undefined {
  const given = [holdout?.dependence?.groups, folds?.dependence?.groups];
  if (given.some((one) => one !== undefined)) {
    const out = new Int32Array(count).fill(-1);
    if (given[0]) out.set(given[0]);
    if (given[1]) out.set(given[1], held);
    return out;
  }
  if (folds === undefined || folds.repeat.every((repeat) => repeat === folds.repeat[0])) return undefined;
  const out = new Int32Array(count).fill(-1);
  out.set(folds.row, held);
  return out;
}

function truthOf(parts: readonly Truth[]): Truth {
  const [first] = parts;
  if (first.task === "regression")
    return { ...first, values: joined(parts.map((part) => (part as typeof first).values)) };
  const codes = new Int32Array(parts.reduce((sum, part) => sum + rowCount(part), 0));
  let at = 0;
  for (const part of parts) {
    codes.set((part as typeof first).codes, at);
    at += rowCount(part);
  }
  return { ...first, codes };
}

/** Nothing where a part has none. */
function joinedIfAll(pieces: readonly (Float64Array | undefined)[]): Float64Array | undefined {
  const known = pieces.filter((piece) => piece !== undefined);
  return known.length === pieces.length ? joined(known) : undefined;
}

function joined(pieces: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

/** A model's answers in the order of the list, one for each training seed. */
function answersOf({ holdout = [], folds = [] }: Candidate): readonly Prediction[] {
  const seeds = Math.max(holdout.length, folds.length);
  return Array.from({ length: seeds }, (_, k) => {
    const parts = [holdout[k], folds[k]].filter((part) => part !== undefined);
    return { ...parts[0], values: joined(parts.map(({ values }) => values)) };
  });
}

/** Cost: one or two passes over the rows for each model and seed. */
export function pairModels(
  metric: JudgedMetric,
  { truth, rows, weights }: Listed,
  before: Candidate,
  after: Candidate,
  { margin, alpha }: { readonly margin: MarginSpec; readonly alpha: number },
): Paired {
  const [old, now] = [before, after].map((model) =>
    averaged(answersOf(model).map((prediction) => measure(metric, { truth, prediction }, weights && { weights }))),
  );
  const gain = pairOf(old, now, { margin, rows }).at(alpha);
  const loss = pairOf(now, old, { margin, rows }).at(alpha);
  return {
    before: old.value,
    after: now.value,
    gain: gain.gain,
    lower: gain.lower,
    upper: gain.upper,
    relative: margin.kind === "relative",
    looksWorse: -gain.gain > margin.value,
    worse: loss.p,
    better: gain.p,
  };
}

/** The mean over seeds, loss by loss. */
function averaged(list: readonly Measured[]): Measured {
  const [first, ...others] = list;
  if (others.length === 0) return first;
  const losses = first.losses.map((loss, i) => others.reduce((sum, one) => sum + one.losses[i], loss) / list.length);
  return { ...first, losses, value: list.reduce((sum, one) => sum + one.value, 0) / list.length };
}
