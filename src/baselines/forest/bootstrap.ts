import type { Rng } from "../../numeric/rng.ts";

/** How often each of 0 .. rows - 1 is drawn in as many draws with replacement, into `counts`. O(rows). */
export function drawBootstrap(rng: Rng, counts: Float64Array): void {
  counts.fill(0);
  if (counts.length <= 65536) return drawByHalves(rng, counts);
  for (let i = 0; i < counts.length; i++) counts[rng.below(counts.length)]++;
}

/**
 * Two draws from each 32 bits: of 16 bits x, the place is floor(x * rows / 2^16), and those x are passed over that would
 * give some places one x more than others.
 * Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019.
 */
function drawByHalves(rng: Rng, counts: Float64Array): void {
  const rows = counts.length;
  const over = 65536 % rows;
  let left = rows;
  while (left > 0) {
    const bits = rng.uint32();
    for (let shift = 0; shift < 32 && left > 0; shift += 16) {
      const product = Math.imul((bits >>> shift) & 65535, rows);
      if ((product & 65535) < over) continue;
      counts[product >>> 16]++;
      left--;
    }
  }
}
