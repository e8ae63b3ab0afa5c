import type { Rng } from "../../numeric/rng.ts";

/**
 * Puts a share of the places first, drawn without replacement, and the others after them, both in their old order;
 * returns how many come first: at least one, all of them for a share of 1. O(places).
 * Source: selection sampling (Fan, Muller & Rezucha, "Development of sampling plans by using sequential selection
 * techniques", JASA 57, 1962; algorithm S in Knuth's "Seminumerical Algorithms").
 */
export function drawRows(places: Int32Array, share: number, rng: Rng, order: Int32Array): number {
  const wanted = Math.min(places.length, Math.max(1, Math.round(share * places.length)));
  if (wanted === places.length) {
    order.set(places);
    return wanted;
  }
  let drawn = 0;
  for (let i = 0; i < places.length; i++) {
    const taken = rng.uniform() * (places.length - i) < wanted - drawn;
    order[taken ? drawn++ : wanted + i - drawn] = places[i];
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
