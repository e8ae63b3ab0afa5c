import type { Curvature } from "../../numeric/glm/curvature.ts";
import { huberFit } from "../../numeric/glm/huber-fit.ts";
import type { FitLimits } from "../../numeric/glm/smooth-fit.ts";
import { weightedMedian } from "../../numeric/median.ts";
import { compact } from "./compact.ts";
import type { Solution } from "./least-squares.ts";
import type { TrainingSet } from "./training-set.ts";
import type { Walk } from "./walks.ts";

/**
 * Huber regression for several penalties, each from the solution before it. The target is measured in units of its own
 * robust spread, so that neither it nor the penalty depends on the unit.
 */
export function huberWalk(set: TrainingSet, values: Float64Array, limits?: FitLimits): Walk<Solution> {
  const weights = set.weights();
  const { centre, spread } = robustScale(values, weights);
  if (spread === 0) {
    const x = new Float64Array(set.design().width);
    x[0] = centre;
    return () => ({ x, notes: { scale: 0 } });
  }
  const truth = values.map((value) => (value - centre) / spread);
  const { weight } = set.summary;
  const { design, lift } = compact(set.design());
  const { width } = design;
  let start: Float64Array = new Float64Array(width + 1);
  let nearby: Curvature | undefined;
  return (penalty) => {
    const fit = huberFit(design, truth, weights, penalty / weight, start, nearby, limits);
    nearby = fit.curvature;
    start = fit.x;
    const x = lift(fit.x.subarray(0, width)).map((value, j) => spread * value + (j === 0 ? centre : 0));
    return { x, notes: { iterations: fit.iterations, stopped: fit.stopped, scale: fit.scale * spread } };
  };
}

/**
 * The median, and 1.4826 times the median distance from it; where more than half of the rows are at the median, the
 * mean distance; 0 where all are.
 */
function robustScale(
  values: Float64Array,
  weights: Float64Array | undefined,
): { readonly centre: number; readonly spread: number } {
  const median = (of: Float64Array): number => weightedMedian(of, weights);
  const centre = median(values);
  const distances = values.map((value) => Math.abs(value - centre));
  const middle = median(distances);
  if (middle > 0) return { centre, spread: 1.4826 * middle };
  return { centre, spread: distances.reduce((sum, distance) => sum + distance / distances.length, 0) };
}
