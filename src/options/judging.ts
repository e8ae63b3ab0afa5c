/** What challengers are judged by, and how they are made: options of compare and gate. */
import type { Kind, OptionRecord } from "./contract.ts";
import { workersOption } from "./data.ts";
import { choice, flag, label, number, seconds, table, text, texts, whole } from "./kinds.ts";
import { metricOption, ownMetricsOption, seedOption, trialsOption } from "./training.ts";

/** What decides and how much of it has to be gained. */
export const judgingOptions: readonly OptionRecord[] = [
  metricOption,
  ownMetricsOption,
  {
    group: "Judging",
    kind: label,
    key: "minGain",
    value: "gain",
    help: "smallest gain that matters: 0.01 in the metric's unit, 1% of what is left to gain",
  },
  {
    group: "Judging",
    kind: table,
    key: "costMatrix",
    value: "file|costs",
    help: "judge by what decisions cost: a CSV file, or fp=1,fn=5",
  },
  {
    group: "Judging",
    key: "valuePerUnit",
    value: "money",
    kind: number,
    help: "what one unit of the metric is worth in one prediction",
  },
  {
    group: "Judging",
    key: "extraCost",
    value: "money",
    kind: number,
    help: "what one prediction of the challenger costs more",
  },
  {
    group: "Judging",
    key: "alpha",
    value: "level",
    kind: number,
    help: "chance of a wrong JUSTIFIED that is accepted (default: 0.05)",
  },
  {
    group: "Judging",
    key: "against",
    value: "whom",
    kind: choice("every", "champion"),
    help: "which baselines have to be beaten (default: every)",
  },
  {
    group: "Judging",
    key: "guarantee",
    value: "kind",
    kind: choice("finite-sample"),
    help: "bounds that hold for any number of rows (bounded losses only; wider)",
  },
  {
    group: "Judging",
    key: "independentRows",
    kind: flag,
    help: "the rows are independent, whatever training suspected of groups and order",
  },
  {
    group: "Judging",
    kind: text,
    key: "sealed",
    value: "file",
    help: "truth of the held-out rows, where it was sealed",
  },
  seedOption,
];

/** Challengers that are made on the spot, and what that takes. */
export const challengerOptions: readonly OptionRecord[] = [
  {
    group: "Challengers",
    key: "command",
    only: "program",
    kind: text,
    starts: true,
    value: "line",
    help: "train it with a command: 'python train.py {train} {test} {out}', also {seed}",
  },
  {
    group: "Challengers",
    key: "builtin",
    only: "program",
    value: "names",
    kind: texts,
    help: "search and train these as a baseline is: boosting, forest, ...",
  },
  {
    group: "Challengers",
    kind: table,
    key: "data",
    value: "file",
    help: "the table that the benchmark was trained on",
  },
  {
    group: "Challengers",
    kind: table,
    key: "test",
    value: "file",
    help: "the separate test table, where it lies elsewhere now",
  },
  {
    group: "Challengers",
    key: "seeds",
    only: "program",
    value: "n",
    kind: whole(1),
    help: "train a command or a built-in this many times and average (default: 1)",
  },
  {
    group: "Challengers",
    kind: flag,
    key: "withFolds",
    only: "program",
    help: "also train it once per fold, beside the held-out rows",
  },
  {
    group: "Challengers",
    key: "commandLimit",
    only: "program",
    value: "duration",
    kind: seconds,
    help: "time limit for one run of the command, such as 10m (default: 1h)",
  },
  trialsOption,
  workersOption,
];

const isText = (value: unknown): value is string => typeof value === "string";
const hasColumn = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "column" in value && isText(value.column);

/** Of the API with limits: `{ column: "sex", difference: 0.1 }`. */
const protectedColumns: Kind = {
  ...texts,
  wanted: "a list of columns, or of columns with limits",
  accepts: (value) => Array.isArray(value) && value.every((one) => isText(one) || hasColumn(one)),
  schema: {
    type: "array",
    items: {
      anyOf: [{ type: "string" }, { type: "object", properties: { column: { type: "string" } }, required: ["column"] }],
    },
  },
};

const costs: Kind = {
  ...texts,
  wanted: "costs such as size=3MB",
  accepts: (value) => isText(value) || texts.accepts(value),
  schema: { anyOf: [{ type: "string" }, texts.schema] },
};

/** What can only take a yes away. */
export const vetoOptions: readonly OptionRecord[] = [
  {
    group: "Vetoes",
    kind: table,
    key: "mustPass",
    value: "csv",
    help: "cases it has to get right: inputs (or row) and expected, expected_min, expected_max",
  },
  {
    group: "Vetoes",
    key: "slices",
    value: "columns",
    kind: texts,
    help: "columns to slice by: no slice may get worse (needs --data)",
  },
  {
    group: "Vetoes",
    key: "protect",
    value: "columns",
    kind: protectedColumns,
    help: "protected columns: gaps between their groups must not grow (needs --data)",
  },
];

/** Limits on what a challenger may cost. */
export const budgetOptions: readonly OptionRecord[] = [
  {
    group: "Budgets",
    kind: text,
    key: "maxLatencyP50",
    value: "limit",
    help: "median time to predict a row: 200us, or 2x the champion's",
  },
  {
    group: "Budgets",
    kind: text,
    key: "maxLatencyP95",
    value: "limit",
    help: "the same for 95 % of the batches",
  },
  {
    group: "Budgets",
    kind: text,
    key: "maxSize",
    value: "limit",
    help: "size of the model: 5MB, or 10x the champion's",
  },
  { group: "Budgets", kind: text, key: "maxMemory", value: "limit", help: "memory it takes: 500MB, or 2x" },
  { group: "Budgets", kind: text, key: "maxTrainingTime", value: "limit", help: "time to train it: 10m, or 20x" },
  {
    group: "Budgets",
    key: "declare",
    value: "costs",
    kind: costs,
    help: "costs of a predictions file that cannot be measured here: size=3MB,latency-p95=4ms",
  },
];

/** How often a holdout may be asked, and what it says. */
export const gateOptions: readonly OptionRecord[] = [
  {
    group: "Gate",
    key: "mode",
    value: "mode",
    kind: choice("strict", "open", "shard"),
    help: "strict: PASS or NO PASS; open: scores, no guarantee; shard: fresh rows a run (default: strict)",
  },
  {
    group: "Gate",
    key: "budget",
    value: "n",
    kind: whole(1),
    help: "runs that the holdout has room for (default: 20)",
  },
  {
    group: "Gate",
    kind: text,
    key: "ledger",
    value: "file",
    help: "record of all runs (default: beside the benchmark, or the sealed file)",
  },
  { group: "Gate", kind: flag, key: "requireLedger", help: "refuse to begin a new ledger" },
  {
    group: "Gate",
    key: "knownRuns",
    value: "n",
    kind: whole(1),
    help: "runs known from elsewhere: a ledger with fewer is refused",
  },
  {
    group: "Gate",
    kind: text,
    key: "anchor",
    value: "file|git ref",
    help: "an earlier copy of the ledger that it has to continue",
  },
];
