/** Options of a study, checked and completed. */
import type { Space } from "./space.ts";
import { branchesOf } from "./space/branches.ts";
import { checkSpace } from "./space/check.ts";
import { searchedSpace } from "./space/enumerate.ts";
import { didYouMean, OptionError, refuseUnknown } from "../error.ts";
import { type Rng, seeded } from "../numeric/rng.ts";
import type { Clock } from "./clock.ts";
import type { Header } from "./journal/replay.ts";
import type { JournalStorage } from "./journal/storage.ts";
import type { RacingRule } from "./racing/contract.ts";
import { racingRules } from "./racing/registry.ts";
import type { SearchOptions } from "./search.ts";
import type { Sampler } from "./samplers/contract.ts";
import { samplers } from "./samplers/registry.ts";
import type { StopRule } from "./stopping/contract.ts";
import { foldFitLimit, stagnation, target, trialLimit } from "./stopping/limits.ts";
import { regretBound } from "./stopping/regret.ts";
import type { Direction, Reading } from "./trial.ts";

export interface StopOptions {
  /** Trials in all, resumed ones included. Default 20 + 10 for each parameter, at most 100. */
  readonly trials?: number;
  /** Fold fits in all. */
  readonly foldFits?: number;
  /** Seconds of one call of `optimize`; needs a clock. What is under way when they are over stays unfinished. */
  readonly seconds?: number;
  /** A score that is good enough. */
  readonly target?: number;
  /** Trials without progress; true: max(15, 5 for each parameter). Default: true with folds, else false. */
  readonly stagnation?: number | boolean;
  /** When what can still be gained is less than the fold noise. Default false. */
  readonly regret?: boolean;
  /** Rules of your own. */
  readonly rules?: readonly StopRule[];
}

export interface StudyOptions {
  readonly space: Space;
  /** Default `minimize`. */
  readonly direction?: Direction;
  /** Everything random follows from it. Default 0. */
  readonly seed?: string | number;
  /** A name of the registry or a sampler of your own. Default `auto`. */
  readonly sampler?: string | Sampler;
  /** Folds of every configuration. Default 1: one score a trial, or a curve of steps. */
  readonly folds?: number;
  /** A name of the registry, a rule of your own, or false. Default `futility` with three folds or more, else off. */
  readonly racing?: string | RacingRule | false;
  readonly stop?: StopOptions;
  /** Proposals see only trials that are at least this many numbers older, so up to `batch` may run at once. Default 1. */
  readonly batch?: number;
  /** A trial that takes longer fails; needs a clock. */
  readonly trialSeconds?: number;
  /** Where the journal is kept. Default: nowhere, so that the study cannot be taken up again. */
  readonly storage?: JournalStorage;
  /** For dates in the journal and limits in seconds. */
  readonly clock?: Clock;
  /** Name of the study in the journal. Default `study`. */
  readonly name?: string;
  /** Name of the score in the journal. Default `score`. */
  readonly metric?: string;
}

/** Those of `search` too, which hands all of its own on. */
const STUDY_OPTIONS: readonly (keyof SearchOptions)[] = [
  "space",
  "direction",
  "seed",
  "sampler",
  "folds",
  "racing",
  "stop",
  "batch",
  "trialSeconds",
  "storage",
  "clock",
  "name",
  "metric",
  "workers",
  "select",
  "repeats",
  "signal",
  "onProgress",
];

export interface Plan {
  readonly space: Space;
  /** Without paths. */
  readonly searched: Space;
  readonly reading: Reading;
  readonly rng: Rng;
  readonly sampler: Sampler;
  readonly racing: RacingRule | undefined;
  readonly planned: number;
  readonly rules: readonly StopRule[];
  readonly batch: number;
  readonly seconds: number | undefined;
  readonly trialSeconds: number | undefined;
  /** Absent: nothing is written down. */
  readonly storage?: JournalStorage;
  readonly clock: Clock | undefined;
  readonly header: Header;
}

/**
 * @throws SpaceError for a space that cannot be searched; OptionError for an unknown option or direction.
 * @throws RangeError for counts below 1, unknown names, and limits in seconds without a clock.
 */
export function planOf(options: StudyOptions): Plan {
  const { space, direction = "minimize", seed = 0, folds = 1, batch = 1, stop = {}, clock } = options;
  refuseUnknown("createStudy", options, STUDY_OPTIONS);
  if (direction !== "minimize" && direction !== "maximize")
    throw new OptionError(
      `createStudy: direction must be minimize or maximize, got ${JSON.stringify(direction)}${didYouMean(String(direction), ["minimize", "maximize"])}`,
    );
  checkSpace(space);
  const searched = searchedSpace(space);
  branchesOf(searched); // refuses too many
  atLeastOne("folds", folds);
  atLeastOne("batch", batch);
  const planned = stop.trials ?? defaultTrials(Object.keys(searched).length);
  atLeastOne("stop.trials", planned);
  for (const [name, seconds] of [
    ["stop.seconds", stop.seconds],
    ["trialSeconds", options.trialSeconds],
  ] as const) {
    if (seconds === undefined) continue;
    if (!(seconds > 0)) throw new RangeError(`createStudy: ${name} must be above 0, got ${seconds}`);
    if (clock === undefined) throw new RangeError(`createStudy: ${name} needs a clock`);
  }
  const sampler = named("sampler", options.sampler ?? "auto", samplers);
  const racing = racingOf(options.racing, folds);
  const recipe = { space, seed: String(seed), sampler: sampler.name, folds, batch, racing: racing?.name ?? null };
  return {
    space,
    searched,
    reading: { direction, folds },
    rng: seeded(seed),
    sampler,
    racing,
    planned,
    rules: rulesOf(stop, planned, folds),
    batch,
    seconds: stop.seconds,
    trialSeconds: options.trialSeconds,
    ...(options.storage && { storage: options.storage }),
    clock,
    header: {
      name: options.name ?? "study",
      metric: options.metric ?? "score",
      direction,
      recipe: JSON.stringify(recipe),
    },
  };
}

/** 20 + 10 for each searched parameter, at most 100. */
export function defaultTrials(parameters: number): number {
  return Math.min(100, 20 + 10 * parameters);
}

function rulesOf(stop: StopOptions, planned: number, folds: number): readonly StopRule[] {
  const patience = stop.stagnation ?? folds > 1;
  return [
    trialLimit(planned),
    ...(stop.foldFits === undefined ? [] : [foldFitLimit(stop.foldFits)]),
    ...(stop.target === undefined ? [] : [target(stop.target)]),
    ...(patience === false ? [] : [stagnation(patience === true ? undefined : patience)]),
    ...(stop.regret === true ? [regretBound()] : []),
    ...(stop.rules ?? []),
  ];
}

function racingOf(wanted: StudyOptions["racing"], folds: number): RacingRule | undefined {
  if (wanted === false) return undefined;
  if (wanted === undefined) return folds >= 3 ? racingRules[0] : undefined;
  return named("racing", wanted, racingRules);
}

function named<T extends { readonly name: string }>(what: string, wanted: string | T, registry: readonly T[]): T {
  if (typeof wanted !== "string") return wanted;
  const found = registry.find(({ name }) => name === wanted);
  if (found === undefined)
    throw new RangeError(
      `createStudy: ${what} must be one of ${registry.map((r) => r.name).join(", ")}, got ${wanted}`,
    );
  return found;
}

function atLeastOne(name: string, value: number): void {
  if (!(Number.isInteger(value) && value >= 1))
    throw new RangeError(`createStudy: ${name} must be a whole number of at least 1, got ${value}`);
}
