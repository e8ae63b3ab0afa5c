/** The one way in for challengers: whatever they are, they come out as answers for the benchmark's rows. */
import type { Challenger, Prediction } from "../compare/verdict/contract.ts";
import type { TableSource } from "../table/read-table.ts";
import { OptionError } from "../error.ts";
import type { Loaded } from "../intake/load.ts";
import type { OpenBenchmark } from "../intake/opened.ts";
import type { BuiltinOptions } from "./builtin.ts";
import type { CommandOptions } from "./command.ts";
import type { Entrant } from "./contract.ts";
import { answeredFailures, readCases, type AskedCases } from "./must-pass.ts";
import type { FunctionOptions } from "./model-function.ts";
import type { OnnxOptions } from "./onnx.ts";
import { predictionsFile } from "./predictions-file.ts";
import { reopenData } from "./reopen-data.ts";
import { ChallengerError, type Sourced } from "./source.ts";
import type { RunProgress } from "./training-runs.ts";

/** What the run gives to every challenger; the rest is its own. */
type Given = "cases" | "prefer" | "signal" | "onProgress" | "workers";

/** Trained by a command, on files written for it. */
export type CommandSource = Omit<CommandOptions, Given>;

/** An estimator of the registry, searched and trained as a baseline is. */
export type BuiltinSource = Omit<BuiltinOptions, Given | "name"> & { readonly builtin: string };

/** A function that trains and answers, called once a part and seed. */
export type FunctionSource = Omit<FunctionOptions, Given>;

/** A trained model in an ONNX file. */
export type OnnxSource = Omit<OnnxOptions, Given | "path"> & { readonly onnx: string };

/** A table of predictions that is called something. */
export interface PredictionsTable {
  readonly name: string;
  readonly table: TableSource;
}

/**
 * A predictions file (its path, or its bytes), a table in memory, a recipe to be trained, a trained model (a path that ends in
 * `.onnx` is one), or answers as arrays.
 */
export type ChallengerSource =
  | string
  | Uint8Array
  | PredictionsTable
  | CommandSource
  | BuiltinSource
  | FunctionSource
  | OnnxSource
  | Challenger
  | Sourced;

/** What is trained or asked here, with the table. */
type Recipe = CommandSource | BuiltinSource | FunctionSource | OnnxSource;

export interface EntryOptions {
  /** The table that the benchmark was trained on: for what is trained, sliced or asked about new inputs. */
  readonly data?: TableSource;
  /** The separate test table, where it lies elsewhere now. */
  readonly test?: TableSource;
  /** Cases that a challenger has to get right, whatever it gains. */
  readonly mustPass?: TableSource;
  /** Threads of built-in challengers. Changes no answer. */
  readonly workers?: number;
}

export interface EntryHooks {
  readonly signal?: AbortSignal;
  /** In words: `boosting: trial 12/50`. */
  readonly onProgress?: (text: string) => void;
}

/** What challengers enter, with the table read at most once. */
export interface Entry {
  readonly opened: OpenBenchmark;
  readonly prefer: "labels" | "probabilities";
  /** @throws OptionError when there is none, saying what it is wanted for. */
  readonly data: (what: string) => Promise<Loaded>;
  readonly mustPass?: TableSource;
  readonly workers?: number;
  readonly hooks: EntryHooks;
}

export function openEntry(
  opened: OpenBenchmark,
  { data, test, mustPass, workers }: EntryOptions,
  prefer: Entry["prefer"],
  hooks: EntryHooks,
): Entry {
  let loaded: Promise<Loaded> | undefined;
  return {
    opened,
    prefer,
    data: (what) => {
      if (data === undefined)
        throw new OptionError(`data: ${what} needs the table that the benchmark was trained on; give it with --data`);
      return (loaded ??= reopenData(opened, data, { ...(test !== undefined && { test }) }));
    },
    ...(mustPass !== undefined && { mustPass }),
    ...(workers !== undefined && { workers }),
    hooks,
  };
}

