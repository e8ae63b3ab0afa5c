/** The contract of metrics as a function. */
import { OptionError } from "../error.ts";
import type { Task } from "../frame/dataset.ts";
import type { Metric } from "../metrics/contract.ts";
import { faultIn } from "../metrics/own.ts";
import { checkOptions } from "../options/check.ts";
import type { OptionRecord } from "../options/contract.ts";
import { texts } from "../options/kinds.ts";
import { lawOptions, requireLaws, type LawOptions } from "./law.ts";
import { metricLaws } from "./laws/metric.ts";
import { randomScored } from "./scored.ts";

export { metricLaws };

export interface MetricCheckOptions extends LawOptions {
  /** The tasks to try it on; default: all that it says it can do. */
  readonly tasks?: readonly Task[];
}

const known: readonly OptionRecord[] = [
  ...lawOptions,
  { group: "Check", key: "tasks", only: "api", kind: texts, help: "tasks to try it on" },
];

/**
 * Tries a metric against every law that the built-in ones keep: scores lie in its range, perfect predictions score best, weights
 * count as copies, what it says of its rows' contributions adds up to the score, no constant beats its floor ... `metricLaws`
 * lists them.
 *
 * @returns The names of the laws that hold, each once.
 * @throws LawError for the first law that is broken: whose, which, and what was found. OptionError for a record that is no metric,
 *   an unknown option, or an unknown law. Cost: some hundred scores of 80 rows.
 */
export function checkMetric(metric: Metric, options: MetricCheckOptions = {}): readonly string[] {
  checkOptions("checkMetric", options, known);
  const fault = faultIn(metric);
  if (fault !== undefined) throw new OptionError(`checkMetric: ${fault}`);
  const { tasks = metric.tasks } = options;
  const other = tasks.find((task) => !metric.tasks.includes(task));
  if (other !== undefined)
    throw new OptionError(`tasks: ${metric.name} is of ${metric.tasks.join(", ")}, got ${JSON.stringify(other)}`);
  const held = tasks.flatMap((task) => {
    const cases = [1, 2, 3, 4, 5].map((seed) => randomScored(task, seed));
    return requireLaws(`${metric.name}, ${task}`, metricLaws, { metric, task, cases }, options);
  });
  return [...new Set(held)];
}
