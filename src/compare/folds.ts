/**
 * Cross-validated predictions: the corrected resampled t over fold scores, and the row losses averaged over repeats; the
 * wider bound decides. It says that a recipe wins, not that a fitted model does.
 */
import { gather } from "../numeric/gather.ts";
import { mean, sum } from "../numeric/moments.ts";
import type { Scored } from "../metrics/contract.ts";
import { ordered } from "../metrics/scored.ts";
import { perfectBeside } from "./columns.ts";
import { widest } from "./contract.ts";
import { independence, type Dependence, type Independence } from "./independence.ts";
import type { MarginSpec } from "./margin.ts";
import { lossOf, measure, perfectScore, type JudgedMetric, type Measured, type MeasureOptions } from "./measure.ts";
import type { OtherLosses } from "./other-losses.ts";
import { pairOf, type Pair } from "./paired.ts";
import { judge, studentPivot } from "./pivot.ts";
import { predictionAt, targetAt } from "../frame/take.ts";
import { rowCount, rowsBy } from "./subset.ts";
import { contrastAt, unitMoments } from "./units.ts";

/** Out-of-fold rows, one entry for each row and repeat, in one order for all models. */
export interface FoldPart {
  readonly truth: Scored["truth"];
  /** Which row of the data an entry is about. */
  readonly row: Int32Array;
  readonly fold: Int32Array;
  readonly repeat: Int32Array;
  /** Rows tested on over rows trained on, summed over all resamples: 1 / (K - 1) for K folds. */
  readonly testOverTrain: number;
  /** Of entries, as of rows: all entries of a row agree. */
  readonly dependence?: Dependence;
  readonly weights?: Float64Array;
}

/** Which row each entry is about: rows are numbered in the order of their first entries. */
export interface EntryRows {
  /** Of each entry. */
  readonly of: Int32Array;
  /** The first entry of each row, and how many it has. */
  readonly first: Int32Array;
  readonly count: Int32Array;
}

/** A `FoldPart` worked out once: which entries make a resample, and which a row. */
export interface FoldLayout {
  readonly part: FoldPart;
  /** Entries of each fold that has any, repeat by repeat, in the order of their numbers. */
  readonly resamples: readonly Int32Array[];
  readonly entries: EntryRows;
  readonly rows: Independence;
}

/** One model over the folds. */
export interface FoldMeasured {
  /** The metric in each resample. */
  readonly scores: Float64Array;
  /** Its mean over resamples: the cross-validated score. */
  readonly value: number;
  /** The loss in each resample, less that of a perfect score: what a relative margin is a share of. */
  readonly losses: Float64Array;
  /** Row losses, averaged over repeats. */
  readonly rows: Measured;
}

/** @throws RangeError when arrays differ in length, there are fewer than two resamples, or a row is twice in a repeat. */
export function foldLayout(part: FoldPart): FoldLayout {
  const count = rowCount(part.truth);
  for (const [name, values] of Object.entries({ row: part.row, fold: part.fold, repeat: part.repeat })) {
    if (values.length !== count) throw new RangeError(`folds: ${name} must have ${count} values, got ${values.length}`);
  }
  if (!(part.testOverTrain > 0 && part.testOverTrain < Infinity)) {
    throw new RangeError(`folds: testOverTrain must be above 0, got ${part.testOverTrain}`);
  }
  const folds = part.fold.reduce((a, b) => Math.max(a, b), 0) + 1;
  const repeats = part.repeat.reduce((a, b) => Math.max(a, b), 0) + 1;
  const place = (i: number): number => part.repeat[i] * folds + part.fold[i];
  const resamples = rowsBy(place, count).sort(([a], [b]) => place(a) - place(b));
  if (resamples.length < 2) throw new RangeError(`folds: at least 2 resamples are needed, got ${resamples.length}`);
  const entries = entryRows(part.row);
  const { first } = entries;
  const twice = firstTwice(part, entries, repeats);
  if (twice !== undefined) throw new RangeError(`folds: row ${twice} is twice in a repeat`);
  const { groups, time } = part.dependence ?? {};
  const rows = independence(first.length, {
    ...(groups === undefined ? {} : { groups: first.map((i) => groups[i]) }),
    ...(time === undefined ? {} : { time: gather(time, first) }),
  });
  return { part, resamples, entries, rows };
}

