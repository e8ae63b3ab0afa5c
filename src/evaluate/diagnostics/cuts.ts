/** How many positives and negatives lie above each threshold: ROC, precision and recall, and costs follow from these counts. */
import { argsort } from "../../numeric/argsort.ts";
import type { CutCounts } from "./contract.ts";

/** Points of a curve: more than the eye can tell apart would only make the artifact longer. */
const POINTS = 100;

/**
 * Counts at thresholds from the highest score down, thinned to steps of a fiftieth of both rates
 * together. Equal scores fall together.
 *
 * @param positive 1 for rows of the positive class, else 0.
 * @param scores Its predicted probability. Cost: O(n log n).
 */
export function cutCounts(positive: Uint8Array, scores: Float64Array): readonly CutCounts[] {
  const order = argsort(scores);
  const total = positive.reduce((sum, one) => sum + one, 0);
  const others = positive.length - total;
  const points: CutCounts[] = [{ threshold: null, truePositives: 0, falsePositives: 0 }];
  const step = 2 / (POINTS - 2);
  let passed = 0;
  let truePositives = 0;
  let falsePositives = 0;
  for (let k = order.length - 1; k >= 0; k--) {
    const row = order[k];
    if (positive[row] === 1) truePositives++;
    else falsePositives++;
    if (k > 0 && scores[order[k - 1]] === scores[row]) continue;
    const way = truePositives / Math.max(1, total) + falsePositives / Math.max(1, others);
    if (way - passed < step && k > 0) continue;
    passed = way;
    points.push({ threshold: scores[row], truePositives, falsePositives });
  }
  return points;
}
