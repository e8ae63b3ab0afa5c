/** Hashes of cells, columns and rows: 64 bits in two words, so that a million rows collide once in a hundred million tables. */
import type { RawColumn } from "../../frame/table.ts";

/** Two running 32-bit hashes a row. */
export interface RowHashes {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

export function newHashes(rows: number): RowHashes {
  return { a: new Int32Array(rows).fill(0x2545f491), b: new Int32Array(rows).fill(0x1b873593) };
}

/** Works a column's cells into the hashes of the rows. O(rows). */
export function hashInto(hashes: RowHashes, column: RawColumn): void {
  const { a, b } = hashes;
  if (column.kind === "text") {
    const { codes } = column;
    for (let r = 0; r < codes.length; r++) mixInto(a, b, r, codes[r], 0x7feb352d);
    return;
  }
  const double = new Float64Array(1);
  const words = new Int32Array(double.buffer);
  const { values } = column;
  for (let r = 0; r < values.length; r++) {
    double[0] = values[r] + 0; // -0 and 0 are one
    mixInto(a, b, r, words[0], words[1]);
  }
}

function mixInto(a: Int32Array, b: Int32Array, r: number, low: number, high: number): void {
  let x = Math.imul(a[r] ^ low, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15) ^ high, 0xc2b2ae35);
  a[r] = x ^ (x >>> 13);
  let y = Math.imul(b[r] ^ high, 0x27d4eb2f);
  y = Math.imul(y ^ (y >>> 16) ^ low, 0x165667b1);
  b[r] = y ^ (y >>> 14);
}

/** One hash of a sequence of codes, as text. */
export function sequenceHash(codes: Int32Array): string {
  const hashes = newHashes(1);
  for (let r = 0; r < codes.length; r++) mixInto(hashes.a, hashes.b, 0, codes[r], 0x7feb352d);
  return `${hashes.a[0]} ${hashes.b[0]}`;
}

/** Equal rows share a number: 0, 1, ... in order of first appearance. O(rows). */
export function groupsOf({ a, b }: RowHashes): { groups: Int32Array; count: number } {
  const rows = a.length;
  let size = 16;
  while (size < 2 * rows) size *= 2;
  const slots = new Int32Array(size); // row + 1 of the first of a group
  const groups = new Int32Array(rows);
  let count = 0;
  for (let r = 0; r < rows; r++) {
    let slot = a[r] & (size - 1);
    let held = slots[slot];
    while (held !== 0 && (a[held - 1] !== a[r] || b[held - 1] !== b[r])) held = slots[(slot = (slot + 1) & (size - 1))];
    if (held === 0) {
      slots[slot] = r + 1;
      groups[r] = count++;
    } else groups[r] = groups[held - 1];
  }
  return { groups, count };
}
