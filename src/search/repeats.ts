/** Extra folds for the configurations that lead: their scores are fresh, so being chosen by them flatters nobody. */
import type { Engine } from "./engine.ts";
import { makeReport, type OpenTrial } from "./open-trial.ts";
import type { Objective } from "./optimize.ts";
import { finalists } from "./selection/candidates.ts";
import type { Report } from "./trial.ts";

export interface RepeatOptions {
  /** Leading trials, the default apart. Default 3. */
  readonly top?: number;
  /** Repeats of the cross-validation for each. Default 1. */
  readonly repeats?: number;
  /** Trials at once. Default 1. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs folds K .. K (1 + repeats) - 1 of the default and of the leading trials through the objective. Folds that the
 * journal already holds are not run again. What fails is left out; the trial itself stays as it is.
 * @throws RangeError when the study has no folds.
 */
export async function extraRepeats(engine: Engine, objective: Objective, options: RepeatOptions = {}): Promise<void> {
  const { top = 3, repeats = 1, workers = 1, signal = new AbortController().signal } = options;
  const { folds } = engine.plan.reading;
  if (folds < 2) throw new RangeError(`repeat: needs a study with at least 2 folds, got ${folds}`);
  const wanted = Array.from({ length: folds * repeats }, (_, i) => folds + i);
  const queue = finalists(engine, top).filter((number) => missing(engine, number, wanted).length > 0);
  const worker = async (): Promise<void> => {
    for (let number = queue.shift(); number !== undefined && !signal.aborted; number = queue.shift())
      await repeatTrial(engine, number, missing(engine, number, wanted), objective, signal);
  };
  await Promise.all(Array.from({ length: Math.min(workers, queue.length) }, worker));
}

function missing({ repeats }: Engine, number: number, wanted: readonly number[]): readonly number[] {
  const done = new Set((repeats.get(number) ?? []).map(({ fold }) => fold));
  return wanted.filter((fold) => !done.has(fold));
}

async function repeatTrial(
  engine: Engine,
  number: number,
  folds: readonly number[],
  objective: Objective,
  signal: AbortSignal,
): Promise<void> {
  const { point, path, reports } = engine.trials[number];
  const waiting = [...folds];
  const add = (report: Report): void => {
    engine.journal.repeat(number, report);
    engine.repeats.set(number, [...(engine.repeats.get(number) ?? []), report]);
  };
  let failed = false;
  const trial: OpenTrial = {
    number,
    point,
    path,
    folds,
    seen: reports,
    signal,
    rng: engine.plan.rng.split(`repeat ${number}`),
    report(scores, fold, blocks, effort) {
      const list = typeof scores === "number" ? [scores] : scores;
      const at = fold ?? waiting[0];
      const position = waiting.indexOf(at);
      if (list.length !== path.length || position < 0) throw new RangeError(`report: fold ${at} was not asked for`);
      waiting.splice(position, 1);
      if (list.some(Number.isFinite)) add(makeReport(at, list, blocks, effort));
      else failed = true;
    },
    shouldStop: () => failed || signal.aborted,
    note: () => {},
  };
  try {
    await objective(trial);
  } catch (error) {
    // The configuration has been scored before: what goes wrong here takes evidence away, not the candidate.
    engine.journal.repeatFailed(number, error instanceof Error ? error.message : String(error));
  }
}
