import type { Point, Space } from "../../space.ts";
import { cardinality, enumerate, pointKey } from "../../space/enumerate.ts";
import { fitBranches, pointOfAxes } from "../../surrogate/branch-models.ts";
import { UnfittableError } from "../../surrogate/gaussian-process.ts";
import type { Proposal, Sampler, Situation } from "../contract.ts";
import { tpe } from "../tpe/tpe.ts";
import { firstNew, randomPoint, takenKeys } from "../walk.ts";
import { defaults, design } from "./design.ts";
import { maximise } from "./maximise.ts";

/** Share of proposals drawn at random, so that a wrong model cannot hide a region for ever. */
const RANDOM_SHARE = 0.1;
/** Beyond this many observations a Gaussian process costs more than it gains. */
const MOST_OBSERVATIONS = 300;

/**
 * The default search. A space no larger than the planned trials is listed, default first. Otherwise: the default of
 * every branch, an even design, then the point of largest expected improvement over all branches, each with a Gaussian
 * process of its own that knows the folds' noise and learns from stopped trials too. One proposal in ten is random; TPE
 * takes over when there are very many observations or a process cannot be fitted.
 */
export const auto: Sampler = {
  name: "auto",
  title: "Defaults, an even design, then Gaussian processes",
  propose(situation) {
    const { space, planned, study, observations } = situation;
    const taken = takenKeys(situation);
    if (sizeOf(space) <= planned) return firstLeft(situation, taken, listed(space), "enumerated");
    return (
      firstLeft(situation, taken, defaults(space), "default") ??
      firstLeft(situation, taken, design(space, study), "design") ??
      (observations.length > MOST_OBSERVATIONS ? tpe.propose(situation) : fromModel(situation, taken))
    );
  },
};

/** A study asks for every proposal anew. */
const sizeOf = once(cardinality);
const listed = once(enumerate);

/** What is reckoned of a space, kept as long as the space is. */
function once<T>(reckon: (space: Space) => T): (space: Space) => T {
  const known = new WeakMap<Space, { readonly value: T }>();
  return (space) => {
    const found = known.get(space) ?? { value: reckon(space) };
    known.set(space, found);
    return found.value;
  };
}

function firstLeft(
  { space }: Situation,
  taken: ReadonlySet<string>,
  points: readonly Point[],
  origin: string,
): Proposal | undefined {
  const point = points.find((candidate) => !taken.has(pointKey(space, candidate)));
  return point && { point, origin };
}

function fromModel(situation: Situation, taken: ReadonlySet<string>): Proposal | undefined {
  const { rng, observations } = situation;
  const measured = observations.some(({ loss }) => Number.isFinite(loss));
  if (!measured || rng.split("interleave").uniform() < RANDOM_SHARE) return fromRandom(situation, taken);
  try {
    return mostImprovement(situation, taken) ?? fromRandom(situation, taken);
  } catch (error) {
    if (error instanceof UnfittableError) return tpe.propose(situation);
    throw error;
  }
}

function mostImprovement(
  { space, observations, pending, rng }: Situation,
  taken: ReadonlySet<string>,
): Proposal | undefined {
  const { models } = fitBranches(space, observations, pending);
  const incumbent = Math.min(...models.flatMap(({ process }) => [...process.means()]));
  const candidates = models
    .flatMap((model) =>
      maximise(model, incumbent, rng.split(`improve ${model.branch.name}`)).map((c) => ({ ...c, model })),
    )
    .sort((a, b) => b.score - a.score);
  for (const { model, place } of candidates) {
    const point = pointOfAxes(model.branch, place);
    if (!taken.has(pointKey(space, point))) return { point, origin: "model" };
  }
  return undefined;
}

function fromRandom({ space, rng }: Situation, taken: ReadonlySet<string>): Proposal | undefined {
  const draw = rng.split("random");
  const point = firstNew(space, taken, draw, () => randomPoint(space, draw));
  return point && { point, origin: "random" };
}
