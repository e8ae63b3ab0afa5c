/** Rankings of one class against the rest or against another, and how a mean of scores of several moves with its rows. */
import { rankingOf, type Ranking } from "../numeric/placements.ts";
import type { Scored } from "./contract.ts";
import { classified, ordered, probabilityOf } from "./scored.ts";

/** Several duels as one metric: a mean of their scores, by equal shares or by how often certain classes occur. */
export interface Duels {
  readonly codes: Int32Array;
  readonly classes: number;
  /** Made when they are asked for: those of all pairs of many classes are more numbers than their answers. */
  readonly rankings: Iterable<Ranking>;
  /** The classes whose rows make a duel's share; absent: equal shares. */
  readonly shares?: readonly (readonly number[])[];
}

/** Each class against all others; of two classes the positive one alone. */
export function oneVersusRest(metric: string, scored: Scored, byShare: boolean): Duels {
  const { codes, classes } = classified(metric, scored);
  const against = classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k);
  return {
    codes,
    classes,
    rankings: rankingsOf(metric, scored, against),
    ...(byShare && { shares: against.map((k) => [k]) }),
  };
}

/** All rows by the score of each of these classes, made when they are asked for. */
export function rankingsOf(metric: string, scored: Scored, these: Iterable<number>): Iterable<Ranking> {
  const { codes, probabilities, classes } = classified(metric, scored);
  return lazily(function* () {
    for (const k of these)
      yield rankingOf(labelled(codes, k), probabilityOf(probabilities, classes, k), scored.orderOf?.(k));
  });
}

/** Every pair of classes, judged by the scores of both (Hand and Till): class 0 against 1, 2 ..., class 1 against 0, 2 ... */
export function oneVersusOne(metric: string, scored: Scored, byShare: boolean): Duels {
  const { codes, classes } = classified(metric, scored);
  const all = Array.from({ length: classes }, (_, k) => k);
  const pairs = all.flatMap((j) => all.flatMap((k) => (k === j ? [] : [[j, k]])));
  return {
    codes,
    classes,
    rankings: lazily(() => pairRankings(metric, ordered(scored))),
    ...(byShare && { shares: pairs }),
  };
}

/** As often as it is gone through, made afresh. */
function lazily(make: () => Iterator<Ranking>): Iterable<Ranking> {
  return { [Symbol.iterator]: make };
}

/** Each pair's rows by the scores of its first class. Cost: O(classes x rows), as each pair looks at its own rows alone. */
function* pairRankings(metric: string, scored: Scored): Generator<Ranking> {
  const { codes, probabilities, classes } = classified(metric, scored);
  const starts = new Int32Array(classes + 1);
  for (let i = 0; i < codes.length; i++) starts[codes[i] + 1]++;
  for (let k = 0; k < classes; k++) starts[k + 1] += starts[k];
  for (let j = 0; j < classes; j++) {
    const scores = probabilityOf(probabilities, classes, j);
    const order = scored.orderOf!(j);
    const positive = labelled(codes, j);
    const places = new Int32Array(order.length); // of the rows of each class, class by class
    const filled = starts.slice();
    for (let place = 0; place < order.length; place++) places[filled[codes[order[place]]]++] = place;
    const placesOf = (k: number): Int32Array => places.subarray(starts[k], starts[k + 1]);
    for (let k = 0; k < classes; k++)
      if (k !== j) yield rankingOf(positive, scores, rowsOfBoth(order, placesOf(j), placesOf(k)));
  }
}

/** The rows at two ascending lists of places, by place. */
function rowsOfBoth(order: Int32Array, a: Int32Array, b: Int32Array): Int32Array {
  const rows = new Int32Array(a.length + b.length);
  for (let i = 0, at = 0, to = 0; to < rows.length; to++)
    rows[to] = order[at >= b.length || (i < a.length && a[i] < b[at]) ? a[i++] : b[at++]];
  return rows;
}

/** 1 for class k, 0 for any other. */
function labelled(codes: Int32Array, k: number): Uint8Array {
  const out = new Uint8Array(codes.length);
  for (let i = 0; i < codes.length; i++) out[i] = codes[i] === k ? 1 : 0;
  return out;
}

/** The score of one ranking and its influence values, by place of the ranking. */
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
  const ranked = Array.from(rankings, (ranking) => ({ order: ranking.order, ...rank(ranking, rows, weights) }));
  const out = new Float64Array(rows);
  if (ranked.length === 1) {
    const [{ order, influence }] = ranked;
    for (let k = 0; k < order.length; k++) out[order[k]] = influence[k];
    return out;
  }
  const frequency = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    frequency[codes[i]] += weights?.[i] ?? 1;
    total += weights?.[i] ?? 1;
  }
  const shareOf = ranked.map((_, d) => shares?.[d].reduce((sum, k) => sum + frequency[k] / total, 0) ?? 1);
  const all = shareOf.reduce((a, b) => a + b, 0);
  const value = ranked.reduce((sum, r, d) => sum + shareOf[d] * r.value, 0) / all;
  ranked.forEach(({ order, value: own, influence }, d) => {
    const isMember = new Uint8Array(classes);
    for (const k of shares?.[d] ?? []) isMember[k] = 1;
    for (let k = 0; k < order.length; k++) {
      const i = order[k];
      out[i] += (shareOf[d] * influence[k]) / all;
      if (isMember[codes[i]] === 1) out[i] += (rows * (weights?.[i] ?? 1) * (own - value)) / (total * all);
    }
  });
  return out;
}
