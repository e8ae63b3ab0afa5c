/** Command-line options as records: parsing, help and the config file's keys all come from here. */
import { InvalidArgumentError, Option } from "commander";
import { GIVEN_KINDS } from "../data/read/options.ts";

export interface OptionRecord {
  /** Key in the config file and in the API; the flag is its kebab-case form. */
  readonly key: string;
  /** `--flag <value>` is shown with this word; absent: a switch. */
  readonly value?: string;
  readonly help: string;
  /** May be given several times; each value may hold several, separated by commas and quoted as in CSV. */
  readonly list?: boolean;
  readonly choices?: readonly string[];
  /** Turns the text into the value of the key; throws with what is wrong. */
  readonly parse?: (text: string) => unknown;
  /** A switch with a `--no-` twin. `only`: just the twin exists. */
  readonly negatable?: "both" | "only";
  readonly group: string;
  /** It starts a program: taken from the command line, or from a config file that was named there. */
  readonly starts?: true;
}

const whole =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || text.trim() === "")
      throw new InvalidArgumentError(`wanted a whole number from ${least}.`);
    return value;
  };

const share = (text: string): number => {
  const value = text.trim().endsWith("%") ? Number(text.trim().slice(0, -1)) / 100 : Number(text);
  if (!(value >= 0 && value < 1) || text.trim() === "")
    throw new InvalidArgumentError("wanted a share from 0 up to 1, such as 0.2 or 20%.");
  return value;
};

const UNITS: Record<string, number> = { "": 1, s: 1, m: 60, min: 60, h: 3600 };

/** Seconds from `90`, `90s`, `5m`, `1h`. */
export const duration = (text: string): number => {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*(s|m|min|h)?\s*$/.exec(text) ?? [];
  if (amount === undefined) throw new InvalidArgumentError("wanted a duration such as 90, 90s, 5m or 1h.");
  return Number(amount) * UNITS[unit ?? ""];
};

/** `\t` and names of delimiters that shells make hard to type. */
const character = (text: string): string =>
  ({ "\\t": "\t", tab: "\t", comma: ",", semicolon: ";", space: " " })[text] ?? text;

/** Values separated by commas; a value with a comma stands in double quotes, a quote in it is doubled. */
export function splitList(text: string): string[] {
  const out: string[] = [];
  const cell = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(,|$)/y;
  for (;;) {
    const found = cell.exec(text);
    if (!found)
      throw new InvalidArgumentError(
        `cannot read the list ${JSON.stringify(text)}: a name with a comma needs double quotes around it.`,
      );
    out.push(found[1] === undefined ? found[2].trim() : found[1].replaceAll('""', '"'));
    if (found[3] === "") return out.filter((name) => name !== "");
  }
}

/** `name=kind,...` to a record of pairs. */
const types = (text: string): [string, string][] =>
  splitList(text).map((pair) => {
    const at = pair.lastIndexOf("=");
    if (at < 1) throw new InvalidArgumentError(`wanted name=kind, got ${JSON.stringify(pair)}.`);
    const kind = pair.slice(at + 1);
    if (!(GIVEN_KINDS as readonly string[]).includes(kind))
      throw new InvalidArgumentError(
        `there is no kind ${JSON.stringify(kind)}; the kinds are ${GIVEN_KINDS.join(", ")}.`,
      );
    return [pair.slice(0, at), kind];
  });

/** How a table is read and what its columns mean. */
export const DATA_OPTIONS: readonly OptionRecord[] = [
  {
    group: "Data",
    key: "target",
    value: "column",
    help: "column to predict (default: one named target, label, class or y, else the last)",
  },
  {
    group: "Data",
    key: "task",
    value: "task",
    choices: ["binary", "multiclass", "regression"],
    help: "kind of target (default: from its values)",
  },
  {
    group: "Data",
    key: "positive",
    value: "class",
    help: "positive class of a binary target (default: the last in order)",
  },
  { group: "Data", key: "id", value: "column", help: "column that names each row" },
  { group: "Data", key: "group", value: "column", help: "rows of one group never stand on both sides of a split" },
  { group: "Data", key: "time", value: "column|@row", help: "order of time: earlier rows train, later ones score" },
  { group: "Data", key: "ignore", value: "columns", list: true, help: "columns to leave out" },
  { group: "Data", key: "weight", value: "column", help: "column of row weights (used in fitting)" },
  {
    group: "Data",
    key: "types",
    value: "name=kind,...",
    parse: types,
    list: true,
    help: `kinds of columns: ${GIVEN_KINDS.join(", ")} (dmy, mdy, ymd: dates in that order)`,
  },
  { group: "Reading", key: "header", negatable: "both", help: "the first line names the columns (default: detected)" },
  {
    group: "Reading",
    key: "delimiter",
    value: "text",
    parse: character,
    help: "between cells (default: detected); tab is \\t",
  },
  { group: "Reading", key: "decimal", value: "mark", choices: [".", ","], help: "decimal mark (default: detected)" },
  { group: "Reading", key: "thousands", value: "mark", help: "thousands separator (default: detected)" },
  { group: "Reading", key: "encoding", value: "name", help: "text encoding (default: detected)" },
  { group: "Reading", key: "na", value: "values", list: true, help: "texts that mean missing, beside the usual ones" },
  {
    group: "Reading",
    key: "keepNa",
    value: "values",
    list: true,
    help: "texts that are values though they usually mean missing, such as NA or y=-",
  },
  { group: "Reading", key: "quote", value: "character", help: "quote character, '' for none (default: detected)" },
  {
    group: "Reading",
    key: "escape",
    value: "character",
    help: "escape character inside quotes (default: detected, mostly the quote, doubled)",
  },
  {
    group: "Reading",
    key: "skip",
    value: "lines",
    parse: whole(0),
    help: "lines at the start of the file that are no part of the table",
  },
  { group: "Reading", key: "comment", value: "character", help: "lines that start with it are skipped" },
  { group: "Reading", key: "skipBadLines", help: "leave out records with too few or too many cells, and count them" },
  {
    group: "Reading",
    key: "oddRecords",
    value: "what",
    choices: ["drop", "keep"],
    help: "records that repeat the header or hold units or totals: drop also those that may be data, or keep all (default: the sure ones are left out)",
  },
];

