/** The bins of one column that hold rows of the node at hand, with their sums: what a split search walks over. */
import { MISSING_BIN } from "../bins/number-bins.ts";

/**
 * Entry i of each array is one bin, in the order of the walk; entry 255 holds the sums of the missing rows.
 * g: sums of what is fitted (targets, pseudo-residuals); h: what divides them (weights, second derivatives);
 * c: weights of rows (the same array as h where they are the same thing).
 */
export interface Buckets {
  size: number;
  readonly bin: Int32Array;
  readonly g: Float64Array;
  readonly h: Float64Array;
  readonly c: Float64Array;
}

export function newBuckets(weightsApart: boolean): Buckets {
  const h = new Float64Array(256);
  const c = weightsApart ? new Float64Array(256) : h;
  return { size: 0, bin: new Int32Array(256), g: new Float64Array(256), h, c };
}

/** Lists the bins below `bins` of a histogram with a number other than 0, ascending; returns how many. */
export function listOccupied(
  histogram: Float64Array,
  at: number,
  width: number,
  bins: number,
  out: Int32Array,
): number {
  if (width === 2) return listPairs(histogram, at, bins, out);
  let size = 0;
  for (let bin = 0; bin < bins; bin++) {
    const from = at + bin * width;
    for (let k = from; k < from + width; k++)
      if (histogram[k] !== 0) {
        out[size++] = bin;
        break;
      }
  }
  return size;
}

function listPairs(histogram: Float64Array, at: number, bins: number, out: Int32Array): number {
  let size = 0;
  for (let bin = 0, k = at; bin < bins; bin++, k += 2)
    if (histogram[k + 1] !== 0 || histogram[k] !== 0) out[size++] = bin;
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

/** Fills the buckets from pairs (g, h), where h is the weight as well. */
export function readPairs(histogram: Float64Array, at: number, to: Buckets): void {
  const { bin, g, h, size } = to;
  for (let i = 0; i < size; i++) {
    const k = at + (bin[i] << 1);
    g[i] = histogram[k];
    h[i] = histogram[k + 1];
  }
  g[MISSING_BIN] = histogram[at + 2 * MISSING_BIN];
  h[MISSING_BIN] = histogram[at + 2 * MISSING_BIN + 1];
}

/** Fills the buckets from pairs (g, h + unit * c), where every sum of h is at least 0 and below the unit. */
export function readPacked(histogram: Float64Array, at: number, unit: number, to: Buckets): void {
  const { bin, g, h, c, size } = to;
  const inverse = 1 / unit; // a power of two, so exact
  for (let i = 0; i <= size; i++) {
    const slot = i < size ? i : MISSING_BIN;
    const k = at + ((i < size ? bin[i] : MISSING_BIN) << 1);
    const packed = histogram[k + 1];
    const count = Math.floor(packed * inverse);
    g[slot] = histogram[k];
    h[slot] = packed - count * unit;
    c[slot] = count;
  }
}

/** Fills the buckets from triples (g, h, c). */
export function readTriples(histogram: Float64Array, at: number, to: Buckets): void {
  const { bin, g, h, c, size } = to;
  for (let i = 0; i <= size; i++) {
    const slot = i < size ? i : MISSING_BIN;
    const k = at + 3 * (i < size ? bin[i] : MISSING_BIN);
    g[slot] = histogram[k];
    h[slot] = histogram[k + 1];
    c[slot] = histogram[k + 2];
  }
}

/** Fills the buckets from the weights of two classes: g is that of the second, h that of both. */
export function readTwoClasses(histogram: Float64Array, at: number, to: Buckets): void {
  const { bin, g, h, size } = to;
  for (let i = 0; i <= size; i++) {
    const slot = i < size ? i : MISSING_BIN;
    const k = at + ((i < size ? bin[i] : MISSING_BIN) << 1);
    g[slot] = histogram[k + 1];
    h[slot] = histogram[k] + histogram[k + 1];
  }
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
  const { bin, g, h, c } = buckets;
  let size = 0;
  for (let i = 0; i < buckets.size; i++) {
    const to = c[i] < lightest ? MISSING_BIN : size++;
    if (to === MISSING_BIN) {
      g[to] += g[i];
      h[to] += h[i];
      if (c !== h) c[to] += c[i];
      continue;
    }
    bin[to] = bin[i];
    g[to] = g[i];
    h[to] = h[i];
    c[to] = c[i];
    key[to] = g[i] / (h[i] + smoothing);
  }
  buckets.size = size;
  for (let gap = size >> 1; gap > 0; gap >>= 1)
    for (let i = gap; i < size; i++) {
      const kept = key[i];
      const keptBin = bin[i];
      const keptG = g[i];
      const keptH = h[i];
      const keptC = c[i];
      let j = i;
      for (; j >= gap && (key[j - gap] > kept || (key[j - gap] === kept && bin[j - gap] > keptBin)); j -= gap) {
        key[j] = key[j - gap];
        bin[j] = bin[j - gap];
        g[j] = g[j - gap];
        h[j] = h[j - gap];
        c[j] = c[j - gap];
      }
      key[j] = kept;
      bin[j] = keptBin;
      g[j] = keptG;
      h[j] = keptH;
      c[j] = keptC;
    }
}
