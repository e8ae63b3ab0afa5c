/**
 * Histograms of all columns: sums of row statistics by bin. `order[start .. end)` are the rows of a call (places among
 * the training rows), statistics have an entry for every training row, and the words of group q, four columns, start at
 * q * training rows. Each inner loop is a function of its own, because the compiler does better by short functions than
 * by long ones; what they read and write are constants of the module, whose place and length the compiler knows: an index
 * of eight bits, or masked, then needs no check.
 */

/** Rows to gather at a time: their statistics stay in the cache while one group of columns follows the other. */
const CHUNK = 4096;
const MASK = CHUNK - 1;
/** Fewer rows than this do not pay for adding up a group apart from the histogram. */
const FEW_ROWS = 1024;

/** The rows of a chunk and their statistics. */
const ROWS = new Int32Array(CHUNK);
const FIRST = new Float64Array(CHUNK);
const SECOND = new Float64Array(CHUNK);
const CODES = new Int32Array(CHUNK);
/** Sums of one group; all 0 between calls. */
const GROUP = new Float64Array(2048);

/** Adds `of`, or takes it away; a column has 256 numbers in the histogram. */
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
    const rows = take(order, from, end, of, sign);
    for (let q = 0; q < groups; q++) {
      if (rows < FEW_ROWS) addFewSingles(histogram, q * 1024, words, q * of.length, rows);
      else {
        addSinglesToGroup(words, q * of.length, rows);
        moveGroup(histogram, q * 1024, 1024);
      }
    }
  }
}

/** Adds pairs (g, h), or takes them away; a column has 512 numbers. */
export function addPairs4(
  histogram: Float64Array,
  words: Uint32Array,
  groups: number,
  order: Int32Array,
  start: number,
  end: number,
  g: Float64Array,
  h: Float64Array,
  sign: 1 | -1,
): void {
  for (let from = start; from < end; from += CHUNK) {
    const rows = take(order, from, end, g, sign);
    takeSecond(rows, h, sign);
    for (let q = 0; q < groups; q++) {
      if (rows < FEW_ROWS) addFewPairs(histogram, q * 2048, words, q * g.length, rows);
      else {
        addPairsToGroup(words, q * g.length, rows);
        moveGroup(histogram, q * 2048, 2048);
      }
    }
  }
}

/** Adds each row's weight to its class, or takes it away; a column has 256 x classes numbers. */
export function addClasses4(
  histogram: Float64Array,
  words: Uint32Array,
  groups: number,
  order: Int32Array,
  start: number,
  end: number,
  codes: Int32Array,
  weights: Float64Array,
  classes: number,
  sign: 1 | -1,
): void {
  for (let from = start; from < end; from += CHUNK) {
    const rows = take(order, from, end, weights, sign);
    takeCodes(rows, codes);
    for (let q = 0; q < groups; q++)
      addClassesOf(histogram, q * 1024 * classes, words, q * weights.length, rows, classes);
  }
}

/** Takes the rows of a chunk and their first statistic; returns how many rows there are. */
function take(order: Int32Array, start: number, end: number, of: Float64Array, sign: 1 | -1): number {
  const rows = Math.min(end - start, CHUNK);
  if (sign === 1) takeAdded(order, start, rows, of);
  else takeNegated(order, start, rows, of);
  return rows;
}

function takeAdded(order: Int32Array, start: number, rows: number, of: Float64Array): void {
  for (let i = 0; i < rows; i++) {
    const row = order[start + i];
    ROWS[i & MASK] = row;
    FIRST[i & MASK] = of[row];
  }
}

function takeNegated(order: Int32Array, start: number, rows: number, of: Float64Array): void {
  for (let i = 0; i < rows; i++) {
    const row = order[start + i];
    ROWS[i & MASK] = row;
    FIRST[i & MASK] = -of[row];
  }
}

function takeSecond(rows: number, of: Float64Array, sign: 1 | -1): void {
  for (let i = 0; i < rows; i++) SECOND[i & MASK] = sign * of[ROWS[i & MASK]];
}