function entryRows(row: Int32Array): EntryRows {
  const last = row.reduce((a, b) => Math.max(a, b), -1);
  const known = new Int32Array(last + 1); // the number of each row among those with an entry, from 1
  const of = new Int32Array(row.length);
  const first = new Int32Array(row.length);
  const count = new Int32Array(row.length);
  let rows = 0;
  for (let i = 0; i < row.length; i++) {
    if (known[row[i]] === 0) {
      first[rows] = i;
      known[row[i]] = ++rows;
    }
    of[i] = known[row[i]] - 1;
    count[of[i]]++;
  }
  return { of, first: first.slice(0, rows), count: count.slice(0, rows) };
}

/** A row with two entries in one repeat. */
function firstTwice({ row, repeat }: FoldPart, { of, first }: EntryRows, repeats: number): number | undefined {
  const seen = new Uint8Array(first.length * repeats);
  for (let i = 0; i < row.length; i++) if (seen[of[i] * repeats + repeat[i]]++ > 0) return row[i];
  return undefined;
}

/** The mean of the entries' values of each row: the values themselves where each row has one entry. */
function meanOfEntries(values: Float64Array, { of, count }: EntryRows): Float64Array {
  if (count.length === values.length) return values;
  const means = new Float64Array(count.length);
  for (let i = 0; i < values.length; i++) means[of[i]] += values[i];
  for (let row = 0; row < means.length; row++) means[row] /= count[row];
  return means;
}

/** Rows tested on over rows trained on, from the sizes of the resamples. */
export function testOverTrain(resamples: readonly { readonly train: number; readonly test: number }[]): number {
  const [train, test] = resamples.reduce(([a, b], r) => [a + r.train, b + r.test], [0, 0]);
  return test / train;
}

/** Truth and answers of one resample, and the weights of its rows. */
export interface Resample {
  readonly scored: Scored;
  readonly weights?: Float64Array;
}

/** A model's answers, resample by resample. */
export function resamplesOf(
  { part: { truth, weights }, resamples }: Pick<FoldLayout, "part" | "resamples">,
  prediction: Scored["prediction"],
): readonly Resample[] {
  return resamples.map((rows) => ({
    scored: ordered({ truth: targetAt(truth, rows), prediction: predictionAt(prediction, rows) }),
    ...(weights && { weights: gather(weights, rows) }),
  }));
}

/**
 * Measures one model on every resample and row. Cost: one score of each resample.
 * @param answers Resample by resample, where they are at hand: many metrics can share them. `value`: the metric there, where it is known.
 */
export function measureFolds(
  metric: JudgedMetric,
  layout: FoldLayout,
  prediction: Scored["prediction"],
  answers?: readonly (Resample & Pick<MeasureOptions, "value">)[],
): FoldMeasured {
  const { part, resamples, entries } = layout;
  const whole = (): Measured =>
    measure(metric, { truth: part.truth, prediction }, part.weights && { weights: part.weights });
  const all = metric.losses === undefined ? undefined : whole();
  const parts = all
    ? resamples.map((rows) => partOf(all, rows))
    : (answers ?? resamplesOf(layout, prediction)).map(({ scored, ...known }) => measure(metric, scored, known));
  const scores = Float64Array.from(parts, ({ value }) => value);
  const pooledMetric = parts[0].how === "mean" || parts[0].how === "ratio";
  const additive = parts[0].how === "mean" && parts[0].link.kind !== "other";
  const perfect = metric.direction === "maximize" ? 0 : perfectScore(metric);
  const losses = Float64Array.from(parts, (m, j) =>
    additive ? ratio(m) - m.best : lossOf(metric, scores[j]) - perfect,
  );
  const value = scores.reduce((sum, s) => sum + s, 0) / scores.length;
  return {
    scores,
    value,
    losses,
    rows: pooledMetric ? averagedRows(all ?? whole(), entries) : foldRows(parts, resamples, entries, value),
  };
}

