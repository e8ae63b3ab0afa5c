/** Rankings of one class against the rest or against another, and how a mean of scores of several moves with its rows. */
import { rankingOf, type Ranking } from "../numeric/placements.ts";
import type { Scored } from "./contract.ts";
import { classified, ordered, probabilityOf } from "./scored.ts";

/** Several duels as one metric: a mean of their scores, by equal shares or by how often certain classes occur. */
export interface Duels {
  readonly codes: Int32Array;
  readonly classes: number;
  readonly rankings: readonly Ranking[];
  /** The classes whose rows make a duel's share; absent: equal shares. */
  readonly shares?: readonly (readonly number[])[];
}

/** Each class against all others; of two classes the positive one alone. */
export function oneVersusRest(metric: string, scored: Scored, byShare: boolean): Duels {
  const { codes, probabilities, classes } = classified(metric, scored);
  const against = classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k);
  return {
    codes,
    classes,
    rankings: against.map((k) =>
      rankingOf(labelled(codes, k), probabilityOf(probabilities, classes, k), scored.orderOf?.(k)),
    ),
    ...(byShare && { shares: against.map((k) => [k]) }),
  };
}

/** Every pair of classes, judged by the scores of both (Hand and Till). */
export function oneVersusOne(metric: string, scored: Scored, byShare: boolean): Duels {
  const { codes, probabilities, classes } = classified(metric, scored);
  const { orderOf } = ordered(scored);
  const columns = Array.from({ length: classes }, (_, k) => probabilityOf(probabilities, classes, k));
  const pairs = columns.flatMap((_, j) => columns.flatMap((__, k) => (k === j ? [] : [[j, k] as const])));
  return {
    codes,
    classes,
    rankings: pairs.map(([j, k]) => rankingOf(labelled(codes, j, k), columns[j], orderOf?.(j))),
    ...(byShare && { shares: pairs }),
  };
}

const LEFT_OUT = 255;

/** 1 for class k, 0 for class j (or any other), the rest left out. */
function labelled(codes: Int32Array, k: number, j?: number): Uint8Array {
  const out = new Uint8Array(codes.length);
  for (let i = 0; i < codes.length; i++) out[i] = codes[i] === k ? 1 : j === undefined || codes[i] === j ? 0 : LEFT_OUT;
  return out;
}

/** The score of one ranking and its influence values by row (rows left out have 0). */
export interface Ranked {
  readonly value: number;
  readonly influence: Float64Array;
}

/** Influence values of the mean of all duels' scores. A row also moves the shares of the classes it belongs to. */
export function influenceOfMean(
  { codes, classes, rankings, shares }: Duels,
  rank: (ranking: Ranking, rows: number, weights?: Float64Array) => Ranked,
  weights?: Float64Array,
): Float64Array {
  const rows = codes.length;
  const ranked = rankings.map((ranking) => rank(ranking, rows, weights));
  if (ranked.length === 1) return ranked[0].influence;
  const frequency = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    frequency[codes[i]] += weights?.[i] ?? 1;
    total += weights?.[i] ?? 1;
  }
  const shareOf = rankings.map((_, d) => shares?.[d].reduce((sum, k) => sum + frequency[k] / total, 0) ?? 1);
  const all = shareOf.reduce((a, b) => a + b, 0);
  const value = ranked.reduce((sum, r, d) => sum + shareOf[d] * r.value, 0) / all;
  const out = new Float64Array(rows);
  ranked.forEach(({ value: own, influence }, d) => {
    const members = new Set(shares?.[d]);
    for (let i = 0; i < rows; i++) {
      out[i] += (shareOf[d] * influence[i]) / all;
      if (members.has(codes[i])) out[i] += (rows * (weights?.[i] ?? 1) * (own - value)) / (total * all);
    }
  });
  return out;
}
