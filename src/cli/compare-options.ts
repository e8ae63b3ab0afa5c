/** Options of compare and gate. */
import { InvalidArgumentError } from "commander";
import { MODEL_OPTIONS, RUN_OPTIONS, type OptionRecord } from "./options.ts";

const number = (text: string): number => {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("wanted a number.");
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
  { group: "Judging", key: "sealed", value: "file", help: "truth of the held-out rows, where it was sealed" },
  shared(RUN_OPTIONS, "seed"),
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
];

const runs = (text: string): number => {
  const value = number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("wanted a whole number from 1.");
  return value;
};

/** How often a holdout may be asked, and what it says. */
export const GATE_OPTIONS: readonly OptionRecord[] = [
  {
    group: "Gate",
    key: "mode",
    value: "mode",
    choices: ["strict", "open", "shard"],
    help: "strict: PASS or NO PASS; open: scores, no guarantee; shard: fresh rows a run (default: strict)",
  },
  { group: "Gate", key: "budget", value: "n", parse: runs, help: "runs that the holdout has room for (default: 20)" },
  {
    group: "Gate",
    key: "ledger",
    value: "file",
    help: "record of all runs (default: beside the benchmark, or the sealed file)",
  },
];
