import type { Estimator } from "../../baselines/contract.ts";
import type { Dataset } from "../../frame/dataset.ts";
import { NO_EFFORT, type Effort } from "../../numeric/effort.ts";
import type { FoldPlan } from "../splits/contract.ts";

/**
 * What it takes to prepare an estimator for a plan: all its rows are read once. Counted by whoever asks for the jobs, once
 * a plan; how many workers have it prepared is chance.
 */
export function effortOfPlan(estimator: Estimator, { columns }: Dataset, { parts }: FoldPlan): Effort {
  if (estimator.prepare === undefined) return NO_EFFORT;
  return { ...NO_EFFORT, cells: parts.reduce((sum, rows) => sum + rows.length, 0) * columns.length };
}
