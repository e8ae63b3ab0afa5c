import type { TrainingRows } from "../training-rows.ts";

/**
 * Training rows for a package that takes no weights and does not scale: each is named by its place as often as its
 * weight says, at most `most` places in all. Whole weights within the limit are repeated exactly; otherwise places are
 * drawn at equal steps of the running weight (systematic sampling), as many as there are rows within the limit. O(rows).
 */
export function repeatedRows({ rows, weights, total }: TrainingRows, most: number): Int32Array {
  const n = rows.length;
  const weightOf = (place: number): number => (weights === undefined ? 1 : weights[place]);
  const whole = weights === undefined || weights.every(Number.isInteger);
  const count = whole && total <= most ? total : Math.min(n, most);
  const out = new Int32Array(count);
  const step = total / count;
  let place = 0;
  let reached = weightOf(0);
  for (let i = 0; i < count; i++) {
    while (reached < (i + 0.5) * step && place < n - 1) reached += weightOf(++place);
    out[i] = place;
  }
  return out;
}
