import { requireFinite, type Evidence, type PairedTest, type ScoredCases, type TestOptions } from "../contract.ts";
import { judge, studentPivot } from "../pivot.ts";
import { isRocArea } from "../situation.ts";
import { byRow, placements, rankingOf } from "../../numeric/placements.ts";

/**
 * DeLong's test: does the challenger rank cases better, by area under the ROC curve, than the baseline on the same cases?
 *
 * @param input Labels and both models' scores, any scale, higher meaning more likely positive; ties count half.
 * @returns Gain in AUC, z and normal bounds. Equal scores leave no spread: nothing is claimed (p = 1).
 * @throws RangeError when lengths differ, a score is not finite, or a class has fewer than two cases.
 * Honest from 10 cases in the smaller class on at .05, from 50 at .0025. Cost: O(n log n).
 * Source: DeLong, DeLong & Clarke-Pearson, Biometrics 44, 1988.
 */
export function delong({ positive, baseline, challenger }: ScoredCases, options: TestOptions = {}): Evidence {
  requireFinite("delong", "baseline", baseline, 4);
  requireFinite("delong", "challenger", challenger, 4);
  if (baseline.length !== positive.length || challenger.length !== positive.length) {
    throw new RangeError(
      `delong: as many scores as labels are wanted, got ${baseline.length} and ${challenger.length} for ${positive.length}`,
    );
  }
  const [a, b] = [challenger, baseline].map((scores) => {
    const ranking = rankingOf(positive, scores);
    return byRow(ranking, placements(ranking).values, scores.length);
  });
  const sums = spread(positive, a, b);
  if (sums.some(({ count }) => count < 2)) {
    throw new RangeError(
      `delong: each class needs two cases, got ${sums[1].count} positive and ${sums[0].count} negative`,
    );
  }
  const error = Math.sqrt(sums.reduce((total, { count, squares }) => total + squares / (count - 1) / count, 0));
  const gain = sums[1].mean;
  return judge(
    {
      test: "delong",
      gain,
      error,
      df: Infinity,
      at: (theta) => (gain - theta) / error,
      solve: (x) => gain - x * error,
    },
    options,
  );
}

/** By class: cases, mean of the differences, sum of their squared deviations. */
function spread(positive: Uint8Array, left: Float64Array, right: Float64Array) {
  return [0, 1].map((label) => {
    let count = 0;
    let sum = 0;
    for (let i = 0; i < positive.length; i++) {
      if (positive[i] !== label) continue;
      count++;
      sum += left[i] - right[i];
    }
    const mean = sum / count;
    let squares = 0;
    for (let i = 0; i < positive.length; i++) if (positive[i] === label) squares += (left[i] - right[i] - mean) ** 2;
    return { count, mean, squares };
  });
}

export const delongTest: PairedTest = {
  name: "delong",
  title: "DeLong's test",
  question: "Does the challenger rank cases better, by area under the ROC curve?",
  honest: "Independent rows, predictions fixed before the labels were seen, 10 or more cases in each class.",
  needs: "scores",
  decides: isRocArea,
  pivot: ({ moments, reckon }) => ({
    ...studentPivot("delong", reckon(moments)),
    df: moments.units > 1 ? Infinity : 0,
  }),
  run: delong,
};
