/** Dealing rows into folds: at random within strata, by whole groups, or in order of time. Pure functions of a stream. */
import { allRows, type Dataset, type Rows, type Target } from "../../frame/dataset.ts";
import { argsort } from "../../numeric/argsort.ts";
import { gather } from "../../numeric/gather.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { Scheme } from "./contract.ts";

/** What is dealt whole, and so limits how many parts there can be. */
export type Unit = "rows" | "groups" | "times";

/** Units without which there are no two scored folds. */
export const LEAST_UNITS: Readonly<Record<Scheme, number>> = { exchange: 2, expanding: 3 };

export function unitOf({ groups, time }: Dataset, scheme: Scheme): Unit {
  if (scheme === "expanding" && time) return "times";
  return groups ? "groups" : "rows";
}

/** Different units among the rows; a row without a group is one of its own. O(rows). */
export function countUnits(data: Dataset, rows: Rows, scheme: Scheme): number {
  const unit = unitOf(data, scheme);
  if (unit === "rows") return rows.length;
  const seen = new Set<number>();
  let alone = 0;
  for (const row of rows) {
    const key = unit === "times" ? data.time![row] : data.groups![row];
    if (unit === "groups" && key < 0) alone++;
    else seen.add(key);
  }
  return seen.size + alone;
}

/** Parts 0, 1, ... of which none is empty: as many as asked for, or as there are units. Returns one a row, in the order of `rows`. */
export function dealFolds(data: Dataset, rows: Rows, folds: number, scheme: Scheme, rng: Rng): Int32Array {
  const parts = Math.min(folds, countUnits(data, rows, scheme));
  if (scheme === "expanding" && data.time) return dealTime(rows, data.time, parts);
  if (data.groups) return dealGroups(data.target, rows, data.groups, Array<number>(parts).fill(1 / parts), rng);
  return dealStratified(data.target, rows, parts, rng);
}

/**
 * Deals rows into `folds` parts of equal size. Classes are spread evenly over the parts; a numeric target is spread by
 * its order (each run of neighbours is dealt once round). Returns one part number a row, in the order of `rows`. O(n).
 */
export function dealStratified(target: Target, rows: Rows, folds: number, rng: Rng): Int32Array {
  const order = strataOrder(target, rows, rng.split("order"));
  const deal = rng.split("deal");
  const out = new Int32Array(rows.length);
  // The strata stand one after another and dealing goes on round across their borders, so sizes differ by at most one.
  const round = allRows(folds);
  for (let from = 0; from < order.length; from += folds) {
    deal.shuffle(round);
    const to = Math.min(from + folds, order.length);
    for (let i = from; i < to; i++) out[order[i]] = round[i - from];
  }
  return out;
}

/** Positions in `rows`: class by class in random order, or by ascending target. */
function strataOrder(target: Target, rows: Rows, rng: Rng): Int32Array {
  const shuffled = rng.shuffle(allRows(rows.length));
  if (target.task !== "regression") return byClass(target.codes, rows, shuffled, target.classes.length);
  const order = argsort(gather(gather(target.values, rows), shuffled)); // stable: ties stay shuffled
  for (let i = 0; i < order.length; i++) order[i] = shuffled[order[i]];
  return order;
}

/** The positions, class by class; those of one class keep their order. */
function byClass(codes: Int32Array, rows: Rows, positions: Int32Array, classes: number): Int32Array {
  const places = new Int32Array(classes + 1); // where each class begins, behind the one before it
  for (let i = 0; i < rows.length; i++) places[codes[rows[i]] + 1]++;
  for (let k = 1; k <= classes; k++) places[k] += places[k - 1];
  const order = new Int32Array(positions.length);
  for (let i = 0; i < positions.length; i++) order[places[codes[rows[positions[i]]]]++] = positions[i];
  return order;
}

/**
 * Deals whole groups into parts: largest first, each to the part where it disturbs the balance of rows and of classes
 * least (the greedy rule of stratified group k-fold). A row without a group (-1) is a group of its own. O(n + groups x folds x classes).
 *
 * @param least Groups that each part gets in any case, where there are enough of them; default one.
 */
export function dealGroups(
  target: Target,
  rows: Rows,
  groups: Int32Array,
  shares: readonly number[],
  rng: Rng,
  least: readonly number[] = shares.map(() => 1),
): Int32Array {
  const members = new Map<number, number[]>();
  for (let i = 0; i < rows.length; i++) {
    const group = groups[rows[i]] < 0 ? -1 - i : groups[rows[i]];
    const list = members.get(group);
    if (list) list.push(i);
    else members.set(group, [i]);
  }
  const width = target.task === "regression" ? 1 : target.classes.length;
  const countsOf = (list: readonly number[]): Float64Array => {
    const counts = new Float64Array(width);
    for (const i of list) counts[target.task === "regression" ? 0 : target.codes[rows[i]]]++;
    return counts;
  };
  const totals = countsOf([...rows.keys()]);
  const queue = rng.shuffle([...members.values()]).sort((a, b) => b.length - a.length);
  const filled = shares.map(() => new Float64Array(width));
  const short = [...least];
  const out = new Int32Array(rows.length);
  for (const [place, list] of queue.entries()) {
    const counts = countsOf(list);
    const isLast = queue.length - place <= short.reduce((sum, groups) => sum + Math.max(0, groups), 0);
    let best = -1;
    let change = Infinity;
    for (let part = 0; part < shares.length; part++) {
      if (isLast && short[part] <= 0) continue;
      let cost = 0; // change in chi-square between the parts and their shares, summed over classes
      for (let k = 0; k < width; k++) {
        const share = shares[part] * Math.max(1, totals[k]);
        const gap = filled[part][k] - share;
        cost += ((gap + counts[k]) ** 2 - gap ** 2) / share;
      }
      if (best < 0 || cost < change - 1e-12) [best, change] = [part, cost];
    }
    short[best]--;
    for (const i of list) out[i] = best;
    for (let k = 0; k < width; k++) filled[best][k] += counts[k];
  }
  return out;
}

/** Places of `rows` in order of time, and where in that order each time begins; a missing time counts as earliest. */
export function timeOrder(rows: Rows, time: Float64Array): { readonly order: Int32Array; readonly starts: number[] } {
  const moments = gather(time, rows).map((moment) => (Number.isNaN(moment) ? -Infinity : moment));
  const order = argsort(moments);
  const starts: number[] = [];
  for (let i = 0; i < order.length; i++) if (i === 0 || moments[order[i]] !== moments[order[i - 1]]) starts.push(i);
  return { order, starts };
}

/** Blocks in order of time, earliest block 0, as even as times allow: rows of one time stay together, and no block is empty. */
export function dealTime(rows: Rows, time: Float64Array, blocks: number): Int32Array {
  const { order, starts } = timeOrder(rows, time);
  const out = new Int32Array(rows.length);
  let block = -1;
  for (const [moment, start] of starts.entries()) {
    const even = Math.floor((start * blocks) / order.length);
    const left = starts.length - moment; // times from here on, each of which can fill a block
    block = Math.max(blocks - left, Math.min(block + 1, even), block, 0);
    for (const place of order.subarray(start, starts[moment + 1])) out[place] = block;
  }
  return out;
}
