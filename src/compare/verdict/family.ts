/** Several challengers in one command. */
import type { ChallengerVerdict, Family } from "./contract.ts";
import { boundsOf, standing, type Contest, type Standing } from "./decide.ts";

/** A challenger's part in the family: its p (1 when a guard holds it) and the same after Holm. */
export interface Member {
  readonly p: number;
  readonly adjusted: number;
  readonly contests: readonly Contest[];
  readonly at: Standing;
}

/** Holm's account of all challengers, and the winner's gain with bounds that hold for all of them at once. */
export function familyOf(verdicts: readonly ChallengerVerdict[], members: readonly Member[], alpha: number): Family {
  let best = -1;
  verdicts.forEach((v, i) => {
    const ahead = best < 0 || members[i].at.evidence.gain > members[best].at.evidence.gain;
    if (v.verdict === "JUSTIFIED" && ahead) best = i;
  });
  const together = best < 0 ? undefined : standing(members[best].contests, alpha / members.length);
  return {
    method: "holm",
    alpha,
    members: verdicts.map(({ name }, i) => ({ name, p: members[i].p, adjusted: members[i].adjusted })),
    winner:
      together === undefined
        ? null
        : {
            name: verdicts[best].name,
            gain: together.evidence.gain,
            // Each challenger's interval misses with 2 alpha / K: all of them hold at once with the level of one.
            bounds: { ...boundsOf(together), level: 1 - 2 * alpha },
          },
  };
}