function takeCodes(rows: number, codes: Int32Array): void {
  for (let i = 0; i < rows; i++) CODES[i & MASK] = codes[ROWS[i & MASK]];
}

/** Four rows at a time, column by column: their loads and additions overlap, a tenth of a fit's time. */
function addSinglesToGroup(words: Uint32Array, base: number, rows: number): void {
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    const w0 = words[base + ROWS[i & MASK]];
    const v0 = FIRST[i & MASK];
    const w1 = words[base + ROWS[(i + 1) & MASK]];
    const v1 = FIRST[(i + 1) & MASK];
    const w2 = words[base + ROWS[(i + 2) & MASK]];
    const v2 = FIRST[(i + 2) & MASK];
    const w3 = words[base + ROWS[(i + 3) & MASK]];
    const v3 = FIRST[(i + 3) & MASK];
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
    const word = words[base + ROWS[i & MASK]];
    const value = FIRST[i & MASK];
    GROUP[word & 255] += value;
    GROUP[256 + ((word >>> 8) & 255)] += value;
    GROUP[512 + ((word >>> 16) & 255)] += value;
    GROUP[768 + (word >>> 24)] += value;
  }
}

function addPairsToGroup(words: Uint32Array, base: number, rows: number): void {
  for (let i = 0; i < rows; i++) {
    const word = words[base + ROWS[i & MASK]];
    const first = FIRST[i & MASK];
    const second = SECOND[i & MASK];
    const k0 = (word & 255) << 1;
    const k1 = 512 + ((word >>> 7) & 510);
    const k2 = 1024 + ((word >>> 15) & 510);
    const k3 = 1536 + ((word >>> 23) & 510);
    GROUP[k0] += first;
    GROUP[k0 + 1] += second;
    GROUP[k1] += first;
    GROUP[k1 + 1] += second;
    GROUP[k2] += first;
    GROUP[k2 + 1] += second;
    GROUP[k3] += first;
    GROUP[k3 + 1] += second;
  }
}

function moveGroup(histogram: Float64Array, at: number, size: number): void {
  for (let k = 0; k < size; k++) {
    histogram[at + k] += GROUP[k];
    GROUP[k] = 0;
  }
}

function addFewSingles(histogram: Float64Array, at: number, words: Uint32Array, base: number, rows: number): void {
  for (let i = 0; i < rows; i++) {
    const word = words[base + ROWS[i & MASK]];
    const value = FIRST[i & MASK];
    histogram[at + (word & 255)] += value;
    histogram[at + 256 + ((word >>> 8) & 255)] += value;
    histogram[at + 512 + ((word >>> 16) & 255)] += value;
    histogram[at + 768 + (word >>> 24)] += value;
  }
}

function addFewPairs(histogram: Float64Array, at: number, words: Uint32Array, base: number, rows: number): void {
  for (let i = 0; i < rows; i++) {
    const word = words[base + ROWS[i & MASK]];
    const first = FIRST[i & MASK];
    const second = SECOND[i & MASK];
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

function addClassesOf(
  histogram: Float64Array,
  at: number,
  words: Uint32Array,
  base: number,
  rows: number,
  classes: number,
): void {
  const column = classes << 8;
  for (let i = 0; i < rows; i++) {
    const word = words[base + ROWS[i & MASK]];
    const weight = FIRST[i & MASK];
    const k = at + CODES[i & MASK];
    histogram[k + (word & 255) * classes] += weight;
    histogram[k + column + ((word >>> 8) & 255) * classes] += weight;
    histogram[k + 2 * column + ((word >>> 16) & 255) * classes] += weight;
    histogram[k + 3 * column + (word >>> 24) * classes] += weight;
  }
}

/** from - other, into from. */
export function subtract(from: Float64Array, other: Float64Array): void {
  for (let k = 0; k < from.length; k++) from[k] -= other[k];
}
