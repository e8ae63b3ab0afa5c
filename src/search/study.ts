/**
 * A study: a search for the best configuration of anything that can be scored.
 *
 * ```ts
 * const study = createStudy({ space: { x: { type: "float", low: -5, high: 5, default: 0 } }, seed: 1, stop: { trials: 25 } });
 * await study.optimize((trial) => ((trial.point["x"] as number) - 2) ** 2);
 * study.best()?.point; // { x: about 2 }
 * ```
 *
 * The same options give the same trials, however many workers run them, and whether or not the search was interrupted
 * and taken up again from its journal.
 */
import { sumOf, type Effort } from "../numeric/effort.ts";
import { nothingScored } from "./nothing-scored.ts";
import type { Point } from "./space.ts";
import { begin, end, type Ended, enqueue, openEngine, stopReason } from "./engine.ts";
import { openTrial, type OpenTrial } from "./open-trial.ts";
import { type Objective, optimize, type OptimizeOptions } from "./optimize.ts";
import { planOf, type StudyOptions } from "./plan.ts";
import { extraRepeats, type RepeatOptions } from "./repeats.ts";
import { type CandidatePoint, candidatesOf } from "./selection/candidates.ts";
import { type Selection, type SelectionName, selectCandidate } from "./selection/select.ts";
import { bestTrial, type Trial } from "./trial.ts";

/** How an asked trial went: its score, or that it was stopped, or why it failed; absent: read off its reports. */
export type Outcome = number | "pruned" | { readonly failed: string } | undefined;

export interface Study {
  /** All trials, by number. */
  readonly trials: readonly Trial[];
  /** Most trials that there will be by its options. */
  readonly planned: number;
  /** What was cut off the end of the journal because a writer was killed in the middle of it; empty: nothing. */
  readonly dropped: string;
  /** The next trial to evaluate, to be told the end of; undefined when the space is exhausted. Stop rules are not asked. */
  ask(): OpenTrial | undefined;
  /** Ends an asked trial and returns its record. @throws RangeError when it is not one that was asked for. */
  tell(trial: OpenTrial, outcome?: Outcome): Trial;
  /** Why the search should end now, if it should. */
  ended(): Ended | undefined;
  /** Runs trials until a stop rule says so. */
  optimize(objective: Objective, options?: OptimizeOptions): Promise<Ended>;
  /** Has a configuration tried next; parameters left out take their defaults. @throws SpaceError when it does not fit. */
  enqueue(point: Point): void;
  /** The complete trial with the best score; undefined before there is one. See `select` for noisy scores. */
  best(): Trial | undefined;
  /** Every complete configuration, path values apart. */
  candidates(): readonly CandidatePoint[];
  /** Which configuration to use, with the evidence. @param among Default: all candidates. @throws NothingScored when no trial is complete, saying why. */
  select(rule?: SelectionName, among?: readonly CandidatePoint[]): Selection;
  /** Scores the leading configurations and the default on extra folds, so that `select` sees more than the search did. */
  repeat(objective: Objective, options?: RepeatOptions): Promise<void>;
  /** Extra folds run so far. */
  readonly extraFits: number;
  /** What all folds reported so far took, extra ones too. */
  readonly effort: Effort;
}

/**
 * Begins a study, or takes up the one that its storage holds.
 * @throws SpaceError for a space that cannot be searched; RangeError for other options; JournalError for a storage that
 *   holds something else.
 */
export function createStudy(options: StudyOptions): Study {
  const engine = openEngine(planOf(options));
  const asked = new Map<OpenTrial, ReturnType<typeof openTrial>>();
  const never = new AbortController().signal;
  return {
    get trials() {
      return engine.trials.slice();
    },
    planned: engine.plan.planned,
    dropped: engine.journal.recorded.dropped,
    ask() {
      const begun = begin(engine);
      if (begun === undefined) return undefined;
      const handle = openTrial(engine, begun.number, never, () => false);
      engine.held.add(begun.number);
      asked.set(handle.trial, handle);
      return handle.trial;
    },
    tell(trial, outcome) {
      const handle = asked.get(trial);
      if (handle === undefined) throw new RangeError(`tell: trial ${trial.number} is not waiting to be told about`);
      asked.delete(trial);
      engine.held.delete(trial.number);
      if (typeof outcome === "object") return handle.fail(outcome.failed);
      if (outcome !== "pruned") return handle.settle(outcome);
      handle.close();
      return end(engine, trial.number, "pruned");
    },
    ended: () => stopReason(engine),
    optimize: (objective, how) => optimize(engine, objective, how),
    enqueue: (point) => enqueue(engine, point),
    best: () => bestTrial(engine.trials, engine.plan.reading.direction),
    candidates: () => candidatesOf(engine),
    select: (rule, among = candidatesOf(engine)) => {
      if (among.length === 0) throw nothingScored(engine.trials, stopReason(engine)?.sentence);
      return selectCandidate(among, rule);
    },
    repeat: (objective, how) => extraRepeats(engine, objective, how),
    get extraFits() {
      return [...engine.repeats.values()].reduce((sum, reports) => sum + reports.length, 0);
    },
    get effort() {
      const reports = [...engine.trials.map((trial) => trial.reports), ...engine.repeats.values()].flat();
      return sumOf(reports.flatMap(({ effort }) => effort ?? []));
    },
  };
}
