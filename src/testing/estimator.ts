/** The contract of estimators as a function: what holds for every built-in baseline can be asked of yours. */
import type { Estimator } from "../baselines/contract.ts";
import { faultIn } from "../baselines/own.ts";
import type { Task } from "../frame/dataset.ts";
import { OptionError } from "../error.ts";
import { checkOptions } from "../options/check.ts";
import type { OptionRecord } from "../options/contract.ts";
import { label, texts, whole } from "../options/kinds.ts";
import { lawOptions, requireLaws, type Law, type LawOptions } from "./law.ts";
import { answerLaws } from "./laws/answers.ts";
import { fittingLaws } from "./laws/fitting.ts";
import { descriptionLaws, repeatLaws } from "./laws/promises.ts";
import type { Trial } from "./trial.ts";

/** What every estimator promises, in the order in which a broken one tells most. */
export const estimatorLaws: readonly Law<Trial>[] = [...repeatLaws, ...answerLaws, ...descriptionLaws, ...fittingLaws];

export interface EstimatorCheckOptions extends LawOptions {
  /** The tasks to try it on; default: all that it says it can do. */
  readonly tasks?: readonly Task[];
  /** Rows of the tables that it is tried on, at least 120; default 240. */
  readonly rows?: number;
  /** Names the tables' random numbers; default 0. */
  readonly seed?: string | number;
}

const known: readonly OptionRecord[] = [
  ...lawOptions,
  { group: "Check", key: "tasks", only: "api", kind: texts, help: "tasks to try it on" },
  { group: "Check", key: "rows", only: "api", kind: whole(120), help: "rows of the tables it is tried on" },
  { group: "Check", key: "seed", only: "api", kind: label, help: "random seed of the tables" },
];

/**
 * Tries an estimator against every law that the built-in ones keep: fitted twice with one seed it gives the same model, nothing
 * is learnt from rows it was not given, the order of rows and columns changes nothing, weights count as copies,
 * probabilities sum to one, a saved model comes back from JSON, hard tables get a usable answer or a `FitError` ...
 * `estimatorLaws` lists them. An estimator that draws rows at random says so (`resamples`) and is spared what cannot hold.
 *
 * @returns The names of the laws that hold, each once.
 * @throws LawError for the first law that is broken: whose, which, and what was found. OptionError for a record that is no
 *   estimator, an unknown option, or an unknown law. Cost: some 60 fits on tables of `rows` rows and 5 columns per task.
 */
export function checkEstimator(estimator: Estimator, options: EstimatorCheckOptions = {}): readonly string[] {
  checkOptions("checkEstimator", options, known);
  const fault = faultIn(estimator);
  if (fault !== undefined) throw new OptionError(`checkEstimator: ${fault}`);
  const { tasks = estimator.tasks, rows = 240, seed = 0 } = options;
  const other = tasks.find((task) => !estimator.tasks.includes(task));
  if (other !== undefined)
    throw new OptionError(`tasks: ${estimator.name} does ${estimator.tasks.join(", ")}, got ${JSON.stringify(other)}`);
  const held = tasks.flatMap((task) =>
    requireLaws(`${estimator.name}, ${task}`, estimatorLaws, { estimator, task, rows, seed }, options),
  );
  return [...new Set(held)];
}
