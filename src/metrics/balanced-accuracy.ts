import type { Metric } from "./contract.ts";
import { classCounts, confusion } from "./scored.ts";

/** Mean recall over the classes; 1 / classes for any constant. NaN without rows of every class: the mean over fewer would flatter. */
export const balancedAccuracy: Metric = {
  name: "balanced_accuracy",
  title: "Balanced accuracy",
  tasks: ["binary", "multiclass"],
  needs: "label",
  direction: "maximize",
  range: [0, 1],
  unit: "share",
  floor: "majority",
  undefinedWhen: "a class has no rows",
  score: (scored, weights) => {
    const { counts, classes } = confusion("balanced_accuracy", scored, weights);
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const { hit, actual } = classCounts(counts, classes, k);
      sum += hit / actual; // 0 / 0 without rows
    }
    return sum / classes;
  },
};
