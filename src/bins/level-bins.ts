/** The bins of a category column: its levels, as far as training rows know them. */
import type { Rows } from "../frame/dataset.ts";
import { MISSING_BIN } from "./number-bins.ts";

/**
 * The codes that get a bin of their own, ascending: all that occur in the rows, or the 255 heaviest (ties: the lower
 * code). Every other code counts as missing. O(rows + levels log levels).
 *
 * @param weights Weight of each of `rows`, in their order; absent: all 1.
 */
export function levelBins(codes: Int32Array, levels: number, rows: Rows, weights?: Float64Array): Int32Array {
  const masses = new Float64Array(levels);
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i]];
    if (code >= 0) masses[code] += weights === undefined ? 1 : weights[i];
  }
  const seen: number[] = [];
  for (let code = 0; code < levels; code++) if (masses[code] > 0) seen.push(code);
  if (seen.length > MISSING_BIN) seen.sort((a, b) => masses[b] - masses[a] || a - b).length = MISSING_BIN;
  return Int32Array.from(seen).sort();
}

/** From code to bin, given the codes that have one; 255 for the others. */
export function binOfCode(kept: Int32Array, levels: number): Uint8Array {
  const binOf = new Uint8Array(levels).fill(MISSING_BIN);
  for (let bin = 0; bin < kept.length; bin++) binOf[kept[bin]] = bin;
  return binOf;
}
