/** Dealing rows into folds: at random within strata, by whole groups, or in order of time. Pure functions of a stream. */
import { allRows, type Rows, type Target } from "../../data/dataset.ts";
import { argsort } from "../../numeric/argsort.ts";
import { gather } from "../../numeric/gather.ts";
import type { Rng } from "../../numeric/rng.ts";

/**
 * Deals rows into `folds` parts of equal size. Classes are spread evenly over the parts; a numeric target is spread by
 * its order (each run of neighbours is dealt once round). Returns one part number a row, in the order of `rows`. O(n).
 */
export function dealStratified(target: Target, rows: Rows, folds: number, rng: Rng): Int32Array {
  const order = strataOrder(target, rows, rng.split("order"));
  const deal = rng.split("deal");
  const out = new Int32Array(rows.length);
  // The strata stand one after another and dealing goes on round across their borders, so sizes differ by at most one.
  const round = Int32Array.from({ length: folds }, (_, fold) => fold);
  for (let i = 0; i < order.length; i++) {
    if (i % folds === 0) deal.shuffle(round);
    out[order[i]] = round[i % folds];
  }
  return out;
}

/** Positions in `rows`: class by class in random order, or by ascending target. */
function strataOrder(target: Target, rows: Rows, rng: Rng): Int32Array {
  const shuffled = rng.shuffle(allRows(rows.length));
  const keys = gather(gather(target.task === "regression" ? target.values : target.codes, rows), shuffled);
  return argsort(keys).map((i) => shuffled[i]); // stable: ties stay shuffled
}

/**
 * Deals whole groups into parts: largest first, each to the part where it disturbs the balance of rows and of classes
 * least (the greedy rule of stratified group k-fold). A row without a group (-1) is a group of its own. O(n + groups x folds x classes).
 */
export function dealGroups(
  target: Target,
  rows: Rows,
  groups: Int32Array,
  shares: readonly number[],
  rng: Rng,
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
  const out = new Int32Array(rows.length);
  for (const list of queue) {
    const counts = countsOf(list);
    let best = 0;
    let least = Infinity;
    for (let part = 0; part < shares.length; part++) {
      let cost = 0; // change in chi-square between the parts and their shares, summed over classes
      for (let k = 0; k < width; k++) {
        const share = shares[part] * Math.max(1, totals[k]);
        const short = filled[part][k] - share;
        cost += ((short + counts[k]) ** 2 - short ** 2) / share;
      }
      if (cost < least - 1e-12) [best, least] = [part, cost];
    }
    for (const i of list) out[i] = best;
    for (let k = 0; k < width; k++) filled[best][k] += counts[k];
  }
  return out;
}

/** Blocks of equal size in order of time, earliest block 0; rows of one moment stay together; a missing time counts as earliest. */
export function dealTime(rows: Rows, time: Float64Array, blocks: number): Int32Array {
  const moments = gather(time, rows).map((moment) => (Number.isNaN(moment) ? -Infinity : moment));
  const order = argsort(moments);
  const out = new Int32Array(rows.length);
  for (let i = 0; i < order.length;) {
    const block = Math.min(blocks - 1, Math.floor((i * blocks) / order.length));
    const moment = moments[order[i]];
    for (; i < order.length && moments[order[i]] === moment; i++) out[order[i]] = block;
  }
  return out;
}
