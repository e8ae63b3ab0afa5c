import { takenTogether, type Curvature } from "../../numeric/glm/curvature.ts";
import type { Loss } from "../../numeric/glm/loss.ts";
import { newtonFit } from "../../numeric/glm/newton-fit.ts";
import { penalisedLoss } from "../../numeric/glm/objective.ts";
import type { Design } from "../../numeric/glm/panel.ts";
import { sampleRows, smoothFit, type GlmFit } from "../../numeric/glm/smooth-fit.ts";
import type { Model } from "../../models/contract.ts";
import { compact } from "../linear/compact.ts";
import { workingSetPath } from "../linear/working-set.ts";

/** The coefficients of one setting, output by output, intercept first. */
export interface LogisticSolution {
  readonly x: Float64Array;
  readonly notes: Model["notes"];
}

/** A straight line is followed at most this many times the last step. */
const FARTHEST = 2;
/**
 * A fit with an absolute-value penalty takes up to so many columns at once. Of more, it finds those in use, and uses no
 * more than these: where more are needed, squares serve better, and cost less.
 */
const MOST_AT_ONCE = 300;

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
  const { width } = design;
  const fit = solvable(design, loss)
    ? (l2: number, start: Float64Array, nearby?: Curvature) => newtonFit(design, loss, { l1: 0, l2 }, start, nearby)
    : (l2: number, start: Float64Array, nearby?: Curvature) => smoothFit(design, loss, l2, start, nearby);
  const solutions = followPath(strengths, startOf(intercepts, width), (strength, start, nearby) =>
    fit(strength / loss.weight, start, nearby),
  );
  return solutions.map(({ x, notes }) => {
    const lifted = new Float64Array(loss.outputs * all.width);
    for (let k = 0; k < loss.outputs; k++) lifted.set(lift(x.subarray(k * width, (k + 1) * width)), k * all.width);
    return { x: lifted, notes };
  });
}

/** Whether the equations of all variables can be solved in every step, for less than a pass over the rows costs. */
function solvable(design: Design, loss: Loss): boolean {
  const variables = loss.outputs * design.width;
  const few = variables * variables <= 12 * design.rows; // variables^3 / 6 against 2 x rows x variables
  return few && takenTogether(design, loss.outputs, sampleRows(design));
}

function sparsePath(
  design: Design,
  loss: Loss,
  mix: number,
  strengths: readonly number[],
  start: Float64Array,
): LogisticSolution[] {
  return followPath(strengths, start, (strength, from, nearby) =>
    newtonFit(design, loss, { l1: strength * mix, l2: strength * (1 - mix) }, from, nearby),
  );
}

/** Fits descending strengths one after the other, each from where the last two point to. */
function followPath(
  strengths: readonly number[],
  start: Float64Array,
  fit: (strength: number, start: Float64Array, nearby?: Curvature) => GlmFit & { readonly curvature?: Curvature },
): LogisticSolution[] {
  let last = start;
  let from = start;
  let curvature: Curvature | undefined;
  return strengths.map((strength, i) => {
    const found = fit(strength, from, curvature);
    const { x } = found;
    ({ curvature } = found);
    from = i > 0 && i + 1 < strengths.length ? ahead(last, x, strengths, i) : x;
    last = x;
    return { x, notes: notesOf(found) };
  });
}

/** The straight line through the last two solutions, against log strength, at the next; zeros stay, signs do not change. */
function ahead(before: Float64Array, x: Float64Array, strengths: readonly number[], i: number): Float64Array {
  const share = Math.log(strengths[i + 1] / strengths[i]) / Math.log(strengths[i] / strengths[i - 1]);
  if (!(share <= FARTHEST)) return x;
  return x.map((value, j) => {
    const next = value + share * (value - before[j]);
    return next * value > 0 ? next : value;
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
      most: MOST_AT_ONCE,
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
