import type { Point } from "../../search/space.ts";

/** Places of the points that have the same values of the named parameters: one fit's path each, in order of appearance. */
export function branches<P extends Point>(points: readonly P[], same: readonly (keyof P & string)[]): number[][] {
  const found = new Map<string, number[]>();
  for (const [place, point] of points.entries()) {
    const key = JSON.stringify(same.map((name) => point[name] ?? null));
    found.set(key, [...(found.get(key) ?? []), place]);
  }
  return [...found.values()];
}
