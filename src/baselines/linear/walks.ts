import type { FitLimits } from "../../numeric/glm/smooth-fit.ts";
import type { Point } from "../../search/space.ts";

/** When a search's fits end: near enough to tell them from others. Most that take longer are perfect fits by weak penalties. */
export const SEARCH_LIMITS: FitLimits = { tolerance: 1e-5, apart: 1e-4, iterations: 60 };

/** Fits one strength of a penalty after the other, each weaker than the one before it, from that one's coefficients. */
export type Walk<S> = (strength: number) => S;

/**
 * What is made of each point, in order. Points with the same values of the named parameters are one walk, from the
 * strongest penalty down; those of one strength share what is made.
 * @param begin Given a walk's first point and how many strengths it will be asked for.
 */
export function alongWalks<P extends Point, S>(
  points: readonly P[],
  same: readonly (keyof P & string)[],
  strengthOf: (point: P) => number,
  begin: (point: P, strengths: number) => Walk<S>,
): S[] {
  const made: S[] = [];
  for (const places of branches(points, same)) {
    const strengths = [...new Set(places.map((place) => strengthOf(points[place])))].sort((a, b) => b - a);
    const next = begin(points[places[0]], strengths.length);
    const byStrength = new Map(strengths.map((strength) => [strength, next(strength)]));
    for (const place of places) made[place] = byStrength.get(strengthOf(points[place])) as S;
  }
  return made;
}

/** Places of the points that have the same values of the named parameters, in order of appearance. */
function branches<P extends Point>(points: readonly P[], same: readonly (keyof P & string)[]): number[][] {
  const found = new Map<string, number[]>();
  for (const [place, point] of points.entries()) {
    const key = JSON.stringify(same.map((name) => point[name] ?? null));
    found.set(key, [...(found.get(key) ?? []), place]);
  }
  return [...found.values()];
}
