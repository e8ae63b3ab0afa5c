/**
 * Sums of row statistics by bin of one column, the byte at `shift` of its words. `order[start .. end)` are the rows of a
 * call (places among the training rows), `base` is where the words of the column's group start; statistics come
 * gathered, entry 0 for the row at `start`.
 */

/** Sums of singles or pairs by bin, all 0 between calls; a constant of the module, as those of the histograms are. */
export const SUMS: Float64Array = new Float64Array(512);
/** The bins met, one bit each, none between calls. */
export const MET: Int32Array = new Int32Array(8);

/** Adds numbers a to SUMS and marks the bins met. */
export function addSingles(
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
    MET[bin >>> 5] |= 1 << (bin & 31);
    SUMS[bin] += a[i - start];
  }
}

/** Adds numbers a to SUMS. */
export function addUnmarked(
  words: Uint32Array,
  base: number,
  shift: number,
  order: Int32Array,
  start: number,
  end: number,
  a: Float64Array,
): void {
  for (let i = start; i < end; i++) SUMS[(words[base + order[i]] >>> shift) & 255] += a[i - start];
}

/** Adds pairs (a, b) to SUMS and marks the bins met. */
export function addPairs(
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
    MET[bin >>> 5] |= 1 << (bin & 31);
    SUMS[bin << 1] += a[i - start];
    SUMS[(bin << 1) + 1] += b[i - start];
  }
}

/** Adds each row's weight to its class, `sums` having a number for each class of each bin, and marks the bins met. */
export function addClasses(
  sums: Float64Array,
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
    MET[bin >>> 5] |= 1 << (bin & 31);
    sums[bin * classes + codes[i - start]] += weights[i - start];
  }
}

/** Statistics of the rows order[start .. end), side by side. */
export function gather(from: Float64Array, order: Int32Array, start: number, end: number, to: Float64Array): void {
  for (let i = start; i < end; i++) to[i - start] = from[order[i]];
}

export function gatherCodes(from: Int32Array, order: Int32Array, start: number, end: number, to: Int32Array): void {
  for (let i = start; i < end; i++) to[i - start] = from[order[i]];
}
