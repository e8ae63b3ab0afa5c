/** Numbers as cells of a decimal grid: value = (base + cell) / scale, exactly. */
export interface DecimalGrid {
  readonly base: number;
  /** 1, 10, 100, ... up to a million. */
  readonly scale: number;
  /** How many cells there are between the smallest and the largest value, both counted. */
  readonly size: number;
}

/**
 * The coarsest grid of at most `limit` cells on which every value lies, as decimal text with few digits does (prices,
 * counts, measurements); nothing where there is none. Puts the cell of each value into `cells`, -1 for NaN. O(n).
 */
export function decimalGrid(values: Float64Array, limit: number, cells: Int32Array): DecimalGrid | undefined {
  const [low, high] = range(values);
  if (low > high) return undefined;
  for (let scale = 1; scale <= 1e6 && (high - low) * scale < limit; scale *= 10) {
    const base = Math.floor(low * scale + 0.5);
    if (fillCells(values, scale, base, cells)) return { base, scale, size: Math.floor(high * scale + 0.5) - base + 1 };
  }
  return undefined;
}

/** Smallest and largest value; Infinity and -Infinity when all are NaN. */
export function range(values: Float64Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** False as soon as a value is not a whole number divided by the scale. */
function fillCells(values: Float64Array, scale: number, base: number, cells: Int32Array): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== value) {
      cells[i] = -1;
      continue;
    }
    const steps = Math.floor(value * scale + 0.5);
    if (steps / scale !== value) return false;
    cells[i] = steps - base;
  }
  return true;
}
