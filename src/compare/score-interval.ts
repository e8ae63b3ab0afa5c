/** How sure is one model's score? Two-sided intervals for `holdout` and `cv` in the benchmark. */
import { normalQuantile } from "../numeric/normal.ts";
import { mean } from "../numeric/moments.ts";
import { sameValues } from "../numeric/ties.ts";
import { brentRoot } from "../numeric/roots.ts";
import { seeded, type Rng } from "../numeric/rng.ts";
import type { Scored } from "../metrics/contract.ts";
import { widest, type Evidence } from "./contract.ts";
import { LEAST_ROWS } from "./guards.ts";
import { independence, type Dependence, type Independence } from "./independence.ts";
import { measure, type JudgedMetric, type Measured } from "./measure.ts";
import { pivotsOf } from "./paired.ts";
import { judge, studentPivot } from "./pivot.ts";
import { drawResamples, needsBootstrap, resampledLosses, type Resamples } from "./resample.ts";
import { shareLimits } from "./proportions.ts";
import { acceleration, bcaEvidence } from "./tests/bca.ts";
import { groupMoments, unitMoments, withRows, type UnitMoments } from "./units.ts";
import { NONE_UNSEEN, otherLabelled, unseenRows, type Unseen, type UnseenRows } from "./unseen.ts";

/** A score as the benchmark shows it. Bounds are null where nothing limits them, the value where it is not defined. */
export interface ScoreInterval {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly level: number;
  readonly method: string;
}

export interface ScoreOptions {
  /** Two-sided, default .95. */
  readonly level?: number;
  readonly dependence?: Dependence;
  readonly weights?: Float64Array;
  /** For the few metrics that need a bootstrap, its resamples of these rows: many metrics and models can share them. */
  readonly resamples?: () => Resamples;
}

/**
 * A score on rows the model never saw, with its interval: Wilson's for shares of rows (accuracy); t and Hall on row losses, mapped
 * through the metric, for means (log loss, RMSE); the logit of DeLong's for areas; influence values (and BCa below 1,000 rows
 * for the less settled ones) for the rest; cluster-robust with groups, Newey-West and block means with time.
 * Kept inside the metric's range. Cost: as `measure`.
 */
export function scoreInterval(metric: JudgedMetric, scored: Scored, options: ScoreOptions = {}): ScoreInterval {
  const { level = 0.95, dependence = {}, weights } = options;
  const alpha = (1 - level) / 2;
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`scoreInterval: level must be between 0 and 1, got ${level}`);
  const count = scored.truth.task === "regression" ? scored.truth.values.length : scored.truth.codes.length;
  const rows = independence(count, dependence);
  const unitOf = rows.groups ?? rows.time?.blocks;
  const model = measure(metric, scored, {
    ...(weights === undefined ? {} : { weights }),
    ...(unitOf === undefined ? {} : { unitOf }),
  });
  if (Number.isNaN(model.value)) return { value: null, lower: null, upper: null, level, method: "undefined" };
  return (
    shareInterval(model, rows, level, alpha) ??
    areaInterval(model, scored, rows, level, alpha) ??
    generalInterval(metric, scored, model, rows, options, level, alpha)
  );
}

/** Wilson's score interval (Poisson's limit of very few), when the losses are 0 or 1 of independent rows. */
function shareInterval(model: Measured, rows: Independence, level: number, alpha: number): ScoreInterval | undefined {
  const independent = rows.groups === undefined && rows.time === undefined && model.base === undefined;
  const linear = model.link.kind === "identity" || model.link.kind === "complement";
  if (!independent || !linear || model.how !== "mean" || model.losses.some((x) => x !== 0 && x !== 1)) return undefined;
  const wrong = model.losses.reduce((sum, x) => sum + x, 0);
  const ends = shareLimits({ selected: wrong, rows: rows.rows }, alpha).map((limit) => model.link.of(limit));
  return { value: model.value, lower: Math.min(...ends), upper: Math.max(...ends), level, method: "wilson" };
}

