import type { Dataset, Rows } from "../../frame/dataset.ts";
import { argsort } from "../../numeric/argsort.ts";
import { gather } from "../../numeric/gather.ts";
import { mostFrequent } from "../answers.ts";

/** Rows in order of group and time. Rows of one group that share a rank in time are one moment. */
export interface Moments {
  /** The moment of each of the rows asked for, in their order. Moments of a group are numbered in order of time, one after another. */
  readonly of: Int32Array;
  /** The first moment of each moment's group: nothing before it belongs to the same series. */
  readonly first: Int32Array;
  /** Each moment's target: the mean of its rows' values, or their most frequent class (the first of ties); NaN where all are missing. */
  readonly target: Float64Array;
  /** The moment that is the last of all in time, with a known target: -1 when no target is known. */
  readonly last: number;
}

/** O(n log n). `weights`: one a row asked for (absent: all 1). */
export function momentsOf(data: Dataset, rows: Rows, time: Float64Array, weights?: Float64Array): Moments {
  const order = inOrder(data, rows, time);
  const of = new Int32Array(rows.length);
  const first: number[] = [];
  const starts: number[] = [];
  for (let i = 0; i < order.length; i++) {
    const row = rows[order[i]];
    const before = i === 0 ? -1 : rows[order[i - 1]];
    const sameGroup = i > 0 && groupOf(data, row) === groupOf(data, before);
    if (!sameGroup || time[row] !== time[before]) {
      starts.push(i);
      first.push(sameGroup ? first[first.length - 1] : first.length);
    }
    of[order[i]] = starts.length - 1;
  }
  const target = targets(data, rows, of, starts.length, weights);
  let last = -1;
  for (let m = 0; m < starts.length; m++) {
    const at = time[rows[order[starts[m]]]];
    if (!Number.isNaN(target[m]) && (last < 0 || at >= time[rows[order[starts[last]]]])) last = m;
  }
  return { of, first: Int32Array.from(first), target, last };
}

const groupOf = (data: Dataset, row: number): number => data.groups?.[row] ?? 0;

/** Places in `rows` by group, then by time, then as given. */
function inOrder({ groups }: Dataset, rows: Rows, time: Float64Array): Int32Array {
  const byTime = argsort(gather(time, rows));
  if (groups === undefined) return byTime;
  const byGroup = argsort(Float64Array.from(byTime, (i) => groups[rows[i]]));
  return byGroup.map((i) => byTime[i]);
}

function targets(
  { target }: Dataset,
  rows: Rows,
  of: Int32Array,
  moments: number,
  weights: Float64Array | undefined,
): Float64Array {
  const out = new Float64Array(moments).fill(Number.NaN);
  if (target.task === "regression") {
    const total = new Float64Array(moments);
    for (let i = 0; i < rows.length; i++) {
      const value = target.values[rows[i]];
      if (Number.isNaN(value)) continue;
      const weight = weights?.[i] ?? 1;
      total[of[i]] += weight;
      const so = Number.isNaN(out[of[i]]) ? value : out[of[i]];
      out[of[i]] = so + (weight / total[of[i]]) * (value - so);
    }
    return out;
  }
  const classes = target.classes.length;
  const counts = new Map<number, Float64Array>();
  for (let i = 0; i < rows.length; i++) {
    const code = target.codes[rows[i]];
    if (code < 0) continue;
    let ofMoment = counts.get(of[i]);
    if (ofMoment === undefined) counts.set(of[i], (ofMoment = new Float64Array(classes)));
    ofMoment[code] += weights?.[i] ?? 1;
    out[of[i]] = mostFrequent(ofMoment, 0, classes);
  }
  return out;
}

/**
 * For each moment the one whose target answers for it: `lag` moments before, or else the first known one of 2, 3, ...
 * lags before, or else the last known one before it in the series; -1 when none is known. Only strictly earlier moments
 * are looked at. O(moments).
 */
export function predecessors({ first, target }: Moments, lag: number): Int32Array {
  const byLag = new Int32Array(target.length);
  const latest = new Int32Array(target.length); // the last known one before
  const out = new Int32Array(target.length);
  for (let m = 0; m < target.length; m++) {
    const back = m - lag;
    byLag[m] = back < first[m] ? -1 : Number.isNaN(target[back]) ? byLag[back] : back;
    latest[m] = m === first[m] ? -1 : Number.isNaN(target[m - 1]) ? latest[m - 1] : m - 1;
    out[m] = byLag[m] >= 0 ? byLag[m] : latest[m];
  }
  return out;
}
