/** The whole space as one Gaussian process for each branch that was tried, on losses standardised together. */
import type { Point, Space } from "../space.ts";
import { type Branch, branchesOf, branchIndex, placesOf, pointAt } from "../space/branches.ts";
import { type Dimension, placeOf, valueAt } from "../space/dimension.ts";
import type { Observation } from "../samplers/contract.ts";
import { type GaussianProcess, gaussianProcess } from "./gaussian-process.ts";
import { type Outputs, standardised } from "./output.ts";

export interface BranchModel {
  readonly branch: Branch;
  /** The axes that vary: coordinates of the cube that the process lives in. */
  readonly axes: readonly Dimension[];
  readonly process: GaussianProcess;
  /** Places of the observed configurations, observations x axes. */
  readonly observed: Float64Array;
  /** Their positions in the list of observations. */
  readonly members: readonly number[];
}

export interface BranchModels {
  readonly models: readonly BranchModel[];
  readonly outputs: Outputs;
}

/**
 * Fits a process to each branch that has observations. Pending configurations are believed at their posterior mean.
 * @throws UnfittableError when a covariance cannot be factored.
 * Cost: about 40 n^3 a branch of n observations.
 */
export function fitBranches(
  space: Space,
  observations: readonly Observation[],
  pending: readonly Point[],
): BranchModels {
  const branches = branchesOf(space);
  const outputs = standardised(observations);
  const where = observations.map(({ point }) => branchIndex(branches, point));
  const pendingWhere = pending.map((point) => branchIndex(branches, point));
  const models = branches.flatMap((branch, b): BranchModel[] => {
    const members = [...where.keys()].filter((i) => where[i] === b);
    if (members.length === 0) return [];
    const axes = varying(branch).map((i) => branch.dimensions[i]);
    const observed = flatPlaces(
      branch,
      members.map((i) => observations[i].point),
    );
    const believed = flatPlaces(
      branch,
      pending.filter((_, i) => pendingWhere[i] === b),
    );
    const evidence = {
      n: members.length,
      nominal: Uint8Array.from(axes, (axis) => (axis.kind === "nominal" ? 1 : 0)),
      x: observed,
      y: Float64Array.from(members, (i) => outputs.y[i]),
      known: Float64Array.from(members, (i) => outputs.known[i]),
    };
    return [{ branch, axes, process: gaussianProcess(evidence, believed), observed, members }];
  });
  return { models, outputs };
}

/** Numbers of the dimensions of a branch that have more than one value. */
function varying(branch: Branch): readonly number[] {
  return branch.dimensions.flatMap((dimension, i) => (dimension.count > 1 ? [i] : []));
}

/** The point at a place of the varying axes. */
export function pointOfAxes(branch: Branch, place: Float64Array): Point {
  const all = new Float64Array(branch.dimensions.length).fill(0.5);
  for (const [k, i] of varying(branch).entries()) all[i] = place[k];
  return pointAt(branch, all);
}

/** Moves every coordinate to the exact place of the value it stands for, in place. */
export function snap(axes: readonly Dimension[], place: Float64Array): Float64Array {
  for (const [k, axis] of axes.entries())
    if (axis.kind !== "continuous") place[k] = placeOf(axis, valueAt(axis, place[k]));
  return place;
}

function flatPlaces(branch: Branch, points: readonly Point[]): Float64Array {
  const used = varying(branch);
  const out = new Float64Array(points.length * used.length);
  for (const [i, point] of points.entries()) {
    const all = placesOf(branch, point);
    for (const [k, dimension] of used.entries()) out[i * used.length + k] = all[dimension];
  }
  return out;
}
