/** Every model of a question measured once on a part, and paired with every other without touching a row again where it can. */
import { OptionError } from "../../error.ts";
import { sameValues } from "../../numeric/ties.ts";
import { foldLayout, foldPair, measureFolds, type FoldLayout, type FoldMeasured } from "../folds.ts";
import { guardRows, scarceClass, type Guard } from "../guards.ts";
import { independence, type Independence } from "../independence.ts";
import type { Margin } from "../margin.ts";
import { measure, type Measured } from "../measure.ts";
import type { OtherLosses } from "../other-losses.ts";
import { isLearnt, overconfidenceOf, type Overconfidence } from "../overconfidence.ts";
import { pairOf, type Pair } from "../paired.ts";
import { drawResamples, needsBootstrap, resampledLosses } from "../resample.ts";
import { targetAt } from "../../frame/take.ts";
import { rowCount } from "../subset.ts";
import type { Candidate, Prediction, Question } from "./contract.ts";

/** What of a question the models need. */
export type Setting = Pick<Question, "metric" | "holdout" | "folds" | "guarantee" | "rng">;

/** Models by a key of their own: a challenger may bear the name of a baseline. */
export type Candidates = ReadonlyMap<string, Candidate>;

/** One part of the benchmark with all its models, by key. */
export interface PartModels {
  readonly part: "holdout" | "folds";
  readonly rows: Independence;
  /** Runs of the folds, and folds of all of them; 1 and 0 on a holdout. */
  readonly repeats: number;
  readonly resamples: number;
  /** Metric of a model, averaged over its seeds; and its spread over them. */
  score(name: string): { readonly value: number; readonly seeds: number; readonly sd: number | null };
  /** The same answer to every row. */
  same(baseline: string, challenger: string): boolean;
  /** Nothing but labels: every answer is 0 or 1. */
  bare(name: string): boolean;
  /** Rows with a probability of exactly 0 or 1, and the loss of one that is wrong as a multiple of the mean loss. */
  certain(name: string): { readonly rows: number; readonly times: number };
  /** Of a model in folds that is far surer than it is right; held-out rows judge any fitted model. */
  overconfidence(name: string): Overconfidence | undefined;
  pair(baseline: string, challenger: string): Pair;
  /** Why no gain may be ruled out. */
  readonly scarce: Guard | undefined;
  guard(baselines: readonly string[], challenger: string, alpha: number): Guard | undefined;
}

interface Seen<M> {
  readonly predictions: readonly Prediction[];
  readonly measured: M;
  readonly value: number;
  readonly sd: number | null;
}

export function holdoutModels(question: Setting, margin: Margin, candidates: Candidates): PartModels {
  const { metric, holdout, guarantee } = question;
  if (holdout === undefined) throw new OptionError("compare: there is no holdout");
  const { truth, dependence = {}, weights } = holdout;
  const rows = independence(rowCount(truth), dependence);
  const unitOf = rows.groups ?? rows.time?.blocks;
  const options = { ...(weights === undefined ? {} : { weights }), ...(unitOf === undefined ? {} : { unitOf }) };
  const seen = new Map<string, Seen<Measured>>();
  for (const [key, { name, holdout: predictions = [] }] of candidates) {
    requirePredictions(name, predictions, rows.rows);
    const each = predictions.map((prediction) => measure(metric, { truth, prediction }, options));
    seen.set(key, { predictions, measured: averaged(each), ...spreadOf(each.map((m) => m.value)) });
  }
  const resampled = guarantee === undefined ? bootstrap(question, seen, rows) : undefined;
  const scratch = new Float64Array(rows.rows);
  return {
    part: "holdout",
    rows,
    repeats: 1,
    resamples: 0,
    ...common(seen, (measured) => measured),
    overconfidence: () => undefined,
    scarce: undefined,
    pair: (baseline, challenger) => {
      const [b, c] = [of(seen, baseline), of(seen, challenger)];
      const both = { baseline: resampled?.get(baseline), challenger: resampled?.get(challenger) };
      return pairOf(b.measured, c.measured, {
        margin,
        rows,
        unseen: true,
        scratch,
        ...(guarantee === undefined ? {} : { guarantee }),
        ...(both.baseline === undefined || both.challenger === undefined
          ? {}
          : { resampled: { baseline: both.baseline, challenger: both.challenger } }),
      });
    },
    guard: (baselines, challenger, alpha) =>
      guardRows(
        truth,
        rows,
        [...baselines, challenger].map((name) => of(seen, name).measured),
        {
          alpha,
          dependenceUnknown: dependence.unknown,
        },
      ),
  };
}

