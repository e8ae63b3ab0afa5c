import { requireFinite, type Differences, type Evidence, type PairedTest, type TestOptions } from "../contract.ts";
import { judge, studentPivot } from "../pivot.ts";
import { isContrast } from "../situation.ts";
import { unitMoments } from "../units.ts";

/**
 * Paired t test: is the mean gain per row above the margin?
 *
 * @param input Gains of at least two independent rows, in the unit of the loss.
 * @returns Without any spread, or with one row, nothing is claimed: infinite bounds and p = 1.
 * @throws RangeError when a gain is not finite, there are fewer than two, or an option is out of range.
 * Too generous to a challenger whose gains are left-skewed (many small wins, a few large losses): one-sided size .09 to
 * .18 for a nominal .05 at n = 20. Use `hall` beside it. Cost: O(rows).
 */
export function pairedT({ differences }: Differences, options: TestOptions = {}): Evidence {
  requireFinite("pairedT", "differences", differences, 2);
  return judge(studentPivot("paired-t", unitMoments(differences)), options);
}

export const pairedTTest: PairedTest = {
  name: "paired-t",
  title: "Paired t",
  question: "Is the mean gain per row above the margin?",
  honest: "Independent rows; gains symmetric, or at least a hundred rows.",
  needs: "differences",
  decides: (situation) => isContrast(situation) && !situation.groups && !situation.time,
  pivot: ({ moments, reckon }) => studentPivot("paired-t", reckon(moments)),
  run: pairedT,
};
