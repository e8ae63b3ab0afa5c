import type { Rng } from "../../numeric/rng.ts";

/**
 * Fills `order` with its places: first a share of them, drawn without replacement, then the others, both ascending.
 * Returns how many come first: at least one, all of them for a share of 1. O(places).
 * Source: selection sampling (Fan, Muller & Rezucha, "Development of sampling plans by using sequential selection
 * techniques", JASA 57, 1962; algorithm S in Knuth's "Seminumerical Algorithms").
 */
export function drawRows(share: number, rng: Rng, order: Int32Array): number {
  const count = order.length;
  const wanted = Math.min(count, Math.max(1, Math.round(share * count)));
  let drawn = 0;
  for (let i = 0; i < count; i++) {
    const taken = wanted === count || rng.uniform() * (count - i) < wanted - drawn;
    order[taken ? drawn++ : wanted + i - drawn] = i;
  }
  return wanted;
}

/** A share of 0 .. count - 1, at least one of them, ascending. */
export function drawColumns(count: number, share: number, rng: Rng): Int32Array {
  const all = Int32Array.from({ length: count }, (_, j) => j);
  if (share >= 1 || count === 0) return all;
  return rng
    .shuffle(all)
    .subarray(0, Math.max(1, Math.round(share * count)))
    .sort();
}
