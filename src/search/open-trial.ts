/** A trial in the hands of an objective: what to evaluate, and where to say what came of it. */
import type { Point } from "./space.ts";
import type { Effort } from "../numeric/effort.ts";
import type { Rng } from "../numeric/rng.ts";
import { end, type Engine, raceLost, record } from "./engine.ts";
import type { Report, Trial } from "./trial.ts";

export interface OpenTrial {
  readonly number: number;
  /** The searched parameters. */
  readonly point: Point;
  /** Full configurations, one for each value of the space's path; just `[point]` without one. */
  readonly path: readonly Point[];
  /** Folds to run, in this order; those that an interrupted run has already scored are left out. */
  readonly folds: readonly number[];
  /** What was reported before this run of the trial: by an interrupted one, or by the trial whose repeats these are. */
  readonly seen: readonly Report[];
  /** Aborted when the trial's time is up or the search is called off. */
  readonly signal: AbortSignal;
  /** A stream of the trial's own, the same on every run. */
  readonly rng: Rng;
  /**
   * Scores of one fold (or one step of a curve; default: the next one), one for each path value. A fold reported before
   * is ignored. When no score is finite, the trial fails. @param effort What the fold took, for the search's own sum.
   */
  report(scores: number | readonly number[], fold?: number, blocks?: readonly Float64Array[], effort?: Effort): void;
  /** Is it not worth going on? Then return without a value: the trial counts as stopped early, its folds are kept. */
  shouldStop(): boolean;
  /** Keeps something worth knowing beside the scores, in the journal too. */
  note(name: string, value: string | number): void;
}

/** An open trial and the strings to it that the study holds. */
export interface Handle {
  readonly trial: OpenTrial;
  /** Reports after this are ignored. */
  close(): void;
  /** What the trial has come to, with the value that the objective returned, if any. */
  settle(value: number | undefined): Trial;
  fail(reason: string): Trial;
}

/** @param cut Says whether the search has been called off. */
export function openTrial(engine: Engine, number: number, signal: AbortSignal, cut: () => boolean): Handle {
  const { trials, plan, journal } = engine;
  const { point, path, order } = trials[number];
  let open = true;
  let lost = false;
  let fault: string | undefined;
  const current = (): Trial => trials[number];
  const reported = new Set(current().reports.map(({ fold }) => fold));

  const report: OpenTrial["report"] = (scores, fold, blocks, effort) => {
    if (!open || fault !== undefined) return;
    const list = typeof scores === "number" ? [scores] : scores;
    const at = fold ?? nextFold(current(), plan.reading.folds);
    if (list.length !== path.length)
      throw new RangeError(`report: wanted ${path.length} scores, one for each path value, got ${list.length}`);
    if (plan.reading.folds > 1 && !order.includes(at))
      throw new RangeError(`report: fold must be one of ${order.join(", ")}, got ${at}`);
    if (!list.some(Number.isFinite)) fault = `fold ${at} scored ${list.join(", ")}`;
    else record(engine, number, makeReport(at, list, blocks, effort));
  };

  const fail = (reason: string): Trial => {
    open = false;
    return end(engine, number, "failed", { reason });
  };

  const settle = (value: number | undefined): Trial => {
    open = false;
    const { reports } = current();
    const { folds } = plan.reading;
    if (fault !== undefined) return fail(fault);
    if (value !== undefined)
      return Number.isFinite(value)
        ? end(engine, number, "complete", { value })
        : fail(`the objective returned ${value}`);
    if (lost) return end(engine, number, "pruned");
    if (cut() && !(folds > 1 && reports.length === folds)) return current(); // unfinished: a resumed search goes on
    if (reports.length < folds)
      return fail(`the objective reported ${reports.length} of ${folds} folds and returned nothing`);
    if (!Number.isFinite(current().value)) return fail("no configuration of the path was scored on every fold");
    return end(engine, number, "complete");
  };

  const shouldStop = (): boolean => {
    if (fault !== undefined || !open || cut()) return true;
    lost ||= raceLost(engine, number);
    return lost;
  };

  const trial: OpenTrial = {
    number,
    point,
    path,
    folds: order.filter((fold) => !reported.has(fold)),
    seen: current().reports,
    signal,
    rng: plan.rng.split(`objective ${number}`),
    report,
    shouldStop,
    note: (name, value) => {
      if (open) journal.note(number, name, String(value));
    },
  };
  const close = (): void => {
    open = false;
  };
  return { trial, close, settle, fail };
}

/** A score is kept as NaN when it is not finite. */
export function makeReport(
  fold: number,
  scores: readonly number[],
  blocks?: readonly Float64Array[],
  effort?: Effort,
): Report {
  const clean = scores.map((score) => (Number.isFinite(score) ? score : Number.NaN));
  return { fold, scores: clean, ...(blocks && { blocks }), ...(effort && { effort }) };
}

/** The next fold in the trial's order, or the next step of a curve. */
function nextFold({ order, reports }: Trial, folds: number): number {
  if (folds === 1) return reports.length;
  return order.find((fold) => reports.every((report) => report.fold !== fold)) ?? order.length;
}
