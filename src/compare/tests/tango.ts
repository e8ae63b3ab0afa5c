import { brentRoot } from "../../numeric/roots.ts";
import type { Evidence, Outcomes, PairedTest, TestOptions } from "../contract.ts";
import { judge } from "../pivot.ts";
import { areCounts } from "../situation.ts";
import { requireCounts } from "./mcnemar.ts";

/**
 * Tango's score test: is the challenger right more often by more than the margin? At margin 0 it is McNemar's.
 *
 * @param input Counts of rows only one model got right, and of all rows.
 * @returns The gain in accuracy with score bounds, which stay inside [-1, 1] and exist without discordant rows too.
 * @throws RangeError for impossible counts. Cost: O(1).
 * Size .026 to .060 for a nominal .05 from 50 rows and 2 % discordance on, on either side of the margin.
 * Source: T. Tango, "Equivalence test and confidence interval for the difference in proportions for the paired-sample
 * design", Statistics in Medicine 17, 1998.
 */
export function tango(input: Outcomes, options: TestOptions = {}): Evidence {
  requireCounts("tango", input);
  const { wins, losses, rows } = input;
  const at = (theta: number): number => tangoScore(input, theta);
  const edge = 1 - 1e-12;
  const evidence = judge(
    {
      test: "tango",
      gain: (wins - losses) / rows,
      error: Math.sqrt(Math.max(0, wins + losses - (wins - losses) ** 2 / rows)) / rows,
      df: Infinity,
      at,
      solve: (x) => {
        if (at(-edge) <= x) return -1;
        if (at(edge) >= x) return 1;
        return brentRoot((theta) => at(theta) - x, -edge, edge, 1e-14);
      },
    },
    options,
  );
  return evidence;
}

/** Tango's z were theta the true difference: (b - c - Nθ) over its standard error under that restriction. */
function tangoScore({ wins, losses, rows }: Outcomes, theta: number): number {
  const distance = wins - losses - rows * theta;
  if (distance === 0) return 0;
  const b = (2 * rows - wins + losses) * theta - wins - losses;
  const c = -losses * theta * (1 - theta);
  const q = (Math.sqrt(Math.max(0, b * b - 8 * rows * c)) - b) / (4 * rows);
  return distance / Math.sqrt(rows * Math.max(0, 2 * q + theta * (1 - theta)));
}

export const tangoTest: PairedTest = {
  name: "tango",
  title: "Tango's score test",
  question: "Is the challenger right more often by more than the margin?",
  honest: "Independent rows, 50 or more of them; any share of discordant rows.",
  needs: "outcomes",
  decides: areCounts,
  run: tango,
};
