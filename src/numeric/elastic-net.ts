import { choleskyInPlace, NotPositiveDefinite, solveCholesky, solveUpper } from "./cholesky.ts";

/** A quadratic with an absolute-value penalty: x'Mx / 2 - c'x + sum of lasso |x| + sum of ridge x^2 / 2. */
export interface ElasticNetProblem {
  /** n x n, symmetric, both triangles filled, positive semidefinite. */
  readonly matrix: Float64Array;
  readonly linear: Float64Array;
  /** One a variable, each >= 0. */
  readonly lasso: Float64Array;
  readonly ridge: Float64Array;
}

export interface ElasticNetResult {
  readonly sweeps: number;
  readonly converged: boolean;
}

const TOLERANCE = 1e-12;
const PATIENCE = 4;
const MAX_ROUNDS = 200;

/**
 * Minimises an elastic net problem in place, from where x stands.
 *
 * Coordinate descent with covariance updates finds which variables are in; where its steps shrink slowly (collinear
 * columns), the equations of the variables that are in are solved outright, variables that would change sign dropping
 * out on the way. A minimum is accepted when a sweep over all variables moves none of them. Where the minimum is not
 * unique (copied columns, no ridge) the one that descent reaches from x is returned.
 *
 * Cost: n a sweep for each variable that moves.
 * Source: Friedman, Hastie & Tibshirani, "Regularization paths for generalized linear models via coordinate descent",
 * J. Stat. Software 33, 2010, section 2.2; Osborne, Presnell & Turlach, IMA J. Numer. Anal. 20, 2000 (the descent by support).
 */
export function elasticNet(problem: ElasticNetProblem, x: Float64Array): ElasticNetResult {
  const { linear } = problem;
  const n = x.length;
  const diagonal = Float64Array.from({ length: n }, (_, j) => problem.matrix[j * (n + 1)]);
  const residual = linear.slice(); // c - Mx, kept up to date
  for (let j = 0; j < n; j++) if (x[j] !== 0) addRow(residual, problem.matrix, j * n, -x[j]);
  let largest = 0;
  for (let j = 0; j < n; j++) if (diagonal[j] > 0) largest = Math.max(largest, (linear[j] * linear[j]) / diagonal[j]);
  const small = TOLERANCE * Math.sqrt(largest); // in units of sqrt(M_jj) |x_j|
  const all = Int32Array.from({ length: n }, (_, j) => j);
  let sweeps = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    sweeps++;
    if (sweep(problem, diagonal, residual, x, all) <= small) {
      dropTraces(problem, diagonal, x, small);
      return { sweeps, converged: true };
    }
    const support = all.filter((j) => x[j] !== 0);
    let moved = Infinity;
    for (let i = 0; i < PATIENCE && moved > small; i++, sweeps++)
      moved = sweep(problem, diagonal, residual, x, support);
    if (moved > small) solveSupport(problem, residual, x);
  }
  return { sweeps, converged: false };
}

/** Sets to 0 what only rounding keeps from it: variables that left together with another one. */
function dropTraces({ lasso, ridge }: ElasticNetProblem, diagonal: Float64Array, x: Float64Array, small: number): void {
  for (let j = 0; j < x.length; j++)
    if (lasso[j] > 0 && Math.abs(x[j]) * Math.sqrt(diagonal[j] + ridge[j]) <= small) x[j] = 0;
}

/** One pass of exact coordinate steps; returns the largest, in units of sqrt(M_jj) |x_j|. */
function sweep(
  { matrix, lasso, ridge }: ElasticNetProblem,
  diagonal: Float64Array,
  residual: Float64Array,
  x: Float64Array,
  variables: Int32Array,
): number {
  const n = x.length;
  let largest = 0;
  for (let v = 0; v < variables.length; v++) {
    const j = variables[v];
    const curvature = diagonal[j] + ridge[j];
    if (!(curvature > 0)) continue;
    const pull = residual[j] + diagonal[j] * x[j];
    const past = Math.abs(pull) - lasso[j];
    const next = past > 0 ? (pull > 0 ? past : -past) / curvature : 0;
    const step = next - x[j];
    if (step === 0) continue;
    x[j] = next;
    addRow(residual, matrix, j * n, -step);
    largest = Math.max(largest, Math.abs(step) * Math.sqrt(curvature));
  }
  return largest;
}

function addRow(out: Float64Array, matrix: Float64Array, row: number, times: number): void {
  for (let k = 0; k < out.length; k++) out[k] += times * matrix[row + k];
}

/**
 * Moves x to the minimum over its support with its signs; where that lies beyond a change of sign, as far as the
 * first one, whose variable leaves, and on from there. Where columns are dependent, the objective is straight along a
 * combination that changes no prediction: x moves down it until a variable leaves.
 */
function solveSupport(problem: ElasticNetProblem, residual: Float64Array, x: Float64Array): void {
  const n = x.length;
  for (;;) {
    const support = Int32Array.from(x.keys()).filter((j) => x[j] !== 0);
    if (support.length === 0) return;
    const move = supportMove(problem, residual, x, support);
    let share = move.most;
    let leaver = -1;
    for (const [i, j] of support.entries()) {
      const until = -x[j] / move.step[i];
      if (problem.lasso[j] === 0 || !(until > 0 && until <= share)) continue;
      share = until;
      leaver = i;
    }
    if (share === Infinity) return; // down for ever, which rounding alone can suggest
    for (const [i, j] of support.entries()) {
      const next = i === leaver ? 0 : x[j] + share * move.step[i];
      addRow(residual, problem.matrix, j * n, x[j] - next);
      x[j] = next;
    }
    if (leaver < 0) return;
  }
}

interface SupportMove {
  /** By place in the support. */
  readonly step: Float64Array;
  /** How many steps go downhill: 1 to a minimum, or any number. */
  readonly most: number;
}

function supportMove(
  { matrix, lasso, ridge }: ElasticNetProblem,
  residual: Float64Array,
  x: Float64Array,
  support: Int32Array,
): SupportMove {
  const n = x.length;
  const size = support.length;
  const factor = new Float64Array(size * size);
  const downhill = new Float64Array(size); // the negative gradient at x
  for (let i = 0; i < size; i++) {
    const j = support[i];
    for (let k = 0; k <= i; k++) factor[i * size + k] = matrix[j * n + support[k]];
    factor[i * (size + 1)] += ridge[j];
    downhill[i] = residual[j] - ridge[j] * x[j] - Math.sign(x[j]) * lasso[j];
  }
  try {
    return { step: solveCholesky(choleskyInPlace(factor, size, size, 1e-12), size, downhill), most: 1 };
  } catch (error) {
    if (!(error instanceof NotPositiveDefinite)) throw error;
    const step = new Float64Array(size); // column `row` less what the columns before it make of it: nothing
    for (let i = 0; i < error.row; i++) step[i] = -factor[error.row * size + i];
    solveUpper(factor, error.row, step, size);
    step[error.row] = 1;
    let slope = 0;
    for (let i = 0; i < size; i++) slope += step[i] * downhill[i];
    if (slope < 0) for (let i = 0; i < size; i++) step[i] = -step[i];
    return { step, most: Infinity };
  }
}
