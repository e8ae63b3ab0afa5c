/** What tree learners take from a view: the rows that count, their weights and targets, in forms that sum exactly. */
import { gather } from "../../numeric/gather.ts";
import type { Dataset, Rows, View } from "../../frame/dataset.ts";
import { FitError } from "../contract.ts";
import { exactSpacing, roundedTo } from "./grow/exact.ts";

export interface Training {
  /** Rows of weight above 0, as they were given. */
  readonly rows: Rows;
  /** One for each of them, on a grid on which they add up exactly. */
  readonly weights: Float64Array;
  /** Whether all weights are 1, or at least whole numbers. */
  readonly plain: boolean;
  readonly whole: boolean;
  readonly total: number;
}

/**
 * Rows of weight 0 are left out; the others keep their weights as they are: a weight of 2 is a row given twice.
 * @throws FitError when there is no row left, a weight is negative or not finite, or a row has no target.
 */
export function trainingOf(name: string, { data, rows }: View): Training {
  checkTargets(name, data, rows);
  const given = data.weights;
  if (given === undefined) {
    if (rows.length === 0) throw new FitError(`${name}: needs at least one training row, got none`);
    return { rows, weights: new Float64Array(rows.length).fill(1), plain: true, whole: true, total: rows.length };
  }
  let total = 0;
  for (const row of rows) {
    if (!(given[row] >= 0 && given[row] < Number.POSITIVE_INFINITY))
      throw new FitError(`${name}: weights must be finite and at least 0, row ${row} has ${given[row]}`);
    total += given[row];
  }
  if (!(total > 0 && total < Number.POSITIVE_INFINITY))
    throw new FitError(
      `${name}: the weights of the ${rows.length} training rows must have a sum above 0, got ${total}`,
    );
  const kept = rows.filter((row) => given[row] > 0);
  const weights = roundedTo(exactSpacing(total), gather(given, kept));
  const whole = weights.every((w) => Number.isInteger(w));
  return {
    rows: kept,
    weights,
    plain: weights.every((w) => w === 1),
    whole,
    total: weights.reduce((a, b) => a + b, 0),
  };
}

function checkTargets(name: string, { target }: Dataset, rows: Rows): void {
  for (let i = 0; i < rows.length; i++) {
    const there = target.task === "regression" ? Number.isFinite(target.values[rows[i]]) : target.codes[rows[i]] >= 0;
    if (!there) throw new FitError(`${name}: every training row needs a target, row ${rows[i]} has none`);
  }
}

/** The class of each training row. */
export function codesOf({ codes }: { readonly codes: Int32Array }, rows: Rows): Int32Array {
  const out = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = codes[rows[i]];
  return out;
}

/** Regression targets as centre + scale * y with y in [-1, 1]: nothing overflows, and no digits go to a common offset. */
export interface ScaledTargets {
  readonly centre: number;
  readonly scale: number;
  /** One for each training row, on a grid on which weight * y adds up exactly over all rows. */
  readonly y: Float64Array;
}

/** The centre is the middle of the range and the scale a power of two, so that neither depends on the order of rows. */
export function scaledTargets(values: Float64Array, { rows, total }: Training): ScaledTargets {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < rows.length; i++) {
    low = Math.min(low, values[rows[i]]);
    high = Math.max(high, values[rows[i]]);
  }
  const centre = low / 2 + high / 2;
  const reach = Math.max(high - centre, centre - low);
  const scale = reach > 0 ? 2 ** Math.min(1023, Math.max(-1000, Math.ceil(Math.log2(reach)))) : 1;
  const y = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) y[i] = (values[rows[i]] - centre) / scale;
  return { centre, scale, y: roundedTo(exactSpacing(2 * total), y) };
}

/** weight * value, on a grid on which it adds up exactly; sizes of values are at most `largest`. */
export function weighted({ weights, plain, total }: Training, values: Float64Array, largest: number): Float64Array {
  if (plain) return values;
  const products = values.map((value, i) => weights[i] * value);
  return roundedTo(exactSpacing(2 * largest * total), products);
}
