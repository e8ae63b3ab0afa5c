import { spend } from "./effort.ts";
import { deleteRow, factorRows, solveCholesky, solveUpper } from "./cholesky.ts";

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
/** A column of which other columns leave no more than this share is taken for their combination. */
const SINGULAR = 1e-12;

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
  const result = descend(problem, x);
  spend("solverSteps", result.sweeps);
  return result;
}

function descend(problem: ElasticNetProblem, x: Float64Array): ElasticNetResult {
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
function solveSupport(
  { matrix, linear, lasso, ridge }: ElasticNetProblem,
  residual: Float64Array,
  x: Float64Array,
): void {
  const n = linear.length;
  const support: number[] = [];
  for (let j = 0; j < n; j++) if (x[j] !== 0) support.push(j);
  const stride = support.length;
  const factor = new Float64Array(stride * stride);
  let factored = 0; // rows of the factor that hold
  while (support.length > 0) {
    const size = support.length;
    for (let i = factored; i < size; i++) {
      const from = support[i] * n;
      for (let k = 0; k <= i; k++) factor[i * stride + k] = matrix[from + support[k]];
      factor[i * (stride + 1)] += ridge[support[i]];
    }
    factored = factorRows(factor, size, stride, SINGULAR, factored);
    const downhill = Float64Array.from(support, (j) => residual[j] - ridge[j] * x[j] - Math.sign(x[j]) * lasso[j]);
    const dependent = factored < size;
    const step = dependent
      ? alongDependence(factor, factored, stride, downhill)
      : solveCholesky(factor, size, downhill, stride);
    let share = dependent ? Infinity : 1;
    let leaver = -1;
    for (let i = 0; i < size; i++) {
      const j = support[i];
      const until = -x[j] / step[i];
      if (lasso[j] === 0 || !(until > 0 && until <= share)) continue;
      share = until;
      leaver = i;
    }
    if (share === Infinity) return; // down for ever, which rounding alone can suggest
    for (let i = 0; i < size; i++) {
      const j = support[i];
      const next = i === leaver ? 0 : x[j] + share * step[i];
      addRow(residual, matrix, j * n, x[j] - next);
      x[j] = next;
    }
    if (leaver < 0) return;
    support.splice(leaver, 1);
    if (leaver < factored) deleteRow(factor, factored--, leaver, stride);
  }
}

/** The combination of row `row` and those before it that the matrix makes nothing of, pointed downhill. */
function alongDependence(factor: Float64Array, row: number, stride: number, downhill: Float64Array): Float64Array {
  const step = new Float64Array(downhill.length); // column `row` less what the columns before it make of it: nothing
  for (let i = 0; i < row; i++) step[i] = -factor[row * stride + i];
  solveUpper(factor, row, step, stride);
  step[row] = 1;
  let slope = 0;
  for (let i = 0; i < step.length; i++) slope += step[i] * downhill[i];
  return slope < 0 ? step.map((part) => -part) : step;
}
