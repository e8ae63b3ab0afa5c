import { SOBOL_DIMENSIONS, sobol as sobolPoints } from "../../numeric/sobol.ts";
import type { Sampler } from "./contract.ts";
import { firstNew, randomPoint, takenKeys, walk } from "./walk.ts";

/**
 * A scrambled Sobol sequence over all parameters: an even design. Not reliably better than `random` as a search; meant
 * for looking at a space. Parameters beyond the 40th are drawn independently.
 */
export const sobol: Sampler = {
  name: "sobol",
  title: "An even design (scrambled Sobol sequence)",
  propose(situation) {
    const { space, number, study, rng } = situation;
    const d = Math.min(Math.max(Object.keys(space).length, 1), SOBOL_DIMENSIONS);
    const places = sobolPoints(1, d, study.split("sobol"), number);
    let first = true;
    const point = firstNew(space, takenKeys(situation), rng, () => {
      if (!first) return randomPoint(space, rng);
      first = false;
      return walk(space, (_, i) => (i < d ? places[i] : rng.uniform()));
    });
    return point && { point, origin: "design" };
  },
};
