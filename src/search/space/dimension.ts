/**
 * One axis of a search space as a stretch of the unit interval: every value has a place in (0, 1), every place a value.
 * Numbers on a grid own a cell of equal width (of equal ratio on a log scale) with the value inside, so that uniform
 * places give uniform values; a value's place and back is the value again.
 */
import type { Parameter, Value } from "../space.ts";

/** Numbers, on a continuum (`step` 0) or on the grid low, low + step, ... */
export interface NumberDimension {
  readonly name: string;
  readonly kind: "continuous" | "grid";
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
  readonly step: number;
  /** How many values there are; Infinity on a continuum. */
  readonly count: number;
}

/** A list of values; ordered when neighbours in the list are alike. */
export interface ListDimension {
  readonly name: string;
  readonly kind: "ordered" | "nominal";
  readonly values: readonly Value[];
  readonly count: number;
}

export type Dimension = NumberDimension | ListDimension;

/** The axis of a parameter; `only` restricts it to some of its values (in the parameter's own order). */
export function dimensionOf(name: string, parameter: Parameter, only?: readonly Value[]): Dimension {
  if (parameter.type === "category") {
    const values = only ?? parameter.choices;
    return { name, kind: parameter.ordered === true ? "ordered" : "nominal", values, count: values.length };
  }
  if (only !== undefined) return { name, kind: "ordered", values: only, count: only.length };
  const { low, log = false } = parameter;
  const step = parameter.step ?? (parameter.type === "int" ? 1 : 0);
  if (step === 0) {
    const count = low === parameter.high ? 1 : Infinity;
    return { name, kind: count === 1 ? "grid" : "continuous", low, high: parameter.high, log, step, count };
  }
  const steps = Math.floor((parameter.high - low) / step + 1e-9); // the last step that fits, forgiving rounding
  return { name, kind: "grid", low, high: gridValue(low, step, steps), log, step, count: steps + 1 };
}

/** The value at a place in [0, 1]; places outside are clipped. */
export function valueAt(dimension: Dimension, place: number): Value {
  if (dimension.count === 1) return valueNumber(dimension, 0);
  if ("values" in dimension) return dimension.values[clampIndex(Math.floor(place * dimension.count), dimension.count)];
  const { low, high, log, step, kind } = dimension;
  const start = scale(log, low - step / 2);
  const end = scale(log, high + step / 2);
  const raw = start + Math.min(Math.max(place, 0), 1) * (end - start);
  const x = log ? Math.exp(raw) : raw;
  if (kind === "continuous") return place <= 0 ? low : place >= 1 ? high : Math.min(Math.max(x, low), high);
  return valueNumber(dimension, clampIndex(Math.round((x - low) / step), dimension.count));
}

/** The place of a value. NaN when a list does not hold it. */
export function placeOf(dimension: Dimension, value: Value): number {
  if ("values" in dimension) {
    const index = dimension.values.indexOf(value);
    return index < 0 ? Number.NaN : (index + 0.5) / dimension.count;
  }
  if (dimension.count === 1) return 0.5;
  const { low, high, log, step } = dimension;
  const start = scale(log, low - step / 2);
  const end = scale(log, high + step / 2);
  return (scale(log, value as number) - start) / (end - start);
}

/** The stretch of places that stand for the same value as this place: a point on a continuum, else the value's cell. */
export function cellAt(dimension: Dimension, place: number): readonly [from: number, to: number] {
  if (dimension.kind === "continuous") return [place, place];
  if (dimension.count === 1) return [0, 1];
  if ("values" in dimension || !dimension.log) {
    const index = clampIndex(Math.floor(place * dimension.count), dimension.count);
    return [index / dimension.count, (index + 1) / dimension.count];
  }
  const value = valueAt(dimension, place) as number;
  return [placeOf(dimension, value - dimension.step / 2), placeOf(dimension, value + dimension.step / 2)];
}

/** Value number `index` (0 .. count - 1) of an axis that has finitely many. */
export function valueNumber(dimension: Dimension, index: number): Value {
  if ("values" in dimension) return dimension.values[index];
  return gridValue(dimension.low, dimension.step, index);
}

/** low + index x step without the dust of binary fractions: 0.1 + 2 x 0.1 is 0.3. */
function gridValue(low: number, step: number, index: number): number {
  const value = low + index * step;
  return Number.isInteger(value) ? value : Number(value.toPrecision(14));
}

function scale(log: boolean, x: number): number {
  return log ? Math.log(x) : x;
}

function clampIndex(index: number, count: number): number {
  return Math.min(Math.max(index, 0), count - 1);
}
