/** A benchmark as a comparison needs it: truth, folds, what belongs together, and what every baseline said. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Dataset, Rows } from "../frame/dataset.ts";
import type { Candidate, HoldoutPart } from "../compare/verdict/contract.ts";
import type { Metric } from "../metrics/contract.ts";
import { requireMetrics } from "../metrics/own.ts";
import { findMetric } from "../metrics/registry.ts";
import { predictionAt } from "../frame/take.ts";
import { targetAt } from "../frame/take.ts";
import { gather } from "../numeric/gather.ts";
import type { FoldPlan } from "../evaluate/splits/contract.ts";
import { foldPlan, rowsOf } from "../evaluate/splits/plan.ts";
import { OptionError } from "../error.ts";
import { shown } from "../options/check.ts";
import type { Artifact } from "../report/artifact.ts";
import { enterAnswers, openBook } from "../folder/answers-table.ts";
import { fingerprintOf } from "../folder/fingerprint.ts";
import { FolderError } from "../folder/folder.ts";
import { dependenceAt, foldedRows, pooledOf, type Folded } from "./fold-part.ts";
import { openArtifact } from "../folder/open.ts";
import { damaged, readSplits, type SplitRows } from "../folder/splits-table.ts";

/** A benchmark folder that was opened once, to be compared with many times. */
export interface BenchmarkHandle {
  readonly folder: string;
  readonly artifact: Artifact;
  /** SHA-256 of all that `benchmark.json` says but for `environment` and `timing`: the same for every rerun. */
  readonly fingerprint: string;
  /** The rows that a model is scored on once, ascending: the test table's, else the holdout; they may be none. */
  readonly held: Rows;
}

/** Everything that comparing needs to know of it. */
export interface OpenBenchmark extends BenchmarkHandle {
  /** The metric that decided, and those of the user's own. */
  readonly metric: Metric;
  readonly metrics: readonly Metric[];
  readonly known: SplitRows;
  /** All rows, those of the table and then those of the test table, without features. The target is missing where it is not known. */
  readonly data: Dataset;
  /** One a repeat. */
  readonly plans: readonly FoldPlan[];
  /** Absent: there are no held-out rows, or their truth is sealed. */
  readonly holdout?: HoldoutPart;
  /** Held-out rows whose truth is in a file that was not given. */
  readonly sealed: boolean;
  readonly folded: Folded;
  /** Rungs that a challenger has to beat, in the order of the ladder, with all they said. */
  readonly baselines: readonly Candidate[];
  /** The other rungs, which were trained beside them. */
  readonly others: readonly Candidate[];
}

export interface OpenOptions {
  /** The file that holds truth and answers of the held-out rows, where they were sealed. */
  readonly sealed?: string;
  /** Metrics of your own, where the benchmark was trained with them. */
  readonly metrics?: readonly Metric[];
}

/** A benchmark that is open, or is read from its folder. @throws OptionError for anything else, and as `openBenchmark`. */
export async function benchmarkOf(
  where: string,
  given: string | BenchmarkHandle,
  options: OpenOptions,
): Promise<OpenBenchmark> {
  if (typeof given === "string") return openBenchmark(given, options);
  if (!isOpen(given))
    throw new OptionError(`${where}: wanted a benchmark's folder, or what openBenchmark gives, got ${shown(given)}`);
  return given;
}

function isOpen(given: unknown): given is OpenBenchmark {
  return typeof given === "object" && given !== null && "baselines" in given;
}

/** `openBenchmark` for users: what is known of the rows stays inside. @throws As it does. */
export async function openHandle(path: string, options: OpenOptions = {}): Promise<BenchmarkHandle> {
  return openBenchmark(path, options);
}

/**
 * Reads a benchmark folder for comparisons.
 *
 * @throws OptionError when it is judged by a metric that nobody gave; FolderError, ArtifactError when the folder is no benchmark, of another version, without predictions, or when its
 *   files do not belong together.
 */
