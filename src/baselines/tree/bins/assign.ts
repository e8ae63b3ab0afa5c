/** Putting values into bins, many at a time. */
import type { Rows } from "../../../data/dataset.ts";
import { MISSING_BIN } from "./number-bins.ts";

const CELLS = 4096;
/** Steps that the walk from a cell's first bin may take on average before halving is quicker. */
const LONG_WALK = 3;

/**
 * Writes the bin of each value into one byte of `words`: bin b holds edges[b - 1] < x <= edges[b], NaN is bin 255.
 * A table over equal cells gives the first bin possible in a cell, a short walk the rest; where the values crowd into
 * few cells, eight halvings instead. O(rows).
 *
 * @param words One word a row, from `at`; the byte at `shift` (0, 8, 16, 24) must be 0.
 */
export function assignNumbers(
  values: Float64Array,
  rows: Rows,
  edges: Float64Array,
  words: Uint32Array,
  at: number,
  shift: number,
): void {
  const padded = new Float64Array(MISSING_BIN + 1).fill(Number.POSITIVE_INFINITY);
  padded.set(edges);
  const low = edges.length > 0 ? edges[0] : 0;
  const high = edges.length > 0 ? edges[edges.length - 1] : 0;
  const scale = (CELLS - 2) / (high - low);
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) return halve(values, rows, padded, words, at, shift);
  const cells = new Uint8Array(CELLS);
  let walk = 0;
  for (let b = 0, cell = 0; b < edges.length; b++) {
    const end = Math.trunc((edges[b] - low) * scale);
    while (cell <= end) cells[cell++] = b;
    walk += b - cells[end];
    if (b === edges.length - 1) cells.fill(b + 1, cell);
  }
  if (walk > LONG_WALK * edges.length) return halve(values, rows, padded, words, at, shift);
  walkFromCells(values, rows, padded, cells, low, scale, words, at, shift);
}

function walkFromCells(
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
    let bin = MISSING_BIN;
    if (value === value) {
      const place = (value - low) * scale;
      bin = cells[place > 0 ? (place < CELLS - 1 ? place | 0 : CELLS - 1) : 0];
      while (value > edges[bin]) bin++;
    }
    words[at + i] |= bin << shift;
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

/** Writes the bin of each code, by a table from code to bin; -1 is bin 255. O(rows). */
export function assignCodes(
  codes: Int32Array,
  rows: Rows,
  binOf: Uint8Array,
  words: Uint32Array,
  at: number,
  shift: number,
): void {
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i]];
    words[at + i] |= (code < 0 ? MISSING_BIN : binOf[code]) << shift;
  }
}
