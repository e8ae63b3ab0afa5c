import type { Design } from "./panel.ts";

/** Some rows that stand for all: row `places[i]` for `factors[i]` rows. */
export interface Sample {
  readonly places: Int32Array;
  readonly factors: Float64Array;
}

/** Rows that tell second derivatives well enough to steer by: some hundred a column. */
export function enoughRows({ dense, indicators }: Design): number {
  return Math.max(2048, 200 * (dense + indicators));
}

/** Rows that a sample should hold of every indicator that has as many. */
const LEAST = 8;

/**
 * About `count` rows, evenly spaced, and more of those that hold a rare indicator; each counts as the inverse of its
 * chance to be taken. Real rows with weights keep what ties columns together (the levels of a category add up to one),
 * which rescaled sums would not. Nothing is random: systematic sampling with unequal probabilities (Madow, Annals of
 * Mathematical Statistics 20, 1949). Cost: two passes over the codes.
 */
export function sampleOf(design: Design, count: number): Sample {
  const base = count / design.rows;
  const wanted = indicatorCounts(design).map((rows) => Math.min(1, Math.max(base, LEAST / rows)));
  const places: number[] = [];
  const factors: number[] = [];
  let reached = 0.5;
  for (let p = 0; p < design.panels; p++) {
    const { rows, first, codes, codesAt, codeWidth } = design.panel(p);
    for (let i = 0; i < rows; i++) {
      let chance = base;
      for (let c = codesAt + i * codeWidth; c < codesAt + (i + 1) * codeWidth; c++)
        if (codes[c] < design.width) chance = Math.max(chance, wanted[codes[c] - design.dense]);
      reached += chance;
      if (reached < 1) continue;
      reached -= 1;
      places.push(first + i);
      factors.push(1 / chance);
    }
  }
  return { places: Int32Array.from(places), factors: Float64Array.from(factors) };
}

function indicatorCounts(design: Design): Float64Array {
  const counts = new Float64Array(design.indicators);
  for (let i = 0; i < design.panels; i++) {
    const { rows, codes, codesAt, codeWidth } = design.panel(i);
    for (let c = codesAt; c < codesAt + rows * codeWidth; c++)
      if (codes[c] < design.width) counts[codes[c] - design.dense]++;
  }
  return counts;
}
