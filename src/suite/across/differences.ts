import { isTie } from "../../numeric/ties.ts";
import type { Counts } from "../../report/across.ts";
import type { DatasetScores, Field } from "./contract.ts";

/**
 * How much better contestant a is than b on each dataset, in margins. Infinite where only one of them failed, or the margin is
 * 0; 0 where both failed or their scores differ by rounding only; NaN where one takes no part. Cost: O(datasets).
 */
export function differences({ datasets }: Field, a: number, b: number): Float64Array {
  return Float64Array.from(datasets, (dataset) => difference(dataset, a, b));
}

function difference({ scores, direction, margin }: DatasetScores, a: number, b: number): number {
  const [one, other] = [scores[a], scores[b]];
  if (one === undefined || other === undefined) return Number.NaN;
  if (one === null || other === null) return one === other ? 0 : other === null ? Infinity : -Infinity;
  if (isTie(one, other)) return 0;
  return (direction === "maximize" ? one - other : other - one) / margin;
}

/** @param gains In margins. */
export function countsOf(gains: Float64Array): Counts {
  const wins = gains.filter((gain) => gain > 1).length;
  const losses = gains.filter((gain) => gain < -1).length;
  return { wins, ties: gains.length - wins - losses, losses };
}

/**
 * @throws RangeError without datasets, for a contestant or dataset that is there twice, a margin that is negative or no number,
 *   and scores that are not one for each contestant, finite where they are numbers.
 */
export function checkField({ contestants, datasets }: Field): void {
  if (datasets.length === 0) throw new RangeError("across: there is no dataset");
  refuseTwice("contestant", contestants);
  refuseTwice(
    "dataset",
    datasets.map(({ dataset }) => dataset),
  );
  for (const { dataset, margin, scores } of datasets) {
    if (!(margin >= 0 && margin < Infinity))
      throw new RangeError(`across: the margin of ${dataset} must be a number of at least 0, got ${margin}`);
    if (scores.length !== contestants.length)
      throw new RangeError(`across: ${dataset} must have ${contestants.length} scores, got ${scores.length}`);
    const wrong = scores.findIndex((score) => score != null && !Number.isFinite(score));
    if (wrong >= 0)
      throw new RangeError(
        `across: the score of ${contestants[wrong]} on ${dataset} must be a finite number or null, got ${scores[wrong]}`,
      );
  }
}

function refuseTwice(what: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new RangeError(`across: there are two of the ${what} ${twice}`);
}
