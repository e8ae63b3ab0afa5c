/** Which rungs a ladder has, and training them all. */
import type { Estimator } from "../baselines/contract.ts";
import { estimators as registry } from "../baselines/registry.ts";
import type { Dataset } from "../frame/dataset.ts";
import { merged } from "../frame/rows.ts";
import type { Runner } from "../evaluate/jobs/runner.ts";
import type { Metric } from "../metrics/contract.ts";
import { isStated, OptionError, requireKnown } from "../error.ts";
import { predictionAt } from "../frame/take.ts";
import { evaluateRepeat, evaluateRung, withRepeat, type Design, type Evaluated } from "../evaluate/rung.ts";
import { targetAt } from "../frame/take.ts";
import { JournalError } from "../search/journal/records.ts";
import type { JournalStorage } from "../search/journal/storage.ts";
import type { Clock } from "../search/clock.ts";
import type { TuneSettings } from "../evaluate/tune.ts";
import { settledBy } from "./floors.ts";
import { firstLook } from "./first-look.ts";
import { groupsRecur } from "./plans.ts";
import type { Repeats } from "./repeats.ts";

export interface Chosen {
  readonly estimators: readonly Estimator[];
  /** Rungs that this table has no use for, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * The rungs to train, plainest first. Without names: every baseline that suits the task and what the table has. The
 * constant is always there: it is the floor. @param redact Leave out those whose models hold single rows. @throws OptionError for a name that does not exist or does not suit.
 */
export function chooseLadder(
  design: Design,
  names: readonly string[] | undefined,
  own: readonly Estimator[],
  redact = false,
): Chosen {
  const { data } = design;
  const all = [...registry, ...own];
  const skipped: Chosen["skipped"][number][] = [];
  const told = (estimator: Estimator): string | undefined =>
    redact && estimator.keepsRows ? "keeps values of single rows, which --redact leaves out" : undefined;
  for (const name of names ?? []) {
    const reason = told(findSuitable("models", data, name, all));
    if (reason !== undefined) throw new OptionError(`models: ${name} ${reason}`);
  }
  const estimators = all.filter((estimator) => {
    if (names) return names.includes(estimator.name) || estimator.name === "constant";
    const isOwn = own.includes(estimator);
    if (estimator.role !== "baseline" && !isOwn) return false;
    const reason = unsuitable(estimator, data) ?? unasked(estimator, design) ?? told(estimator);
    if (reason !== undefined && estimator.tasks.includes(data.target.task))
      skipped.push({ name: estimator.name, reason });
    return reason === undefined;
  });
  return { estimators, skipped };
}

/** The estimator of that name. @param option What names it, for messages. @throws OptionError when it does not exist or does not suit. */
export function findSuitable(
  option: string,
  data: Dataset,
  name: string,
  all: readonly Estimator[] = registry,
): Estimator {
  const names = all.map((estimator) => estimator.name);
  requireKnown(option, "model", name, names);
  const found = all[names.indexOf(name)];
  const unsuited = unsuitable(found, data);
  if (unsuited) throw new OptionError(`${option}: ${name} ${unsuited}`);
  return found;
}

const NEEDS: Record<NonNullable<Estimator["needs"]>[number], { has: (data: Dataset) => boolean; words: string }> = {
  forecast: { has: (data) => data.forecast !== undefined, words: "needs today's answers (--rule or --rule-column)" },
  time: { has: (data) => data.time !== undefined, words: "needs an order of time (--time)" },
  groups: { has: (data) => data.groupNames !== undefined, words: "needs groups by name (--group)" },
  features: { has: (data) => data.columns.length > 0, words: "needs at least one feature" },
  numbers: { has: (data) => data.columns.some((column) => column.kind === "number"), words: "needs a number column" },
  text: { has: (data) => data.columns.some((column) => column.kind === "text"), words: "needs a text column" },
};

/** Why an estimator cannot be trained on such a table, in words that go on from its name; nothing when it can. */
export function unsuitable(estimator: Estimator, data: Dataset): string | undefined {
  if (!estimator.tasks.includes(data.target.task)) return `does not do ${data.target.task}`;
  const missing = estimator.needs?.find((need) => !NEEDS[need].has(data));
  return missing && NEEDS[missing].words;
}

/** What a rung learns of groups is of no use where each group is on one side of every split. */
function unasked({ needs = [] }: Estimator, design: Design): string | undefined {
  if (!needs.includes("groups") || groupsRecur(design)) return undefined;
  return "would never be asked about a group it has seen: no group is on both sides of a split";
}

/** A rung that was trained, or why it could not be. */
export type Trained =
  | { readonly estimator: Estimator; readonly status: "ok"; readonly result: Evaluated }
  | { readonly estimator: Estimator; readonly status: "failed"; readonly reason: string };

/** What is known of a rung while the ladder is trained. */
export interface RungProgress {
  readonly rung: string;
  /** `plain`: its defaults were scored on first folds; `tuning`: `value` is that of the best trial; `done`: cross-validated. */
  readonly state: "waiting" | "plain" | "tuning" | "done" | "failed";
  /** The metric; null while unknown. */
  readonly value: number | null;
  /** How much of the rung's work is done, 0 to 1. */
  readonly part: number;
}

export interface LadderProgress {
  /** All rungs, plainest first. */
  readonly ladder: readonly RungProgress[];
  /** The rung whose score is the best so far, the plainest of equals; absent while none is known. */
  readonly best?: string;
  readonly rung: string;
  readonly rungsDone: number;
  readonly rungs: number;
  /** In words: `trial 12/50, best 0.431`. */
  readonly detail: string;
  readonly foldFitsSaved: number;
}

function bestOf(ladder: Iterable<RungProgress>, { direction }: Metric): Pick<LadderProgress, "best"> {
  const sign = direction === "minimize" ? 1 : -1;
  let least = Infinity;
  let best: string | undefined;
  for (const { rung, state, value } of ladder) {
    if (value === null || state === "failed" || sign * value >= least) continue;
    least = sign * value;
    best = rung;
  }
  return best === undefined ? {} : { best };
}

/** A trained ladder. */
export interface Ladder {
  readonly trained: readonly Trained[];
  /** Repeats of the cross-validation that all rungs have answers of. */
  readonly repeats: number;
}

export interface LadderHooks {
  readonly journal?: (rung: string) => JournalStorage;
  readonly clock?: Clock;
  /** Leaves out the rungs and the repeat that are under way, and starts no others: what is done stands. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LadderProgress) => void;
}

/**
 * Trains the rungs side by side, as many at a time as there are workers, and repeats the cross-validation of all of them as
 * long as that is asked for. The results do not depend on how many workers there are.
 *
 * @param design `repeats` of it are run first; its further plans are those of further repeats.
 * @param again Whether the cross-validation is to be repeated once more.
 */
export async function trainLadder(
  estimators: readonly Estimator[],
  design: Design,
  settings: TuneSettings,
  metric: Metric,
  runner: Runner,
  again: Repeats["again"],
  hooks: LadderHooks = {},
): Promise<Ladder> {
  const results: Trained[] = [];
  const fixed = { ...settings, fixed: { ...settledBy(metric), ...settings.fixed } };
  let done = 0;
  const ladder = new Map(
    estimators.map(({ name }): [string, RungProgress] => [
      name,
      { rung: name, state: "waiting", value: null, part: 0 },
    ]),
  );
  const note = (rung: string, news: Partial<RungProgress>): void => {
    const value = Number.isFinite(news.value) ? news.value! : ladder.get(rung)!.value;
    ladder.set(rung, { ...ladder.get(rung)!, ...news, value });
  };
  const weights = { search: 1, answers: design.nested ? foldCount(design) : 0.1 }; // a nested fold searches again
  const say = (rung: string, detail: string, saved = 0): void =>
    hooks.onProgress?.({
      ladder: [...ladder.values()],
      ...bestOf(ladder.values(), metric),
      rung,
      rungsDone: done,
      rungs: estimators.length,
      detail,
      foldFitsSaved: saved,
    });
  const trainOne = async (estimator: Estimator): Promise<Trained> => {
    const { name } = estimator;
    const signal = name === "constant" ? undefined : hooks.signal; // what failed rungs are scored as is always trained
    if (signal?.aborted) return { estimator, status: "failed", reason: reasonOf(undefined, signal) };
    say(name, "starts");
    try {
      const storage = hooks.journal?.(name);
      const result = await evaluateRung(estimator, design, fixed, runner, {
        ...(storage && { storage }),
        ...(hooks.clock && { clock: hooks.clock }),
        ...(signal && { signal }),
        onProgress: ({ ended, planned, best, foldFits }) => {
          const part =
            (weights.search * Math.min(1, ended / Math.max(1, planned))) / (weights.search + weights.answers);
          note(name, { state: "tuning", part, ...(best && { value: metricOf(metric, best.value) }) });
          say(name, `trial ${ended} of ${planned}`, foldFits.saved);
        },
        onAnswered: (answered, of) => {
          note(name, {
            state: "tuning",
            part: (weights.search + (weights.answers * answered) / of) / (weights.search + weights.answers),
          });
          say(name, `fold ${answered} of ${of}`);
        },
      });
      note(name, { state: "done", value: crossValidated(metric, design, result), part: 1 });
      return { estimator, status: "ok", result };
    } catch (error) {
      if (error instanceof JournalError) throw error; // the fault of the disk or of --resume, not of the rung
      note(name, { state: "failed", part: 1 });
      return { estimator, status: "failed", reason: reasonOf(error, hooks.signal) };
    } finally {
      done++;
      say(name, "done");
    }
  };
  await firstLook(
    estimators,
    design,
    metric,
    fixed.fixed,
    runner,
    (rung, score) => {
      note(rung, { state: "plain", value: score });
      say(rung, "first score");
    },
    hooks.signal,
  );
  const queue = estimators.map((estimator, k) => ({ estimator, k }));
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      results[next.k] = await trainOne(next.estimator);
  };
  await Promise.all(Array.from({ length: Math.min(runner.workers, estimators.length) }, lane));
  const repeatOne = async (rung: Trained, repeat: number): Promise<Trained> => {
    if (rung.status === "failed") return rung;
    const { estimator, result } = rung;
    try {
      const signal = hooks.signal && { signal: hooks.signal };
      const more = await evaluateRepeat(estimator, result.tuned, design, repeat, fixed, runner, signal);
      say(estimator.name, `repeat ${repeat + 1}`);
      return { ...rung, result: withRepeat(result, more) };
    } catch (error) {
      return { estimator, status: "failed", reason: reasonOf(error, hooks.signal) };
    }
  };
  let trained: readonly Trained[] = results;
  let { repeats } = design;
  while (!hooks.signal?.aborted && again(trained, repeats)) {
    const at = repeats;
    const more = await Promise.all(trained.map((rung) => repeatOne(rung, at)));
    if (hooks.signal?.aborted) break; // what is not complete is left out
    for (const { estimator, status } of more) if (status === "failed") note(estimator.name, { state: "failed" });
    trained = more;
    repeats++;
  }
  return { trained, repeats };
}

/** What a search minimises, as people know it. */
function metricOf(metric: Metric, objective: number): number {
  if (metric.losses !== undefined) return metric.link?.of(objective) ?? objective;
  return metric.direction === "minimize" ? objective : -objective;
}

function foldCount({ plans, repeats }: Design): number {
  return plans.slice(0, repeats).reduce((sum, { folds }) => sum + folds.length, 0);
}

/** The metric of the first repeat's out-of-fold answers together. */
function crossValidated(metric: Metric, { data, plans }: Design, { outOfFold }: Evaluated): number {
  const { parts, folds } = plans[0];
  const rows = merged(folds.map(({ test }) => parts[test]));
  return metric.score({ truth: targetAt(data.target, rows), prediction: predictionAt(outOfFold[0], rows) });
}

function reasonOf(error: unknown, signal: AbortSignal | undefined): string {
  if (signal?.aborted) return signal.reason instanceof Error ? signal.reason.message : String(signal.reason);
  if (isStated(error)) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
