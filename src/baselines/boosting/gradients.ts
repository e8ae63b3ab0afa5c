/** From the derivatives of a loss to statistics that the tree core sums exactly. */
import { exactSpacing, roundingConstant } from "../tree/grow/exact.ts";
import type { Moments } from "../tree/grow/moments.ts";
import type { Training } from "../tree/training.ts";
import type { Loss } from "./losses.ts";

export interface Gradients {
  /** What `fill` writes to: the same object throughout. */
  readonly moments: Moments;
  /** Derivatives times row weights, as `fill` left them, on grids on which they add up exactly. */
  readonly g: Float64Array;
  readonly h: Float64Array;
  /** Takes the loss's derivatives by one of its scores. */
  fill(output: number): void;
}

/** Up to these total weights both derivatives go into one number, with at least nine bits for the mean of |g|. */
const MOST_PACKED = { flat: 2 ** 21, curved: 2 ** 18 } as const;

/**
 * Where both derivatives of all rows fit into one number of 53 bits each, splits are searched with rounded ones (to the
 * nearest step, so that there is no chance in it); leaf values never are. Elsewhere there are two numbers a row.
 */
export function gradientsFor(loss: Loss, training: Training): Gradients {
  const { weights, whole, total } = training;
  const g = new Float64Array(weights.length);
  const h = loss.flat ? weights : new Float64Array(weights.length);
  const sums = { g: 0, h: total };
  const read = (output: number): void => {
    loss.residuals(output, g, h);
    sums.g = sizes(g, weights);
    if (!loss.flat) sums.h = sizes(h, weights);
  };
  if (!whole || total > (loss.flat ? MOST_PACKED.flat : MOST_PACKED.curved))
    return {
      moments: { form: "pairs", g, h },
      g,
      h,
      fill: (output) => {
        read(output);
        weigh(g, weights, exactSpacing(2 * sums.g), 0);
        const spacing = exactSpacing(2 * sums.h);
        if (!loss.flat) weigh(h, weights, spacing, spacing);
      },
    };
  const moments = { form: "packed" as const, packed: new Float64Array(weights.length), unit: 1, scale: 1 };
  const curvatureSteps = 2 ** Math.floor((47 - 2 * Math.log2(total)) / 2);
  return {
    moments,
    g,
    h,
    fill: (output) => {
      read(output);
      if (!loss.flat) moments.scale = 2 ** Math.floor(Math.log2(sums.h / total)) / curvatureSteps;
      const steps = loss.flat ? total : sums.h / moments.scale + total;
      moments.unit = 2 ** (Math.floor(Math.log2(Math.max(2.5 * sums.g, 1e-290))) + 1);
      const coarse = moments.unit * 2 ** (Math.ceil(Math.log2(steps + 1)) - 53);
      const spacing = exactSpacing(2 * sums.g);
      if (loss.flat) packFlat(g, weights, moments.unit, coarse, spacing, moments.packed);
      else pack(g, h, weights, moments, coarse, spacing, exactSpacing(2 * sums.h));
    },
  };
}

/**
 * Writes g, rounded to `coarse`, plus unit * k, where k is h / scale, rounded, but at least 1, times the weight. Then
 * weighs g and h as `weigh` does. One pass, because the rows are too many for the cache.
 */
function pack(
  g: Float64Array,
  h: Float64Array,
  weights: Float64Array,
  { packed, unit, scale }: { readonly packed: Float64Array; unit: number; scale: number },
  coarse: number,
  gSpacing: number,
  hSpacing: number,
): void {
  const constant = roundingConstant(coarse);
  const gConstant = roundingConstant(gSpacing);
  const hConstant = roundingConstant(hSpacing);
  const inverse = 1 / scale; // a power of two, so exact
  for (let i = 0; i < g.length; i++) {
    const slope = g[i];
    const curvature = h[i];
    const weight = weights[i];
    const k = Math.floor(curvature * inverse + 0.5);
    packed[i] = (slope + constant - constant + unit * (k > 1 ? k : 1)) * weight;
    g[i] = (slope + gConstant - gConstant) * weight + gConstant - gConstant;
    h[i] = (curvature + hConstant - hConstant) * weight + hConstant - hConstant;
  }
}

function packFlat(
  g: Float64Array,
  weights: Float64Array,
  unit: number,
  coarse: number,
  spacing: number,
  out: Float64Array,
): void {
  const constant = roundingConstant(coarse);
  const fine = roundingConstant(spacing);
  for (let i = 0; i < g.length; i++) {
    const slope = g[i];
    const weight = weights[i];
    out[i] = (slope + constant - constant + unit) * weight;
    g[i] = (slope + fine - fine) * weight + fine - fine;
  }
}

/** Rounds to the spacing and multiplies by the weights; what then is below `least` becomes `least`. */
function weigh(values: Float64Array, weights: Float64Array, spacing: number, least: number): void {
  const constant = roundingConstant(spacing);
  for (let i = 0; i < values.length; i++) {
    const rounded = values[i] + constant - constant;
    const value = rounded * weights[i] + constant - constant;
    values[i] = least > 0 && value < least ? least : value;
  }
}

/** The weighted sum of absolute values. */
function sizes(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]) * weights[i];
  return sum;
}
