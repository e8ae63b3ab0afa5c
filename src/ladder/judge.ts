/** From what the rungs answered to what is said of them: scores with intervals, the champion, what each step bought. */
import type { Prediction } from "../frame/prediction.ts";
import type { Model } from "../models/contract.ts";
import type { Dataset } from "../frame/dataset.ts";
import { barOf, type Bar } from "../compare/bar.ts";
import {
  foldLayout,
  measureFolds,
  resamplesOf,
  type FoldLayout,
  type FoldPart,
  type Resample,
} from "../compare/folds.ts";
import { independence } from "../compare/independence.ts";
import type { Resamples } from "../compare/resample.ts";
import {
  foldInterval,
  scoreInterval,
  scoreResamples,
  type FoldRows,
  type ScoreOptions,
} from "../compare/score-interval.ts";
import { ladderSteps } from "../compare/steps.ts";
import type { Metric, Scored } from "../metrics/contract.ts";
import { metricsFor } from "../metrics/registry.ts";
import { ordered } from "../metrics/scored.ts";
import { type Design } from "../evaluate/rung.ts";
import { targetAt } from "../frame/take.ts";
import { gather } from "../numeric/gather.ts";
import type { Splits } from "../evaluate/splits/contract.ts";
import { pause } from "../parallel/pause.ts";
import { seeded } from "../numeric/rng.ts";
import type { Champion, CvScore, LadderStep, Rung, Score } from "../report/artifact.ts";
import { stepSentence } from "../report/ladder-sentences.ts";
import { championOf } from "./champion.ts";
import { floorsFor, type Floor } from "./floors.ts";
import { dependenceAt, foldedRows, pooledOf, type Folded } from "../intake/fold-part.ts";
import type { Trained } from "./ladder.ts";
import { plainExplanation } from "./plain-explanation.ts";
import type { RungAnswers } from "../folder/tables.ts";

export interface JudgeInput {
  readonly data: Dataset;
  readonly splits: Splits;
  readonly design: Design;
  readonly metric: Metric;
  /** The user's own. */
  readonly metrics: readonly Metric[];
  readonly trained: readonly Trained[];
  readonly models: ReadonlyMap<string, Model>;
  /** Weights enter the metrics too. */
  readonly weighted: boolean;
  readonly seed: string;
  /** Stops it. */
  readonly signal?: AbortSignal;
}

export interface Judged {
  readonly ladder: readonly Omit<Rung, "bytes">[];
  readonly champion: Champion;
  readonly steps: readonly LadderStep[];
  readonly bar: Bar;
  /** Every rung's answers; a failed rung has the floor's. */
  readonly answers: readonly RungAnswers[];
  readonly foldPart: FoldPart;
}

/** Pauses between metrics, so that it can be stopped. @throws What the signal was aborted with. */
export async function judge(input: JudgeInput): Promise<Judged> {
  const { data, metric, trained } = input;
  const folded = laidOut(input);
  const floor = trained.find(({ estimator }) => estimator.name === "constant");
  if (floor?.status !== "ok")
    throw new Error(
      `the constant could not be fitted: ${floor?.status === "failed" ? floor.reason : "it is not in the ladder"}`,
    );
  const answers = trained.map((rung): RungAnswers => {
    const { result } = rung.status === "ok" ? rung : floor;
    return { rung: rung.estimator.name, outOfFold: result.outOfFold, held: result.final.prediction };
  });
  const pooled = answers.map((one) => pooledOf(one, folded));
  const metrics = [metric, ...metricsFor(data.target.task, input.metrics)].filter(
    (one, i, all) => all.findIndex((m) => m.name === one.name) === i && one.refuses?.(data.target) === undefined,
  );
  const { design } = input;
  const { train, held } = design;
  const plans = design.plans.slice(0, design.repeats);
  const floors = floorsFor({ data, plans, train, held }, metric, metrics, folded);
  const heldOut = heldOutOf(input);
  const scores: Scores[] = [];
  for (const [k, one] of answers.entries()) {
    const isFloor = trained[k].estimator.name === "constant" || trained[k].status === "failed";
    const own = isFloor ? floors : undefined;
    scores.push(await scoresOf(one, pooled[k], metrics, folded, heldOut, own, selectionOf(trained[k]), input.signal));
  }
  const champion = championOf(metric, trained, pooled, folded.layout, seeded(input.seed).split("optimism"));
  const ladder = trained.map((rung, k): Omit<Rung, "bytes"> => {
    const { estimator } = rung;
    const model = input.models.get(estimator.name);
    const { cv, holdout } = scores[k];
    return {
      rung: estimator.name,
      title: estimator.title,
      family: estimator.family,
      role: estimator.role,
      status: rung.status,
      ...(rung.status === "failed" && { reason: rung.reason }),
      params: rung.status === "ok" ? rung.result.tuned.point : {},
      complexity: model ? { ...model.complexity } : null,
      cv: estimator.name === champion.rung ? markedAsChampion(cv) : cv,
      holdout,
      notes: model ? { ...model.notes } : {},
      explanation: model ? plainExplanation(model, data) : null,
    };
  });
  const steps = stepsOf(input, answers, pooled, folded, ladder);
  const bar = announcedBar(input, answers, pooled, folded, heldOut);
  return { ladder, champion, steps, bar, answers, foldPart: folded.part };
}

