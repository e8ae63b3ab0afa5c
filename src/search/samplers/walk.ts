/** Points drawn without a model, and the bookkeeping that keeps any sampler from repeating itself. */
import { isActive, type Point, type Space, type Value } from "../space.ts";
import { type Dimension, dimensionOf, valueAt } from "../space/dimension.ts";
import { cardinality, enumerate, pointKey } from "../space/enumerate.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { Situation } from "./contract.ts";

/** Chooses each active parameter in turn; `place` says where on its axis (0 .. 1). */
export function walk(space: Space, place: (dimension: Dimension, index: number) => number): Point {
  const point: Record<string, Value> = {};
  for (const [index, [name, parameter]] of Object.entries(space).entries()) {
    if (!isActive(parameter, point)) continue;
    const dimension = dimensionOf(name, parameter);
    point[name] = valueAt(dimension, place(dimension, index));
  }
  return point;
}

/** A point with every active parameter uniform on its own scale. */
export function randomPoint(space: Space, rng: Rng): Point {
  return walk(space, () => rng.uniform());
}

/** Keys of all configurations that were or are being evaluated. */
export function takenKeys({ space, observations, pending }: Situation): Set<string> {
  const taken = new Set<string>();
  for (const { point } of observations) taken.add(pointKey(space, point));
  for (const point of pending) taken.add(pointKey(space, point));
  return taken;
}

/** Draws that may repeat before another way is tried. */
const MAX_DRAWS = 30;
/** Spaces up to this size are listed to find what is left of them. */
const MAX_LISTED = 100_000;

/**
 * The first new point that `draw` gives, else the first new one of uniform draws, else any that a finite space has left.
 * @returns undefined when nothing is left.
 */
export function firstNew(space: Space, taken: ReadonlySet<string>, rng: Rng, draw: () => Point): Point | undefined {
  const size = cardinality(space);
  if (taken.size < size)
    for (let i = 0; i < 2 * MAX_DRAWS; i++) {
      const point = i < MAX_DRAWS ? draw() : randomPoint(space, rng);
      if (!taken.has(pointKey(space, point))) return point;
    }
  if (size > MAX_LISTED) return undefined;
  const left = enumerate(space).filter((point) => !taken.has(pointKey(space, point)));
  return left.length === 0 ? undefined : left[rng.below(left.length)];
}
