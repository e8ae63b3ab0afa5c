/** How many configurations a space has, which they are, and which are plainer. */
import { isActive, type Parameter, type Point, type Space, type Value } from "../space.ts";
import { branchesOf, hasPath } from "./branches.ts";
import { type Dimension, dimensionOf, placeOf, valueNumber } from "./dimension.ts";

/** The number of distinct searched configurations (a path counts once); Infinity where a parameter is a continuum. */
export function cardinality(space: Space): number {
  return branchesOf(space).reduce(
    (sum, { dimensions }) => sum + dimensions.reduce((product, { count }) => product * count, 1),
    0,
  );
}

/**
 * Every searched configuration: the default first, then the others from the plainest on, ties in the space's order.
 * @throws RangeError when the space is not finite.
 */
export function enumerate(space: Space): readonly Point[] {
  if (cardinality(space) === Infinity)
    throw new RangeError("enumerate: the space must be finite, and it holds a continuum");
  const points = branchesOf(space).flatMap(({ dimensions }) => products(dimensions));
  const first = pointKey(space, searchedDefault(space));
  const plain = plainness(space);
  const ranked = points.map((point) => ({ point, rank: pointKey(space, point) === first ? -1 : plain(point) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ point }) => point);
}

function products(dimensions: readonly Dimension[]): readonly Point[] {
  let points: Point[] = [{}];
  for (const dimension of dimensions)
    points = points.flatMap((point) =>
      Array.from({ length: dimension.count }, (_, i) => ({ ...point, [dimension.name]: valueNumber(dimension, i) })),
    );
  return points;
}

/**
 * How far a point is from the plainest one: each parameter that declares a simpler end adds its distance from that end,
 * as a share of its range (on its own scale). 0 is plainest; a parameter that is not there adds nothing.
 */
export function plainness(space: Space): (point: Point) => number {
  const sides = Object.entries(space).flatMap(([name, parameter]) => {
    if (parameter.simpler === undefined) return [];
    const dimension = dimensionOf(name, parameter);
    return dimension.count === 1 ? [] : [{ name, dimension, low: parameter.simpler === "low" }];
  });
  return (point) =>
    sides.reduce((sum, { name, dimension, low }) => {
      if (!Object.hasOwn(point, name)) return sum;
      const place = placeOf(dimension, point[name]);
      return sum + (low ? place : 1 - place);
    }, 0);
}

/** One string for each distinct configuration: the same values in any order of keys give the same string. */
export function pointKey(space: Space, point: Point): string {
  const parts: [string, Value][] = [];
  for (const name of Object.keys(space))
    if (Object.hasOwn(point, name)) parts.push([name, point[name] === 0 ? 0 : point[name]]); // -0 is 0
  return JSON.stringify(parts);
}

/** The space without its paths: what a sampler chooses over. */
export function searchedSpace(space: Space): Space {
  return Object.fromEntries(Object.entries(space).filter(([, parameter]) => !hasPath(parameter)));
}

/** The default of every active parameter, paths left out. */
export function searchedDefault(space: Space): Point {
  return completed(space, {});
}

/**
 * A searched point from some of its values: the rest are defaults; values of paths and of parameters that are not there
 * are dropped. The result is for `checkPoint` to judge: unknown names are kept.
 */
export function completed(space: Space, partial: Point): Point {
  const point: Record<string, Value> = {};
  for (const [name, parameter] of Object.entries(space))
    if (!hasPath(parameter) && isActive(parameter, point))
      point[name] = Object.hasOwn(partial, name) ? partial[name] : parameter.default;
  for (const name of Object.keys(partial)) if (!Object.hasOwn(space, name)) point[name] = partial[name];
  return point;
}

/**
 * The full points that one searched point stands for: one for each value of its path, in the path's order, or from its
 * plainer end on where it is walked (each combination where several paths are active), or the point itself.
 */
export function pathPoints(space: Space, point: Point): readonly Point[] {
  let points: Point[] = [{}];
  for (const [name, parameter] of Object.entries(space))
    points = points.flatMap((partial) =>
      isActive(parameter, partial)
        ? valuesOnPath(name, parameter, point).map((value) => ({ ...partial, [name]: value }))
        : [partial],
    );
  return points;
}

function valuesOnPath(name: string, parameter: Parameter, point: Point): readonly Value[] {
  if (parameter.type === "category" || parameter.path === undefined) return [point[name]];
  const fromHigh = parameter.type === "float" && parameter.walked === true && parameter.simpler === "high";
  return fromHigh ? parameter.path.toReversed() : parameter.path;
}
