import type { Point, Space, Value } from "../../space.ts";
import { branchesOf } from "../../space/branches.ts";
import { type Dimension, dimensionOf, placeOf, valueAt } from "../../space/dimension.ts";
import { isActive } from "../../space.ts";
import type { Rng } from "../../../numeric/rng.ts";
import type { Observation, Sampler, Situation } from "../contract.ts";
import { firstNew, randomPoint, takenKeys } from "../walk.ts";
import { logDensity, type Parzen, parzen, sampleParzen } from "./parzen.ts";

const STARTUP = 10;
const CANDIDATES = 24;

/**
 * Tree-structured Parzen estimator, as Optuna 5 sets it up: the best tenth of the trials (at most 25) against the rest,
 * 24 candidates from the former's density, the one with the largest ratio wins. Parameters that are always there
 * together are drawn jointly. Pending configurations count as bad, so that workers spread out.
 */
export const tpe: Sampler = {
  name: "tpe",
  title: "Tree-structured Parzen estimator",
  propose(situation) {
    const { space, rng, observations } = situation;
    const taken = takenKeys(situation);
    const useful = observations.filter(({ state }) => state !== "failed");
    const started = useful.length >= STARTUP;
    const groups = started ? estimators(situation, useful) : [];
    const draw = rng.split("tpe");
    const point = firstNew(space, taken, draw, () =>
      started ? drawPoint(space, groups, draw) : randomPoint(space, draw),
    );
    return point && { point, origin: started ? "model" : "random" };
  },
};

/** Parameters that are always there together, with the densities of good and bad values. */
interface Group {
  readonly axes: readonly Dimension[];
  readonly good: Parzen;
  readonly bad: Parzen;
}

function estimators({ space, pending }: Situation, useful: readonly Observation[]): readonly Group[] {
  const below = Math.min(Math.ceil(0.1 * useful.length), 25);
  const ranked = [...useful].sort(better);
  const byNumber = (list: readonly Observation[]): readonly Point[] =>
    [...list].sort((a, b) => a.number - b.number).map(({ point }) => point);
  const good = byNumber(ranked.slice(0, below));
  const bad = [...byNumber(ranked.slice(below)), ...pending];
  return groupsOf(space).map((names) => {
    const axes = names.map((name) => dimensionOf(name, space[name]));
    return { axes, good: densityOf(axes, good), bad: densityOf(axes, bad) };
  });
}

/** Complete trials by loss, then stopped ones: the longer they ran the better, then by loss. */
function better(a: Observation, b: Observation): number {
  if (a.state !== b.state) return a.state === "complete" ? -1 : 1;
  if (a.state === "pruned" && a.steps !== b.steps) return b.steps - a.steps;
  return a.loss - b.loss || a.number - b.number;
}

/** The density over the points that have all of the axes. */
function densityOf(axes: readonly Dimension[], points: readonly Point[]): Parzen {
  const mine = points.filter((point) => axes.every(({ name }) => Object.hasOwn(point, name)));
  const places = new Float64Array(mine.length * axes.length);
  for (const [i, point] of mine.entries())
    for (const [k, axis] of axes.entries()) places[i * axes.length + k] = placeOf(axis, point[axis.name]);
  return parzen(axes, places, mine.length);
}

/** Names of the parameters, in groups that occur in exactly the same branches. */
function groupsOf(space: Space): readonly (readonly string[])[] {
  const branches = branchesOf(space);
  const groups = new Map<string, string[]>();
  for (const name of Object.keys(space)) {
    const where = branches.map(({ dimensions }) => (dimensions.some((d) => d.name === name) ? 1 : 0)).join("");
    groups.set(where, [...(groups.get(where) ?? []), name]);
  }
  return [...groups.values()];
}

/** Each group's best candidate; parameters that turn out not to be there are dropped. */
function drawPoint(space: Space, groups: readonly Group[], rng: Rng): Point {
  const drawn = new Map<string, Value>();
  for (const { axes, good, bad } of groups) {
    const best = bestOf(good, bad, rng);
    for (const [k, axis] of axes.entries()) drawn.set(axis.name, valueAt(axis, best[k]));
  }
  const point: Record<string, Value> = {};
  for (const [name, parameter] of Object.entries(space))
    if (isActive(parameter, point)) point[name] = drawn.get(name) as Value;
  return point;
}

function bestOf(good: Parzen, bad: Parzen, rng: Rng): Float64Array {
  let best = new Float64Array(good.axes.length);
  let highest = -Infinity;
  for (let i = 0; i < CANDIDATES; i++) {
    const place = new Float64Array(good.axes.length);
    sampleParzen(good, rng, place);
    const ratio = logDensity(good, place) - logDensity(bad, place);
    if (ratio <= highest) continue;
    highest = ratio;
    best = place;
  }
  return best;
}
