/** How far predictions of a number are off, and where. */
import type { AgreementGrid, Histogram } from "./contract.ts";

const BINS = 30;
const SIDE = 12;
/** A handful of extreme values must not squeeze all others into one bin: the outer bins hold what lies beyond. */
const TAIL = 0.005;

/** Actual less predicted, counted in bins of equal width. Cost: O(n log n). */
export function residualHistogram(truth: Float64Array, predicted: Float64Array): Histogram {
  const residuals = truth.map((value, i) => value - predicted[i]);
  const edges = equalEdges(residuals, BINS);
  const counts = edges.slice(1).map(() => 0);
  for (const residual of residuals) counts[binOf(residual, edges)]++;
  return { edges, counts };
}

/** Rows by predicted and actual value, both in the same bins. Cost: O(n log n). */
export function agreement(truth: Float64Array, predicted: Float64Array): AgreementGrid {
  const both = new Float64Array(truth.length + predicted.length);
  both.set(truth);
  both.set(predicted, truth.length);
  const edges = equalEdges(both, SIDE);
  const counts = new Float64Array(SIDE * SIDE);
  for (let i = 0; i < truth.length; i++) counts[binOf(truth[i], edges) * SIDE + binOf(predicted[i], edges)]++;
  const cells = Array.from(counts, (rows, at) => ({ predicted: at % SIDE, actual: Math.floor(at / SIDE), rows }));
  return { edges, cells: cells.filter(({ rows }) => rows > 0) };
}

function equalEdges(values: Float64Array, bins: number): readonly number[] {
  const sorted = values.toSorted();
  const low = sorted[Math.floor(TAIL * (sorted.length - 1))];
  const high = sorted[Math.ceil((1 - TAIL) * (sorted.length - 1))];
  const span = high - low || Math.max(1, Math.abs(low));
  const from = high > low ? low : low - span / 2;
  return Array.from({ length: bins + 1 }, (_, i) => from + (span * i) / bins);
}

function binOf(value: number, edges: readonly number[]): number {
  const bins = edges.length - 1;
  const at = Math.floor(((value - edges[0]) / (edges[bins] - edges[0])) * bins);
  return Math.max(0, Math.min(bins - 1, at));
}