export const SPLIT_OPTIONS: readonly OptionRecord[] = [
  { group: "Splits", key: "folds", value: "n", parse: whole(2), help: "folds of cross-validation (default: 5)" },
  {
    group: "Splits",
    key: "repeats",
    value: "n",
    parse: whole(1),
    help: "times the folds are dealt afresh (default: 1, or 10 below 500 rows)",
  },
  {
    group: "Splits",
    key: "holdout",
    value: "share",
    parse: share,
    help: "share of rows held out (default: 0.2, or 0 below 500 rows)",
  },
  { group: "Splits", key: "test", value: "file", help: "a separate table to score on instead of a holdout" },
  {
    group: "Splits",
    key: "splits",
    value: "csv",
    help: "take folds (and parts) from this file, as splits.csv has them",
  },
  {
    group: "Splits",
    key: "splitKind",
    value: "kind",
    choices: ["kfold", "expanding"],
    help: "expanding: train on earlier folds only (default with --time)",
  },
  {
    group: "Splits",
    key: "nested",
    value: "when",
    choices: ["always", "never", "auto"],
    help: "search again inside every fold (default: auto, up to 100,000 cells)",
  },
  { group: "Splits", key: "groupDuplicates", help: "keep identical rows on one side of every split" },
];

export const MODEL_OPTIONS: readonly OptionRecord[] = [
  { group: "Models", key: "models", value: "names", list: true, help: "rungs to train (default: the whole ladder)" },
  {
    group: "Models",
    key: "rule",
    value: "CEL",
    help: 'the rule in use today, as an expression: \'age > 60 ? "yes" : "no"\'',
  },
  {
    group: "Models",
    key: "ruleColumn",
    value: "column",
    help: "column with today's answers (left out of the features)",
  },
  {
    group: "Models",
    key: "metric",
    value: "name",
    help: "metric that decides (default: log_loss, or rmse for numbers)",
  },
  { group: "Models", key: "weightMetrics", help: "use the weights in metrics too" },
  {
    group: "Models",
    key: "trials",
    value: "n",
    parse: whole(1),
    help: "configurations tried a rung (default: by the size of its space)",
  },
  {
    group: "Models",
    key: "sampler",
    value: "name",
    choices: ["auto", "tpe", "random", "sobol"],
    help: "how configurations are proposed (default: auto)",
  },
  { group: "Models", key: "racing", negatable: "only", help: "run every fold of every trial" },
];

export const RUN_OPTIONS: readonly OptionRecord[] = [
  { group: "Run", key: "seed", value: "seed", help: "names all randomness (default: 0)" },
  {
    group: "Run",
    key: "timeLimit",
    value: "duration",
    parse: duration,
    help: "stop after this long and say what is missing, such as 10m",
  },
  { group: "Run", key: "workers", value: "n", parse: whole(1), help: "threads (default: cores); changes no result" },
  { group: "Run", key: "resume", help: "take up an interrupted run where it stopped" },
  { group: "Run", key: "out", value: "folder", help: "where the benchmark goes (default: baseline-out)" },
  { group: "Run", key: "force", help: "replace the benchmark of other data in --out" },
  { group: "Run", key: "exportSplits", help: "also write train.csv and holdout.csv for challengers" },
  { group: "Run", key: "sealHoldout", help: "keep holdout truth and predictions in a separate file" },
  { group: "Run", key: "mute", value: "findings", list: true, help: "findings to leave out of reports, such as B401" },
  { group: "Run", key: "redact", help: "write no data rows into any output" },
];

/** Every command has these. */
export const COMMON_OPTIONS: readonly OptionRecord[] = [
  { group: "Output", key: "json", help: "print the result as one JSON document" },
  { group: "Output", key: "quiet", help: "no progress and no warnings on stderr" },
  { group: "Output", key: "color", negatable: "only", help: "no colour" },
  { group: "Output", key: "debug", help: "show stack traces" },
  {
    group: "Output",
    key: "config",
    value: "file",
    help: "options from a file (default: baseline.config.json where it exists)",
  },
];

const kebab = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The options of commander that a record stands for. */
export function commanderOptions(record: OptionRecord): Option[] {
  const flag = kebab(record.key);
  const make = (flags: string, help: string): Option => new Option(flags, help).helpGroup(`${record.group}:`);
  if (record.value === undefined) {
    const on = make(`--${flag}`, record.help);
    const off = make(`--no-${flag}`, record.negatable === "only" ? record.help : `the opposite of --${flag}`);
    return record.negatable === "both" ? [on, off] : record.negatable === "only" ? [off] : [on];
  }
  const option = make(`--${flag} <${record.value}>`, record.help);
  if (record.choices) option.choices(record.choices);
  if (record.list) {
    const parse = record.parse ?? splitList;
    option.argParser((text, before: unknown[] | undefined) => [...(before ?? []), ...(parse(text) as unknown[])]);
  } else if (record.parse) option.argParser(record.parse);
  return [option];
}