/** All challengers, each under a name of its own: files of one name are called by their paths. */
export async function enterAll(entry: Entry, sources: readonly ChallengerSource[]): Promise<readonly Entrant[]> {
  const entrants: Entrant[] = [];
  for (const source of sources) entrants.push(await enter(entry, source));
  const count = (name: string): number => entrants.filter(({ challenger }) => challenger.name === name).length;
  const out = entrants.map((one, i) => {
    const source = sources[i];
    if (count(one.challenger.name) === 1 || typeof source !== "string") return one;
    return { ...one, challenger: { ...one.challenger, name: source } };
  });
  const names = out.map(({ challenger }) => challenger.name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new ChallengerError(`${twice}: two challengers have this name; give it once, or rename one`);
  return out;
}

async function enter(entry: Entry, source: ChallengerSource): Promise<Entrant> {
  const recipe = recipeOf(source);
  if (recipe !== undefined) return madeEntrant(entry, recipe);
  const answered = await answeredEntrant(entry, source as Exclude<ChallengerSource, Recipe>);
  if (entry.mustPass === undefined) return answered;
  const { asked, failures } = await answeredFailures(entry.opened, entry.mustPass, answered);
  return { ...answered, challenger: { ...answered.challenger, cases: asked, failures } };
}

/** What has answered already. */
async function answeredEntrant({ opened, prefer }: Entry, source: Exclude<ChallengerSource, Recipe>): Promise<Sourced> {
  if (typeof source === "string" || source instanceof Uint8Array) return predictionsFile(opened, source, { prefer });
  if ("table" in source) return predictionsFile(opened, source.table, { prefer, name: source.name });
  const made = "challenger" in source ? source : { challenger: source, notes: [] };
  requireAnswers(made.challenger, opened);
  return made;
}

/** Nothing for what has answered already. */
function recipeOf(source: ChallengerSource): Recipe | undefined {
  if (typeof source === "string") return /\.onnx$/i.test(source) ? { onnx: source } : undefined;
  const isRecipe = "command" in source || "builtin" in source || "model" in source || "onnx" in source;
  return isRecipe ? source : undefined;
}

async function madeEntrant(entry: Entry, source: Recipe): Promise<Entrant> {
  const { opened, mustPass } = entry;
  const loaded = await entry.data(called(source)[1]);
  if (mustPass === undefined) return trainedEntrant(entry, source, loaded);
  const cases = await readCases(opened, loaded, mustPass);
  const made = await trainedEntrant(entry, source, loaded, cases);
  const challenger = { ...made.challenger, cases: cases.count };
  return { ...made, challenger, notes: [...made.notes, ...cases.notes] };
}

async function trainedEntrant(entry: Entry, source: Recipe, loaded: Loaded, cases?: AskedCases): Promise<Entrant> {
  const { opened, prefer, workers } = entry;
  const { signal, onProgress: say } = entry.hooks;
  const [name] = called(source);
  const given = { ...(cases && { cases }), ...(signal && { signal }) };
  if ("onnx" in source) {
    const { onnx: path, ...rest } = source;
    say?.(`${name}: asking the model`);
    const { onnxChallenger } = await import("./onnx.ts");
    return onnxChallenger(opened, loaded, { path, ...rest, ...(cases && { cases }) });
  }
  if ("builtin" in source) {
    const { builtin, ...rest } = source;
    const { builtinChallenger } = await import("./builtin.ts"); // with all that fits
    return builtinChallenger(opened, loaded, {
      name: builtin,
      ...rest,
      ...given,
      ...(workers !== undefined && { workers }),
      ...(say && {
        onProgress: ({ seed, seeds, detail }) =>
          say(`${name}${seeds > 1 ? `, seed ${seed} of ${seeds}` : ""}: ${detail}`),
      }),
    });
  }
  const runs = {
    ...given,
    ...(say && {
      onProgress: ({ run, runs: all, title }: RunProgress) => say(`${name}: run ${run} of ${all}, ${title}`),
    }),
  };
  if ("model" in source) {
    const { functionChallenger } = await import("./model-function.ts");
    return functionChallenger(opened, loaded, { ...source, ...runs });
  }
  const { commandChallenger } = await import("./command.ts");
  return commandChallenger(opened, loaded, { ...source, ...runs, prefer });
}

/** Its name, and what it is, for messages. */
function called(source: Recipe): readonly [name: string, what: string] {
  if ("builtin" in source) return [source.builtin, `the built-in ${source.builtin}`];
  if ("onnx" in source) return [source.name ?? source.onnx, "an ONNX model"];
  if ("model" in source) return [source.name, "a function"];
  return [source.name ?? "command", "a command"];
}

/** Answers that came as arrays fit the rows and are numbers. */
function requireAnswers(
  { name, holdout = [], folds = [] }: Challenger,
  { held, folded, artifact }: OpenBenchmark,
): void {
  const width = artifact.task === "regression" ? 1 : artifact.classes.length;
  const wanted = artifact.task === "regression" ? "value" : "probability";
  const check = (part: string, list: readonly Prediction[], count: number): void => {
    for (const { kind, values } of list) {
      if (kind !== wanted)
        throw new ChallengerError(`${name}: ${part} must hold answers of kind ${wanted}, got ${kind}`);
      if (values.length !== count * width)
        throw new ChallengerError(
          `${name}: ${part} must hold ${count} x ${width} values, one a row${width > 1 ? " and class" : ""}, got ${values.length}`,
        );
      const bad = values.findIndex((x) => !Number.isFinite(x) || (wanted === "probability" && !(x >= 0 && x <= 1)));
      if (bad >= 0)
        throw new ChallengerError(
          `${name}: ${part} must hold ${wanted === "value" ? "finite numbers" : "probabilities"}, got ${values[bad]} at position ${bad}`,
        );
    }
  };
  check("holdout", holdout, held.length);
  check("folds", folds, folded.part.row.length);
}