/** What a challenger will need, against the answers that it will be compared with. */
function announcedBar(
  { metric, trained, seed }: JudgeInput,
  answers: readonly RungAnswers[],
  pooled: readonly Prediction[],
  { part }: LaidOut,
  heldOut: HeldOut | undefined,
): Bar {
  const baselines = answers
    .map(({ rung, held }, k) => ({ name: rung, ...(heldOut ? { holdout: [held] } : { folds: [pooled[k]] }) }))
    .filter((_, k) => trained[k].estimator.role === "baseline");
  return barOf({
    metric,
    ...(heldOut ? { holdout: heldOut } : { folds: part }),
    baselines,
    rng: seeded(seed).split("bar"),
  });
}

function selectionOf(rung: Trained): CvScore["selection"] {
  return rung.status === "ok" ? rung.result.selection : "none";
}

/** The champion was chosen by its cross-validated score, which therefore flatters it a little. */
function markedAsChampion(cv: Rung["cv"]): Rung["cv"] {
  return Object.fromEntries(
    Object.entries(cv).map(([name, score]) => [name, { ...score, selection: "champion" as const }]),
  );
}

/** The folded rows, with what is worked out once for all rungs. */
interface LaidOut extends Folded {
  readonly layout: FoldLayout;
}

function laidOut({ data, design, splits, weighted }: JudgeInput): LaidOut {
  const folded = foldedRows(data, splits, design.plans.slice(0, design.repeats), weighted);
  return { ...folded, layout: foldLayout(folded.part) };
}

/** The held-out rows, likewise; absent where there are none. */
type HeldOut = { readonly truth: Scored["truth"] } & ScoreOptions;

function heldOutOf({ data, design, weighted, seed }: JudgeInput): HeldOut | undefined {
  const { held } = design;
  if (held.length === 0) return undefined;
  const truth = targetAt(data.target, held);
  const dependence = dependenceAt(data, held);
  let drawn: Resamples | undefined;
  const resamples = (): Resamples =>
    (drawn ??= scoreResamples(truth, independence(held.length, dependence), seeded(seed).split("interval")));
  return { truth, dependence, resamples, ...(weighted && data.weights && { weights: gather(data.weights, held) }) };
}

interface Scores {
  readonly cv: Record<string, CvScore>;
  readonly holdout: Record<string, Score>;
}

async function scoresOf(
  answers: RungAnswers,
  pooled: Prediction,
  metrics: readonly Metric[],
  folded: LaidOut,
  heldOut: HeldOut | undefined,
  floors: ReadonlyMap<string, Floor> | undefined,
  selection: CvScore["selection"],
  signal: AbortSignal | undefined,
): Promise<Scores> {
  const cv: Record<string, CvScore> = {};
  const holdout: Record<string, Score> = {};
  const answered = foldAnswers(pooled, folded);
  const answeredHeld = heldOut && ordered({ truth: heldOut.truth, prediction: answers.held });
  for (const metric of metrics) {
    await pause(signal);
    const own = floors?.get(metric.name);
    cv[metric.name] = cvScoreOf(metric, own ? foldAnswers(own.folds, folded) : answered, folded, selection);
    if (answeredHeld === undefined) continue;
    const { truth, ...options } = heldOut!;
    holdout[metric.name] = scoreInterval(metric, own ? { truth, prediction: own.held } : answeredHeld, options);
  }
  return { cv, holdout };
}

/** One model's out-of-fold answers as every metric asks for them. */
interface FoldAnswers {
  readonly prediction: Prediction;
  readonly folds: readonly Resample[];
  readonly repeats: readonly Resample[];
}

function foldAnswers(prediction: Prediction, { part, layout, rows }: LaidOut): FoldAnswers {
  const { truth, weights } = part;
  const folds = resamplesOf(layout, prediction);
  if (rows.length === 1)
    return { prediction, folds, repeats: [{ scored: ordered({ truth, prediction }), ...(weights && { weights }) }] };
  let from = 0;
  const entries = rows.map((list) => list.map(() => from++));
  return { prediction, folds, repeats: resamplesOf({ part, resamples: entries }, prediction) };
}

function cvScoreOf(
  metric: Metric,
  { prediction, folds, repeats }: FoldAnswers,
  { part, layout }: LaidOut,
  selection: CvScore["selection"],
): CvScore {
  const scoreOf = ({ scored, weights }: Resample): number => metric.score(scored, weights);
  const scores = folds.map(scoreOf);
  const byRow = (): FoldRows => {
    const known = folds.map((fold, k) => ({ ...fold, value: scores[k] }));
    return { model: measureFolds(metric, layout, prediction, known).rows, rows: layout.rows };
  };
  const interval = foldInterval(Float64Array.from(scores), part.testOverTrain, metric.range, undefined, byRow);
  const pooled = repeats.reduce((sum, repeat) => sum + scoreOf(repeat) / repeats.length, 0);
  return { ...interval, pooled: finite(pooled), folds: scores.map(finite), selection };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function stepsOf(
  { metric, trained, seed }: JudgeInput,
  answers: readonly RungAnswers[],
  pooled: readonly Prediction[],
  folded: LaidOut,
  ladder: readonly Omit<Rung, "bytes">[],
): readonly LadderStep[] {
  const rungs = answers
    .map(({ rung }, k) => ({ name: rung, folds: [pooled[k]] }))
    .filter((_, k) => trained[k].status === "ok");
  if (rungs.length < 2) return [];
  const steps = ladderSteps({ metric, folds: folded.part, rungs, rng: seeded(seed).split("steps") });
  return steps.map((step): LadderStep => {
    const { rung, against, gain, bounds, bought } = step;
    const facts = {
      rung,
      from: against,
      gain,
      lower: bounds.lower,
      upper: bounds.upper,
      level: bounds.level,
      verdict: step.verdict,
      bought,
    };
    return { ...facts, sentence: stepSentence(facts, step.sublabel, metric, ladder) };
  });
}
