import type { Metric } from "./contract.ts";
import { classCounts, confusion } from "./scored.ts";

/** Mean recall over the classes present in the truth; 1 / classes for any constant. A class without rows is left out. */
export const balancedAccuracy: Metric = {
  name: "balanced_accuracy",
  title: "Balanced accuracy",
  tasks: ["binary", "multiclass"],
  needs: "label",
  direction: "maximize",
  range: [0, 1],
  unit: "share",
  floor: "majority",
  score: (scored, weights) => {
    const { counts, classes } = confusion("balanced_accuracy", scored, weights);
    let sum = 0;
    let present = 0;
    for (let k = 0; k < classes; k++) {
      const { hit, actual } = classCounts(counts, classes, k);
      if (actual === 0) continue;
      sum += hit / actual;
      present++;
    }
    return sum / present;
  },
};