/** DeLong's standard error on the logit scale, so that the ends stay inside (0, 1). */
function areaInterval(
  model: Measured,
  { truth }: Scored,
  rows: Independence,
  level: number,
  alpha: number,
): ScoreInterval | undefined {
  if (model.rocArea !== true || rows.groups !== undefined || rows.time !== undefined) return undefined;
  const { value } = model;
  const { error } = studentPivot("delong", unitMoments(model.losses));
  const z = normalQuantile(1 - alpha);
  if (!(error > 0 && value > 0 && value < 1)) {
    const [lower, upper] = separatedLimits(value, truth, z);
    return { value, lower, upper, level, method: "newcombe-area" };
  }
  const logit = Math.log(value / (1 - value));
  const reach = (z * error) / (value * (1 - value));
  const back = (x: number): number => 1 / (1 + Math.exp(-x));
  const [lower, upper] = [back(logit - reach), back(logit + reach)];
  if (smallerClass(truth) >= ENOUGH_IN_CLASS) return { value, lower, upper, level, method: "delong-logit" };
  // Few cases of a class show too little of their spread.
  const [low, high] = separatedLimits(value, truth, z);
  const wider = { lower: Math.min(lower, low), upper: Math.max(upper, high) };
  return { value, ...wider, level, method: "delong-logit and newcombe-area" };
}

const ENOUGH_IN_CLASS = 20;

function smallerClass(truth: Scored["truth"]): number {
  const codes = truth.task === "regression" ? new Int32Array(0) : truth.codes;
  const positives = codes.reduce((sum, code) => sum + code, 0);
  return Math.min(positives, codes.length - positives);
}

/**
 * Limits of an area whose cases show no spread (all pairs in order, as a rule): those at which the area is z standard
 * errors away, with the errors of two exponential scores. R. Newcombe, Statistics in Medicine 25, 2006, method 5.
 */
function separatedLimits(area: number, truth: Scored["truth"], z: number): [lower: number, upper: number] {
  const codes = truth.task === "regression" ? new Int32Array(0) : truth.codes;
  const positives = codes.reduce((sum, code) => sum + code, 0);
  const pairs = positives * (codes.length - positives);
  const spare = codes.length / 2 - 1;
  const variance = (a: number): number =>
    (a * (1 - a) * (1 + (spare * (1 - a)) / (2 - a) + (spare * a) / (1 + a))) / pairs;
  const gap = (a: number): number => Math.abs(area - a) - z * Math.sqrt(variance(a));
  const near = 1e-9;
  const lower = area <= near ? 0 : brentRoot(gap, near, area - near);
  const upper = area >= 1 - near ? 1 : brentRoot(gap, area + near, 1 - near);
  return [lower, upper];
}

function generalInterval(
  metric: JudgedMetric,
  scored: Scored,
  model: Measured,
  rows: Independence,
  options: ScoreOptions,
  level: number,
  alpha: number,
): ScoreInterval {
  const { losses, base } = model;
  if (isFlat(model)) return { value: model.value, lower: null, upper: null, level, method: "no-spread" };
  const moments =
    rows.groups === undefined ? unitMoments(losses, base, model.unitOf) : groupMoments(losses, base, rows.groups);
  const columns = { n: losses, ...(base === undefined ? {} : { q: base }), known: {} };
  const judged = (unseen: readonly Unseen[]): Evidence[] =>
    pivotsOf(columns, moments, rows, (seen) => withRows(seen, unseen)).map((pivot) => judge(pivot, { alpha }));
  const { worst, best } = unseenLosses(model, scored, moments);
  const list = judged([]);
  const replicates = resample(model, scored, rows, options);
  if (replicates !== undefined) {
    const centre = mean(losses);
    const skew = acceleration(losses.map((x) => x - centre));
    list.push(bcaEvidence(centre, replicates, skew, { alpha }));
  }
  const e = widest(list);
  // The metric is a monotone function of the mean loss, so the bounds of that are mapped; it cannot be below 0 if no loss is.
  const least = losses.some((x) => x < 0) ? -Infinity : 0;
  const low = Math.min(e.lower, ...judged(worst).map(({ lower }) => lower));
  const high = Math.max(e.upper, ...judged(best).map(({ upper }) => upper));
  const ends = [low, high].map((x) => clip(model.link.of(Math.max(x, least)), metric.range));
  return {
    value: model.value,
    lower: finite(Math.min(...ends)),
    upper: finite(Math.max(...ends)),
    level,
    method: e.test,
  };
}

/** Nothing limits a score on rows that all say the same: not how it might be on others. */
function isFlat({ losses, base }: Measured): boolean {
  const total = base === undefined ? losses.length : base.reduce((sum, one) => sum + one, 0);
  const theta = losses.reduce((sum, loss) => sum + loss, 0) / total;
  return sameValues(losses, base === undefined ? losses.map(() => theta) : base.map((one) => one * theta));
}

/** Rows that were not drawn, as those of a model against one without any loss; on few rows nothing is known of the tails. */
function unseenLosses(model: Measured, { truth }: Scored, { n, q, rows }: UnitMoments): UnseenRows {
  if (rows < LEAST_ROWS) return NONE_UNSEEN;
  if (truth.task !== "regression") return { ...NONE_UNSEEN, best: otherLabelled(model, truth.codes, q) };
  const { losses, base } = model;
  return unseenRows(model, model, {
    n: losses,
    ...(base === undefined ? {} : { q: base }),
    meanQ: q,
    theta: n / q,
    nOf: (loss) => loss,
    qOf: (_, at) => (base === undefined ? 1 : at < 0 ? q : base[at]),
  });
}

