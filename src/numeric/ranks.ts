/** Order and ranks of numbers. NaN is not allowed. */

const DIGIT = 2048;
const SMALL = 4096;

/**
 * Row numbers in ascending order of value; equal values keep their order.
 * Cost: O(n): three passes over the upper halves of the doubles, then the few runs that agree in those are put right.
 */
export function ascendingOrder(values: Float64Array): Int32Array {
  const order = new Int32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  if (values.length < SMALL) return order.sort((i, j) => values[i] - values[j] || i - j);
  const sorted = radixPasses(upperBits(values), order);
  sortRuns(values, sorted.keys, sorted.order);
  return sorted.order;
}

/** The upper 32 bits of each double, changed so that their unsigned order is that of the doubles; -0 counts as 0. */
function upperBits(values: Float64Array): Uint32Array {
  const keys = new Uint32Array(values.length);
  const one = new Float64Array(1);
  const words = new Uint32Array(one.buffer);
  for (let i = 0; i < values.length; i++) {
    one[0] = values[i] + 0;
    keys[i] = words[1] >>> 31 === 1 ? ~words[1] : words[1] | 0x80000000;
  }
  return keys;
}

interface Keyed {
  readonly keys: Uint32Array;
  readonly order: Int32Array;
}

/** Least significant digit first, 11 bits a pass; keys travel with their rows. Passes without variety are skipped. */
function radixPasses(keys: Uint32Array, order: Int32Array): Keyed {
  const counts = new Int32Array(DIGIT);
  let from: Keyed = { keys, order };
  let to: Keyed = { keys: new Uint32Array(keys.length), order: new Int32Array(keys.length) };
  for (let shift = 0; shift < 32; shift += 11) {
    if (!firstPlaces(from.keys, shift, counts)) continue;
    scatter(from.keys, from.order, shift, counts, to.keys, to.order);
    [from, to] = [to, from];
  }
  return from;
}

/** Where each digit's rows begin. False when all keys share the digit. */
function firstPlaces(keys: Uint32Array, shift: number, counts: Int32Array): boolean {
  counts.fill(0);
  for (let i = 0; i < keys.length; i++) counts[(keys[i] >>> shift) & (DIGIT - 1)]++;
  let place = 0;
  for (let digit = 0; digit < DIGIT; digit++) {
    const count = counts[digit];
    if (count === keys.length) return false;
    counts[digit] = place;
    place += count;
  }
  return true;
}

function scatter(
  keys: Uint32Array,
  order: Int32Array,
  shift: number,
  places: Int32Array,
  toKeys: Uint32Array,
  toOrder: Int32Array,
): void {
  for (let k = 0; k < keys.length; k++) {
    const place = places[(keys[k] >>> shift) & (DIGIT - 1)]++;
    toKeys[place] = keys[k];
    toOrder[place] = order[k];
  }
}

/** Sorts each run of equal keys by value, unless its values are in order already (as ties are). */
function sortRuns(values: Float64Array, keys: Uint32Array, order: Int32Array): void {
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    let ordered = true;
    for (; end < order.length && keys[end] === keys[start]; end++) {
      ordered &&= values[order[end - 1]] <= values[order[end]];
    }
    if (!ordered) order.subarray(start, end).sort((i, j) => values[i] - values[j] || i - j);
    start = end;
  }
}

/** Ranks from 1 in ascending order; equal values share the mean of their ranks. `order`: where it is already known. */
export function midRanks(values: Float64Array, order: Int32Array = ascendingOrder(values)): Float64Array {
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let k = start; k < end; k++) ranks[order[k]] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}
