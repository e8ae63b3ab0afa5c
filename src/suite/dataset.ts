/** A dataset of a suite from what its file says, with the file's defaults. */
import { isAbsolute, join } from "node:path";
import { estimators } from "../baselines/registry.ts";
import { marginFrom } from "../benchmark/judging.ts";
import { statAt } from "../folder/stat.ts";
import { OptionError, requireKnown } from "../error.ts";
import { metricNamed } from "../metrics/registry.ts";
import type { BenchThresholds } from "../report/bench.ts";
import { readMembers } from "../options/in-file.ts";
import type { OptionRecord } from "../options/contract.ts";
import { dataOptions } from "../options/data.ts";
import { budgetOptions, judgingOptions, vetoOptions } from "../options/judging.ts";
import {
  challengerKeys,
  datasetKeys,
  datasetOptions,
  defaultKeys,
  expectOptions,
  thresholdOptions,
} from "../options/suite.ts";
import { modelOptions, runOptions, splitOptions } from "../options/training.ts";
import { THRESHOLDS, type Expectations, type SuiteChallenger, type SuiteDataset } from "./contract.ts";
import { stemOf } from "./table-name.ts";

export type Members = Readonly<Record<string, unknown>>;

interface Said {
  readonly where: string;
  readonly members: Members;
}

/** Where a dataset is said, and what the file says of all its datasets. */
export interface Place {
  readonly where: string;
  /** Relative paths start here. */
  readonly folder: string;
  readonly name: string | undefined;
  readonly defaults?: Said;
  readonly thresholds?: Said;
  /** The suite file, where only the folder that it lies in was named: it may start no program. */
  readonly unnamed?: string;
  readonly sha256?: string;
}

/** @throws OptionError naming the place of the first member that cannot be used. */
export function datasetOf(given: Members, place: Place): SuiteDataset {
  const { where, defaults, name } = place;
  const own = readMembers(where, given, datasetKeys);
  const shared = defaults === undefined ? {} : readMembers(defaults.where, defaults.members, defaultKeys);
  const all: Members = { ...shared, ...own };
  if (all.data === undefined || name === undefined)
    throw new OptionError(`${where}: wanted "data", the file of the table, got none`);
  if (name.trim() === "" || name.length > 100)
    throw new OptionError(`${where}: name: wanted 1 to 100 characters, got ${JSON.stringify(name)}`);
  const pathOf = (key: string, path: unknown): string => requireFile(`${where}: ${key}`, place.folder, path as string);
  const files = Object.fromEntries(
    FILES.filter((key) => typeof all[key] === "string").map((key) => [key, fileOf(key, all[key] as string, pathOf)]),
  );
  const options = { ...all, ...files };
  const said = (key: string): string => `${key in own ? where : (defaults?.where ?? where)}: ${key}`;
  for (const model of (all.models ?? []) as readonly string[]) requireModel(said("models"), model);
  if (typeof all.metric === "string") metricNamed(said("metric"), all.metric);
  const challengers = (all.challengers ?? []) as readonly unknown[];
  return {
    name,
    where,
    data: pathOf("data", all.data),
    ...(place.sha256 !== undefined && { sha256: place.sha256 }),
    train: chosen(options, TRAIN),
    judge: chosen(options, JUDGE),
    challengers: uniquelyNamed(
      where,
      challengers.map((one, k) => challengerOf(one, `${said("challengers")}[${k}]`, place)),
    ),
    expect: expectationsOf(all.expect, said("expect"), expectOptions),
    thresholds: {
      ...THRESHOLDS,
      ...thresholdsOf(place.thresholds?.members, place.thresholds?.where ?? ""),
      ...thresholdsOf(shared.thresholds, `${defaults?.where}: thresholds`),
      ...thresholdsOf(own.thresholds, `${where}: thresholds`),
    },
    ...(all.timeLimit !== undefined && { timeLimit: all.timeLimit as number }),
  };
}

/** Options that name a file. */
export const FILES = ["test", "splits", "mustPass", "costMatrix"] as const;

function fileOf(key: string, value: string, pathOf: (key: string, path: string) => string): string {
  return key === "costMatrix" && value.includes("=") ? value : pathOf(key, value);
}

function requireFile(where: string, folder: string, path: string): string {
  const full = isAbsolute(path) ? path : join(folder, path);
  const found = statAt(full, where);
  if (found === undefined) throw new OptionError(`${where}: there is no file ${full}`);
  if (found.isDirectory()) throw new OptionError(`${where}: wanted a file, got the folder ${full}`);
  if (!found.isFile())
    throw new OptionError(`${where}: wanted a file, got a pipe or device (${full}), which is read only once`);
  return full;
}

const TRAIN = [...dataOptions, ...splitOptions, ...modelOptions, ...runOptions].map(({ key }) => key);
const JUDGE = [...judgingOptions, ...budgetOptions, ...vetoOptions].map(({ key }) => key);

