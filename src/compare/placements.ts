/**
 * Placement values: for every positive case the share of negatives scored below it, for every negative the share of
 * positives scored above it (ties count half). Their means are the area under the ROC curve, their spread its variance.
 */
import { ascendingOrder } from "../numeric/ranks.ts";

export interface Placements {
  readonly auc: number;
  /** One value a case, in the order given. */
  readonly values: Float64Array;
}

/**
 * @param positive 1 for a positive case, 0 for a negative one, anything else is left out (its value is NaN).
 * @param weights Of cases, not negative; absent: all 1.
 * @param order Of the scores, where it is known already.
 * @returns NaN where a class has no weight. Cost: O(n log n), one sort.
 * Source: X. Sun & W. Xu, IEEE Signal Processing Letters 21, 2014 (the fast form of DeLong, DeLong & Clarke-Pearson 1988).
 */
export function placements(
  positive: Uint8Array,
  scores: Float64Array,
  weights?: Float64Array,
  order: Int32Array = ascendingOrder(scores),
): Placements {
  const [totalNegative, totalPositive] = classWeights(positive, weights);
  const values = new Float64Array(scores.length).fill(Number.NaN);
  let below = 0; // weight of negatives scored lower
  let passed = 0; // weight of positives scored lower
  let sum = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    let tiedNegative = 0;
    let tiedPositive = 0;
    for (; end < order.length && scores[order[end]] === scores[order[start]]; end++) {
      const w = weights === undefined ? 1 : weights[order[end]];
      if (positive[order[end]] === 1) tiedPositive += w;
      else if (positive[order[end]] === 0) tiedNegative += w;
    }
    const above = totalPositive - passed - tiedPositive;
    const placedPositive = (below + 0.5 * tiedNegative) / totalNegative;
    const placedNegative = (above + 0.5 * tiedPositive) / totalPositive;
    for (let k = start; k < end; k++) {
      if (positive[order[k]] === 1) values[order[k]] = placedPositive;
      else if (positive[order[k]] === 0) values[order[k]] = placedNegative;
    }
    sum += tiedPositive * placedPositive;
    below += tiedNegative;
    passed += tiedPositive;
    start = end;
  }
  return { auc: sum / totalPositive, values };
}

function classWeights(positive: Uint8Array, weights?: Float64Array): [negative: number, positive: number] {
  const totals: [number, number] = [0, 0];
  for (let i = 0; i < positive.length; i++) {
    const w = weights === undefined ? 1 : weights[i];
    if (positive[i] <= 1) totals[positive[i]] += w;
  }
  return totals;
}
