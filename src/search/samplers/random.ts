import type { Sampler } from "./contract.ts";
import { firstNew, randomPoint, takenKeys } from "./walk.ts";

/** Independent uniform draws, each parameter on its own scale: the yardstick of every other sampler. */
export const random: Sampler = {
  name: "random",
  title: "Independent uniform draws",
  propose(situation) {
    const { space, rng } = situation;
    const point = firstNew(space, takenKeys(situation), rng, () => randomPoint(space, rng));
    return point && { point, origin: "random" };
  },
};
