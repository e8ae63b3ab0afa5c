/**
 * Histogram kernels: sums of row statistics by bin. `order[start .. end)` are the rows of a node (places among the
 * training rows); statistics come gathered, entry 0 for the row at `start`. Each inner loop is a function of its own,
 * because the compiler does better by short functions than by long ones.
 */

/** Adds pairs (a, b) for the four columns of a word; a column has 512 numbers, the first starts at `at`. */
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

/** Adds pairs (a, b) for one column and marks the bins met, one bit each. */
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

/** Adds triples (a, b, c) for one column and marks the bins met. */
export function addTriples(
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
  c: Float64Array,
): void {
  for (let i = start; i < end; i++) {
    const bin = (words[base + order[i]] >>> shift) & 255;
    touched[bin >>> 5] |= 1 << (bin & 31);
    histogram[3 * bin] += a[i - start];
    histogram[3 * bin + 1] += b[i - start];
    histogram[3 * bin + 2] += c[i - start];
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
