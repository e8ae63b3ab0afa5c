/** Setting up a project: what is known of its table becomes options, a check in CI, cases to pass and questions. */
import { join } from "node:path";
import type { Warning } from "../frame/warning.ts";
import { isStated } from "../error.ts";
import { cardDocument } from "../report/card.ts";
import { markdown } from "../report/formats/markdown.ts";
import type { Inspection } from "../report/inspection.ts";
import { checkOptions } from "../options/check.ts";
import type { OptionRecord } from "../options/contract.ts";
import { dataOptions } from "../options/data.ts";
import { flag, text } from "../options/kinds.ts";
import type { SchemaOptions } from "../schema/schema.ts";
import { typesOf, type ReadOptions } from "../table/options.ts";
import { inspect } from "../benchmark/inspect.ts";
import type { TrainOptions } from "../intake/options.ts";
import { packageAndVersion } from "../benchmark/package.ts";
import { trainBenchmark } from "../benchmark/train.ts";
import { configDraft, workflowDraft, type Settings } from "./drafts.ts";
import { requireWritable, STAMP, writeDrafts, type Draft, type Outcome } from "./files.ts";
import { findData } from "./find-data.ts";
import { mustPassDraft } from "./must-pass.ts";

/** Columns that might hold groups, or the order of time, by the first warning that says so. */
export function suspectedOf(
  warnings: readonly Warning[],
): { readonly key: "group" | "time"; readonly column: string } | undefined {
  for (const { code, column } of warnings) {
    if (column === undefined) continue;
    if (code === "group-suspected") return { key: "group", column };
    if (code === "time-suspected") return { key: "time", column };
  }
  return undefined;
}

/** Seconds that the training for must-pass cases may take. */
const QUICK = 30;

/** What a project was set up with. */
export interface SetUp {
  /** What stands in `baseline.config.json`. */
  readonly settings: Settings;
  /** `kept`: it was there before and is left alone. */
  readonly files: readonly { readonly path: string; readonly outcome: Outcome }[];
  /** The command to go on with. */
  readonly next: string;
}

export interface InitOptions extends ReadOptions, SchemaOptions {
  /** The folder that is set up; default: this one. */
  readonly folder?: string;
  /** Path of the table; default: the only one in the folder. */
  readonly data?: string;
  /** The gain that is too small to matter: `0.01`, `2%`. */
  readonly minGain?: string;
  /** Rewrite files of an earlier set-up that nobody has changed. */
  readonly update?: boolean;
}

const SET_UP: readonly OptionRecord[] = [
  ...dataOptions,
  ...["folder", "data", "minGain"].map((key) => ({ group: "Set-up", key, kind: text, help: key })),
  { group: "Set-up", key: "update", kind: flag, help: "rewrite files that nobody has changed" },
];

/**
 * Sets up a project: a config file, a check in CI, must-pass cases and a card with questions for the data's owner. Nothing is
 * asked; what is inferred stands in the settings.
 *
 * @returns What was written, and `notes`: why no must-pass cases were drafted, if so.
 * @throws FolderError when there is not one table, or the folder cannot be written; DataError, OptionError as `inspect`. Cost:
 *   a quick training, at most half a minute.
 */
export async function init(options: InitOptions = {}): Promise<SetUp & { readonly notes: readonly string[] }> {
  checkOptions("init", options, SET_UP);
  const { folder = ".", data = join(folder, findData(folder)), minGain, update = false, ...reading } = options;
  requireWritable(folder);
  const inspection = await inspect(data, reading);
  const { types, ...said } = reading;
  const settings: Settings = {
    ...said,
    ...(types !== undefined && { types: Object.fromEntries(typesOf({ types })) }),
    target: inspection.target.name,
    ...(minGain !== undefined && { minGain }),
  };
  const notes: string[] = [];
  const made = await setUp(folder, data, settings, reading, inspection, update, (note) => notes.push(note));
  return { ...made, notes };
}

/** Writes the files. @param reading How the table is read. @param why Told when no cases can be drafted. */
export async function setUp(
  folder: string,
  data: string,
  settings: Settings,
  reading: TrainOptions,
  inspection: Inspection,
  update: boolean,
  why: (sentence: string) => void,
): Promise<SetUp> {
  const drafts = await draftsFor(data, settings, { ...reading, target: settings.target }, inspection, why);
  const files = writeDrafts(folder, drafts, update);
  return { settings, files, next: `baseline train ${/^[\w./-]+$/.test(data) ? data : JSON.stringify(data)}` };
}

async function draftsFor(
  data: string,
  settings: Settings,
  reading: TrainOptions,
  inspection: Inspection,
  why: (sentence: string) => void,
): Promise<readonly Draft[]> {
  const made = packageAndVersion();
  const version = made.split(" ")[1];
  const { minGain: _judging, ...schema } = settings;
  const models = inspection.target.task === "regression" ? ["linear", "tree"] : ["logistic", "tree"];
  const cases = await quickCases(data, { ...reading, ...schema, models }, why);
  return [
    configDraft(settings, version),
    workflowDraft(version),
    ...(cases ? [cases] : []),
    { path: "CARD.md", text: markdown(cardDocument(inspection, STAMP)) },
  ];
}

async function quickCases(
  data: string,
  options: TrainOptions,
  why: (sentence: string) => void,
): Promise<Draft | undefined> {
  try {
    const benchmark = await trainBenchmark(data, {
      ...options,
      repeats: 3,
      nested: "never",
      trials: 5,
      timeLimit: QUICK,
    });
    const cases = mustPassDraft(benchmark);
    if (cases === undefined) why("no row is answered well enough");
    return cases;
  } catch (error) {
    if (!isStated(error)) throw error;
    why(error.message);
    return undefined;
  }
}