export function foldModels(question: Setting, margin: Margin, candidates: Candidates): PartModels {
  const { metric, folds } = question;
  if (folds === undefined) throw new OptionError("compare: there are no folds");
  if (question.guarantee !== undefined && question.holdout === undefined) {
    throw new OptionError("compare: the finite-sample guarantee needs a holdout");
  }
  const layout: FoldLayout = foldLayout(folds);
  const seen = new Map<string, Seen<FoldMeasured>>();
  for (const [key, { name, folds: predictions = [] }] of candidates) {
    requirePredictions(name, predictions, rowCount(folds.truth));
    const each = predictions.map((prediction) => measureFolds(metric, layout, prediction));
    seen.set(key, { predictions, measured: averagedFolds(each), ...spreadOf(each.map((m) => m.value)) });
  }
  const { first } = layout.entries;
  const truth = targetAt(folds.truth, first);
  return {
    part: "folds",
    rows: layout.rows,
    repeats: new Set(folds.repeat).size,
    resamples: layout.resamples.length,
    ...common(seen, ({ rows }) => rows),
    overconfidence: (name) => {
      const { predictions } = of(seen, name);
      return isLearnt(layout.entries, predictions)
        ? overconfidenceOf(folds.truth, predictions, folds.weights)
        : undefined;
    },
    scarce: scarceClass(truth),
    pair: (baseline, challenger) =>
      foldPair(metric, layout, of(seen, baseline).measured, of(seen, challenger).measured, margin),
    guard: (baselines, challenger, alpha) => {
      const models = [...baselines, challenger].map((name) => of(seen, name).measured.rows);
      return guardRows(truth, layout.rows, models, { alpha, dependenceUnknown: folds.dependence?.unknown });
    },
  };
}

function requirePredictions(name: string, predictions: readonly Prediction[], rows: number): void {
  if (predictions.length === 0) throw new OptionError(`compare: ${name} has no predictions for this part`);
  for (const prediction of predictions) {
    const per = prediction.kind === "value" ? 1 : prediction.classes;
    if (prediction.values.length !== rows * per) {
      throw new OptionError(
        `compare: predictions of ${name} must have ${rows} rows, got ${prediction.values.length / per}`,
      );
    }
  }
}

function of<M>(seen: ReadonlyMap<string, Seen<M>>, name: string): Seen<M> {
  const found = seen.get(name);
  if (found === undefined) throw new OptionError(`compare: no model ${name}`);
  return found;
}

function common<M>(
  seen: ReadonlyMap<string, Seen<M>>,
  lossesOf: (measured: M) => Measured,
): Pick<PartModels, "score" | "same" | "bare" | "certain"> {
  return {
    certain: (name) => {
      const { predictions, measured } = of(seen, name);
      const { losses, other } = lossesOf(measured);
      const usual = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
      return { rows: certainRows(predictions[0]), times: usual > 0 ? (other?.most() ?? 0) / usual : 0 };
    },
    score: (name) => {
      const { value, predictions, sd } = of(seen, name);
      return { value, seeds: predictions.length, sd };
    },
    bare: (name) => of(seen, name).predictions.every(({ values }) => values.every((x) => x === 0 || x === 1)),
    same: (a, b) => {
      const list = [...of(seen, a).predictions, ...of(seen, b).predictions];
      return list.every((prediction) => equalValues(prediction, list[0]));
    },
  };
}

