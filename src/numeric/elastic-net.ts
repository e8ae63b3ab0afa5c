import { spend } from "./effort.ts";
import { deleteRow, factorRows, solveCholesky, solveUpper } from "./cholesky.ts";

/** A quadratic with an absolute-value penalty: x'Mx / 2 - c'x + sum of lasso |x| + sum of ridge x^2 / 2. */
export interface ElasticNetProblem {
  /** n x n, symmetric, both triangles filled, positive semidefinite. */
  readonly matrix: Float64Array;
  /** One a variable, each >= 0. */
  readonly lasso: Float64Array;
  readonly ridge: Float64Array;
}

export interface ElasticNetResult {
  readonly sweeps: number;
  readonly converged: boolean;
}

/** Share of the largest pull, in units of sqrt(M_jj) |x_j|, that rounding alone can move. */
const TRACE = 1e-12;
/** Sweeps before the equations are solved, if they are not worth more. */
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
 * @param residual c - Mx (see `residualOf`), kept up to date in place.
 * @param accuracy A step of sqrt(M_jj) |x_j| up to this is taken for none.
 * Cost: n a sweep for each variable that moves.
 * Source: Friedman, Hastie & Tibshirani, "Regularization paths for generalized linear models via coordinate descent",
 * J. Stat. Software 33, 2010, section 2.2; Osborne, Presnell & Turlach, IMA J. Numer. Anal. 20, 2000 (the descent by support).
 */
export function elasticNet(
  problem: ElasticNetProblem,
  x: Float64Array,
  residual: Float64Array,
  accuracy: number = 0,
): ElasticNetResult {
  const result = descend(problem, x, residual, accuracy);
  spend("solverSteps", result.sweeps);
  return result;
}

/** c - Mx, `linear` being c. */
export function residualOf(matrix: Float64Array, linear: Float64Array, x: Float64Array): Float64Array {
  const residual = linear.slice();
  subtractProduct(residual, matrix, x);
  return residual;
}

function descend(
  problem: ElasticNetProblem,
  x: Float64Array,
  residual: Float64Array,
  accuracy: number,
): ElasticNetResult {
  const n = x.length;
  const diagonal = Float64Array.from({ length: n }, (_, j) => problem.matrix[j * (n + 1)]);
  let largest = 0;
  for (let j = 0; j < n; j++)
    if (diagonal[j] > 0)
      largest = Math.max(largest, Math.abs(residual[j] + diagonal[j] * x[j]) / Math.sqrt(diagonal[j]));
  const trace = TRACE * largest;
  const small = Math.max(trace, accuracy);
  const all = Int32Array.from({ length: n }, (_, j) => j);
  let sweeps = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    sweeps++;
    if (sweep(problem, diagonal, residual, x, all) <= small) {
      dropTraces(problem, diagonal, x, trace);
      return { sweeps, converged: true };
    }
    const support = all.filter((j) => x[j] !== 0);
    let moved = Infinity;
    const patience = Math.max(PATIENCE, worthSweeps(support.length, n));
    for (let i = 0; i < patience && moved > small; i++, sweeps++) {
      const before = moved;
      moved = sweep(problem, diagonal, residual, x, support);
      if (i >= PATIENCE && sweepsUntil(small, moved, before) > patience - i) break;
    }
    if (moved > small) solveSupport(problem, residual, x);
  }
  return { sweeps, converged: false };
}

/** How many sweeps over so many of n variables their equations cost: n^2 size against size^3 / 6. */
function worthSweeps(size: number, n: number): number {
  return (size * size) / (6 * n);
}

/** How many more sweeps it takes at the rate of the last one. */
function sweepsUntil(small: number, moved: number, before: number): number {
  return moved < before ? Math.log(small / moved) / Math.log(moved / before) : Infinity;
}

/** Sets to 0 what only rounding keeps from it: variables that left together with another one. */
function dropTraces({ lasso, ridge }: ElasticNetProblem, diagonal: Float64Array, x: Float64Array, trace: number): void {
  for (let j = 0; j < x.length; j++)
    if (lasso[j] > 0 && Math.abs(x[j]) * Math.sqrt(diagonal[j] + ridge[j]) <= trace) x[j] = 0;
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

/** out -= Mx of a symmetric matrix, rows of what is not 0 alone, four at a time. */
function subtractProduct(out: Float64Array, matrix: Float64Array, x: Float64Array): void {
  const n = x.length;
  const held: number[] = [];
  for (let j = 0; j < n; j++) if (x[j] !== 0) held.push(j);
  let i = 0;
  for (; i + 3 < held.length; i += 4) {
    const [a, b, c, d] = [held[i], held[i + 1], held[i + 2], held[i + 3]];
    subtractFour(out, matrix, a * n, b * n, c * n, d * n, x[a], x[b], x[c], x[d]);
  }
  for (; i < held.length; i++) addRow(out, matrix, held[i] * n, -x[held[i]]);
}

function subtractFour(
  out: Float64Array,
  matrix: Float64Array,
  a: number,
  b: number,
  c: number,
  d: number,
  xa: number,
  xb: number,
  xc: number,
  xd: number,
): void {
  for (let k = 0; k < out.length; k++)
    out[k] -= xa * matrix[a + k] + xb * matrix[b + k] + (xc * matrix[c + k] + xd * matrix[d + k]);
}

/**
 * Moves x to the minimum over its support with its signs; where that lies beyond a change of sign, as far as the
 * first one, whose variable leaves, and on from there. Where columns are dependent, the objective is straight along a
 * combination that changes no prediction: x moves down it until a variable leaves.
 */
function solveSupport({ matrix, lasso, ridge }: ElasticNetProblem, residual: Float64Array, x: Float64Array): void {
  const n = x.length;
  const before = x.slice();
  const support: number[] = [];
  for (let j = 0; j < n; j++) if (x[j] !== 0) support.push(j);
  const stride = support.length;
  const factor = new Float64Array(stride * stride);
  let downhill = Float64Array.from(support, (j) => residual[j] - ridge[j] * x[j] - Math.sign(x[j]) * lasso[j]);
  let factored = 0; // rows of the factor that hold
  while (support.length > 0) {
    const size = support.length;
    for (let i = factored; i < size; i++) {
      const from = support[i] * n;
      for (let k = 0; k <= i; k++) factor[i * stride + k] = matrix[from + support[k]];
      factor[i * (stride + 1)] += ridge[support[i]];
    }
    factored = factorRows(factor, size, stride, SINGULAR, factored);
    const dependent = factored < size;
    const step = dependent
      ? alongDependence(factor, factored, stride, downhill)
      : solveCholesky(factor, size, downhill.slice(), stride);
    let share = dependent ? Infinity : 1;
    let leaver = -1;
    for (let i = 0; i < size; i++) {
      const j = support[i];
      const until = -x[j] / step[i];
      if (lasso[j] === 0 || !(until > 0 && until <= share)) continue;
      share = until;
      leaver = i;
    }
    if (share === Infinity) break; // down for ever, which rounding alone can suggest
    for (let i = 0; i < size; i++) x[support[i]] = i === leaver ? 0 : x[support[i]] + share * step[i];
    if (leaver < 0) break;
    // the whole step would leave no slope, so that a share leaves the rest; along a dependence the slope stays
    const left = dependent ? 1 : 1 - share;
    downhill = downhill.filter((_, i) => i !== leaver).map((slope) => left * slope);
    support.splice(leaver, 1);
    if (leaver < factored) deleteRow(factor, factored--, leaver, stride);
  }
  for (let j = 0; j < n; j++) before[j] = x[j] - before[j];
  subtractProduct(residual, matrix, before);
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
