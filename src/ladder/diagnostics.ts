/** What reports draw of the champion: counts and curves over the rows that judge it. Nothing here changes a score. */
import type { Prediction } from "../frame/prediction.ts";
import type { Model } from "../models/contract.ts";
import { isStated } from "../error.ts";
import type { Dataset, Rows } from "../frame/dataset.ts";
import { merged } from "../frame/rows.ts";
import { calibration } from "../evaluate/diagnostics/calibration.ts";
import { confusion } from "../evaluate/diagnostics/confusion.ts";
import type { Diagnostics, LearningPoint, WorstRow } from "../evaluate/diagnostics/contract.ts";
import { cutCounts } from "../evaluate/diagnostics/cuts.ts";
import { errorsByFeature } from "../evaluate/diagnostics/error-by.ts";
import { partialEffect, permutationImportance } from "../evaluate/diagnostics/importance.ts";
import { searchHistory } from "../evaluate/diagnostics/search-history.ts";
import { agreement, residualHistogram } from "../evaluate/diagnostics/residuals.ts";
import type { Runner } from "../evaluate/jobs/runner.ts";
import type { Metric } from "../metrics/contract.ts";
import { primaryMetric } from "../metrics/registry.ts";
import { labels, probabilityOf } from "../metrics/scored.ts";
import { predictionAt } from "../frame/take.ts";
import { type Design } from "../evaluate/rung.ts";
import { targetAt } from "../frame/take.ts";
import type { Splits } from "../evaluate/splits/contract.ts";
import { gather } from "../numeric/gather.ts";
import { mean } from "../numeric/moments.ts";
import { seeded, type Rng } from "../numeric/rng.ts";
import type { Trained } from "./ladder.ts";
import type { RungAnswers } from "../folder/tables.ts";
import { readable } from "../words/numbers.ts";

export interface DiagnosticsInput {
  readonly data: Dataset;
  readonly design: Design;
  readonly splits: Splits;
  readonly metric: Metric;
  /** The champion: how it was trained, its model of the training rows, its answers. */
  readonly champion: Trained & { readonly status: "ok" };
  readonly model: Model;
  readonly answers: RungAnswers;
  readonly runner: Runner;
  readonly rowNumber: (row: number) => number;
  readonly seed: string;
  /** Held-out rows are not to be seen. */
  readonly sealed: boolean;
  /** No cell of the table is to be seen. */
  readonly redact: boolean;
  /** Once it is aborted, what needs fits of its own is left out. */
  readonly enough: AbortSignal;
}

/** The rows that judge the champion, what it said of them, and the loss of each. */
interface JudgedRows {
  readonly part: Diagnostics["rows"]["part"];
  readonly rows: Rows;
  readonly prediction: Prediction;
  readonly losses: Float64Array;
}

const WORST = 10;
const EFFECTS = 3;

/** Cost: a few predictions of at most 2,000 rows a column, three fits of parts of the training rows, and sorts. */
export async function diagnose(input: DiagnosticsInput): Promise<Diagnostics> {
  const { data, champion, model, seed, redact } = input;
  const additive = input.metric.losses ? input.metric : primaryMetric(data.target.task).metric;
  const judged = judgedRows(input, additive);
  const rng = seeded(seed).split("diagnostics");
  const { estimator } = champion;
  const still = estimator.looksBack !== true; // a model that looks back predicts rows from other rows' targets
  const learning = input.enough.aborted || !still ? [] : learningCurve(input, additive, rng.split("learning"));
  const heldOut = judged.part !== "out-of-fold";
  const asked = { model, data, rows: heldOut ? judged.rows : input.design.train };
  const importance = still
    ? permutationImportance(
        {
          ...asked,
          lossOf: (rows, one, of) => onMetricScale(additive, mean(lossesOf(additive, of, rows, one.predict(of, rows)))),
        },
        rng,
      )
    : undefined;
  const leading =
    importance?.columns
      .filter(({ increase, error }) => increase > Math.max(importance.floor, 2 * error))
      .slice(0, EFFECTS) ?? [];
  const classes = data.target.task === "regression" ? 0 : data.target.classes.length;
  const search = searchHistory(champion.result.tuned.search?.trials ?? []);
  return {
    rung: estimator.name,
    rows: { part: judged.part, count: judged.rows.length },
    loss: additive.name,
    ...(data.target.task === "regression" ? forNumbers(data, judged, redact) : forClasses(data, judged, rng)),
    errorBy: redact ? [] : errorsByFeature(data.columns, judged.rows, errorsOf(data, judged)),
    worst: redact ? [] : worstRows(input, judged, additive),
    ...(importance && { importance: { ...importance, rows: heldOut ? "held-out" : "training" } }),
    effects: redact
      ? []
      : leading.flatMap(({ column }) => partialEffect(asked, column, classes - 1, rng.split("effect")) ?? []),
    learning: await learning,
    ...(search && { search }),
  };
}