function certainRows(prediction: Prediction): number {
  if (prediction.kind === "value") return 0;
  const { values, classes } = prediction;
  let rows = 0;
  for (let from = 0; from < values.length; from += classes) {
    if (values.subarray(from, from + classes).some((p) => p <= 0 || p >= 1)) rows++;
  }
  return rows;
}

/** Rounding aside: a model that has learnt nothing says what the constant says, by another sum. */
function equalValues(a: Prediction, b: Prediction): boolean {
  return a === b || (a.kind === b.kind && sameValues(a.values, b.values));
}

function spreadOf(values: readonly number[]): { value: number; sd: number | null } {
  const value = values.reduce((sum, x) => sum + x, 0) / values.length;
  if (values.length < 2) return { value, sd: null };
  return { value, sd: Math.sqrt(values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (values.length - 1)) };
}

/** Row losses averaged over training seeds. */
function averaged(each: readonly Measured[]): Measured {
  if (each.length === 1) return each[0];
  const [first] = each;
  const reweigh = each.every((m) => m.reweigh !== undefined)
    ? (w: Float64Array) => each.reduce((sum, m) => sum + (m.reweigh?.(w) ?? 0), 0) / each.length
    : undefined;
  const { link, best, how, unsettled, base, unitOf, rocArea, other, reach } = first;
  return {
    link,
    best,
    how,
    unsettled,
    ...(base === undefined ? {} : { base }),
    ...(unitOf === undefined ? {} : { unitOf }),
    ...(rocArea === undefined ? {} : { rocArea }),
    ...(reweigh === undefined ? {} : { reweigh }),
    ...(other === undefined ? {} : { other: averagedLabels(each, other) }),
    ...(reach === undefined ? {} : { reach }),
    value: each.reduce((sum, m) => sum + m.value, 0) / each.length,
    losses: averageArrays(each.map((m) => m.losses)),
  };
}

function averagedLabels(each: readonly Measured[], first: OtherLosses): OtherLosses {
  if (first.kind === "numbers") return first;
  const labels = each.flatMap(({ other }) => (other?.kind === "labels" ? [other] : []));
  return {
    ...first,
    losses: (label) => averageArrays(labels.map(({ losses }) => losses(label))),
    chances: (label) => averageArrays(labels.map(({ chances }) => chances(label))),
  };
}

function averagedFolds(each: readonly FoldMeasured[]): FoldMeasured {
  if (each.length === 1) return each[0];
  return {
    scores: averageArrays(each.map((m) => m.scores)),
    losses: averageArrays(each.map((m) => m.losses)),
    value: each.reduce((sum, m) => sum + m.value, 0) / each.length,
    rows: averaged(each.map((m) => m.rows)),
  };
}

function averageArrays(arrays: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(arrays[0].length);
  for (const values of arrays) for (let i = 0; i < out.length; i++) out[i] += values[i] / arrays.length;
  return out;
}

/** Bootstrap losses of all models, for metrics whose influence values are not settled on few rows. */
function bootstrap(
  { holdout, rng }: Setting,
  seen: ReadonlyMap<string, Seen<Measured>>,
  rows: Independence,
): Map<string, Float64Array> | undefined {
  const entries = Array.from(seen.entries());
  const wanted = entries.some(([, { measured }]) => measured.unsettled);
  const able = entries.every(([, { measured, value }]) => measured.reweigh !== undefined && !Number.isNaN(value));
  if (!wanted || !able || holdout === undefined || !needsBootstrap(holdout.truth)) return undefined;
  const { truth } = holdout;
  const strata = truth.task === "regression" ? undefined : truth.codes;
  const losses = resampledLosses(
    entries.map(([, { measured }]) => measured),
    drawResamples(rows, strata, rng.split("bootstrap")),
  );
  return new Map(entries.map(([name], i) => [name, losses[i]]));
}
