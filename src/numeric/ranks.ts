/** Order and ranks of numbers. NaN is not allowed. */

const DIGIT = 2048;
const SMALL = 4096;

/** Row numbers in ascending order of value; equal values keep their order. Cost: O(n) (radix) or O(n log n) when small. */
export function ascendingOrder(values: Float64Array): Int32Array {
  const order = Int32Array.from({ length: values.length }, (_, i) => i);
  if (values.length < SMALL) return order.sort((i, j) => values[i] - values[j] || i - j);
  return radixOrder(values, order);
}

/** Least significant digit first, 11 bits a pass, on the bits of the doubles made monotone. Passes without variety are skipped. */
function radixOrder(values: Float64Array, order: Int32Array): Int32Array {
  const n = values.length;
  const low = new Uint32Array(n);
  const high = new Uint32Array(n);
  sortableBits(values, low, high);
  let from: Int32Array = order;
  let to: Int32Array = new Int32Array(n);
  const counts = new Int32Array(DIGIT);
  for (let pass = 0; pass < 6; pass++) {
    const words = pass < 3 ? low : high;
    const shift = (pass % 3) * 11;
    if (!countDigits(words, shift, counts)) continue;
    scatter(words, shift, counts, from, to);
    [from, to] = [to, from];
  }
  return from;
}

/** The bits of each double as two words whose unsigned order is the order of the doubles; -0 counts as 0. */
function sortableBits(values: Float64Array, low: Uint32Array, high: Uint32Array): void {
  const one = new Float64Array(1);
  const words = new Uint32Array(one.buffer);
  for (let i = 0; i < values.length; i++) {
    one[0] = values[i] + 0;
    const flip = words[1] >>> 31 === 1 ? 0xffffffff : 0;
    low[i] = words[0] ^ flip;
    high[i] = words[1] ^ (flip | 0x80000000);
  }
}

/** Turns counts of one digit into first positions. False when all words share the digit. */
function countDigits(words: Uint32Array, shift: number, counts: Int32Array): boolean {
  counts.fill(0);
  for (let i = 0; i < words.length; i++) counts[(words[i] >>> shift) & (DIGIT - 1)]++;
  let position = 0;
  for (let digit = 0; digit < DIGIT; digit++) {
    const count = counts[digit];
    if (count === words.length) return false;
    counts[digit] = position;
    position += count;
  }
  return true;
}

function scatter(words: Uint32Array, shift: number, counts: Int32Array, from: Int32Array, to: Int32Array): void {
  for (let k = 0; k < from.length; k++) {
    const i = from[k];
    to[counts[(words[i] >>> shift) & (DIGIT - 1)]++] = i;
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
