import { argsort } from "../numeric/argsort.ts";
import type { Metric } from "./contract.ts";
import { classified, probabilityOf } from "./scored.ts";

/** Sum of precision x step in recall from the highest score down, ties as one step. NaN without positives. O(n). */
export function averagePrecisionOf(scores: Float64Array, positive: ArrayLike<number>, weights?: Float64Array): number {
  const order = argsort(scores).reverse();
  let hits = 0;
  let called = 0;
  let area = 0;
  for (let i = 0; i < order.length;) {
    const score = scores[order[i]];
    let step = 0;
    for (; i < order.length && scores[order[i]] === score; i++) {
      const w = weights?.[order[i]] ?? 1;
      called += w;
      if (positive[order[i]]) step += w;
    }
    hits += step;
    if (step > 0) area += step * (hits / called);
  }
  return hits > 0 ? area / hits : Number.NaN;
}

/** Average precision (area under precision-recall, no interpolation); macro over classes. The prevalence for a constant. */
export const averagePrecision: Metric = {
  name: "average_precision",
  title: "Average precision",
  tasks: ["binary", "multiclass"],
  needs: "probability",
  direction: "maximize",
  range: [0, 1],
  unit: "share",
  floor: "prior",
  undefinedWhen: "a class has no rows",
  ofPositive: true,
  score: (scored, weights) => {
    const { codes, probabilities, classes } = classified("average_precision", scored);
    const of = (k: number): number =>
      averagePrecisionOf(
        probabilityOf(probabilities, classes, k),
        codes.map((code) => (code === k ? 1 : 0)),
        weights,
      );
    if (classes === 2) return of(1);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += of(k);
    return sum / classes;
  },
};