function ratio({ losses, base }: Measured): number {
  return sum(losses) / (base === undefined ? losses.length : sum(base));
}

/** An additive metric on some of the rows that it was measured on. */
function partOf({ losses, base, link, best, how }: Measured, rows: Int32Array): Measured {
  const own = gather(losses, rows);
  const ownBase = base && gather(base, rows);
  const value = link.of(mean(own) / (ownBase === undefined ? 1 : mean(ownBase)));
  return { value, losses: own, ...(ownBase && { base: ownBase }), link, best, how, unsettled: false };
}

/** Sums over rows do not care for folds: losses of all entries, averaged over the repeats of a row. */
function averagedRows(all: Measured, entries: EntryRows): Measured {
  const average = (values: Float64Array): Float64Array => meanOfEntries(values, entries);
  const { value, link, best, how, base, other } = all;
  return {
    value,
    link,
    best,
    how,
    unsettled: false,
    losses: average(all.losses),
    ...(other === undefined ? {} : { other: averagedLabels(other, average) }),
    ...(base === undefined ? {} : { base: average(base) }),
  };
}

function averagedLabels(other: OtherLosses, average: (values: Float64Array) => Float64Array): OtherLosses {
  if (other.kind === "numbers") return other;
  const { losses, chances } = other;
  return { ...other, losses: (label) => average(losses(label)), chances: (label) => average(chances(label)) };
}

/** Each fold has a score of its own and their mean is judged: a row adds what it adds to the folds it is in. */
function foldRows(
  parts: readonly Measured[],
  resamples: readonly Int32Array[],
  { of, first }: EntryRows,
  value: number,
): Measured {
  const losses = new Float64Array(first.length);
  for (const [j, entries] of resamples.entries()) {
    const { losses: own } = parts[j];
    const size = parts.length * entries.length;
    for (let i = 0; i < entries.length; i++) losses[of[entries[i]]] += (first.length * own[i]) / size;
  }
  const { how, link, best } = parts[0];
  const reach = Math.max(...parts.map((part) => part.reach ?? Infinity));
  return { value, losses, link, best, how, unsettled: false, ...(reach < Infinity && { reach }) };
}

/** Both models over the same folds, made ready to be judged at any level. */
export function foldPair(
  metric: JudgedMetric,
  layout: FoldLayout,
  baseline: FoldMeasured,
  challenger: FoldMeasured,
  margin: MarginSpec,
): Pair {
  const relative = margin.kind === "relative";
  const [b, c] = [baseline, challenger].map((m) => (relative ? m.losses : m.scores.map((s) => lossOf(metric, s))));
  const root = relative && baseline.rows.link.kind === "root";
  const [meanB, meanC] = [mean(b), mean(c)];
  const moments = unitMoments(
    b.map((x, j) => x - c[j]),
    relative ? perfectBeside(b, meanB, meanB + meanC) : undefined,
    undefined,
    { size: Math.abs(meanB) + Math.abs(meanC) },
  );
  const pivot = studentPivot("corrected-t", moments, 1 / moments.units + layout.part.testOverTrain);
  const theta = root ? 1 - (1 - margin.value) ** 2 : margin.value;
  const agreed = contrastAt(moments, theta).sd === 0;
  const rows = pairOf(baseline.rows, challenger.rows, { margin, rows: layout.rows, unseen: true });
  const toGain = (theta: number): number => (root ? 1 - Math.sqrt(Math.max(0, 1 - theta)) : theta);
  return {
    ...rows,
    at: (alpha) => {
      // Folds that all say the same, as those dealt by strata may, tell nothing of the spread: the rows do.
      if (agreed) return rows.at(alpha);
      const e = judge(pivot, { alpha, margin: theta });
      const folds = {
        ...e,
        gain: toGain(e.gain),
        lower: toGain(e.lower),
        upper: toGain(e.upper),
        error: root ? e.error / (2 * (1 - toGain(e.gain))) : e.error,
      };
      return widest([folds, rows.at(alpha)]);
    },
  };
}
