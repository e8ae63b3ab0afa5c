/** How a table is read and what its columns mean. */
import { GIVEN_KINDS } from "../table/options.ts";
import type { OptionRecord } from "./contract.ts";
import { choice, columnKinds, flag, given, label, signs, text, texts, whole } from "./kinds.ts";

/** Kinds of columns, of whatever reads a table. */
export const typesOption: OptionRecord = {
  group: "Data",
  key: "types",
  value: "name=kind,...",
  kind: columnKinds,
  help: `kinds of columns: ${GIVEN_KINDS.join(", ")} (dmy, mdy, ymd: dates in that order)`,
};

export const readingOptions: readonly OptionRecord[] = [
  {
    group: "Reading",
    key: "header",
    kind: flag,
    negatable: "both",
    help: "the first line names the columns (default: detected)",
  },
  {
    group: "Reading",
    key: "delimiter",
    value: "text",
    kind: signs,
    help: "between cells (default: detected); tab is \\t",
  },
  { group: "Reading", key: "decimal", value: "mark", kind: choice(".", ","), help: "decimal mark (default: detected)" },
  { group: "Reading", key: "thousands", value: "mark", kind: text, help: "thousands separator (default: detected)" },
  { group: "Reading", key: "encoding", value: "name", kind: text, help: "text encoding (default: detected)" },
  { group: "Reading", key: "na", value: "values", kind: texts, help: "texts that mean missing, beside the usual ones" },
  {
    group: "Reading",
    key: "keepNa",
    value: "values",
    kind: texts,
    help: "texts that are values though they usually mean missing, such as NA or y=-",
  },
  {
    group: "Reading",
    key: "quote",
    value: "character",
    kind: text,
    help: "quote character, '' for none (default: detected)",
  },
  {
    group: "Reading",
    key: "escape",
    value: "character",
    kind: text,
    help: "escape character inside quotes (default: detected, mostly the quote, doubled)",
  },
  {
    group: "Reading",
    key: "skip",
    value: "lines",
    kind: whole(0),
    help: "lines at the start of the file that are no part of the table",
  },
  { group: "Reading", key: "comment", value: "character", kind: text, help: "lines that start with it are skipped" },
  {
    group: "Reading",
    key: "skipBadLines",
    kind: flag,
    help: "leave out records with too few or too many cells, and count them",
  },
  {
    group: "Reading",
    key: "oddRecords",
    value: "what",
    kind: choice("drop", "keep"),
    help: "records that repeat the header or hold units or totals: drop also those that may be data, or keep all (default: the sure ones are left out)",
  },
  { group: "Reading", key: "name", only: "api", kind: text, help: "name of the table, for messages" },
  {
    group: "Reading",
    key: "names",
    only: "api",
    kind: texts,
    help: "names of the columns, instead of those of the header",
  },
  {
    group: "Reading",
    key: "defaultNa",
    only: "api",
    kind: flag,
    help: "whether NA, null, ? and the like mean missing",
  },
  {
    group: "Reading",
    key: "limits",
    only: "api",
    kind: given("an object of limits", (value) => typeof value === "object" && value !== null),
    help: "limits of what is read",
  },
  {
    group: "Reading",
    key: "signal",
    only: "api",
    kind: given("an AbortSignal", (value) => value instanceof AbortSignal),
    help: "ends the reading",
  },
  {
    group: "Reading",
    key: "earlier",
    only: "api",
    kind: given("the reading of an earlier table", (value) => typeof value === "object" && value !== null),
    help: "how an earlier table of this kind was read",
  },
];

export const rowOption: OptionRecord = {
  group: "Data",
  key: "row",
  value: "n",
  kind: whole(0),
  help: "number of the row, from 0 as in splits.csv (default: 0)",
};

export const workersOption: OptionRecord = {
  group: "Run",
  key: "workers",
  value: "n",
  kind: whole(1),
  help: "threads (default: cores, at most 8; one for a small table); changes no result",
};

export const schemaOptions: readonly OptionRecord[] = [
  {
    group: "Data",
    key: "target",
    value: "column",
    kind: text,
    help: "column to predict (default: one named target, label, class or y, else the last)",
  },
  {
    group: "Data",
    key: "task",
    value: "task",
    kind: choice("binary", "multiclass", "regression"),
    help: "kind of target (default: from its values)",
  },
  {
    group: "Data",
    key: "positive",
    value: "class",
    kind: label,
    help: "positive class of a binary target (default: the last in order)",
  },
  { group: "Data", key: "id", value: "column", kind: text, help: "column that names each row" },
  {
    group: "Data",
    key: "group",
    value: "column",
    kind: text,
    help: "rows of one group never stand on both sides of a split",
  },
  {
    group: "Data",
    key: "time",
    value: "column|@row",
    kind: text,
    help: "order of time: earlier rows train, later ones score",
  },
  { group: "Data", key: "ignore", value: "columns", kind: texts, help: "columns to leave out" },
  { group: "Data", key: "weight", value: "column", kind: text, help: "column of row weights (used in fitting)" },
];

/** Of every command that reads a table of its own. */
export const dataOptions: readonly OptionRecord[] = [...schemaOptions, typesOption, ...readingOptions];
