/** Has the gap between groups widened? Both models answered for the same people, so the change is judged pair by pair. */
import { normalQuantile } from "../numeric/normal.ts";

/** One group's answers of both models: how often each said yes, and how often both did. */
export interface BothAnswers {
  readonly rows: number;
  readonly challenger: number;
  readonly baseline: number;
  readonly both: number;
}

export interface GapChange {
  /** The challenger's largest difference between two groups less the baseline's; positive: it treats them less evenly. */
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The change of the largest difference between groups, each bound at 1 - alpha. The challenger's gap between groups a and b is
 * wider than the baseline's widest when it is wider than each of its gaps, so that claim needs no correction; which two groups
 * it is about is not known beforehand, so that is Bonferroni's. Which of the two is ahead is not known either, but both
 * directions together err no more often than one, as long as the change of a gap says little of its size. Each step is a z test of
 * a linear contrast of paired shares, a quarter of a person added to each of the four ways in which two models can answer
 * (Agresti & Min, Statistics in Medicine 24, 2005).
 *
 * @returns Undefined with fewer than two groups. Cost: O(groups⁴).
 */
export function gapChange(groups: readonly BothAnswers[], alpha: number): GapChange | undefined {
  if (groups.length < 2) return undefined;
  const pairs = groups.flatMap((_, a) => groups.flatMap((_other, b) => (a === b ? [] : [[a, b] as const])));
  const [once, twice] = [2, 1].map((directions) => normalQuantile(1 - (alpha * directions) / pairs.length));
  const plain = groups.map(({ rows, challenger, baseline }) => ({ c: challenger / rows, b: baseline / rows }));
  const moments = groups.map(smoothed);
  const gap = (model: "b" | "c"): number =>
    Math.max(...plain.map((g) => g[model])) - Math.min(...plain.map((g) => g[model]));
  let [lower, upper] = [-Infinity, -Infinity];
  for (const pair of pairs) {
    const z = correlation(moments, pair) <= UNRELATED ? once : twice;
    let [low, high] = [Infinity, Infinity];
    for (const other of pairs) {
      const { centre, variance } = contrast(moments, pair, other);
      const reach = z * Math.sqrt(Math.max(0, variance));
      low = Math.min(low, centre - reach);
      high = Math.min(high, centre + reach);
    }
    lower = Math.max(lower, low);
    upper = Math.max(upper, high);
  }
  const value = gap("c") - gap("b");
  return { value, lower: Math.min(value, lower), upper: Math.max(value, upper) };
}

/** Beyond this correlation of a gap's change with its size, a change in either direction is found too often. */
const UNRELATED = 0.8;

type Ends = readonly [more: number, less: number];

/** The challenger's gap between two groups less the baseline's between two, and its variance. */
function contrast(moments: readonly Smoothed[], [a, b]: Ends, [k, l]: Ends): { centre: number; variance: number } {
  let [centre, variance] = [0, 0];
  moments.forEach(({ rows, c, b: share, both }, g) => {
    const [onC, onB] = [Number(g === a) - Number(g === b), Number(g === l) - Number(g === k)];
    centre += onC * c + onB * share;
    variance += (onC * onC * c * (1 - c) + onB * onB * share * (1 - share) + 2 * onC * onB * (both - c * share)) / rows;
  });
  return { centre, variance };
}

/** Between the change of a pair's gap and the sum of both models' gaps. */
function correlation(moments: readonly Smoothed[], [a, b]: Ends): number {
  let [own, before] = [0, 0];
  for (const { rows, c, b: share } of [moments[a], moments[b]]) {
    own += (c * (1 - c)) / rows;
    before += (share * (1 - share)) / rows;
  }
  const [change, sum] = [contrast(moments, [a, b], [a, b]), contrast(moments, [a, b], [b, a])];
  const scale = Math.sqrt(change.variance * sum.variance);
  return scale > 0 ? Math.abs(own - before) / scale : 1;
}

interface Smoothed {
  readonly rows: number;
  readonly c: number;
  readonly b: number;
  readonly both: number;
}

function smoothed({ rows, challenger, baseline, both }: BothAnswers): Smoothed {
  const all = rows + 1;
  return { rows: all, c: (challenger + 0.5) / all, b: (baseline + 0.5) / all, both: (both + 0.25) / all };
}
