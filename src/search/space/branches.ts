/**
 * A conditional space as a list of plain ones: each branch fixes which parameters are there. Branches do not overlap and
 * together hold every point, so a model of the objective can be kept for each, over axes that never come and go.
 */
import { isActive, type Parameter, type Point, type Space, type Value } from "../space.ts";
import { SpaceError } from "./check.ts";
import { type Dimension, dimensionOf, placeOf, valueAt } from "./dimension.ts";

export interface Branch {
  /** The conditions that lead here, `model=tree`; empty when the space has no conditions. */
  readonly name: string;
  /** The active parameters in the space's order; one that is fixed here has a single value. */
  readonly dimensions: readonly Dimension[];
}

const MAX_BRANCHES = 256;

/**
 * The branches of a checked space, paths left out.
 * @throws SpaceError when there are more than 256 of them.
 */
export function branchesOf(space: Space): readonly Branch[] {
  const searched = Object.entries(space).filter(([, parameter]) => !hasPath(parameter));
  const found: Branch[] = [];
  const walk = (
    position: number,
    dimensions: readonly Dimension[],
    chosen: ReadonlyMap<string, readonly Value[]>,
  ): void => {
    if (position === searched.length) {
      if (found.length === MAX_BRANCHES)
        throw new SpaceError(`space: its conditions make more than ${MAX_BRANCHES} branches`);
      found.push({ name: branchName(chosen), dimensions });
      return;
    }
    const [name, parameter] = searched[position];
    const { when } = parameter;
    if (when !== undefined && !(chosen.get(when.parameter) ?? []).some((value) => when.in.includes(value)))
      return walk(position + 1, dimensions, chosen);
    const groups = groupsOfValues(space, name, parameter);
    if (groups === undefined) return walk(position + 1, [...dimensions, dimensionOf(name, parameter)], chosen);
    for (const values of groups)
      walk(position + 1, [...dimensions, dimensionOf(name, parameter, values)], new Map([...chosen, [name, values]]));
  };
  walk(0, [], new Map());
  return found;
}

export function hasPath(parameter: Parameter): boolean {
  return parameter.type !== "category" && parameter.path !== undefined;
}

/** The parameter whose path is made of steps of an iterative fit, where there is one. */
export function stepsOf(space: Space): string | undefined {
  return Object.keys(space).find((name) => {
    const parameter = space[name];
    return parameter.type === "int" && parameter.steps === true;
  });
}

/** Is the path that this searched point stands for walked value by value? */
export function isWalked(space: Space, point: Point): boolean {
  return Object.values(space).some(
    (parameter) => parameter.type === "float" && parameter.walked === true && isActive(parameter, point),
  );
}

/** The values of a parameter that others depend on, in groups that every dependent treats alike; undefined when none does. */
function groupsOfValues(space: Space, name: string, parameter: Parameter): readonly (readonly Value[])[] | undefined {
  const dependents = Object.values(space).filter(({ when }) => when?.parameter === name);
  if (dependents.length === 0) return undefined;
  const groups = new Map<string, Value[]>();
  for (const value of allValues(name, parameter)) {
    const signature = dependents.map(({ when }) => (when?.in.includes(value) ? 1 : 0)).join("");
    groups.set(signature, [...(groups.get(signature) ?? []), value]);
  }
  return [...groups.values()];
}

function allValues(name: string, parameter: Parameter): readonly Value[] {
  const dimension = dimensionOf(name, parameter);
  return Array.from({ length: dimension.count }, (_, i) => valueAt(dimension, (i + 0.5) / dimension.count));
}

function branchName(chosen: ReadonlyMap<string, readonly Value[]>): string {
  return [...chosen].map(([name, values]) => `${name}=${values.map(String).join("|")}`).join(", ");
}

/** The number of the branch that a point of the space lies in; values of paths do not matter. */
export function branchIndex(branches: readonly Branch[], point: Point): number {
  const known = new Set(branches.flatMap(({ dimensions }) => dimensions.map((d) => d.name)));
  const given = Object.keys(point).filter((name) => known.has(name)).length;
  return branches.findIndex(
    ({ dimensions }) =>
      dimensions.length === given &&
      dimensions.every((d) => Object.hasOwn(point, d.name) && !Number.isNaN(placeOf(d, point[d.name]))),
  );
}

/** The point at a place of a branch's unit cube (one coordinate a dimension). */
export function pointAt(branch: Branch, places: ArrayLike<number>): Point {
  const point: Record<string, Value> = {};
  for (const [i, dimension] of branch.dimensions.entries()) point[dimension.name] = valueAt(dimension, places[i]);
  return point;
}

/** The place of a point in its branch's unit cube. */
export function placesOf(branch: Branch, point: Point): Float64Array {
  return Float64Array.from(branch.dimensions, (dimension) => placeOf(dimension, point[dimension.name]));
}

/** The branch's plain point: the default of each parameter, or the nearest value that the branch allows. */
export function branchDefault(space: Space, branch: Branch): Point {
  const point: Record<string, Value> = {};
  for (const dimension of branch.dimensions) {
    const preferred = space[dimension.name].default;
    const allowed = !Number.isNaN(placeOf(dimension, preferred));
    point[dimension.name] = allowed ? preferred : valueAt(dimension, 0);
  }
  return point;
}
