/**
 * Sums without rounding error. Values rounded to multiples of one power of two add up exactly as long as the total
 * stays below 2^53 multiples: in any order, by subtraction as well as by addition, and rows given twice count as a
 * weight of 2. So a tree does not depend on the order of rows, and a histogram got by subtraction has no drift.
 */

/** The finest spacing on which values whose sizes add up to at most `total` (finite, >= 0) are summed exactly. */
export function exactSpacing(total: number): number {
  return total > 0 ? 2 ** Math.max(-1022, Math.ceil(Math.log2(total)) - 52) : 1;
}

/** Add and subtract this number to round to the nearest multiple of the spacing (ties to even), up to 2^51 of them. */
export function roundingConstant(spacing: number): number {
  return 1.5 * 2 ** 52 * spacing;
}

/** The values rounded to multiples of the spacing, in a new array. */
export function roundedTo(spacing: number, values: Float64Array): Float64Array {
  const constant = roundingConstant(spacing);
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = values[i] + constant - constant;
  return out;
}
