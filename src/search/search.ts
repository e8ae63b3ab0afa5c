/**
 * The whole of tuning in one call: run the study, give the leaders extra folds, choose, and say what it took.
 */
import type { Effort } from "../numeric/effort.ts";
import { stepsOf } from "./space/branches.ts";
import type { Ended } from "./engine.ts";
import { nothingScored } from "./nothing-scored.ts";
import type { Objective } from "./optimize.ts";
import type { StudyOptions } from "./plan.ts";
import type { CandidatePoint } from "./selection/candidates.ts";
import type { Selection, SelectionName } from "./selection/select.ts";
import { createStudy } from "./study.ts";
import { scoredOnPath, type Trial } from "./trial.ts";

export interface SearchOptions extends StudyOptions {
  /** Trials at once, up to the batch. Default 1. */
  readonly workers?: number;
  /** Default `one_se`. */
  readonly select?: SelectionName;
  /** Extra repeats of the cross-validation for the three leading configurations and the default. Default 0. */
  readonly repeats?: number;
  /** Calls the search off; what is complete by then is chosen from. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SearchProgress) => void;
}

/** Said after every trial. */
export interface SearchProgress {
  /** The trial that has just ended. */
  readonly trial: Trial;
  readonly best: Trial | undefined;
  readonly ended: number;
  /** Most trials there can be. */
  readonly planned: number;
  readonly foldFits: FoldFits;
}

export interface FoldFits {
  readonly run: number;
  /** Left out because racing had given up on the configuration. */
  readonly saved: number;
}

/** Steps (rounds, epochs) of iterative fits, over all folds. */
export interface Steps {
  readonly run: number;
  /** Left out because the mean over the folds no longer fell. */
  readonly saved: number;
}

export interface SearchResult {
  readonly trials: readonly Trial[];
  /** Complete configurations, path values apart. */
  readonly candidates: readonly CandidatePoint[];
  readonly selection: Selection;
  readonly ended: Ended;
  readonly foldFits: FoldFits;
  /** Folds run as extra repeats, apart from `foldFits`. */
  readonly extraFits: number;
  /** What the folds took, all of them, where the objective says so. */
  readonly effort: Effort;
  /** Of a space whose path is made of steps. */
  readonly steps?: Steps;
  readonly counts: Readonly<Record<"complete" | "pruned" | "failed" | "unfinished", number>>;
  /** What a killed writer had left at the end of the journal; empty: nothing. */
  readonly dropped: string;
}

/**
 * @param objective Scores a trial; `byFold` makes one from a function that scores one fold.
 * @throws NothingScored when no trial is complete; SpaceError, RangeError and JournalError as `createStudy`.
 */
export async function search(objective: Objective, options: SearchOptions): Promise<SearchResult> {
  const { workers = 1, repeats = 0, select, signal, onProgress, folds = 1 } = options;
  const study = createStudy(options);
  const planned = study.planned;
  const ended = await study.optimize(objective, {
    workers,
    ...(signal === undefined ? {} : { signal }),
    onTrial: (trial) => {
      const { trials } = study;
      const done = trials.filter(({ state }) => state !== "running").length;
      onProgress?.({ trial, best: study.best(), ended: done, planned, foldFits: foldFits(trials, folds) });
    },
  });
  const { trials } = study;
  if (study.best() === undefined) throw nothingScored(trials, ended.sentence);
  const cut = ended.rule === "interrupted" || ended.rule === "seconds";
  if (repeats > 0 && folds > 1 && !cut)
    await study.repeat(objective, { repeats, workers, ...(signal === undefined ? {} : { signal }) });
  const stepped = stepsOf(options.space);
  const count = (state: Trial["state"]): number => trials.filter((trial) => trial.state === state).length;
  const candidates = study.candidates();
  return {
    trials,
    candidates,
    selection: study.select(select, candidates),
    ended,
    foldFits: foldFits(trials, folds),
    extraFits: study.extraFits,
    effort: study.effort,
    ...(stepped !== undefined && { steps: stepsRun(trials, stepped) }),
    counts: {
      complete: count("complete"),
      pruned: count("pruned"),
      failed: count("failed"),
      unfinished: count("running"),
    },
    dropped: study.dropped,
  };
}

/** Folds that were run, and those that racing spared. */
export function foldFits(trials: readonly Trial[], folds: number): FoldFits {
  let run = 0;
  let saved = 0;
  for (const { reports, state } of trials) {
    run += reports.length;
    if (state === "pruned" && folds > 1) saved += folds - reports.length;
  }
  return { run, saved };
}

/** @param name The parameter whose path is made of steps. */
function stepsRun(trials: readonly Trial[], name: string): Steps {
  let run = 0;
  let saved = 0;
  for (const { path, reports } of trials) {
    const most = path[path.length - 1][name] as number;
    for (const report of reports) {
      const last = path[scoredOnPath(report) - 1]?.[name] as number | undefined;
      run += last ?? 0;
      saved += most - (last ?? 0);
    }
  }
  return { run, saved };
}