function judgedRows({ data, design, splits, answers, sealed }: DiagnosticsInput, metric: Metric): JudgedRows {
  const open = design.held.length > 0 && !sealed;
  const [first] = answers.outOfFold;
  const { parts, folds } = design.plans[0];
  const rows = open ? design.held : merged(folds.map(({ test }) => parts[test]));
  const prediction = open ? answers.held : predictionAt(first, rows);
  const part = !open ? "out-of-fold" : splits.part.includes("test") ? "test" : "holdout";
  return { part, rows, prediction, losses: lossesOf(metric, data, rows, prediction) };
}

function lossesOf(metric: Metric, data: Dataset, rows: Rows, prediction: Prediction): Float64Array {
  const losses = metric.losses?.({ truth: targetAt(data.target, rows), prediction });
  if (losses === undefined) throw new TypeError(`diagnose: ${metric.name} has no loss of a row`);
  return losses;
}

/** A mean loss on the scale that people know the metric by: the root of a mean square. Lower is better. */
function onMetricScale(metric: Metric, loss: number): number {
  return metric.direction === "minimize" ? (metric.link?.of(loss) ?? loss) : loss;
}

/** 1 for a wrong label, or the distance from the truth. */
function errorsOf({ target }: Dataset, { rows, prediction }: JudgedRows): Float64Array {
  if (target.task === "regression")
    return gather(target.values, rows).map((truth, i) => Math.abs(truth - prediction.values[i]));
  const said = prediction.kind === "probability" ? labels(prediction.values, prediction.classes) : [];
  return gather(target.codes, rows).map((code, i) => Number(code !== said[i]));
}

function forNumbers(data: Dataset, { rows, prediction }: JudgedRows, redact: boolean): Partial<Diagnostics> {
  const truth = targetAt(data.target, rows);
  if (truth.task !== "regression" || redact) return {};
  return {
    residuals: residualHistogram(truth.values, prediction.values),
    agreement: agreement(truth.values, prediction.values),
  };
}

function forClasses(data: Dataset, { rows, prediction }: JudgedRows, rng: Rng): Partial<Diagnostics> {
  const truth = targetAt(data.target, rows);
  if (truth.task === "regression" || prediction.kind !== "probability") return {};
  const { values, classes } = prediction;
  const said = labels(values, classes);
  const matrix = confusion(truth.codes, said, truth.classes);
  if (truth.task === "multiclass") {
    const right = Uint8Array.from(said, (code, i) => Number(code === truth.codes[i]));
    const trust = Float64Array.from(said, (code, i) => values[i * classes + code]);
    return { confusion: matrix, calibration: calibration(right, trust, rng.split("calibration")) };
  }
  const positive = Uint8Array.from(truth.codes, (code) => Number(code === 1));
  const scores = probabilityOf(values, classes, 1);
  const positives = positive.reduce((sum, one) => sum + one, 0);
  return {
    confusion: matrix,
    cuts: { positives, negatives: positive.length - positives, points: cutCounts(positive, scores) },
    calibration: calibration(positive, scores, rng.split("calibration")),
  };
}

