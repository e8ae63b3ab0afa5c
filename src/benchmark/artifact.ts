/** Everything a run found, as `benchmark.json` holds it. */
import { cpus, platform, release, totalmem } from "node:os";
import { fingerprint } from "../frame/fingerprint.ts";
import { isModule } from "../baselines/from-module.ts";
import { typesOf } from "../table/options.ts";
import type { ColumnSchema } from "../schema/schema.ts";
import type { Warning } from "../frame/warning.ts";
import type { Diagnostics } from "../evaluate/diagnostics/contract.ts";
import { labelMetric, type Choice } from "../metrics/registry.ts";
import type { Design } from "../evaluate/rung.ts";
import type { Splits } from "../evaluate/splits/contract.ts";
import {
  BENCHMARK_SCHEMA,
  type AnswersProfile,
  type Artifact,
  type Repeating,
  type Timing,
  type Trace,
} from "../report/artifact.ts";
import { detailWords } from "../report/detail.ts";
import type { ModelFile } from "../report/model-file.ts";
import { packageAndVersion } from "./package.ts";
import { clock } from "../evaluate/clock.ts";
import type { Judged } from "../ladder/judge.ts";
import type { Chosen, Trained } from "../ladder/ladder.ts";
import type { Loaded } from "../intake/load.ts";
import type { TrainOptions } from "../intake/options.ts";
import { withoutCells } from "./redact.ts";
import { summaryOf } from "../ladder/search-summary.ts";
import { splitsFingerprint } from "../folder/splits-table.ts";
import { workOf } from "../ladder/work.ts";

export interface Findings {
  readonly loaded: Loaded;
  readonly splits: Splits;
  readonly design: Design;
  /** Why there are as many repeats as there are. */
  readonly repeating?: Repeating;
  readonly metric: Choice;
  readonly chosen: Chosen;
  readonly trained: readonly Trained[];
  readonly options: TrainOptions;
  /** When the run began, by `clock`. */
  readonly started: number;
  /** Why it was cut short, if it was. */
  readonly cut: string | undefined;
  readonly judged: Judged;
  /** With the profiles of the training rows. */
  readonly columns: readonly ColumnSchema[];
  readonly answers: AnswersProfile;
  readonly diagnostics: Diagnostics;
  readonly warnings: readonly Warning[];
  /** The rungs' models, by rung. */
  readonly files: ReadonlyMap<string, ModelFile>;
  readonly timings: Timing["rungs"];
  /** Absent with `--redact`. */
  readonly traces: readonly Trace[] | undefined;
}

export function artifactOf(found: Findings): Artifact {
  const { loaded, splits, design, metric, chosen, trained, options, started, cut } = found;
  const { repeating, judged, columns, answers, diagnostics, warnings, files, timings, traces } = found;
  const { data } = loaded;
  const label = labelMetric(data.target, design.train);
  const { target } = loaded.schema;
  const positive = data.target.task === "binary" ? target.classes[1] : null;
  return {
    schema: BENCHMARK_SCHEMA,
    dataset: {
      name: loaded.origin.name,
      rows: loaded.testFrom,
      sha256: loaded.origin.sha256,
      fingerprint: fingerprint(loaded.table),
      ...(loaded.testOrigin && {
        test: { name: loaded.testOrigin.name, rows: data.rows - loaded.testFrom, sha256: loaded.testOrigin.sha256 },
      }),
    },
    columns: columns.map((column) => ({ ...column })),
    warnings: options.redact ? warnings.map(withoutCells) : warnings,
    task: data.target.task,
    target: {
      name: target.name,
      reason: target.reason,
      ...(target.guessed && { guessed: target.guessed }),
      taskReason: target.taskReason,
    },
    classes: target.classes,
    positive,
    metric: {
      name: metric.metric.name,
      ...(positive !== null && metric.metric.ofPositive && { class: positive }),
      direction: metric.metric.direction,
      reason: metric.reason,
    },
    labelMetric: label ? { name: label.metric.name, direction: label.metric.direction, reason: label.reason } : null,
    splits: {
      kind: splits.kind,
      scheme: splits.scheme,
      seed: splits.seed,
      folds: splits.folds,
      repeats: splits.repeats,
      ...(repeating && { repeating }),
      rows: countsOf(splits),
      reason: splits.reason,
      fingerprint: splitsFingerprint(splits),
    },
    ladder: judged.ladder.map((rung) => ({ ...rung, bytes: sizeOf(files.get(rung.rung)) })),
    skipped: chosen.skipped.map(({ name, reason }) => ({ rung: name, reason })),
    champion: { ...judged.champion, profile: answers },
    steps: judged.steps,
    bar: { ...judged.bar, detail: judged.bar.detail && detailWords(judged.bar.detail) },
    ...(traces && { traces }),
    search: Object.fromEntries(
      trained.flatMap((rung) =>
        rung.status === "ok" && rung.result.tuned.search
          ? [[rung.estimator.name, summaryOf(rung.result, options.sampler ?? "auto", searchRows(design))]]
          : [],
      ),
    ),
    ...(cut === undefined && { work: workOf(trained, (rung) => sizeOf(files.get(rung))) }),
    diagnostics,
    options: plainOptions(options),
    ...(cut !== undefined && { interrupted: true, interruptedBy: cut }),
    environment: environment(),
    timing: { seconds: (clock() - started) / 1000, rungs: timings },
  };
}

function sizeOf(file: ModelFile | undefined): number | null {
  return file ? Buffer.byteLength(JSON.stringify(file.model)) : null;
}

function searchRows({ plans, searchPlans }: Design): number {
  return plans[searchPlans[0]].parts.reduce((sum, part) => sum + part.length, 0);
}

function countsOf(splits: Splits): Artifact["splits"]["rows"] {
  const rows = { train: 0, holdout: 0, test: 0, unused: 0 };
  for (const part of splits.part) rows[part]++;
  return rows;
}

/** Options as JSON: what the user said, without what changes no result. */
function plainOptions({
  workers: _w,
  estimators,
  metrics,
  limits: _l,
  signal: _s,
  types,
  test,
  splits,
  ...rest
}: TrainOptions): Artifact["options"] {
  return {
    ...rest,
    ...(types !== undefined && { types: Object.fromEntries(typesOf({ types })) }),
    ...(test !== undefined && { test: typeof test === "string" ? test : "in memory" }),
    ...(splits !== undefined && { splits: typeof splits === "string" ? splits : "in memory" }),
    ...(estimators !== undefined && {
      estimators: estimators.map((one) => (isModule(one) ? String(one.module) : one.name)),
    }),
    ...(metrics !== undefined && { metrics: metrics.map(({ name }) => name) }),
  };
}

function environment(): Artifact["environment"] {
  const [cpu] = cpus();
  return {
    package: packageAndVersion(),
    node: process.version,
    platform: `${platform()} ${release()} ${process.arch}`,
    cpu: cpu?.model ?? "unknown",
    cores: cpus().length,
    memory: totalmem(),
  };
}
