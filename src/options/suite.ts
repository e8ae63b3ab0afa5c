/** What a suite file may say: of itself, of a dataset, of a challenger. The check of the file and its published schema come from these. */
import type { Kind, OptionRecord } from "./contract.ts";
import { dataOptions } from "./data.ts";
import { schemaInFile } from "./in-file.ts";
import { budgetOptions, judgingOptions, vetoOptions } from "./judging.ts";
import { choice, flag, given, label, number, seconds, table, text, texts, whole } from "./kinds.ts";
import { modelOptions, runOptions, splitOptions } from "./training.ts";

/** What a suite settles itself, for all datasets alike. */
const SETTLED = new Set(["workers", "redact", "sealHoldout", "sealed", "mute", "declare", "data"]);

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

function object(records: readonly OptionRecord[], wanted: string, others?: object): Kind {
  return { ...given(wanted, isObject), schema: objectSchema(records, others) };
}

function list(wanted: string, items: object): Kind {
  return { ...given(wanted, Array.isArray), schema: { type: "array", items } };
}

/** JSON Schema of an object with these members. @param others Schema of members by any other name; default: there are none. */
export function objectSchema(
  records: readonly OptionRecord[],
  others: object | false = false,
): Readonly<Record<string, unknown>> {
  return {
    type: "object",
    properties: Object.fromEntries(
      records.map(({ key, help, kind }) => [key, { description: help, ...schemaInFile(kind) }]),
    ),
    additionalProperties: others,
  };
}

const GROWTH = /^(same|any|\d+(\.\d+)? ?%)$/;
const VERDICTS = ["JUSTIFIED", "NOT JUSTIFIED", "INCONCLUSIVE"] as const;
const bounds = {
  type: "object",
  properties: { min: { type: "number" }, max: { type: "number" } },
  additionalProperties: false,
};
/** How much more is accepted: `same`, a share, `any`. */
const growth: Kind = {
  ...given(
    'a share such as 0.1 or "10%", "same" or "any"',
    (value) => (typeof value === "number" && value >= 0) || (typeof value === "string" && GROWTH.test(value)),
  ),
  schema: {
    anyOf: [
      { type: "number", minimum: 0 },
      { type: "string", pattern: GROWTH.source },
    ],
  },
};

/** From when on a difference to an earlier bench counts. */
export const thresholdOptions: readonly OptionRecord[] = [
  {
    group: "Thresholds",
    key: "score",
    kind: label,
    help: "a loss of score up to this does not count: 0.01 in the metric's unit, 1% of the loss (default: 0.1 % of the loss, 0.001 for scores)",
  },
  {
    group: "Thresholds",
    key: "alpha",
    kind: number,
    help: "chance of a false alarm over all datasets (default: 0.05)",
  },
  {
    group: "Thresholds",
    key: "work",
    kind: growth,
    help: 'growth of the work done that is accepted: "same" (default), 10%, or "any"',
  },
  {
    group: "Thresholds",
    key: "size",
    kind: growth,
    help: 'growth of a model file that is accepted (default: 10%), "same" or "any"',
  },
  {
    group: "Thresholds",
    key: "time",
    kind: growth,
    help: "growth of the CPU time to train that is accepted, with --time (default: 50%)",
  },
];

const verdict: OptionRecord = {
  group: "Expectations",
  key: "verdict",
  kind: choice(...VERDICTS),
  help: "the verdict on the challenger (of a dataset: on each of its challengers)",
};

/** What has to be so; any other key is a metric with `min` and `max`: of the champion, or of the challenger. */
export const expectOptions: readonly OptionRecord[] = [
  verdict,
  { group: "Expectations", key: "champion", kind: text, help: "the rung that is the champion" },
  {
    group: "Expectations",
    key: "work",
    kind: choice("same"),
    help: "the work done is that of the earlier bench, exactly",
  },
  { group: "Expectations", key: "data", kind: choice("same"), help: "the data are those of the earlier bench" },
];

const expect = (records: readonly OptionRecord[]): OptionRecord => ({
  group: "Suite",
  key: "expect",
  kind: object(records, 'an object such as { "log_loss": { "max": 0.45 } }', bounds),
  help: "what has to be so, or bench ends with code 1; a metric has min, max or both",
});