function worstRows(
  { data, splits, rowNumber }: DiagnosticsInput,
  judged: JudgedRows,
  metric: Metric,
): readonly WorstRow[] {
  const { rows, losses, prediction } = judged;
  const order = Array.from(losses, (_, i) => i).sort((a, b) => losses[b] - losses[a] || a - b);
  const { target } = data;
  const width = prediction.kind === "value" ? 1 : prediction.classes;
  const said = prediction.kind === "value" ? undefined : labels(prediction.values, width);
  const answer = (i: number): string => {
    if (target.task === "regression" || said === undefined) return readable(prediction.values[i]);
    return `${target.classes[said[i]]} (${readable(prediction.values[i * width + said[i]])})`;
  };
  return order.slice(0, WORST).map((i): WorstRow => {
    const row = rows[i];
    const part = splits.part[row];
    return {
      row: rowNumber(row),
      part: part === "unused" ? "train" : part,
      truth: target.task === "regression" ? readable(target.values[row]) : target.classes[target.codes[row]],
      predicted: answer(i),
      loss: onMetricScale(metric, losses[i]),
    };
  });
}

/** Parts of the training rows that are learnt from beside all of them. */
const SHARES = [1 / 8, 1 / 4, 1 / 2];
/** Fewer rows than this are no training table. */
const LEAST = 20;

/**
 * The champion's recipe fitted on growing parts of the training rows, each inside the next: the latest rows where rows stand in
 * order of time, whole groups where there are groups, else rows at random. With a holdout its rows score; else the folds of
 * the first repeat do. A part that cannot be fitted is left out.
 */
async function learningCurve(input: DiagnosticsInput, metric: Metric, rng: Rng): Promise<readonly LearningPoint[]> {
  const { data, design, runner, champion, answers, sealed, enough } = input;
  const { estimator, result } = champion;
  const open = design.held.length > 0 && !sealed;
  const { parts, folds } = design.plans[0];
  const tasks = open
    ? [{ train: design.train, scored: design.held, full: answers.held }]
    : folds.map(({ train, test }) => ({
        train: merged(train.map((part) => parts[part])),
        scored: parts[test],
        full: predictionAt(answers.outOfFold[0], parts[test]),
      }));
  const full = tasks.map(({ scored, full: answer }) => lossesOf(metric, data, scored, answer));
  const orders = tasks.map(({ train }, k) => nested(data, train, rng.split(k)));
  const size = (share: number): number =>
    Math.round((share * tasks.reduce((sum, { train }) => sum + train.length, 0)) / tasks.length);
  const least = meanOver(full);
  const points: LearningPoint[] = [];
  for (const share of SHARES.filter((one) => size(one) >= LEAST)) {
    const losses = await Promise.all(
      tasks.map(async ({ scored }, k) => {
        const rows = orders[k].slice(0, Math.round(share * orders[k].length)).sort();
        const job = {
          kind: "fit",
          estimator: estimator.name,
          rows,
          point: result.tuned.point,
          predict: scored,
        } as const;
        return lossesOf(metric, data, scored, (await runner.fit(job, enough)).prediction);
      }),
    ).catch((error: unknown) => {
      if (enough.aborted || isStated(error)) return undefined; // out of time, or too few rows for it
      throw error;
    });
    if (losses === undefined) continue;
    const error = onMetricScale(metric, least + standardError(losses, full)) - onMetricScale(metric, least);
    points.push({ rows: size(share), loss: onMetricScale(metric, meanOver(losses)), error });
  }
  return points.length === 0 ? [] : [...points, { rows: size(1), loss: onMetricScale(metric, least), error: null }];
}

/** Training rows in an order of which every beginning is a smaller training table. */
function nested(data: Dataset, train: Rows, rng: Rng): Rows {
  const { time, groups } = data;
  if (time) return train.slice().sort((a, b) => time[b] - time[a] || b - a);
  if (!groups) return rng.shuffle(train.slice());
  const names = [...new Set(Array.from(train, (row) => groups[row]))];
  const place = new Map(rng.shuffle(names).map((group, at) => [group, at]));
  return train.slice().sort((a, b) => place.get(groups[a])! - place.get(groups[b])! || a - b);
}

function meanOver(losses: readonly Float64Array[]): number {
  const count = losses.reduce((sum, { length }) => sum + length, 0);
  return losses.reduce((sum, part) => sum + part.reduce((all, loss) => all + loss, 0), 0) / count;
}

/** Of the mean difference to the losses with all rows, over scored rows. */
function standardError(losses: readonly Float64Array[], full: readonly Float64Array[]): number {
  const differences = losses.flatMap((part, k) => Array.from(part, (loss, i) => loss - full[k][i]));
  const centre = mean(differences);
  const squares = differences.reduce((sum, one) => sum + (one - centre) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, differences.length - 1) / differences.length);
}
