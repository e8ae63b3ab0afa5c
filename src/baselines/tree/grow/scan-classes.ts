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
 * @param total Class weights of the node. @param spare 2 x classes numbers of scratch memory.
 */
export function scanClasses(
  buckets: ClassBuckets,
  impurity: Impurity,
  total: Float64Array,
  minLeaf: number,
  spare: Float64Array,
  cut: Cut,
): void {
  const { counts, size } = buckets;
  const classes = total.length;
  const whole = purity(impurity, total, 0, classes);
  let missing = 0;
  for (let k = 0; k < classes; k++) missing += counts[MISSING_BIN * classes + k];
  const sides = missing > 0 ? 2 : 1;
  cut.at = -1;
  for (let side = 0; side < sides; side++) {
    let left = 0;
    let right = 0;
    for (let k = 0; k < classes; k++) {
      const gone = side * counts[MISSING_BIN * classes + k];
      left += spare[k] = gone;
      right += spare[classes + k] = total[k] - gone;
    }
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < classes; k++) {
        const moved = counts[i * classes + k];
        spare[k] += moved;
        spare[classes + k] -= moved;
        left += moved;
        right -= moved;
      }
      if (!(left >= minLeaf && right >= minLeaf)) continue;
      const gain = purity(impurity, spare, 0, classes) + purity(impurity, spare, classes, classes) - whole;
      if (!(gain > cut.gain)) continue;
      cut.gain = gain;
      cut.at = i;
      cut.missingLeft = side === 1;
    }
  }
}
