/**
 * The Parzen estimator of TPE: a mixture with one product kernel for each observed configuration and a wide one over
 * the whole range. Works on places in the unit interval, so one rule serves linear, log and stepped parameters.
 * Constants are those of Optuna 5: bandwidth from the neighbours, "magic clip", linear forgetting after 25 trials.
 * Source: Bergstra, Bardenet, Bengio & Kégl, NeurIPS 2011; Watanabe, arXiv 2304.11127; Optuna's _tpe/parzen_estimator.
 * Checked against Optuna 5.0.0: test/reference/parzen.json, made by parzen.py beside it.
 */
import { cellAt, type Dimension } from "../../space/dimension.ts";
import { logNormalCdf, normalCdf, normalQuantile } from "../../../numeric/normal.ts";
import type { Rng } from "../../../numeric/rng.ts";

const PRIOR_WEIGHT = 1;
const REMEMBERED = 25;
const LOG_SQRT_2PI = 0.9189385332046727;

export interface Parzen {
  readonly axes: readonly Dimension[];
  /** Of each kernel, the wide one last; they sum to 1. */
  readonly weights: Float64Array;
  /** kernels x axes; unused for nominal axes. */
  readonly centres: Float64Array;
  readonly widths: Float64Array;
  /** Log of each kernel's mass inside the range. */
  readonly inside: Float64Array;
  /** Per nominal axis: kernels x choices; undefined for other axes. */
  readonly choices: readonly (Float64Array | undefined)[];
}

/**
 * @param places n x axes, oldest first: older configurations than the last 25 count less.
 */
export function parzen(axes: readonly Dimension[], places: Float64Array, n: number): Parzen {
  const d = axes.length;
  const kernels = n + 1;
  const centres = new Float64Array(kernels * d).fill(0.5);
  const widths = new Float64Array(kernels * d).fill(1);
  const choices = axes.map((axis, k) => {
    const column = Float64Array.from({ length: n }, (_, i) => places[i * d + k]);
    if (axis.kind === "nominal") return choiceTable(axis.count, column);
    const width = bandwidths(column);
    for (let i = 0; i < n; i++) {
      centres[i * d + k] = column[i];
      widths[i * d + k] = width[i];
    }
    return undefined;
  });
  const inside = centres.map((centre, i) => logNormalMass(-centre / widths[i], (1 - centre) / widths[i]));
  return { axes, weights: kernelWeights(n), centres, widths, inside, choices };
}

/** Newest 25: 1; older ones rise linearly from 1/n; the wide kernel 1; then normalised. */
export function kernelWeights(n: number): Float64Array {
  const weights = new Float64Array(n + 1).fill(1);
  const ramp = n - REMEMBERED;
  for (let i = 0; i < ramp; i++) weights[i] = ramp === 1 ? 1 / n : 1 / n + ((1 - 1 / n) * i) / (ramp - 1);
  weights[n] = PRIOR_WEIGHT;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The larger gap to either neighbour (ends of the range included, except for the outermost of several), clipped. */
export function bandwidths(places: Float64Array): Float64Array {
  const n = places.length;
  const order = Array.from(places.keys()).sort((a, b) => places[a] - places[b] || a - b);
  const smallest = 1 / Math.min(100, n + 2);
  const widths = new Float64Array(n);
  for (const [rank, i] of order.entries()) {
    const left = places[i] - (rank === 0 ? 0 : places[order[rank - 1]]);
    const right = (rank === n - 1 ? 1 : places[order[rank + 1]]) - places[i];
    let width = Math.max(left, right);
    if (n >= 2 && rank === 0) width = right;
    if (n >= 2 && rank === n - 1) width = left;
    widths[i] = Math.min(Math.max(width, smallest), 1);
  }
  return widths;
}

function choiceTable(count: number, places: Float64Array): Float64Array {
  const n = places.length;
  const table = new Float64Array((n + 1) * count).fill(1 / count);
  const base = PRIOR_WEIGHT / (n + 1);
  for (let i = 0; i < n; i++) {
    table.fill(base / (1 + base * count), i * count, (i + 1) * count);
    table[i * count + Math.floor(places[i] * count)] += 1 / (1 + base * count);
  }
  return table;
}

/** One draw, into `out`: a kernel by weight, then each axis from that kernel, truncated to the range. */
export function sampleParzen({ axes, weights, centres, widths, choices }: Parzen, rng: Rng, out: Float64Array): void {
  const d = axes.length;
  const kernel = pick(weights, 0, weights.length, rng.uniform());
  for (let k = 0; k < d; k++) {
    const u = rng.uniform();
    const table = choices[k];
    const { count } = axes[k];
    if (table !== undefined) {
      out[k] = (pick(table, kernel * count, count, u) + 0.5) / count;
      continue;
    }
    const centre = centres[kernel * d + k];
    const width = widths[kernel * d + k];
    const from = normalCdf(-centre / width);
    const to = normalCdf((1 - centre) / width);
    out[k] = Math.min(Math.max(centre + width * normalQuantile(from + u * (to - from)), 0), 1);
  }
}

function pick(weights: Float64Array, from: number, count: number, u: number): number {
  let left = u;
  for (let i = 0; i < count - 1; i++) {
    left -= weights[from + i];
    if (left < 0) return i;
  }
  return count - 1;
}

/** Log density of a place: over places for continuous axes, log probability of the cell for the others. */
export function logDensity({ axes, weights, centres, widths, inside, choices }: Parzen, place: Float64Array): number {
  const d = axes.length;
  const cells = axes.map((axis, k) => cellAt(axis, place[k]));
  const terms = new Float64Array(weights.length);
  let largest = -Infinity;
  for (let i = 0; i < weights.length; i++) {
    let sum = Math.log(weights[i]);
    for (let k = 0; k < d; k++) {
      const table = choices[k];
      const axis = axes[k];
      sum +=
        table === undefined
          ? logKernel(axis.kind === "continuous", cells[k], centres[i * d + k], widths[i * d + k]) - inside[i * d + k]
          : Math.log(table[i * axis.count + Math.min(Math.floor(place[k] * axis.count), axis.count - 1)]);
    }
    terms[i] = sum;
    if (sum > largest) largest = sum;
  }
  return largest + Math.log(terms.reduce((total, term) => total + Math.exp(term - largest), 0));
}

/** Log of a normal kernel: its density at a point, or its mass in a cell. */
function logKernel(point: boolean, [from, to]: readonly [number, number], centre: number, width: number): number {
  const z = (from - centre) / width;
  return point ? -0.5 * z * z - LOG_SQRT_2PI - Math.log(width) : logNormalMass(z, (to - centre) / width);
}

/** ln(Phi(b) - Phi(a)) for a < b, without cancellation in either tail. */
function logNormalMass(a: number, b: number): number {
  if (a > 0) return logNormalMass(-b, -a);
  if (b > 0) return Math.log(normalCdf(b) - normalCdf(a));
  const upper = logNormalCdf(b);
  return upper + Math.log1p(-Math.exp(logNormalCdf(a) - upper));
}