function chosen(options: Members, keys: readonly string[]): Members {
  const known = new Set(datasetOptions.map(({ key }) => key));
  const taken = keys.filter((key) => known.has(key) && key !== "timeLimit" && options[key] !== undefined);
  return Object.fromEntries(taken.map((key) => [key, options[key]]));
}

function challengerOf(given: unknown, where: string, { folder, unnamed }: Place): SuiteChallenger {
  const members = readMembers(where, typeof given === "string" ? { predictions: given } : given, challengerKeys);
  const { predictions, builtin, command, name, expect, ...rest } = members as {
    readonly [key in "predictions" | "builtin" | "command" | "name"]?: string;
  } & { readonly expect?: unknown };
  const kinds = [predictions, builtin, command].filter((one) => one !== undefined);
  if (kinds.length !== 1)
    throw new OptionError(`${where}: wanted one of "predictions", "builtin" and "command", got ${kinds.length}`);
  if (command !== undefined && unnamed !== undefined)
    throw new OptionError(
      `${where}: a command starts a program, so a suite that only lies in a folder may not hold one; say baseline bench ${unnamed} if it is yours`,
    );
  if (builtin !== undefined) requireModel(`${where}: builtin`, builtin);
  return {
    name: name ?? builtin ?? (predictions === undefined ? "command" : stemOf(predictions)),
    ...(predictions !== undefined && { predictions: requireFile(`${where}: predictions`, folder, predictions) }),
    ...(builtin !== undefined && { builtin }),
    ...(command !== undefined && { command }),
    ...rest,
    expect: expectationsOf(
      expect,
      `${where}: expect`,
      expectOptions.filter(({ key }) => key === "verdict"),
    ),
  };
}

const MODELS = estimators.map(({ name }) => name);

function requireModel(where: string, name: string): void {
  requireKnown(where, "model", name, MODELS);
}

function uniquelyNamed(where: string, challengers: readonly SuiteChallenger[]): readonly SuiteChallenger[] {
  const names = challengers.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new OptionError(`${where}: two challengers are called ${JSON.stringify(twice)}; give one a "name"`);
  return challengers;
}

function expectationsOf(given: unknown, where: string, records: readonly OptionRecord[]): Expectations {
  if (given === undefined) return { metrics: [] };
  const known = new Set(records.map(({ key }) => key));
  const members = given as Members;
  const isMetric = (key: string): boolean =>
    !known.has(key) && typeof members[key] === "object" && members[key] !== null;
  const rest = Object.fromEntries(Object.entries(members).filter(([key]) => !isMetric(key)));
  const read: Partial<Expectations> = readMembers(where, rest, records);
  if (read.champion !== undefined) requireModel(`${where}: champion`, read.champion);
  return {
    ...read,
    metrics: Object.keys(members)
      .filter(isMetric)
      .map((metric) => ({
        metric: metricNamed(where, metric).name,
        ...boundsOf(members[metric], `${where}: ${metric}`),
      })),
  };
}

const bound = (key: string): OptionRecord => ({
  group: "",
  key,
  help: "",
  kind: { wanted: "a number", accepts: Number.isFinite, schema: { type: "number" } },
});
const BOUNDS = [bound("min"), bound("max")];

function boundsOf(given: unknown, where: string): { readonly min?: number; readonly max?: number } {
  const bounds = readMembers(where, given, BOUNDS);
  if (Object.keys(bounds).length === 0) throw new OptionError(`${where}: wanted "min", "max" or both, got neither`);
  return bounds;
}

function thresholdsOf(given: unknown, where: string): Partial<BenchThresholds> {
  if (given === undefined) return {};
  const { score, alpha, ...growth } = readMembers(where, given, thresholdOptions) as {
    readonly [key in "score" | "work" | "size" | "time"]?: number | string;
  } & { readonly alpha?: number };
  if (alpha !== undefined && !(alpha > 0 && alpha < 0.5))
    throw new OptionError(`${where}: alpha: wanted a level between 0 and 0.5, got ${alpha}`);
  return {
    ...(score !== undefined && { score: scoreMargin(score, where) }),
    ...(alpha !== undefined && { alpha }),
    ...Object.fromEntries(Object.entries(growth).map(([key, value]) => [key, shareFrom(value)])),
  };
}

function scoreMargin(given: number | string, where: string): NonNullable<BenchThresholds["score"]> {
  try {
    return marginFrom(given);
  } catch {
    throw new OptionError(`${where}: score: wanted a loss such as 0.01, or a share such as 1%, got ${given}`);
  }
}

/** Null: any growth. */
function shareFrom(given: number | string): number | null {
  if (typeof given === "number") return given;
  if (given === "same") return 0;
  return given === "any" ? null : Number.parseFloat(given) / 100;
}
