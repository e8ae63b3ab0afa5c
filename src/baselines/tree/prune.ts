/** Cost-complexity pruning: the penalty at which each split of a grown tree is no longer worth its leaf. */
import type { Grown } from "./grow/grown.ts";

/**
 * For each node the penalty a leaf from which on it is a leaf (or gone): Breiman, Friedman, Olshen & Stone,
 * "Classification and Regression Trees", 1984, section 3.3, weakest-link pruning. 0 for leaves.
 *
 * A subtree's critical penalty is the mean gain of its splits once what is weaker has been cut off below. So, from the
 * leaves up, a node takes in the strongest groups of splits below it as long as they gain more than the mean so far:
 * those fall together with it. Groups wait in skew heaps (Sleator & Tarjan, "Self-adjusting heaps", SIAM Journal on
 * Computing 15, 1986), so the whole path costs O(splits log splits).
 */
export function collapsePenalties({ column, gain, left }: Pick<Grown, "column" | "gain" | "left">): Float64Array {
  const size = column.length;
  const penalty = new Float64Array(size);
  const total = new Float64Array(size);
  const splits = new Int32Array(size);
  const takenBy = new Int32Array(size).fill(-1);
  const heaps: Heaps = {
    key: penalty,
    a: new Int32Array(size).fill(-1),
    b: new Int32Array(size).fill(-1),
  };
  const top = new Int32Array(size).fill(-1);
  for (let node = size - 1; node >= 0; node--) {
    if (column[node] < 0) continue;
    let below = merged(heaps, top[left[node]], top[left[node] + 1]);
    total[node] = gain[node];
    splits[node] = 1;
    while (below >= 0 && penalty[below] * splits[node] >= total[node]) {
      total[node] += total[below];
      splits[node] += splits[below];
      takenBy[below] = node;
      below = merged(heaps, heaps.a[below], heaps.b[below]);
    }
    penalty[node] = total[node] / splits[node];
    heaps.a[node] = -1;
    heaps.b[node] = -1;
    top[node] = merged(heaps, below, node);
  }
  for (let node = 0; node < size; node++) if (takenBy[node] >= 0) penalty[node] = penalty[takenBy[node]];
  return penalty;
}

/** Max-heaps over nodes, by key; a and b are the children, -1: none. */
interface Heaps {
  readonly key: Float64Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** The top of two heaps put together: down the right spines, swapping children on the way. */
function merged({ key, a, b }: Heaps, first: number, second: number): number {
  let top = -1;
  let parent = -1;
  let x = first;
  let y = second;
  while (x >= 0 || y >= 0) {
    if (x < 0 || (y >= 0 && key[y] > key[x])) [x, y] = [y, x];
    if (parent < 0) top = x;
    else a[parent] = x;
    if (y < 0) break;
    const next = b[x];
    b[x] = a[x];
    parent = x;
    x = next;
  }
  return top;
}
