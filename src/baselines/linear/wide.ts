import { designProducts } from "../../numeric/cross-products.ts";
import { squaredLoss } from "../../numeric/glm/loss.ts";
import type { Design } from "../../numeric/glm/panel.ts";
import { addGradient } from "../../numeric/glm/row-pass.ts";
import { smoothFit, type FitLimits } from "../../numeric/glm/smooth-fit.ts";
import { compact } from "./compact.ts";
import { elasticNetWalk, ridgeWalk, type Solution } from "./least-squares.ts";
import type { NormalEquations } from "./normal-equations.ts";
import type { Walk } from "./walks.ts";
import { workingSetWalk } from "./working-set.ts";

/** Up to this many columns, products of all pairs of them are summed and kept. */
export const MOST_PRODUCTS = 1024;
/** Without a penalty an iterative fit of very many columns would not end: this much a row stands for none. */
const LEAST_PENALTY = 1e-8;
/** With an absolute-value penalty, no more columns than this are used. */
const MOST_COLUMNS = 1000;

/**
 * Ridge regression from the rows of a design: by products of its columns, or of its rows, where there are few of either,
 * else by passes over the rows, each penalty from the solution before it.
 * @param expected How many penalties will be asked for, about.
 */
export function wideRidgeWalk(
  design: Design,
  truth: Float64Array,
  weights: Float64Array | undefined,
  expected: number,
  limits?: FitLimits,
): Walk<Solution> {
  const { design: small, lift } = compact(design);
  if (small.width <= MOST_PRODUCTS) {
    const walk = ridgeWalk(designEquations(small, truth, weights), design.rows, expected);
    return (penalty) => {
      const { x, notes } = walk(penalty);
      return {
        x: lift(x),
        notes: "rank" in notes ? { ...notes, "collinear columns": design.width - 1 - Number(notes.rank) } : notes,
      };
    };
  }
  const { scaled, mean, deviation } = standardised(truth, weights);
  const loss = squaredLoss(scaled, weights);
  let x: Float64Array = new Float64Array(design.width);
  return (penalty) => {
    const fit = smoothFit(design, loss, Math.max(LEAST_PENALTY, penalty / loss.weight), x, undefined, limits);
    ({ x } = fit);
    return { x: unscaled(x, mean, deviation), notes: { iterations: fit.iterations, stopped: fit.stopped } };
  };
}

/** Elastic net for designs with too many columns for their products, by working sets. */
export function wideElasticNetWalk(
  design: Design,
  truth: Float64Array,
  weights: Float64Array | undefined,
  mix: number,
): Walk<Solution> {
  const { scaled, mean, deviation } = standardised(truth, weights);
  const walk = workingSetWalk({
    design,
    loss: squaredLoss(scaled, weights),
    intercepts: Float64Array.of(0),
    lasso: (strength) => strength * mix,
    most: MOST_COLUMNS,
    fit: (columns, strength, start) => elasticNetWalk(designEquations(columns, scaled, weights), mix, start)(strength),
  });
  return (strength) => {
    const { x, notes } = walk(strength);
    return { x: unscaled(x, mean, deviation), notes };
  };
}

/** The normal equations of a design, from its rows. */
export function designEquations(
  design: Design,
  truth: Float64Array,
  weights: Float64Array | undefined,
): NormalEquations {
  const { width } = design;
  const { mean, deviation, total } = moments(truth, weights);
  const slopes = truth.map((value, i) => (value - mean) * (weights === undefined ? 1 : weights[i]));
  const pull = new Float64Array(width + 1);
  for (let p = 0; p < design.panels; p++) {
    const panel = design.panel(p);
    addGradient(design, panel, slopes.subarray(panel.first, panel.first + panel.rows), 0, 1, pull, 0);
  }
  const { centred, means, weight } = designProducts(design, weights);
  return {
    width: width - 1,
    weight,
    gram: centred,
    pull: pull.slice(1, width),
    means,
    targetMean: mean,
    targetSquares: deviation * deviation * total,
  };
}

interface Moments {
  readonly mean: number;
  readonly deviation: number;
  readonly total: number;
}

function moments(values: Float64Array, weights: Float64Array | undefined): Moments {
  const weightOf = (i: number): number => (weights === undefined ? 1 : weights[i]);
  let total = 0;
  for (let i = 0; i < values.length; i++) total += weightOf(i);
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += (weightOf(i) / total) * values[i];
  let variance = 0;
  for (let i = 0; i < values.length; i++) variance += (weightOf(i) / total) * (values[i] - mean) ** 2;
  return { mean, deviation: Math.sqrt(variance), total };
}

function standardised(
  truth: Float64Array,
  weights: Float64Array | undefined,
): Moments & { readonly scaled: Float64Array } {
  const found = moments(truth, weights);
  const unit = found.deviation || 1;
  return { ...found, scaled: truth.map((value) => (value - found.mean) / unit) };
}

function unscaled(x: Float64Array, mean: number, deviation: number): Float64Array {
  return x.map((value, j) => deviation * value + (j === 0 ? mean : 0));
}
