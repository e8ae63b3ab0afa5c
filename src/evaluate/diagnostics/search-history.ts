import { scoredOnPath, type Trial } from "../../search/trial.ts";
import type { SearchPoint } from "./contract.ts";

/** Points that a figure can show. */
const MOST = 60;
/** Fewer configurations than this make no history. */
const LEAST = 3;

/**
 * How a search went, trial by trial; of many, neighbours together with the best loss among them. Undefined of too few trials.
 * O(trials).
 *
 * @param trials Ended or not, in the order of asking; lower values are better.
 */
export function searchHistory(trials: readonly Trial[]): readonly SearchPoint[] | undefined {
  const told = trials.filter((trial) => trial.reports.some((report) => scoredOnPath(report) > 0));
  if (told.length < LEAST) return undefined;
  const each = Math.ceil(told.length / MOST);
  const points: SearchPoint[] = [];
  let [fits, saved] = [0, 0];
  let best = Number.POSITIVE_INFINITY;
  for (let from = 0; from < told.length; from += each) {
    const group = told.slice(from, from + each);
    for (const { state, order, reports, value } of group) {
      fits += reports.length;
      if (state === "pruned") saved += order.length - reports.length;
      if (state === "complete" && value < best) best = value;
    }
    const whole = group.filter(({ state, value }) => state === "complete" && Number.isFinite(value));
    const losses = (whole.length > 0 ? whole : group).map(({ value }) => value).filter(Number.isFinite);
    points.push({
      fits,
      saved,
      loss: losses.length > 0 ? Math.min(...losses) : null,
      best: Number.isFinite(best) ? best : null,
      stopped: whole.length === 0,
    });
  }
  return points;
}
