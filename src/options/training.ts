/** What is trained, on which splits, and how the run goes about it. */
import type { OptionRecord } from "./contract.ts";
import { workersOption } from "./data.ts";
import { choice, flag, given, label, seconds, share, table, text, texts, whole } from "./kinds.ts";

export const splitOptions: readonly OptionRecord[] = [
  { group: "Splits", key: "folds", value: "n", kind: whole(2), help: "folds of cross-validation (default: 5)" },
  {
    group: "Splits",
    key: "repeats",
    value: "n",
    kind: whole(1),
    help: "number of repeats of cross-validation (default: 1; below 500 rows 2 to 10, as many as it takes to settle the champion)",
  },
  {
    group: "Splits",
    key: "holdout",
    value: "share",
    kind: share,
    help: "share of rows held out (default: 0.2, or 0 below 500 rows)",
  },
  {
    group: "Splits",
    key: "test",
    value: "file",
    kind: table,
    help: "a separate table to score on instead of a holdout",
  },
  {
    group: "Splits",
    key: "splits",
    value: "csv",
    kind: table,
    help: "take folds (and parts) from this file, as splits.csv has them",
  },
  {
    group: "Splits",
    key: "splitKind",
    value: "kind",
    kind: choice("kfold", "expanding"),
    help: "expanding: train on earlier folds only (default with --time)",
  },
  {
    group: "Splits",
    key: "nested",
    value: "when",
    kind: choice("always", "never", "auto"),
    help: "search again inside every fold (default: auto, up to 100,000 cells, and 1,000,000 cells x classes)",
  },
  { group: "Splits", key: "groupDuplicates", kind: flag, help: "keep identical rows on one side of every split" },
];

/** Shared by whatever a metric can be named to. */
export const ownMetricsOption: OptionRecord = {
  group: "Models",
  key: "metrics",
  only: "api",
  kind: given("a list of metrics", Array.isArray),
  help: "metrics of your own beside those of the registry",
};

export const metricOption: OptionRecord = {
  group: "Models",
  key: "metric",
  value: "name",
  kind: text,
  help: "metric that decides (default: log_loss, or rmse for numbers)",
};

export const trialsOption: OptionRecord = {
  group: "Models",
  key: "trials",
  value: "n",
  kind: whole(1),
  help: "configurations tried per rung (default: by the size of its space)",
};

export const modelOptions: readonly OptionRecord[] = [
  { group: "Models", key: "models", value: "names", kind: texts, help: "rungs to train (default: the whole ladder)" },
  {
    group: "Models",
    key: "rule",
    value: "CEL",
    kind: text,
    help: 'the rule in use today, as an expression: \'age > 60 ? "yes" : "no"\'',
  },
  {
    group: "Models",
    key: "ruleColumn",
    value: "column",
    kind: text,
    help: "column with today's answers (left out of the features)",
  },
  metricOption,
  { group: "Models", key: "weightMetrics", kind: flag, help: "use the weights in metrics too" },
  trialsOption,
  {
    group: "Models",
    key: "sampler",
    value: "name",
    kind: choice("auto", "tpe", "random", "sobol"),
    help: "how configurations are proposed (default: auto)",
  },
  { group: "Models", key: "racing", kind: flag, negatable: "only", help: "run every fold of every trial" },
  {
    group: "Models",
    key: "estimators",
    only: "api",
    kind: given("a list of estimators", Array.isArray),
    help: "estimators of your own beside those of the registry, or { module } where they lie",
  },
  ownMetricsOption,
];

export const seedOption: OptionRecord = {
  group: "Run",
  key: "seed",
  value: "seed",
  kind: label,
  help: "random seed (default: 0)",
};

export const runOptions: readonly OptionRecord[] = [
  seedOption,
  {
    group: "Run",
    key: "timeLimit",
    value: "duration",
    kind: seconds,
    help: "stop after this long and say what is missing, such as 10m",
  },
  workersOption,
  { group: "Run", key: "resume", only: "program", kind: flag, help: "take up an interrupted run where it stopped" },
  {
    group: "Run",
    key: "out",
    value: "folder",
    only: "program",
    kind: text,
    help: "where the benchmark goes (default: baseline-out)",
  },
  { group: "Run", key: "force", only: "program", kind: flag, help: "replace the benchmark of other data in --out" },
  {
    group: "Run",
    key: "exportSplits",
    only: "program",
    kind: flag,
    help: "also write train.csv and holdout.csv for challengers",
  },
  { group: "Run", key: "sealHoldout", kind: flag, help: "keep holdout truth and predictions in a separate file" },
  { group: "Run", key: "mute", value: "findings", kind: texts, help: "findings to leave out of reports, such as B401" },
  { group: "Run", key: "redact", kind: flag, help: "write no data rows into any output" },
];

/** All that `train` takes beside the table. */
export const trainingOptions: readonly OptionRecord[] = [...splitOptions, ...modelOptions, ...runOptions];
