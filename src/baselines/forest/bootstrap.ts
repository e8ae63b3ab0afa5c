import type { Rng } from "../../numeric/rng.ts";

/** How often each of 0 .. rows - 1 is drawn in as many draws with replacement, into `counts`. O(rows). */
export function drawBootstrap(rng: Rng, counts: Float64Array): void {
  counts.fill(0);
  for (let i = 0; i < counts.length; i++) counts[rng.below(counts.length)]++;
}
