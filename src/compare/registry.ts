import type { PairedTest, Situation } from "./contract.ts";
import { bcaTest } from "./tests/bca.ts";
import { bettingTest } from "./tests/betting.ts";
import { clusterHallTest, clusterTTest } from "./tests/cluster.ts";
import { correctedTTest } from "./tests/corrected-t.ts";
import { delongTest } from "./tests/delong.ts";
import { empiricalBernsteinTest } from "./tests/empirical-bernstein.ts";
import { fiveByTwoTTest } from "./tests/five-by-two.ts";
import { hallTest, tAndHallTest } from "./tests/hall.ts";
import { mcnemarExactTest, mcnemarMidPTest } from "./tests/mcnemar.ts";
import { blockMeansTest, dieboldMarianoTest, neweyWestTest } from "./tests/newey-west.ts";
import { signFlipTest } from "./tests/sign-flip.ts";
import { signedRankTest } from "./tests/signed-rank.ts";
import { pairedTTest } from "./tests/student.ts";
import { tangoTest } from "./tests/tango.ts";

/**
 * Every paired test; where a verdict asks several, they are named in this order. A new one is a file in `tests/` and a line here;
 * its record says when a verdict asks it.
 */
export const pairedTests: readonly PairedTest[] = [
  pairedTTest,
  hallTest,
  tAndHallTest,
  signFlipTest,
  signedRankTest,
  tangoTest,
  mcnemarExactTest,
  mcnemarMidPTest,
  delongTest,
  clusterTTest,
  clusterHallTest,
  neweyWestTest,
  blockMeansTest,
  dieboldMarianoTest,
  bcaTest,
  correctedTTest,
  fiveByTwoTTest,
  bettingTest,
  empiricalBernsteinTest,
];

/** The tests that a verdict asks. */
export function deciding(situation: Situation): readonly PairedTest[] {
  return pairedTests.filter((test) => test.decides?.(situation));
}