export const challengerKeys: readonly OptionRecord[] = [
  {
    group: "Challenger",
    key: "name",
    kind: text,
    help: "what it is called (default: the file's name, or that of the built-in)",
  },
  { group: "Challenger", key: "predictions", kind: table, help: "its predictions, as compare reads them" },
  {
    group: "Challenger",
    key: "builtin",
    kind: text,
    help: "search and train this one as a baseline is: boosting, forest, ...",
  },
  {
    group: "Challenger",
    key: "command",
    kind: text,
    starts: true,
    help: "train it with a command: 'python train.py {train} {test} {out}'; only in a suite file that was named",
  },
  {
    group: "Challenger",
    key: "commandLimit",
    kind: seconds,
    help: "time limit for one run of the command (default: 1h)",
  },
  {
    group: "Challenger",
    key: "seeds",
    kind: whole(1),
    help: "train a command or a built-in this many times and average",
  },
  { group: "Challenger", key: "withFolds", kind: flag, help: "also train it once per fold, beside the held-out rows" },
  expect([verdict]),
];

/** Options of `train` and `compare` that a dataset may have. */
export const datasetOptions: readonly OptionRecord[] = [
  ...dataOptions,
  ...splitOptions,
  ...modelOptions,
  ...runOptions,
  ...judgingOptions,
  ...budgetOptions,
  ...vetoOptions,
].filter(
  ({ key, only }, i, all) => only === undefined && !SETTLED.has(key) && all.findIndex((o) => o.key === key) === i,
);

const thresholds: OptionRecord = {
  group: "Suite",
  key: "thresholds",
  kind: object(thresholdOptions, "an object of thresholds"),
  help: "from when on a difference to an earlier bench counts",
};

const challengers: OptionRecord = {
  group: "Suite",
  key: "challengers",
  kind: list("a list of challengers", { anyOf: [{ type: "string" }, objectSchema(challengerKeys)] }),
  help: "models to be judged against the ladder: predictions files, built-ins, commands",
};

/** Of a dataset, beside its options; all but `name` and `data` may stand in `defaults` too. */
export const datasetKeys: readonly OptionRecord[] = [
  { group: "Suite", key: "name", kind: text, help: "what it is called, once in a suite (default: the file's name)" },
  { group: "Suite", key: "data", kind: table, help: "the table, from where the suite file lies" },
  challengers,
  expect(expectOptions),
  thresholds,
  ...datasetOptions,
];

export const defaultKeys: readonly OptionRecord[] = datasetKeys.filter(({ key }) => key !== "name" && key !== "data");

export const suiteKeys: readonly OptionRecord[] = [
  {
    group: "Suite",
    key: "include",
    kind: texts,
    help: "other suites, or folders of tables, whose datasets come first; with their own defaults",
  },
  {
    group: "Suite",
    key: "defaults",
    kind: object(defaultKeys, "an object of options"),
    help: "what holds for each dataset that does not say otherwise",
  },
  { group: "Suite", key: "thresholds", kind: thresholds.kind, help: thresholds.help },
  {
    group: "Suite",
    key: "datasets",
    kind: list("a list of datasets", objectSchema(datasetKeys)),
    help: "the tables, each with its options",
  },
];

/** What the command line says of a whole run. */
export const benchOptions: readonly OptionRecord[] = [
  {
    group: "Suite",
    key: "previous",
    flag: "against",
    value: "bench",
    kind: text,
    help: "an earlier bench (its folder, bench.json, or main:folder in git): tell what got better, worse or bigger since",
  },
  { group: "Suite", key: "only", value: "names", kind: texts, help: "datasets to run, by name" },
  {
    group: "Suite",
    key: "shard",
    value: "i/n",
    kind: text,
    help: "run every n-th dataset, from the i-th on; bench merge joins the parts",
  },
  {
    group: "Suite",
    key: "times",
    flag: "time",
    kind: flag,
    help: "with --against: times to train count too; both programs are run in turn, 7 times per dataset",
  },
  {
    group: "Suite",
    key: "earlierProgram",
    flag: "program",
    value: "folder",
    kind: text,
    help: "with --time: the package that made the earlier bench (the folder of its package.json), as built",
  },
];

/** How a suite is run: changes no result. */
export const suiteRunOptions: readonly OptionRecord[] = [
  { group: "Run", key: "failFast", kind: flag, help: "start no further dataset after one has failed" },
  {
    group: "Run",
    key: "timeLimit",
    value: "duration",
    kind: seconds,
    help: "give up a dataset after this long, such as 10m",
  },
  {
    group: "Run",
    key: "cache",
    value: "folder",
    kind: text,
    help: "where benchmarks are kept by content (default: .baseline-cache)",
  },
  {
    group: "Run",
    key: "cacheDays",
    value: "days",
    kind: whole(1),
    help: "remove from the cache what no run has used for so many days (default: 30)",
  },
];
