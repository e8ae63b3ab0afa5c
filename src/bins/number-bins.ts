/** Cutting a number column into at most 255 bins, from training rows alone. */
import { allRows, type Rows } from "../frame/dataset.ts";
import { sorted, sortSpace, type SortSpace } from "../numeric/sort.ts";

/** Value bins are 0 .. 254; this one holds what is missing (or, of a category, unknown). */
export const MISSING_BIN = 255;
/** More training rows than this are sampled for the edges. */
export const EDGE_SAMPLE = 20_000;

/** Bin b holds edges[b - 1] < x <= edges[b]. The training values seen in it run from lows[b] to highs[b]. */
export interface NumberBins {
  readonly edges: Float64Array; // bins - 1, ascending
  readonly lows: Float64Array; // bins
  readonly highs: Float64Array; // bins
}

/**
 * Bins of a column: one a distinct value where there are at most 255 of them, else about equal weights of a sample of
 * 20,000 rows; a heavy value keeps a bin to itself. Edges lie in the middle between neighbouring values. Missing
 * values are left out; a column without any value has no bin at all. Only `rows` are read. O(rows + sample log sample).
 *
 * @param weights Weight of each of `rows`, in their order, all above 0; absent: all 1.
 * @param sample `edgeSample(rows.length)`, which a caller with many columns makes once.
 */
export function numberBins(
  values: Float64Array,
  rows: Rows,
  weights?: Float64Array,
  { chosen, values: memory, sorting }: EdgeSample = edgeSample(rows.length),
): NumberBins {
  const size = copyPresent(values, rows, chosen, memory);
  const ascending = sorted(memory.subarray(0, size), sorting);
  let distinct = distinctOf(ascending, memory);
  if (distinct.length <= MISSING_BIN) {
    distinct = (chosen.length < rows.length ? allDistinct(values, rows) : undefined) ?? distinct.slice();
    if (distinct.length <= MISSING_BIN) return binsOf(distinct, distinct);
  }
  const masses = sorting.values[1].subarray(0, distinct.length).fill(0);
  if (weights === undefined) count(ascending, distinct, masses);
  else weigh(values, rows, chosen, weights, distinct, masses);
  return equalWeightBins(distinct, masses);
}

/** The rows whose values edges are made from, and memory for these values that serves one column after the other. */
export interface EdgeSample {
  /** Positions among the training rows. */
  readonly chosen: Int32Array;
  readonly values: Float64Array;
  readonly sorting: SortSpace;
}

/** Of `count` training rows. */
export function edgeSample(count: number): EdgeSample {
  const chosen = sampledPositions(count);
  return { chosen, values: new Float64Array(chosen.length), sorting: sortSpace(chosen.length) };
}

/** The middle of two neighbours a < b, so that a <= middle < b also where doubles are sparse or the sum overflows. */
export function middle(a: number, b: number): number {
  const half = a / 2 + b / 2;
  return half >= a && half < b ? half : a;
}

/** 0 .. count - 1, or one position from each of 20,000 equal stretches, moved about so that no period is followed. */
export function sampledPositions(count: number): Int32Array {
  if (count <= EDGE_SAMPLE) return allRows(count);
  const stride = count / EDGE_SAMPLE;
  const golden = (Math.sqrt(5) - 1) / 2;
  const positions = new Int32Array(EDGE_SAMPLE);
  for (let i = 0; i < EDGE_SAMPLE; i++) positions[i] = Math.floor((i + ((i * golden) % 1)) * stride);
  return positions;
}

/** The values that are there, to the start of `out`. Returns how many. */
function copyPresent(values: Float64Array, rows: Rows, chosen: Int32Array, out: Float64Array): number {
  let size = 0;
  for (let i = 0; i < chosen.length; i++) {
    const value = values[rows[chosen[i]]];
    if (value === value) out[size++] = value + 0; // no -0
  }
  return size;
}

function distinctOf(sorted: Float64Array, out: Float64Array): Float64Array {
  let size = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) out[size++] = sorted[i];
  return out.subarray(0, size);
}

/** All distinct values of the rows, ascending, or nothing when there are more than 255 of them. */
function allDistinct(values: Float64Array, rows: Rows): Float64Array | undefined {
  const slots = 1024;
  const table = new Float64Array(slots).fill(Number.NaN); // open addressing; NaN marks a free slot
  const cell = new Float64Array(1);
  const words = new Int32Array(cell.buffer);
  let size = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]] + 0;
    if (value !== value) continue;
    cell[0] = value;
    let slot = (Math.imul(words[0] ^ Math.imul(words[1], 0x9e3779b1), 0x85ebca6b) >>> 16) % slots;
    while (table[slot] === table[slot] && table[slot] !== value) slot = (slot + 1) % slots;
    if (table[slot] === value) continue;
    if (++size > MISSING_BIN) return undefined;
    table[slot] = value;
  }
  return table.sort().slice(0, size); // NaN sorts last
}

/** How often each distinct value stands in the sample. */
function count(sorted: Float64Array, distinct: Float64Array, masses: Float64Array): void {
  for (let i = 0, d = 0; i < sorted.length; i++) {
    if (sorted[i] !== distinct[d]) d++;
    masses[d]++;
  }
}

/** The weight of the sample at each distinct value. */
function weigh(
  values: Float64Array,
  rows: Rows,
  chosen: Int32Array,
  weights: Float64Array,
  distinct: Float64Array,
  masses: Float64Array,
): void {
  for (const position of chosen) {
    const value = values[rows[position]];
    if (value === value) masses[firstAtLeast(distinct, value)] += weights[position];
  }
}

/** Position of the first entry of an ascending array that is not below the value. */
function firstAtLeast(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const half = (low + high) >>> 1;
    if (ascending[half] < value) low = half + 1;
    else high = half;
  }
  return low;
}

/** Closes a bin when the next value would take it further past its fair share than it now falls short. */
function equalWeightBins(distinct: Float64Array, masses: Float64Array): NumberBins {
  const lows = new Float64Array(MISSING_BIN);
  const highs = new Float64Array(MISSING_BIN);
  let bins = 0;
  let left = 0;
  for (let i = 0; i < masses.length; i++) left += masses[i];
  let share = left / MISSING_BIN;
  let held = 0;
  lows[0] = distinct[0];
  for (let i = 0; i + 1 < distinct.length && bins < MISSING_BIN - 1; i++) {
    held += masses[i];
    if (held + masses[i + 1] / 2 <= share) continue;
    highs[bins++] = distinct[i];
    lows[bins] = distinct[i + 1];
    left -= held;
    share = left / (MISSING_BIN - bins);
    held = 0;
  }
  highs[bins++] = distinct[distinct.length - 1];
  return binsOf(lows.slice(0, bins), highs.slice(0, bins));
}

function binsOf(lows: Float64Array, highs: Float64Array): NumberBins {
  const edges = new Float64Array(Math.max(0, lows.length - 1));
  for (let b = 0; b < edges.length; b++) edges[b] = middle(highs[b], lows[b + 1]);
  return { edges, lows, highs };
}
