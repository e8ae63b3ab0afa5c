import * as v from "valibot";
import {
  BENCH_SCHEMA,
  type AcrossDatasets,
  type Against,
  type BenchChallenger,
  type BenchDataset,
  type BenchDocument,
  type BenchResult,
  type BenchScore,
  type BenchWork,
  type Change,
  type ChallengerResult,
  type DatasetTiming,
  type Expectation,
} from "../bench.ts";
import { across, overall } from "./across.ts";
import { checked } from "./check.ts";
import { count, digest, finite, maybe, params, scalar } from "./parts.ts";

const maybeText = v.nullable(v.string());
const part = v.picklist(["holdout", "folds"]);
const counts = v.record(v.string(), count);

const score: v.GenericSchema<BenchScore> = v.strictObject({ value: maybe, lower: maybe, upper: maybe, level: finite });
const scores = v.record(v.string(), score);

const work: v.GenericSchema<BenchWork> = v.strictObject({
  version: count,
  total: counts,
  rungs: v.record(v.string(), counts),
});

const result: v.GenericSchema<BenchResult> = v.strictObject({
  data: v.strictObject({ name: v.string(), rows: count, sha256: digest, fingerprint: digest }),
  target: v.string(),
  task: v.picklist(["binary", "multiclass", "regression"]),
  metric: v.strictObject({ name: v.string(), direction: v.picklist(["minimize", "maximize"]) }),
  part,
  splits: v.strictObject({ kind: v.string(), seed: v.string(), fingerprint: digest, rows: counts }),
  champion: v.string(),
  rungs: v.array(
    v.strictObject({
      rung: v.string(),
      role: v.picklist(["baseline", "challenger", "reference"]),
      status: v.picklist(["ok", "failed"]),
      reason: maybeText,
      params,
      scores,
      bytes: v.nullable(count),
      answers: digest,
    }),
  ),
  work: v.nullable(work),
  rows: digest,
});

const challengerResult: v.GenericSchema<ChallengerResult> = v.strictObject({
  verdict: v.picklist(["JUSTIFIED", "NOT JUSTIFIED", "INCONCLUSIVE"]),
  sublabel: maybeText,
  reason: maybeText,
  metric: v.string(),
  part,
  score: maybe,
  scores,
  baseline: v.string(),
  gain: maybe,
  lower: maybe,
  upper: maybe,
  margin: v.strictObject({ value: finite, kind: v.picklist(["absolute", "relative"]), assumed: v.boolean() }),
  p: finite,
  budgets: v.array(v.strictObject({ quantity: v.string(), outcome: v.picklist(["within", "over", "uncertain"]) })),
  vetoes: v.array(v.string()),
  refusals: v.optional(v.array(v.picklist(["must-pass", "slice", "fairness"]))),
  sentence: v.string(),
  answers: digest,
  rows: digest,
});

const challenger: v.GenericSchema<BenchChallenger> = v.strictObject({
  name: v.string(),
  source: v.picklist(["predictions", "builtin", "command"]),
  status: v.picklist(["ok", "failed"]),
  reason: maybeText,
  result: v.nullable(challengerResult),
});

const expectation: v.GenericSchema<Expectation> = v.strictObject({
  challenger: maybeText,
  what: v.string(),
  wanted: v.string(),
  found: v.string(),
  met: v.boolean(),
});

const dataset: v.GenericSchema<BenchDataset> = v.strictObject({
  name: v.string(),
  status: v.picklist(["ok", "failed", "skipped"]),
  reason: maybeText,
  options: v.nullable(digest),
  result: v.nullable(result),
  challengers: v.array(challenger),
  expectations: v.array(expectation),
  thresholds: v.strictObject({
    score: v.nullable(v.strictObject({ value: finite, kind: v.picklist(["absolute", "relative"]) })),
    alpha: finite,
    work: maybe,
    size: maybe,
    time: maybe,
  }),
});

const acrossDatasets: v.GenericSchema<AcrossDatasets> = v.strictObject({
  models: across,
  challengers: v.array(
    v.strictObject({
      overall,
      gains: v.array(v.strictObject({ dataset: v.string(), gain: maybe, lower: maybe, upper: maybe })),
    }),
  ),
});

const cell = v.nullable(v.union([finite, v.string()]));
const change: v.GenericSchema<Change> = v.strictObject({
  dataset: v.string(),
  model: maybeText,
  kind: v.picklist(["score", "verdict", "work", "size", "time", "data", "champion", "status", "options", "suite"]),
  outcome: v.picklist(["better", "worse", "open", "other"]),
  before: cell,
  after: cell,
  gain: v.optional(maybe),
  lower: v.optional(maybe),
  upper: v.optional(maybe),
  p: v.optional(finite),
  relative: v.optional(v.boolean()),
  sentence: v.string(),
});

const program = v.strictObject({ package: v.string(), code: digest, node: count });

const against: v.GenericSchema<Against> = v.strictObject({
  name: v.string(),
  program,
  alpha: finite,
  datasets: count,
  same: count,
  compared: count,
  changes: v.array(change),
});

const timing: v.GenericSchema<DatasetTiming> = v.strictObject({
  seconds: finite,
  cached: v.boolean(),
  fits: v.record(v.string(), finite),
});

/** The content of `bench.json`, version 1. */
export const benchSchema: v.GenericSchema<BenchDocument> = v.strictObject({
  schema: v.literal(BENCH_SCHEMA),
  suite: v.strictObject({
    name: v.string(),
    datasets: v.array(v.string()),
    shard: v.nullable(v.strictObject({ index: count, of: count })),
  }),
  program,
  datasets: v.array(dataset),
  across: v.nullable(acrossDatasets),
  against: v.nullable(against),
  environment: v.record(v.string(), scalar),
  timing: v.strictObject({
    seconds: finite,
    datasets: v.record(v.string(), timing),
    inTurn: v.optional(v.record(v.string(), v.strictObject({ before: v.array(finite), after: v.array(finite) }))),
  }),
});

/** @throws ArtifactError naming the first member that does not fit. */
export function checkBench(value: unknown): BenchDocument {
  return checked("bench", BENCH_SCHEMA, benchSchema, value);
}