export async function openBenchmark(path: string, { sealed, metrics = [] }: OpenOptions = {}): Promise<OpenBenchmark> {
  requireMetrics("metrics", metrics);
  const { folder, artifact } = openArtifact(path);
  const metric = metricOf(path, artifact, metrics);
  const answersPath = join(folder, "predictions.csv");
  if (artifact.options.redact === true)
    throw new FolderError(
      `${path}: was written with --redact, so it holds no predictions to compare with; train again without it (--seal-holdout keeps the held-out rows apart)`,
    );
  if (!existsSync(answersPath)) throw damaged(answersPath, "it is missing");
  const known = await readSplits(join(folder, "splits.csv"), artifact);
  const { splits, groups, time, weights } = known;
  const rows = splits.part.length;
  const held = splits.part.includes("test") ? rowsOf(splits, "test") : rowsOf(splits, "holdout");
  const book = openBook(artifact, rows, held);
  await enterAnswers(answersPath, artifact, known, held, book);
  const wasSealed = held.length > 0 && artifact.options.sealHoldout === true;
  if (sealed !== undefined) {
    if (!wasSealed)
      throw new FolderError(`--sealed ${sealed}: this benchmark was not sealed; its held-out truth is in the folder`);
    await enterAnswers(sealed, artifact, known, held, book);
  }
  const data: Dataset = {
    rows,
    columns: [],
    target: book.target,
    ...(groups && { groups }),
    ...(time && { time }),
    ...(weights && { weights }),
  };
  const weighted = artifact.options.weightMetrics === true;
  const plans = Array.from({ length: splits.repeats }, (_, repeat) => foldPlan(splits, repeat));
  const folded = foldedRows(data, splits, plans, weighted);
  const hasHoldout = held.length > 0 && (!wasSealed || sealed !== undefined);
  const rungs = rungsOf(sealed ?? answersPath, artifact, book.answers, folded, hasHoldout);
  const withRole = (isBaseline: boolean): readonly Candidate[] =>
    rungs.filter((_, k) => (artifact.ladder[k].role === "baseline") === isBaseline);
  const opened = {
    folder,
    artifact,
    metric,
    metrics,
    fingerprint: fingerprintOf(artifact),
    known,
    data,
    plans,
    held,
    sealed: held.length > 0 && !hasHoldout,
    folded,
    ...(hasHoldout && { holdout: { ...holdoutOf(data, held, weighted), ...twinsOf(artifact, held) } }),
    baselines: withRole(true),
    others: withRole(false),
  };
  requireSameScores(answersPath, opened);
  return opened;
}

function holdoutOf(data: Dataset, held: Rows, weighted: boolean): HoldoutPart {
  return {
    truth: targetAt(data.target, held),
    dependence: dependenceAt(data, held),
    ...(weighted && data.weights && { weights: gather(data.weights, held) }),
  };
}

function metricOf(path: string, { metric, task, options }: Artifact, own: readonly Metric[]): Metric {
  const given = own.some(({ name }) => name === metric.name);
  if (!given && Array.isArray(options.metrics) && options.metrics.includes(metric.name))
    throw new OptionError(`${path}: is judged by ${metric.name}, a metric of its own; give its record in metrics`);
  return findMetric(metric.name, task, own);
}

/** Held-out rows that training has too, as training found them. */
function twinsOf({ warnings }: Artifact, held: Rows): Pick<HoldoutPart, "twins"> {
  const found = warnings.find(({ code }) => code === "duplicates-across-holdout")?.evidence?.rows;
  if (!Array.isArray(found)) return {};
  const rows = new Set(found.map(Number));
  return { twins: Uint8Array.from(held, (row) => (rows.has(row) ? 1 : 0)) };
}

/** What every rung of the ladder said. */
function rungsOf(
  path: string,
  artifact: Artifact,
  answers: ReturnType<typeof openBook>["answers"],
  folded: Folded,
  hasHoldout: boolean,
): readonly Candidate[] {
  return artifact.ladder.map((_, k): Candidate => {
    const { rung, held, outOfFold } = answers[k];
    if (hasHoldout && held.values.includes(Number.NaN))
      throw damaged(path, `${rung} has no answer for some held-out rows`);
    const folds = outOfFold.length > 0 ? pooledOf(answers[k], folded) : undefined;
    if (folds?.values.includes(Number.NaN)) throw damaged(path, `${rung} has no answer for some rows of the folds`);
    return { name: rung, ...(hasHoldout && { holdout: [held] }), ...(folds && { folds: [folds] }) };
  });
}

/** The champion's answers must score what the artifact says they did: files of two runs do not mix. */
function requireSameScores(path: string, opened: Omit<OpenBenchmark, "folder">): void {
  const { artifact, metric, baselines, holdout, folded } = opened;
  const name = artifact.champion.rung;
  const rung = artifact.ladder.find((one) => one.rung === name);
  const champion = baselines.find((one) => one.name === name);
  if (!rung || !champion) throw damaged(path, `it lacks the champion ${name}`);
  const require = (said: number | null | undefined, found: number, rows: number): void => {
    if (said === null || said === undefined) return;
    const slack = SLACK * Math.max(Math.abs(said), SLACK) + (metric.needs === "value" ? 0 : TURNED / rows);
    if (!(Math.abs(found - said) <= slack))
      throw damaged(path, `${name} gets ${metric.name} ${found} in it and ${said} in benchmark.json`);
  };
  if (holdout && champion.holdout) {
    const { truth, weights } = holdout;
    const found = metric.score({ truth, prediction: champion.holdout[0] }, weights);
    require(rung.holdout[metric.name]?.value, found, opened.held.length);
  }
  if (champion.folds) {
    const { truth, weights } = folded.part;
    const [prediction] = champion.folds;
    let from = 0;
    let found = 0;
    for (const { length } of folded.rows) {
      const entries = Int32Array.from({ length }, (_, i) => from + i);
      const scored = { truth: targetAt(truth, entries), prediction: predictionAt(prediction, entries) };
      found += metric.score(scored, weights && gather(weights, entries)) / folded.rows.length;
      from += length;
    }
    require(rung.cv[metric.name]?.pooled, found, from);
  }
}

/** Answers are kept to nine digits, */
const SLACK = 1e-3;
/** which may turn the label of a row or two. */
const TURNED = 2;
