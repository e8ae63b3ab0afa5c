import { agreement, rates } from "./confusion.ts";
import type { SmoothMetric } from "./contract.ts";
import { medianError } from "./median.ts";
import { averagePrecisions, pairwiseAreas, rocAreas } from "./ranking.ts";

/** Metrics whose row contributions are known by formula. A metric found nowhere is judged by jackknife and bootstrap. */
export const smoothMetrics: readonly SmoothMetric[] = [
  rocAreas,
  rates,
  agreement,
  averagePrecisions,
  pairwiseAreas,
  medianError,
];
