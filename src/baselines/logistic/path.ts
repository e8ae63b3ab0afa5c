import type { Curvature } from "../../numeric/glm/curvature.ts";
import type { Loss } from "../../numeric/glm/loss.ts";
import { penalisedLoss } from "../../numeric/glm/objective.ts";
import type { Design } from "../../numeric/glm/panel.ts";
import { smoothFit, type GlmFit } from "../../numeric/glm/smooth-fit.ts";
import { sparseFit } from "../../numeric/glm/sparse-fit.ts";
import type { Model } from "../contract.ts";
import { compact } from "../linear/compact.ts";
import { workingSetPath } from "../linear/working-set.ts";

/** The coefficients of one setting, output by output, intercept first. */
export interface LogisticSolution {
  readonly x: Float64Array;
  readonly notes: Model["notes"];
}

/** Up to this many columns a fit with an absolute-value penalty takes them all at once. */
const MOST_AT_ONCE = 1000;

/**
 * Fits descending strengths of a penalty, each from its stronger neighbour's coefficients.
 *
 * @param mix Share of the absolute-value penalty; 0: `strengths` weigh half the sum of squares against the summed loss,
 *   else they are glmnet's lambda, against the mean loss.
 * @param intercepts The best coefficients without any column, one an output.
 */
export function logisticPath(
  design: Design,
  loss: Loss,
  mix: number,
  strengths: readonly number[],
  intercepts: Float64Array,
): readonly LogisticSolution[] {
  if (mix === 0) return smoothPath(design, loss, strengths, intercepts);
  return design.width <= MOST_AT_ONCE
    ? sparsePath(design, loss, mix, strengths, startOf(intercepts, design.width))
    : wideSparsePath(design, loss, mix, strengths, intercepts);
}

function smoothPath(
  all: Design,
  loss: Loss,
  strengths: readonly number[],
  intercepts: Float64Array,
): LogisticSolution[] {
  const { design, lift } = compact(all);
  let x = startOf(intercepts, design.width);
  let curvature: Curvature | undefined;
  return strengths.map((strength) => {
    const fit = smoothFit(design, loss, strength / loss.weight, x, curvature);
    ({ x, curvature } = fit);
    const lifted = new Float64Array(loss.outputs * all.width);
    for (let k = 0; k < loss.outputs; k++)
      lifted.set(lift(x.subarray(k * design.width, (k + 1) * design.width)), k * all.width);
    return { x: lifted, notes: notesOf(fit) };
  });
}

function sparsePath(
  design: Design,
  loss: Loss,
  mix: number,
  strengths: readonly number[],
  start: Float64Array,
): LogisticSolution[] {
  let x = start;
  let curvature: Curvature | undefined;
  return strengths.map((strength) => {
    const fit = sparseFit(design, loss, strength * mix, strength * (1 - mix), x, curvature);
    ({ x, curvature } = fit);
    return { x, notes: notesOf(fit) };
  });
}

function wideSparsePath(
  design: Design,
  loss: Loss,
  mix: number,
  strengths: readonly number[],
  intercepts: Float64Array,
): readonly LogisticSolution[] {
  const objective = penalisedLoss(design, loss, 0);
  return workingSetPath(
    {
      design,
      outputs: loss.outputs,
      intercepts,
      lasso: (strength) => strength * mix,
      gradient: (x) => {
        const gradient = new Float64Array(x.length);
        objective(x, gradient);
        return gradient;
      },
      fit: (columns, strength, start) => sparsePath(columns, loss, mix, [strength], start)[0],
    },
    strengths,
  );
}

/** The intercepts, and 0 for all columns. */
function startOf(intercepts: Float64Array, width: number): Float64Array {
  const x = new Float64Array(intercepts.length * width);
  for (const [k, intercept] of intercepts.entries()) x[k * width] = intercept;
  return x;
}

function notesOf({ iterations, stopped }: GlmFit): LogisticSolution["notes"] {
  return { iterations, stopped };
}
