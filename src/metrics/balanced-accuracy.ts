import { meanGradient, RECALL } from "./class-scores.ts";
import { tableMetric } from "./confusion-table.ts";
import type { Metric } from "./contract.ts";

/** Mean recall over the classes; 1 / classes for any constant. NaN without rows of every class: the mean over fewer would flatter. */
export const balancedAccuracy: Metric = tableMetric(
  {
    name: "balanced_accuracy",
    title: "Balanced accuracy",
    tasks: ["binary", "multiclass"],
    range: [0, 1],
    unit: "share",
    undefinedWhen: "a class has no rows",
  },
  {
    value: ({ hits, truth, classes }) => {
      let sum = 0;
      for (let k = 0; k < classes; k++) sum += hits[k] / truth[k]; // 0 / 0 without rows
      return sum / classes;
    },
    gradient: (table) => meanGradient(table, RECALL, Array.from(table.truth.keys())),
  },
  { settled: true, byClass: true },
);
