/** Putting values into bins, many at a time. */
import type { Rows } from "../frame/dataset.ts";
import { MISSING_BIN } from "./number-bins.ts";

/** Writes the bin of rows[i] into the byte at `shift` (0, 8, 16 or 24; it must be 0) of words[at + i]. O(rows). */
export type Assign = (rows: Rows, words: Uint32Array, at: number, shift: number) => void;

const CELLS = 8192;
/** Steps that the walk from a cell's first bin may take on average before halving is quicker. */
const LONG_WALK = 3;

/**
 * Bins of numbers: bin b holds edges[b - 1] < x <= edges[b], NaN is bin 255. A table over equal cells gives the first
 * bin that is possible in a cell and a short walk the rest; where values crowd into few cells, eight halvings.
 */
export function assignNumbers(values: Float64Array, edges: Float64Array): Assign {
  const padded = new Float64Array(MISSING_BIN + 1).fill(Number.POSITIVE_INFINITY);
  padded.set(edges);
  const low = edges.length > 0 ? edges[0] : 0;
  const scale = edges.length > 0 ? (CELLS - 2) / (edges[edges.length - 1] - low) : 0;
  const cells = scale > 0 && scale < Number.POSITIVE_INFINITY ? firstBins(edges, low, scale) : undefined;
  return cells === undefined
    ? (rows, words, at, shift) => halve(values, rows, padded, words, at, shift)
    : (rows, words, at, shift) => walk(values, rows, padded, cells, low, scale, words, at, shift);
}

/** For each cell the number of edges in cells before it; nothing when the walks would be long. */
function firstBins(edges: Float64Array, low: number, scale: number): Uint8Array | undefined {
  const cells = new Uint8Array(CELLS).fill(edges.length);
  let steps = 0;
  for (let b = 0, cell = 0; b < edges.length; b++) {
    const end = Math.trunc((edges[b] - low) * scale);
    while (cell <= end) cells[cell++] = b;
    steps += b - cells[end];
  }
  return steps > LONG_WALK * edges.length ? undefined : cells;
}

function walk(
  values: Float64Array,
  rows: Rows,
  edges: Float64Array,
  cells: Uint8Array,
  low: number,
  scale: number,
  words: Uint32Array,
  at: number,
  shift: number,
): void {
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    const place = (value - low) * scale;
    let bin = cells[place > 0 ? (place < CELLS - 1 ? place | 0 : CELLS - 1) : 0];
    while (value > edges[bin]) bin++;
    words[at + i] |= (value === value ? bin : MISSING_BIN) << shift;
  }
}

function halve(
  values: Float64Array,
  rows: Rows,
  edges: Float64Array,
  words: Uint32Array,
  at: number,
  shift: number,
): void {
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    let bin = 0;
    for (let step = 128; step > 0; step >>= 1) if (value > edges[bin + step - 1]) bin += step;
    words[at + i] |= (value === value ? bin : MISSING_BIN) << shift;
  }
}

/** Bins of categories, by a table from code to bin; -1 is bin 255. */
export function assignCodes(codes: Int32Array, binOf: Uint8Array): Assign {
  return (rows, words, at, shift) => {
    for (let i = 0; i < rows.length; i++) {
      const code = codes[rows[i]];
      words[at + i] |= (code < 0 ? MISSING_BIN : binOf[code]) << shift;
    }
  };
}
