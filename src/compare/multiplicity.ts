/** Several claims at once: how small must a p value be when there were many chances? */

/**
 * Holm's adjusted p values: claims with an adjusted p of at most alpha are all true with probability 1 - alpha, however
 * the tests depend on each other. The smallest p is multiplied by their number, the next by one less, and so on.
 *
 * @param p P values in [0, 1]. @returns In the same order, each at least as large as its p. @throws RangeError otherwise.
 * Source: S. Holm, Scandinavian Journal of Statistics 6, 1979. Cost: O(n log n).
 */
export function holm(p: readonly number[]): number[] {
  requireProbabilities("holm", p);
  const order = p.map((_, i) => i).sort((i, j) => p[i] - p[j] || i - j);
  const adjusted = Array.from<number>({ length: p.length });
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.min(1, Math.max(largest, (p.length - rank) * p[index]));
    adjusted[index] = largest;
  });
  return adjusted;
}

/** Bonferroni's adjusted p values: each times their number. Their intervals at alpha / n hold all at once. */
export function bonferroni(p: readonly number[]): number[] {
  requireProbabilities("bonferroni", p);
  return p.map((value) => Math.min(1, value * p.length));
}

function requireProbabilities(name: string, p: readonly number[]): void {
  const wrong = p.findIndex((value) => !(value >= 0 && value <= 1));
  if (wrong >= 0) throw new RangeError(`${name}: p values must lie in [0, 1], got ${p[wrong]} at position ${wrong}`);
}
