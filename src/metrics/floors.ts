/** The constants that no other constant beats, metric by metric. */
import type { Task } from "../frame/dataset.ts";

const TASKS = {
  mean: "regression",
  median: "regression",
  "weighted-median": "regression", // with weights 1 / |y|
  quantile: "regression",
  "log-mean": "regression",
  "shortest-half": "regression",
  prior: "classification",
  majority: "classification",
} as const;

/** What a constant is made of: its best one under a metric. */
export type Floor = keyof typeof TASKS;

export const FLOORS: readonly Floor[] = Object.keys(TASKS) as Floor[];

/** The constants that suit a task. */
export function floorsOf(task: Task): readonly Floor[] {
  const wanted = task === "regression" ? "regression" : "classification";
  return FLOORS.filter((floor) => TASKS[floor] === wanted);
}
