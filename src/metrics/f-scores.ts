import type { Metric } from "./contract.ts";
import { classCounts, confusion, ratio } from "./scored.ts";

type PerClass = (counts: { hit: number; called: number; actual: number }) => number;
const PER_CLASS: Record<"precision" | "recall" | "f1", PerClass> = {
  precision: ({ hit, called }) => ratio(hit, called),
  recall: ({ hit, actual }) => ratio(hit, actual),
  f1: ({ hit, called, actual }) => ratio(2 * hit, called + actual),
};

/**
 * Of the positive class when binary; the plain mean over the classes that occur in truth or labels otherwise (macro),
 * or weighted by how many rows each class has. 0 / 0 counts as 0, but without a positive row there is no score at all.
 */
function classMetric(kind: keyof typeof PER_CLASS, title: string, average: "macro" | "weighted"): Metric {
  const name = average === "macro" ? kind : `${kind}_weighted`;
  return {
    name,
    title,
    tasks: average === "macro" ? ["binary", "multiclass"] : ["multiclass"],
    needs: "label",
    direction: "maximize",
    range: [0, 1],
    unit: "share",
    floor: "majority",
    ...(average === "macro" && { undefinedWhen: "of two classes the positive one has no rows" }),
    ...(average === "macro" && { ofPositive: true as const }),
    score: (scored, weights) => {
      const { counts, classes } = confusion(name, scored, weights);
      if (scored.truth.task === "binary") {
        const positive = classCounts(counts, 2, 1);
        return positive.actual > 0 ? PER_CLASS[kind](positive) : Number.NaN;
      }
      let sum = 0;
      let total = 0;
      for (let k = 0; k < classes; k++) {
        const of = classCounts(counts, classes, k);
        const weight = average === "weighted" ? of.actual : of.actual + of.called > 0 ? 1 : 0;
        sum += weight * PER_CLASS[kind](of);
        total += weight;
      }
      return sum / total;
    },
  };
}

/** Share of the rows called positive that are positive. */
export const precision: Metric = classMetric("precision", "Precision", "macro");
/** Share of the positive rows that are called positive. */
export const recall: Metric = classMetric("recall", "Recall", "macro");
/** Harmonic mean of precision and recall. */
export const f1: Metric = classMetric("f1", "F1", "macro");
/** F1 averaged over classes by their rows. */
export const f1Weighted: Metric = classMetric("f1", "F1, weighted by class", "weighted");
