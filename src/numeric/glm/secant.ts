import type { Curvature } from "./curvature.ts";

/**
 * The curvature corrected so that it agrees with how the gradient changed along a move (the BFGS update); as it was
 * where outputs are taken apart, or the move shows no curvature.
 *
 * @param change Of the gradient of the mean loss alone, without penalties.
 * Cost: 3 x variables^2.
 * Source: Nocedal & Wright, Numerical Optimization, 2nd ed. 2006, eq. 6.19.
 */
export function corrected(curvature: Curvature, move: Float64Array, change: Float64Array): Curvature {
  const [block] = curvature.blocks;
  const n = move.length;
  if (block.size < n) return curvature;
  const matrix = block.matrix.slice();
  const pushed = timesSparse(matrix, move);
  let shown = 0;
  let expected = 0;
  for (let j = 0; j < n; j++) {
    shown += move[j] * change[j];
    expected += move[j] * pushed[j];
  }
  if (!(shown > 1e-10 * expected && expected > 0)) return curvature;
  for (let j = 0; j < n; j++) addRow(matrix, j, change[j] / shown, change, -pushed[j] / expected, pushed);
  return { ...curvature, blocks: [{ ...block, matrix }] };
}

/** Row j += a u + b v. */
function addRow(matrix: Float64Array, j: number, a: number, u: Float64Array, b: number, v: Float64Array): void {
  const row = j * u.length;
  for (let k = 0; k < u.length; k++) matrix[row + k] += a * u[k] + b * v[k];
}

/** M x of a symmetric matrix, by the rows of what is not 0. */
function timesSparse(matrix: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  const out = new Float64Array(n);
  for (let j = 0; j < n; j++) if (x[j] !== 0) for (let k = 0; k < n; k++) out[k] += x[j] * matrix[j * n + k];
  return out;
}
