/** The bins of one column with their sums: what a split search walks over. */
import { MISSING_BIN } from "../../../bins/number-bins.ts";

/**
 * Entry i of each array is one bin, in the order of the walk; entry 255 holds the sums of the missing rows.
 * g: sums of what is fitted (targets, pseudo-residuals); h: what divides them (weights, curvatures), above 0 for every
 * row, so that a bin with h = 0 has none.
 */
export interface Buckets {
  size: number;
  readonly bin: Int32Array;
  readonly g: Float64Array;
  readonly h: Float64Array;
}

export function newBuckets(): Buckets {
  return { size: 0, bin: new Int32Array(256), g: new Float64Array(256), h: new Float64Array(256) };
}

/** Lists the bins 0 .. bins - 1 whose last number in a histogram is not 0, ascending; returns how many. */
export function listOccupied(
  histogram: Float64Array,
  at: number,
  width: number,
  bins: number,
  out: Int32Array,
): number {
  let size = 0;
  for (let bin = 0, k = at + width - 1; bin < bins; bin++, k += width) if (histogram[k] !== 0) out[size++] = bin;
  return size;
}

/** Lists the value bins whose bit is set, ascending, and clears the bits, that of the missing bin too. */
export function listTouched(touched: Int32Array, out: Int32Array): number {
  touched[7] &= 0x7fffffff;
  let size = 0;
  for (let word = 0; word < 8; word++) {
    for (let bits = touched[word]; bits !== 0; bits &= bits - 1)
      out[size++] = (word << 5) + 31 - Math.clz32(bits & -bits);
    touched[word] = 0;
  }
  return size;
}

/**
 * As `listTouched`, and moves the sums of the listed bins, `width` numbers each, to the start of `to`, and those of the
 * missing bin to its place 255; what was moved is 0 in the histogram.
 */
export function moveTouched(
  touched: Int32Array,
  histogram: Float64Array,
  width: number,
  out: Int32Array,
  to: Float64Array,
): number {
  const size = listTouched(touched, out);
  if (width === 1) moveSingles(histogram, out, size, to);
  else movePairs(histogram, out, size, to);
  for (let k = width * MISSING_BIN; k < width * (MISSING_BIN + 1); k++) {
    to[k] = histogram[k];
    histogram[k] = 0;
  }
  return size;
}

function moveSingles(histogram: Float64Array, bin: Int32Array, size: number, to: Float64Array): void {
  for (let i = 0; i < size; i++) {
    to[i] = histogram[bin[i]];
    histogram[bin[i]] = 0;
  }
}

function movePairs(histogram: Float64Array, bin: Int32Array, size: number, to: Float64Array): void {
  for (let i = 0; i < size; i++) {
    const from = bin[i] << 1;
    to[i << 1] = histogram[from];
    to[(i << 1) + 1] = histogram[from + 1];
    histogram[from] = 0;
    histogram[from + 1] = 0;
  }
}

/** Fills the buckets of the listed bins, and the missing one, from pairs (g, h). */
export function readPairs(histogram: Float64Array, at: number, { bin, g, h, size }: Buckets): void {
  for (let i = 0; i < size; i++) {
    const k = at + (bin[i] << 1);
    g[i] = histogram[k];
    h[i] = histogram[k + 1];
  }
  g[MISSING_BIN] = histogram[at + 2 * MISSING_BIN];
  h[MISSING_BIN] = histogram[at + 2 * MISSING_BIN + 1];
}

/** The same from single numbers g + unit * k, where k is whole, h = scale * k, and g less than half a unit in size. */
export function readPacked(
  histogram: Float64Array,
  at: number,
  unit: number,
  scale: number,
  { bin, g, h, size }: Buckets,
): void {
  const inverse = 1 / unit; // a power of two, so exact
  for (let i = 0; i < size; i++) {
    const packed = histogram[at + bin[i]];
    const whole = Math.floor(packed * inverse + 0.5);
    g[i] = packed - whole * unit;
    h[i] = whole * scale;
  }
  const missing = histogram[at + MISSING_BIN];
  const whole = Math.floor(missing * inverse + 0.5);
  g[MISSING_BIN] = missing - whole * unit;
  h[MISSING_BIN] = whole * scale;
}

/** Sets the listed bins of a histogram, and the missing one, back to 0. */
export function clearListed(histogram: Float64Array, at: number, width: number, bin: Int32Array, size: number): void {
  for (let i = 0; i < size; i++) {
    const from = at + bin[i] * width;
    for (let k = from; k < from + width; k++) histogram[k] = 0;
  }
  const from = at + MISSING_BIN * width;
  for (let k = from; k < from + width; k++) histogram[k] = 0;
}

/**
 * Puts the buckets of a category column in order of g / (h + smoothing), ties by bin, and counts those lighter than
 * `lightest` as missing. Shell sort: at most 255 entries.
 */
export function orderLevels(buckets: Buckets, smoothing: number, lightest: number, key: Float64Array): void {
  const { bin, g, h } = buckets;
  let size = 0;
  for (let i = 0; i < buckets.size; i++) {
    if (h[i] < lightest) {
      g[MISSING_BIN] += g[i];
      h[MISSING_BIN] += h[i];
      continue;
    }
    bin[size] = bin[i];
    g[size] = g[i];
    h[size] = h[i];
    key[size] = g[i] / (h[i] + smoothing);
    size++;
  }
  buckets.size = size;
  for (let gap = size >> 1; gap > 0; gap >>= 1)
    for (let i = gap; i < size; i++) {
      const kept = key[i];
      const keptBin = bin[i];
      const keptG = g[i];
      const keptH = h[i];
      let j = i;
      for (; j >= gap && (key[j - gap] > kept || (key[j - gap] === kept && bin[j - gap] > keptBin)); j -= gap) {
        key[j] = key[j - gap];
        bin[j] = bin[j - gap];
        g[j] = g[j - gap];
        h[j] = h[j - gap];
      }
      key[j] = kept;
      bin[j] = keptBin;
      g[j] = keptG;
      h[j] = keptH;
    }
}
