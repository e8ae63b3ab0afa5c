/**
 * Histogram kernels: sums of row statistics by bin. `order[start .. end)` are the rows of a call (places among the
 * training rows), `base` is where the words of a group of four columns start; statistics come gathered, entry 0 for
 * the row at `start`, but to addSingles4, the busiest, which gathers them itself: its loops then stay apart from their
 * caller when the compiler inlines. Each inner loop is a function of its own, because the compiler does better by short
 * functions than by long ones.
 */

/** Rows to gather at a time: their statistics stay in the cache while one group of columns follows the other. */
export const CHUNK = 4096;

/**
 * Sums of one group of four columns, 256 numbers each; all 0 between calls. Because it is a constant of the module, the
 * compiler knows where it is and how long, and needs no check of an index of eight bits: a quarter of the time.
 */
const GROUP = new Float64Array(1024);
/** Fewer rows than this do not pay for adding the group to the histogram. */
const FEW_ROWS = 1024;

/** The rows of a chunk, and their statistics; indices are masked, which again spares a check. */
const CHUNK_ROWS = new Int32Array(CHUNK);
const CHUNK_VALUES = new Float64Array(CHUNK);

/**
 * Adds `of[order[i]]`, or takes it away, for all columns, each of which has 256 numbers in the histogram. `of` has a
 * number for every training row; the words of group q start at q * of.length.
 */
export function addSingles4(
  histogram: Float64Array,
  words: Uint32Array,
  groups: number,
  order: Int32Array,
  start: number,
  end: number,
  of: Float64Array,
  sign: 1 | -1,
): void {
  for (let from = start; from < end; from += CHUNK) {
    const rows = Math.min(end - from, CHUNK);
    if (sign === 1) takeChunk(of, order, from, rows);
    else takeChunkNegated(of, order, from, rows);
    for (let q = 0; q < groups; q++) {
      if (rows < FEW_ROWS) addDirectly(histogram, q * 1024, words, q * of.length, rows);
      else {
        addToGroup(words, q * of.length, rows);
        moveGroup(histogram, q * 1024);
      }
    }
  }
}

function takeChunk(of: Float64Array, order: Int32Array, start: number, rows: number): void {
  for (let i = 0; i < rows; i++) {
    const row = order[start + i];
    CHUNK_ROWS[i & (CHUNK - 1)] = row;
    CHUNK_VALUES[i & (CHUNK - 1)] = of[row];
  }
}

function takeChunkNegated(of: Float64Array, order: Int32Array, start: number, rows: number): void {
  for (let i = 0; i < rows; i++) {
    const row = order[start + i];
    CHUNK_ROWS[i & (CHUNK - 1)] = row;
    CHUNK_VALUES[i & (CHUNK - 1)] = -of[row];
  }
}

/** Four rows at a time, column by column: their loads and additions overlap, a tenth of a fit's time. */
function addToGroup(words: Uint32Array, base: number, rows: number): void {
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    const w0 = words[base + CHUNK_ROWS[i & (CHUNK - 1)]];
    const v0 = CHUNK_VALUES[i & (CHUNK - 1)];
    const w1 = words[base + CHUNK_ROWS[(i + 1) & (CHUNK - 1)]];
    const v1 = CHUNK_VALUES[(i + 1) & (CHUNK - 1)];
    const w2 = words[base + CHUNK_ROWS[(i + 2) & (CHUNK - 1)]];
    const v2 = CHUNK_VALUES[(i + 2) & (CHUNK - 1)];
    const w3 = words[base + CHUNK_ROWS[(i + 3) & (CHUNK - 1)]];
    const v3 = CHUNK_VALUES[(i + 3) & (CHUNK - 1)];
    GROUP[w0 & 255] += v0;
    GROUP[w1 & 255] += v1;
    GROUP[w2 & 255] += v2;
    GROUP[w3 & 255] += v3;
    GROUP[256 + ((w0 >>> 8) & 255)] += v0;
    GROUP[256 + ((w1 >>> 8) & 255)] += v1;
    GROUP[256 + ((w2 >>> 8) & 255)] += v2;
    GROUP[256 + ((w3 >>> 8) & 255)] += v3;
    GROUP[512 + ((w0 >>> 16) & 255)] += v0;
    GROUP[512 + ((w1 >>> 16) & 255)] += v1;
    GROUP[512 + ((w2 >>> 16) & 255)] += v2;
    GROUP[512 + ((w3 >>> 16) & 255)] += v3;
    GROUP[768 + (w0 >>> 24)] += v0;
    GROUP[768 + (w1 >>> 24)] += v1;
    GROUP[768 + (w2 >>> 24)] += v2;
    GROUP[768 + (w3 >>> 24)] += v3;
  }
  for (; i < rows; i++) {
    const word = words[base + CHUNK_ROWS[i & (CHUNK - 1)]];
    const value = CHUNK_VALUES[i & (CHUNK - 1)];
    GROUP[word & 255] += value;
    GROUP[256 + ((word >>> 8) & 255)] += value;
    GROUP[512 + ((word >>> 16) & 255)] += value;
    GROUP[768 + (word >>> 24)] += value;
  }
}

function moveGroup(histogram: Float64Array, at: number): void {
  for (let k = 0; k < 1024; k++) {
    histogram[at + k] += GROUP[k];
    GROUP[k] = 0;
  }
}

