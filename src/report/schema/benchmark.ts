import * as v from "valibot";
import type { Bar } from "../../compare/bar.ts";
import {
  BENCHMARK_SCHEMA,
  type Artifact,
  type ColumnEntry,
  type LadderStep,
  type Rung,
  type SearchSummary,
  type Trace,
  type WorkCounts,
} from "../artifact.ts";
import { diagnosticsSchema } from "./diagnostics.ts";
import { drawingSchema } from "./drawing.ts";
import {
  answersProfile,
  count,
  cvScore,
  digest,
  finite,
  maybe,
  metricChoice,
  params,
  profile,
  scalar,
  score,
  warning,
  margin,
  reason,
} from "./parts.ts";
import { ArtifactError, checked } from "./check.ts";

const column: v.GenericSchema<ColumnEntry> = v.looseObject({
  name: v.string(),
  kind: v.string(),
  role: v.string(),
  reason: v.string(),
  missing: count,
  distinct: count,
  profile: v.optional(profile),
});

const rung: v.GenericSchema<Rung> = v.strictObject({
  rung: v.string(),
  title: v.string(),
  family: v.string(),
  role: v.picklist(["baseline", "challenger", "reference"]),
  status: v.picklist(["ok", "failed"]),
  reason: v.optional(v.string()),
  params,
  complexity: v.nullable(v.strictObject({ count, unit: v.string() })),
  bytes: v.nullable(count),
  cv: v.record(v.string(), cvScore),
  holdout: v.record(v.string(), score),
  notes: params,
  explanation: v.nullable(
    v.strictObject({ summary: v.string(), lines: v.array(v.string()), drawing: v.optional(drawingSchema) }),
  ),
});

const step: v.GenericSchema<LadderStep> = v.strictObject({
  rung: v.string(),
  from: v.string(),
  gain: maybe,
  lower: maybe,
  upper: maybe,
  level: finite,
  verdict: v.picklist(["JUSTIFIED", "NOT JUSTIFIED", "INCONCLUSIVE"]),
  bought: v.boolean(),
  sentence: v.string(),
});

const search: v.GenericSchema<SearchSummary> = v.strictObject({
  sampler: v.string(),
  trials: count,
  complete: count,
  pruned: count,
  failed: count,
  foldFits: v.strictObject({ run: count, saved: count }),
  extraFits: v.optional(count),
  steps: v.optional(v.strictObject({ run: count, saved: count })),
  allFits: count,
  ended: v.strictObject({ rule: v.string(), sentence: v.string() }),
  rows: count,
  default: v.strictObject({ params, loss: maybe }),
  chosen: v.strictObject({ params, loss: maybe, reason: v.string() }),
  gain: v.strictObject({ raw: finite, corrected: finite, standardError: finite }),
});

const counts: v.GenericSchema<WorkCounts> = v.strictObject({
  foldFits: count,
  trials: count,
  cells: count,
  solverSteps: count,
  histogramPasses: count,
  treeNodes: count,
  modelBytes: count,
});

const latency = v.strictObject({ p50: finite, p95: finite, batch: count, runs: count });

const bar: v.GenericSchema<Bar<string | null>> = v.strictObject({
  part: v.picklist(["holdout", "folds"]),
  rows: count,
  baseline: v.string(),
  baselineScore: maybe,
  score: maybe,
  power: finite,
  gain: maybe,
  margin,
  rowsForTwice: maybe,
  reason,
  detail: v.nullable(v.string()),
});

const trace: v.GenericSchema<Trace> = v.strictObject({
  kind: v.picklist(["model", "column"]),
  name: v.string(),
  part: v.picklist(["holdout", "folds"]),
  digest,
});

/** The content of `benchmark.json`, version 1. */
export const benchmarkSchema: v.GenericSchema<Artifact> = v.strictObject({
  schema: v.literal(BENCHMARK_SCHEMA),
  dataset: v.strictObject({
    name: v.string(),
    rows: count,
    sha256: digest,
    fingerprint: digest,
    test: v.optional(v.strictObject({ name: v.string(), rows: count, sha256: digest })),
  }),
  columns: v.array(column),
  warnings: v.array(warning),
  task: v.picklist(["binary", "multiclass", "regression"]),
  target: v.strictObject({
    name: v.string(),
    reason: v.string(),
    guessed: v.optional(v.literal(true)),
    taskReason: v.string(),
  }),
  classes: v.array(v.string()),
  positive: v.nullable(v.string()),
  metric: metricChoice,
  labelMetric: v.nullable(metricChoice),
  splits: v.strictObject({
    kind: v.string(),
    scheme: v.string(),
    seed: v.string(),
    folds: count,
    repeats: count,
    repeating: v.optional(
      v.strictObject({
        atLeast: count,
        atMost: count,
        share: v.number(),
        settled: v.boolean(),
        last: v.nullable(
          v.strictObject({
            rung: v.string(),
            against: v.string(),
            standardError: v.number(),
            dealingError: v.number(),
          }),
        ),
        answersSaved: count,
      }),
    ),
    rows: v.strictObject({ train: count, holdout: count, test: count, unused: count }),
    reason: v.string(),
    fingerprint: digest,
  }),
  ladder: v.array(rung),
  skipped: v.array(v.strictObject({ rung: v.string(), reason: v.string() })),
  champion: v.strictObject({
    rung: v.string(),
    rule: v.string(),
    best: v.string(),
    evidence: v.array(
      v.strictObject({
        rung: v.string(),
        difference: maybe,
        standardError: maybe,
        allowed: v.optional(maybe),
        within: v.boolean(),
      }),
    ),
    optimism: v.optional(maybe),
    sentence: v.string(),
    profile: v.optional(answersProfile),
  }),
  steps: v.array(step),
  bar: v.optional(bar),
  traces: v.optional(v.array(trace)),
  search: v.record(v.string(), search),
  work: v.optional(v.strictObject({ version: v.literal(1), total: counts, rungs: v.record(v.string(), counts) })),
  diagnostics: v.optional(diagnosticsSchema),
  options: v.record(v.string(), v.unknown()),
  interrupted: v.optional(v.literal(true)),
  interruptedBy: v.optional(v.string()),
  environment: v.record(v.string(), scalar),
  timing: v.strictObject({
    seconds: finite,
    rungs: v.record(v.string(), v.strictObject({ fitMilliseconds: maybe, predictMicroseconds: v.nullable(latency) })),
  }),
});

/** @throws ArtifactError naming the first member that does not fit. */
export function checkArtifact(value: unknown): Artifact {
  const artifact = checked("benchmark", BENCHMARK_SCHEMA, benchmarkSchema, upgraded(value));
  const { champion, ladder } = artifact;
  if (!ladder.some(({ rung }) => rung === champion.rung))
    throw new ArtifactError(
      `this benchmark is damaged at champion.rung: wanted a rung of the ladder, got ${JSON.stringify(champion.rung)}`,
    );
  return artifact;
}

/** Version 1 called two members otherwise. */
function upgraded(value: unknown): unknown {
  const { schema, label_metric: labelMetric, left: skipped, ...members } = (value ?? {}) as Record<string, unknown>;
  if (schema !== "tabular-baseline/benchmark/1") return value;
  return { schema: BENCHMARK_SCHEMA, labelMetric, skipped, ...members };
}
