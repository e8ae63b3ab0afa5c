import { gather } from "../gather.ts";
import type { Differentiable } from "../lbfgs.ts";
import { curvatureAt, type Curvature } from "./curvature.ts";
import { totalWeight, type Loss } from "./loss.ts";
import { penalisedLoss } from "./objective.ts";
import type { Design } from "./panel.ts";
import {
  minimiseScaled,
  sampleRows,
  scalingOf,
  servedWell,
  worthFactoring,
  type FitLimits,
  type GlmFit,
  type Scaling,
} from "./smooth-fit.ts";

/** Residuals beyond this many scales count by their size, not their square: 95 % efficiency under normal errors. */
const BEND = 1.35;
/** A perfect fit of most rows would take the scale to 0. */
const LEAST_SCALE = 1e-6;
/** The same where columns outnumber rows, so that a fit is perfect by itself and its last digits say nothing. */
const LEAST_SCALE_WIDE = 1e-2;

export interface HuberFit extends GlmFit {
  /** Coefficients, then the logarithm of the scale; a start for the next fit on a path. */
  readonly x: Float64Array;
  readonly scale: number;
  /** Second derivatives that serve the next fit on a path; absent: they are best taken afresh. */
  readonly curvature?: Curvature;
}

/**
 * Huber's regression with its scale estimated along with the coefficients: minimises over b and s the mean of
 * s + s H((y - xb) / s), H squared up to 1.35 and linear beyond, plus l2 |b|^2 (the intercept free). Jointly convex.
 *
 * @param truth Targets, of about unit spread and centred at about 0 (the scale is kept at 1e-6 or more; where columns outnumber
 *   rows, at 1e-2).
 * @param l2 Penalty on the scale of the mean loss.
 * @param start Coefficients, then the logarithm of the scale.
 * @param nearby Second derivatives at a point not far from the start; absent: those at the start.
 * Source: Huber, Robust Statistics, 1981, section 7.7 (the joint estimate). The objective is that of scikit-learn's HuberRegressor.
 */
export function huberFit(
  design: Design,
  truth: Float64Array,
  weights: Float64Array | undefined,
  l2: number,
  start: Float64Array,
  nearby?: Curvature,
  limits?: FitLimits,
): HuberFit {
  const { width } = design;
  const least = Math.log(width > design.rows ? LEAST_SCALE_WIDE : LEAST_SCALE);
  const blocks = { single: worthFactoring(design) };
  let curvature = nearby;
  const scalingNear = (x: Float64Array, rows: number, stage: number): Scaling => {
    const scale = Math.exp(x[width]);
    if (stage > 0 || curvature === undefined)
      curvature = curvatureAt(design, huberLoss(truth, weights, scale), x.subarray(0, width), rows, blocks);
    return withScale(scalingOf(curvature, 2 * l2, width, 1), width, Math.sqrt(scale), least);
  };
  const objective = jointObjective(design, truth, weights, l2);
  const fit = minimiseScaled(objective, start, sampleRows(design), design.rows, scalingNear, limits);
  return { ...fit, scale: Math.exp(fit.x[width]), ...servedWell(fit, curvature) };
}

/** The objective as a function of the coefficients and the logarithm of the scale. */
function jointObjective(
  design: Design,
  truth: Float64Array,
  weights: Float64Array | undefined,
  l2: number,
): Differentiable {
  const { width } = design;
  const loss = huberLoss(truth, weights, 1);
  const residualLoss = penalisedLoss(design, loss, 0);
  return (x, gradient) => {
    const scale = Math.exp(x[width]);
    loss.restart(scale);
    const value = scale + residualLoss(x.subarray(0, width), gradient.subarray(0, width));
    let squares = 0;
    for (let j = 1; j < width; j++) {
      squares += x[j] * x[j];
      gradient[j] += 2 * l2 * x[j];
    }
    gradient[width] = scale * (1 - loss.bent() / loss.weight);
    return value + l2 * squares;
  };
}

interface HuberLoss extends Loss {
  /** Sets the scale and forgets what was summed. */
  restart(scale: number): void;
  /** Weighted sum of min(z^2, BEND^2) over the rows since the restart, z the residual in scales. */
  bent(): number;
}

/** s H((margin - y) / s). */
function huberLoss(truth: Float64Array, weights: Float64Array | undefined, startScale: number): HuberLoss {
  let scale = startScale;
  let bent = 0;
  const weightOf = (i: number): number => (weights === undefined ? 1 : weights[i]);
  return {
    outputs: 1,
    weight: totalWeight(truth.length, weights),
    restart: (next) => {
      scale = next;
      bent = 0;
    },
    bent: () => bent,
    slopes: (margins, first, rows) => {
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        const weight = weightOf(first + i);
        const z = (margins[i] - truth[first + i]) / scale;
        const size = Math.abs(z);
        const squared = size <= BEND;
        sum += weight * (squared ? z * z : (2 * size - BEND) * BEND);
        bent += weight * (squared ? z * z : BEND * BEND);
        margins[i] = weight * 2 * (squared ? z : Math.sign(z) * BEND);
      }
      return scale * sum;
    },
    curvatures: (margins, first, rows, _a, _b, out) => {
      for (let i = 0; i < rows; i++) {
        const inside = Math.abs(margins[i] - truth[first + i]) <= BEND * scale;
        out[i] = inside ? (2 * weightOf(first + i)) / scale : 0;
      }
    },
    take: (places, factors) => {
      const own = Float64Array.from(places, (place, i) => factors[i] * weightOf(place));
      return huberLoss(gather(truth, places), own, scale);
    },
  };
}

/** A scaling of all variables but the last, and `root` for that one, which is kept at `least` or more. */
function withScale(inner: Scaling, width: number, root: number, least: number): Scaling {
  const lower = new Float64Array(width + 1).fill(-Infinity);
  lower[width] = least * root;
  const head = (v: Float64Array): Float64Array => v.subarray(0, width);
  return {
    apart: inner.apart,
    lower,
    fromScaled: (u) => {
      inner.fromScaled(head(u));
      u[width] /= root;
      return u;
    },
    toScaled: (x) => {
      const u = new Float64Array(width + 1);
      u.set(inner.toScaled(head(x)));
      u[width] = x[width] * root;
      return u;
    },
    gradientToScaled: (gradient) => {
      inner.gradientToScaled(head(gradient));
      gradient[width] /= root;
      return gradient;
    },
  };
}
