/** Do two benches ask the same of a dataset? Only then can an answer be better or worse than the other. */
import { StatedError } from "../../error.ts";
import type { BenchResult } from "../../report/bench.ts";

/** Two benches cannot be compared: the message says which dataset, and what is different. */
export class AgainstError extends StatedError {
  override readonly name = "AgainstError";
  override readonly code = "against";
}

/** @throws AgainstError for another target, task or metric, or for other rows of the same data. */
export function requireSameQuestion(dataset: string, where: string, before: BenchResult, after: BenchResult): void {
  const refuse = (what: string, old: string, now: string): never => {
    throw new AgainstError(
      `${where}: ${dataset} has ${what} ${old} there and ${now} here, which is another question; rename the dataset, or make that bench again`,
    );
  };
  if (before.target !== after.target) refuse("the target", before.target, after.target);
  if (before.task !== after.task) refuse("the task", before.task, after.task);
  if (before.metric.name !== after.metric.name) refuse("the metric", before.metric.name, after.metric.name);
  if (before.data.fingerprint === after.data.fingerprint && before.splits.fingerprint !== after.splits.fingerprint)
    refuse("rows that were split as", short(before), short(after));
}

function short({ splits }: BenchResult): string {
  return `${splits.kind} by seed ${splits.seed} (${splits.fingerprint.slice(0, 8)})`;
}
