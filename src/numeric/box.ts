/** Bounds of variables: moving inside them. */

export interface Box {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Absent bounds are infinite; undefined without any. @throws RangeError where lower exceeds upper. */
export function boxOf(n: number, { lower, upper }: Partial<Box>): Box | undefined {
  if (lower === undefined && upper === undefined) return undefined;
  const box = {
    lower: lower ?? new Float64Array(n).fill(-Infinity),
    upper: upper ?? new Float64Array(n).fill(Infinity),
  };
  for (let i = 0; i < n; i++)
    if (!(box.lower[i] <= box.upper[i]))
      throw new RangeError(
        `lbfgs: lower must not exceed upper, got ${box.lower[i]} > ${box.upper[i]} for variable ${i}`,
      );
  return box;
}

/** In place. */
export function project(x: Float64Array, box: Box | undefined): Float64Array {
  if (box !== undefined) for (let i = 0; i < x.length; i++) x[i] = Math.min(Math.max(x[i], box.lower[i]), box.upper[i]);
  return x;
}

/** Largest step that a unit move against the gradient could make inside the box: 0 at a stationary point. */
export function projectedGradient(x: Float64Array, gradient: Float64Array, box: Box | undefined): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    let size = Math.abs(gradient[i]);
    if (box !== undefined) size = Math.min(size, gradient[i] > 0 ? x[i] - box.lower[i] : box.upper[i] - x[i]);
    if (size > largest) largest = size;
  }
  return largest;
}

/** A variable is free unless it sits at a bound and the gradient pushes it outwards. */
export function markFree(free: Uint8Array, x: Float64Array, gradient: Float64Array, box: Box | undefined): void {
  for (let i = 0; i < x.length; i++) {
    const held =
      box !== undefined && ((x[i] <= box.lower[i] && gradient[i] > 0) || (x[i] >= box.upper[i] && gradient[i] < 0));
    free[i] = held ? 0 : 1;
  }
}

/** Projects in place; true when anything was cut. */
export function clip(x: Float64Array, { lower, upper }: Box): boolean {
  let cut = false;
  for (let i = 0; i < x.length; i++)
    if (x[i] < lower[i]) {
      x[i] = lower[i];
      cut = true;
    } else if (x[i] > upper[i]) {
      x[i] = upper[i];
      cut = true;
    }
  return cut;
}