function addDirectly(histogram: Float64Array, at: number, words: Uint32Array, base: number, rows: number): void {
  for (let i = 0; i < rows; i++) {
    const word = words[base + CHUNK_ROWS[i & (CHUNK - 1)]];
    const value = CHUNK_VALUES[i & (CHUNK - 1)];
    histogram[at + (word & 255)] += value;
    histogram[at + 256 + ((word >>> 8) & 255)] += value;
    histogram[at + 512 + ((word >>> 16) & 255)] += value;
    histogram[at + 768 + (word >>> 24)] += value;
  }
}

/** Adds pairs (a, b) for the four columns of a word; a column has 512 numbers. */
export function addPairs4(
  histogram: Float64Array,
  at: number,
  words: Uint32Array,
  base: number,
  order: Int32Array,
  start: number,
  end: number,
  a: Float64Array,
  b: Float64Array,
): void {
  for (let i = start; i < end; i++) {
    const word = words[base + order[i]];
    const first = a[i - start];
    const second = b[i - start];
    const k0 = at + ((word & 255) << 1);
    const k1 = at + 512 + ((word >>> 7) & 510);
    const k2 = at + 1024 + ((word >>> 15) & 510);
    const k3 = at + 1536 + ((word >>> 23) & 510);
    histogram[k0] += first;
    histogram[k0 + 1] += second;
    histogram[k1] += first;
    histogram[k1 + 1] += second;
    histogram[k2] += first;
    histogram[k2 + 1] += second;
    histogram[k3] += first;
    histogram[k3 + 1] += second;
  }
}

/** Adds each row's weight to its class, for the four columns of a word; a column has 256 x classes numbers. */
export function addClasses4(
  histogram: Float64Array,
  at: number,
  words: Uint32Array,
  base: number,
  order: Int32Array,
  start: number,
  end: number,
  codes: Int32Array,
  weights: Float64Array,
  classes: number,
): void {
  const column = classes << 8;
  for (let i = start; i < end; i++) {
    const word = words[base + order[i]];
    const weight = weights[i - start];
    const k = at + codes[i - start];
    histogram[k + (word & 255) * classes] += weight;
    histogram[k + column + ((word >>> 8) & 255) * classes] += weight;
    histogram[k + 2 * column + ((word >>> 16) & 255) * classes] += weight;
    histogram[k + 3 * column + (word >>> 24) * classes] += weight;
  }
}

/** Adds numbers a for one column, the byte at `shift`, and marks the bins met, one bit each. */
export function addSingles(
  histogram: Float64Array,
  touched: Int32Array,
  words: Uint32Array,
  base: number,
  shift: number,
  order: Int32Array,
  start: number,
  end: number,
  a: Float64Array,
): void {
  for (let i = start; i < end; i++) {
    const bin = (words[base + order[i]] >>> shift) & 255;
    touched[bin >>> 5] |= 1 << (bin & 31);
    histogram[bin] += a[i - start];
  }
}

/** Adds numbers a for one column, the byte at `shift`. */
export function addUnmarked(
  histogram: Float64Array,
  words: Uint32Array,
  base: number,
  shift: number,
  order: Int32Array,
  start: number,
  end: number,
  a: Float64Array,
): void {
  for (let i = start; i < end; i++) histogram[(words[base + order[i]] >>> shift) & 255] += a[i - start];
}

/** Adds pairs (a, b) for one column and marks the bins met. */
export function addPairs(
  histogram: Float64Array,
  touched: Int32Array,
  words: Uint32Array,
  base: number,
  shift: number,
  order: Int32Array,
  start: number,
  end: number,
  a: Float64Array,
  b: Float64Array,
): void {
  for (let i = start; i < end; i++) {
    const bin = (words[base + order[i]] >>> shift) & 255;
    touched[bin >>> 5] |= 1 << (bin & 31);
    histogram[bin << 1] += a[i - start];
    histogram[(bin << 1) + 1] += b[i - start];
  }
}

/** Adds each row's weight to its class for one column and marks the bins met. */
export function addClasses(
  histogram: Float64Array,
  touched: Int32Array,
  words: Uint32Array,
  base: number,
  shift: number,
  order: Int32Array,
  start: number,
  end: number,
  codes: Int32Array,
  weights: Float64Array,
  classes: number,
): void {
  for (let i = start; i < end; i++) {
    const bin = (words[base + order[i]] >>> shift) & 255;
    touched[bin >>> 5] |= 1 << (bin & 31);
    histogram[bin * classes + codes[i - start]] += weights[i - start];
  }
}

/** from - other, into from. */
export function subtract(from: Float64Array, other: Float64Array): void {
  for (let k = 0; k < from.length; k++) from[k] -= other[k];
}

/** Statistics of the rows order[start .. end), side by side. */
export function gather(from: Float64Array, order: Int32Array, start: number, end: number, to: Float64Array): void {
  for (let i = start; i < end; i++) to[i - start] = from[order[i]];
}

/** The same with the sign turned round, to take rows out of a histogram. */
export function gatherNegated(
  from: Float64Array,
  order: Int32Array,
  start: number,
  end: number,
  to: Float64Array,
): void {
  for (let i = start; i < end; i++) to[i - start] = -from[order[i]];
}

export function gatherCodes(from: Int32Array, order: Int32Array, start: number, end: number, to: Int32Array): void {
  for (let i = start; i < end; i++) to[i - start] = from[order[i]];
}
