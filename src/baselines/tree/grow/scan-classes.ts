/** The best cut of a row of buckets by class weights: Gini impurity or entropy, any number of classes. */
import { MISSING_BIN } from "../../../bins/number-bins.ts";
import type { Cut } from "./scan-moments.ts";

/** As `Buckets`, with one weight a class: entry i is counts[i * classes .. (i + 1) * classes); entry 255 is missing. */
export interface ClassBuckets {
  size: number;
  readonly bin: Int32Array;
  readonly counts: Float64Array;
}

export type Impurity = "gini" | "entropy";

/**
 * Minus the impurity of a node times its weight W, up to a constant times W: sum n^2 / W (Gini), sum n log n - W log W
 * (entropy, in nats). What a split gains is the sum over its children minus that of the node.
 */
export function purity(impurity: Impurity, counts: Float64Array, at: number, classes: number): number {
  let weight = 0;
  let sum = 0;
  for (let k = at; k < at + classes; k++) weight += counts[k];
  if (!(weight > 0)) return 0;
  if (impurity === "gini") {
    for (let k = at; k < at + classes; k++) sum += counts[k] * counts[k];
    return sum / weight;
  }
  for (let k = at; k < at + classes; k++) if (counts[k] > 0) sum += counts[k] * Math.log(counts[k] / weight);
  return sum;
}

/**
 * Walks over the boundaries between buckets, with the missing rows once on either side, and keeps the first cut whose
 * gain beats `cut.gain`. O(buckets x classes).
 *
 * Few classes of many change sides at a boundary: what each side has of x^2 or x log x is kept up with those alone, and a cut that
 * falls behind by more than such a sum can be wrong is passed over.
 *
 * @param total Class weights of the node. @param spare 2 x classes numbers of scratch memory.
 * @param terms For entropy: `timesLogs` of the node's weight; absent: weights are not whole, so every cut is weighed in full.
 */
export function scanClasses(
  buckets: ClassBuckets,
  impurity: Impurity,
  total: Float64Array,
  minLeaf: number,
  spare: Float64Array,
  cut: Cut,
  terms?: Float64Array,
): void {
  const { counts, size } = buckets;
  const classes = total.length;
  const gini = impurity === "gini";
  const kept = gini || terms !== undefined;
  const term = (x: number): number => (terms === undefined ? x * x : terms[x]);
  const whole = purity(impurity, total, 0, classes);
  let missing = 0;
  for (let k = 0; k < classes; k++) missing += counts[MISSING_BIN * classes + k];
  const sides = missing > 0 ? 2 : 1;
  cut.at = -1;
  for (let side = 0; side < sides; side++) {
    let left = 0;
    let right = 0;
    let leftTerms = 0;
    let rightTerms = 0;
    for (let k = 0; k < classes; k++) {
      const gone = side * counts[MISSING_BIN * classes + k];
      left += spare[k] = gone;
      right += spare[classes + k] = total[k] - gone;
      if (!kept) continue;
      leftTerms += term(gone);
      rightTerms += term(total[k] - gone);
    }
    // Each of so many steps rounds numbers of at most this size.
    const wrong =
      ROUNDING * (size + 4) * classes * (terms === undefined ? leftTerms + rightTerms : terms[left + right]);
    for (let i = 0; i < size; i++) {
      for (let k = 0, at = i * classes; k < classes; k++, at++) {
        const moved = counts[at];
        if (moved === 0) continue;
        const onLeft = spare[k];
        const onRight = spare[classes + k];
        spare[k] = onLeft + moved;
        spare[classes + k] = onRight - moved;
        left += moved;
        right -= moved;
        if (!kept) continue;
        leftTerms += term(onLeft + moved) - term(onLeft);
        rightTerms += term(onRight - moved) - term(onRight);
      }
      if (!(left >= minLeaf && right >= minLeaf)) continue;
      if (terms !== undefined) {
        if (leftTerms - terms[left] + (rightTerms - terms[right]) - whole + wrong <= cut.gain) continue;
      } else if (kept && (leftTerms + wrong) / left + (rightTerms + wrong) / right - whole <= cut.gain) continue;
      const gain = purity(impurity, spare, 0, classes) + purity(impurity, spare, classes, classes) - whole;
      if (!(gain > cut.gain)) continue;
      cut.gain = gain;
      cut.at = i;
      cut.missingLeft = side === 1;
    }
  }
}

/** Several times what a sum of two numbers rounds off the larger one. */
const ROUNDING = 1e-15;
