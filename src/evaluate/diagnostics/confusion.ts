/** Which class is taken for which. */
import type { Confusion } from "./contract.ts";

/** More classes than this do not fit into a picture: the others become one. */
const MOST = 14;

/** @param actual @param predicted Class codes of the same rows. Cost: O(n + classes log classes). */
export function confusion(actual: Int32Array, predicted: Int32Array, classes: readonly string[]): Confusion {
  const sizes = new Float64Array(classes.length);
  for (const code of actual) sizes[code]++;
  const shown =
    classes.length <= MOST
      ? classes.map((_, code) => code)
      : classes
          .map((_, code) => code)
          .sort((a, b) => sizes[b] - sizes[a] || a - b)
          .slice(0, MOST - 1)
          .sort((a, b) => a - b);
  const place = new Int32Array(classes.length).fill(shown.length);
  shown.forEach((code, at) => (place[code] = at));
  const names = shown.map((code) => classes[code]);
  if (shown.length < classes.length) names.push(`${classes.length - shown.length} others`);
  const counts = names.map(() => names.map(() => 0));
  for (let i = 0; i < actual.length; i++) counts[place[actual[i]]][place[predicted[i]]]++;
  return { classes: names, counts };
}