/** Replicates of the loss, for the few unsettled metrics on few rows. */
function resample(
  model: Measured,
  { truth }: Scored,
  rows: Independence,
  options: ScoreOptions,
): Float64Array | undefined {
  if (!model.unsettled || model.reweigh === undefined || !needsBootstrap(truth)) return undefined;
  return resampledLosses([model], options.resamples?.() ?? scoreResamples(truth, rows))[0];
}

/** Enough for two ends of 95 % that steer nothing; verdicts draw more. */
const SCORE_RESAMPLES = 1999;

/** The resamples of some rows; classes keep their sizes. */
export function scoreResamples(
  truth: Scored["truth"],
  rows: Independence,
  rng: Rng = seeded("score interval"),
): Resamples {
  return drawResamples(rows, truth.task === "regression" ? undefined : truth.codes, rng, SCORE_RESAMPLES);
}

function clip(x: number, range: readonly [number, number]): number {
  return Math.min(range[1], Math.max(range[0], x));
}

function finite(x: number): number | null {
  return Number.isFinite(x) ? x : null;
}

/** One model's losses on the rows of the folds, averaged over repeats, and how the rows depend on each other. */
export interface FoldRows {
  readonly model: Measured;
  readonly rows: Independence;
}

/**
 * The mean score over folds, with the wider of two intervals on each side: the corrected resampled t (Nadeau & Bengio), because
 * training rows are shared between folds; and that of the row losses, because dealing folds by strata takes the spread of the
 * target out of the fold scores, most of all where a model says nearly the same of every row.
 *
 * @param scores The metric in each resample (folds x repeats), at least two. A fold in which it is not defined (NaN) makes the
 *   whole undefined: leaving it out would compare means over different folds.
 * @param testOverTrain Rows tested on over rows trained on, as in `correctedT`.
 * @param range Of the metric; the ends stay inside. @throws RangeError for fewer than two scores or a ratio not above 0.
 */
export function foldInterval(
  scores: Float64Array,
  testOverTrain: number,
  range: readonly [number, number],
  level: number = 0.95,
  byRow?: () => FoldRows,
): ScoreInterval {
  if (scores.length < 2) throw new RangeError(`foldInterval: scores must have at least 2 values, got ${scores.length}`);
  if (!(testOverTrain > 0)) throw new RangeError(`foldInterval: testOverTrain must be above 0, got ${testOverTrain}`);
  if (scores.some((s) => !Number.isFinite(s)))
    return { value: null, lower: null, upper: null, level, method: "undefined" };
  const value = mean(scores);
  const alpha = (1 - level) / 2;
  const pivot = studentPivot("corrected-t", unitMoments(scores), 1 / scores.length + testOverTrain);
  const reaches: Reach[] = [];
  if (pivot.error > 0) {
    const { lower, upper } = judge(pivot, { alpha });
    reaches.push({ method: "corrected-t", below: value - lower, above: upper - value });
  }
  const own = byRow?.();
  if (own !== undefined) reaches.push(reachOfRows(own, alpha));
  const useful = reaches.filter(({ below, above }) => Number.isFinite(below) && Number.isFinite(above));
  if (useful.length === 0) return { value, lower: null, upper: null, level, method: "corrected-t" };
  return {
    value,
    lower: clip(value - Math.max(...useful.map(({ below }) => below)), range),
    upper: clip(value + Math.max(...useful.map(({ above }) => above)), range),
    level,
    method: useful.map(({ method }) => method).join(" and "),
  };
}

/** How far an interval reaches from the score. */
interface Reach {
  readonly method: string;
  readonly below: number;
  readonly above: number;
}

function reachOfRows({ model, rows }: FoldRows, alpha: number): Reach {
  const { losses, base, value, link } = model;
  const columns = { n: losses, ...(base === undefined ? {} : { q: base }), known: {} };
  const moments = unitMoments(losses, base, rows.groups ?? model.unitOf);
  const e = widest(pivotsOf(columns, moments, rows).map((pivot) => judge(pivot, { alpha })));
  const least = losses.some((x) => x < 0) ? -Infinity : 0;
  const ends = [e.lower, e.upper].map((loss) => link.of(Math.max(loss, least)));
  return { method: e.test, below: value - Math.min(...ends), above: Math.max(...ends) - value };
}
