/** Options of compare and gate. */
import { InvalidArgumentError } from "commander";
import { duration, MODEL_OPTIONS, RUN_OPTIONS, type OptionRecord } from "./options.ts";

const number = (text: string): number => {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("wanted a number.");
  return value;
};

const wholeNumber = (text: string): number => {
  const value = number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("wanted a whole number from 1.");
  return value;
};

/** The same record in every command, so that a config file's key means one thing. */
function shared(records: readonly OptionRecord[], key: string): OptionRecord {
  const found = records.find((record) => record.key === key);
  if (!found) throw new TypeError(`options: there is no record ${key}`);
  return found;
}

/** What decides and how much of it has to be gained. */
export const JUDGING_OPTIONS: readonly OptionRecord[] = [
  shared(MODEL_OPTIONS, "metric"),
  {
    group: "Judging",
    key: "minGain",
    value: "gain",
    help: "smallest gain that matters: 0.01 in the metric's unit, 1% of what is left to gain",
  },
  {
    group: "Judging",
    key: "costMatrix",
    value: "file|costs",
    help: "judge by what decisions cost: a CSV file, or fp=1,fn=5",
  },
  {
    group: "Judging",
    key: "valuePerUnit",
    value: "money",
    parse: number,
    help: "what one unit of the metric is worth in one prediction",
  },
  {
    group: "Judging",
    key: "extraCost",
    value: "money",
    parse: number,
    help: "what one prediction of the challenger costs more",
  },
  {
    group: "Judging",
    key: "alpha",
    value: "level",
    parse: number,
    help: "chance of a wrong JUSTIFIED that is accepted (default: 0.05)",
  },
  {
    group: "Judging",
    key: "against",
    value: "whom",
    choices: ["every", "champion"],
    help: "which baselines have to be beaten (default: every)",
  },
  {
    group: "Judging",
    key: "guarantee",
    value: "kind",
    choices: ["finite-sample"],
    help: "bounds that hold for any number of rows (bounded losses only; wider)",
  },
  {
    group: "Judging",
    key: "independentRows",
    help: "the rows are independent, whatever training suspected of groups and order",
  },
  { group: "Judging", key: "sealed", value: "file", help: "truth of the held-out rows, where it was sealed" },
  shared(RUN_OPTIONS, "seed"),
];

/** Challengers that are made on the spot, and what that takes. */
export const CHALLENGER_OPTIONS: readonly OptionRecord[] = [
  {
    group: "Challengers",
    key: "command",
    starts: true,
    value: "line",
    help: "train it with a command: 'python train.py {train} {test} {out}', also {seed}",
  },
  {
    group: "Challengers",
    key: "builtin",
    value: "names",
    list: true,
    help: "search and train these as a baseline is: boosting, forest, ...",
  },
  { group: "Challengers", key: "data", value: "file", help: "the table that the benchmark was trained on" },
  { group: "Challengers", key: "test", value: "file", help: "the separate test table, where it lies elsewhere now" },
  {
    group: "Challengers",
    key: "seeds",
    value: "n",
    parse: wholeNumber,
    help: "train a command or a built-in this many times and average (default: 1)",
  },
  { group: "Challengers", key: "withFolds", help: "also train it once a fold, beside the held-out rows" },
  {
    group: "Challengers",
    key: "commandLimit",
    value: "duration",
    parse: duration,
    help: "of each run of the command, such as 10m (default: 1h)",
  },
  shared(MODEL_OPTIONS, "trials"),
  shared(RUN_OPTIONS, "workers"),
];

/** What can only take a yes away. */
export const VETO_OPTIONS: readonly OptionRecord[] = [
  {
    group: "Vetoes",
    key: "mustPass",
    value: "csv",
    help: "cases it has to get right: inputs (or row) and expected, expected_min, expected_max",
  },
  {
    group: "Vetoes",
    key: "slices",
    value: "columns",
    list: true,
    help: "columns by whose levels no part of the rows may lose (needs --data)",
  },
  {
    group: "Vetoes",
    key: "protect",
    value: "columns",
    list: true,
    help: "columns of groups to be treated no less evenly than the champion does (needs --data)",
  },
];

/** Limits on what a challenger may cost. */
export const BUDGET_OPTIONS: readonly OptionRecord[] = [
  {
    group: "Budgets",
    key: "maxLatencyP50",
    value: "limit",
    help: "median time to predict a row: 200us, or 2x the champion's",
  },
  {
    group: "Budgets",
    key: "maxLatencyP95",
    value: "limit",
    help: "the same for 95 % of the batches",
  },
  { group: "Budgets", key: "maxSize", value: "limit", help: "size of the model: 5MB, or 10x the champion's" },
  { group: "Budgets", key: "maxMemory", value: "limit", help: "memory it takes: 500MB, or 2x" },
  { group: "Budgets", key: "maxTrainingTime", value: "limit", help: "time to train it: 10m, or 20x" },
  {
    group: "Budgets",
    key: "declare",
    value: "costs",
    list: true,
    help: "costs of a predictions file that cannot be measured here: size=3MB,latency-p95=4ms",
  },
];

/** How often a holdout may be asked, and what it says. */
export const GATE_OPTIONS: readonly OptionRecord[] = [
  {
    group: "Gate",
    key: "mode",
    value: "mode",
    choices: ["strict", "open", "shard"],
    help: "strict: PASS or NO PASS; open: scores, no guarantee; shard: fresh rows a run (default: strict)",
  },
  {
    group: "Gate",
    key: "budget",
    value: "n",
    parse: wholeNumber,
    help: "runs that the holdout has room for (default: 20)",
  },
  {
    group: "Gate",
    key: "ledger",
    value: "file",
    help: "record of all runs (default: beside the benchmark, or the sealed file)",
  },
  { group: "Gate", key: "requireLedger", help: "refuse to begin a new ledger" },
  {
    group: "Gate",
    key: "knownRuns",
    value: "n",
    parse: wholeNumber,
    help: "runs known from elsewhere: a ledger with fewer is refused",
  },
  {
    group: "Gate",
    key: "anchor",
    value: "file|git ref",
    help: "an earlier copy of the ledger that it has to continue",
  },
];
