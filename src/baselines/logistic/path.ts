import { mostTogether, type Curvature } from "../../numeric/glm/curvature.ts";
import type { Loss } from "../../numeric/glm/loss.ts";
import { newtonFit } from "../../numeric/glm/newton-fit.ts";
import type { Design } from "../../numeric/glm/panel.ts";
import { enoughRows } from "../../numeric/glm/sample.ts";
import { smoothFit, type FitLimits, type GlmFit } from "../../numeric/glm/smooth-fit.ts";
import type { Model } from "../../models/contract.ts";
import { compact } from "../linear/compact.ts";
import type { Walk } from "../linear/walks.ts";
import { workingSetWalk } from "../linear/working-set.ts";

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
 * @param mix Share of the absolute-value penalty; 0: strengths weigh half the sum of squares against the summed loss,
 *   else they are glmnet's lambda, against the mean loss.
 * @param intercepts The best coefficients without any column, one an output.
 * @param limits Of fits that take many steps.
 */
export function logisticWalk(
  design: Design,
  loss: Loss,
  mix: number,
  intercepts: Float64Array,
  limits?: FitLimits,
): Walk<LogisticSolution> {
  if (mix === 0) return smoothWalk(design, loss, intercepts, limits);
  return design.width <= MOST_AT_ONCE
    ? sparseWalk(design, loss, mix, startOf(intercepts, design.width), limits)
    : wideSparseWalk(design, loss, mix, intercepts, limits);
}

function smoothWalk(all: Design, loss: Loss, intercepts: Float64Array, limits?: FitLimits): Walk<LogisticSolution> {
  // A pass over sparse entries costs less than one over as many coordinates as there are rows.
  const { design, lift } = all.sparse === undefined ? compact(all) : { design: all, lift: (x: Float64Array) => x };
  const { width } = design;
  const fit = solvable(design, loss)
    ? (l2: number, start: Float64Array, nearby?: Curvature) => newtonFit(design, loss, { l1: 0, l2 }, start, nearby)
    : (l2: number, start: Float64Array, nearby?: Curvature) => smoothFit(design, loss, l2, start, nearby, limits);
  const walk = walkFrom(startOf(intercepts, width), (strength, start, nearby) =>
    fit(strength / loss.weight, start, nearby),
  );
  return (strength) => {
    const { x, notes } = walk(strength);
    const lifted = new Float64Array(loss.outputs * all.width);
    for (let k = 0; k < loss.outputs; k++) lifted.set(lift(x.subarray(k * width, (k + 1) * width)), k * all.width);
    return { x: lifted, notes };
  };
}

/** Whether the equations of all variables can be solved in every step, for less than a pass over the rows costs. */
function solvable(design: Design, loss: Loss): boolean {
  const variables = loss.outputs * design.width;
  const few = variables * variables <= 12 * design.rows; // variables^3 / 6 against 2 x rows x variables
  return few && mostTogether(design, loss.outputs) >= Math.min(enoughRows(design), design.rows);
}

function sparseWalk(
  design: Design,
  loss: Loss,
  mix: number,
  start: Float64Array,
  limits?: FitLimits,
): Walk<LogisticSolution> {
  return walkFrom(start, (strength, from, nearby) =>
    newtonFit(design, loss, { l1: strength * mix, l2: strength * (1 - mix) }, from, nearby, limits?.tolerance),
  );
}

/** A fit of some strength that was done, or the start of a walk. */
interface Place {
  readonly strength?: number;
  readonly x: Float64Array;
}

/** Fits strengths one after the other, each from where the last two point to. */
function walkFrom(
  start: Float64Array,
  fit: (strength: number, start: Float64Array, nearby?: Curvature) => GlmFit & { readonly curvature?: Curvature },
): Walk<LogisticSolution> {
  let before: Place = { x: start };
  let last: Place = { x: start };
  let curvature: Curvature | undefined;
  return (strength) => {
    const found = fit(strength, ahead(before, last, strength), curvature);
    ({ curvature } = found);
    before = last;
    last = { strength, x: found.x };
    return { x: found.x, notes: notesOf(found) };
  };
}

/** The straight line through the last two solutions, against log strength, at the next; zeros stay, signs do not change. */
function ahead(before: Place, last: Place, strength: number): Float64Array {
  if (before.strength === undefined || last.strength === undefined) return last.x;
  const share = Math.log(strength / last.strength) / Math.log(last.strength / before.strength);
  if (!(share <= FARTHEST)) return last.x;
  return last.x.map((value, j) => {
    const next = value + share * (value - before.x[j]);
    return next * value > 0 ? next : value;
  });
}

function wideSparseWalk(
  design: Design,
  loss: Loss,
  mix: number,
  intercepts: Float64Array,
  limits?: FitLimits,
): Walk<LogisticSolution> {
  return workingSetWalk({
    design,
    loss,
    intercepts,
    lasso: (strength) => strength * mix,
    most: MOST_AT_ONCE,
    fit: (columns, strength, start) => sparseWalk(columns, loss, mix, start, limits)(strength),
  });
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
