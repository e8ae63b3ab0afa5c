import { requireFinite, type Differences, type Evidence, type PairedTest, type TestOptions } from "../contract.ts";
import { judge, studentPivot } from "../pivot.ts";
import { unitMoments } from "../units.ts";

/**
 * Corrected resampled t test: does the recipe of the challenger beat that of the baseline over repeated splits?
 * Training rows are shared between splits, so the plain t test is far too sure of itself (one-sided size above .25 over
 * 10 x 10 folds); this one widens the variance of the mean from s²/J to (1/J + rows tested / rows trained) s².
 *
 * @param input Gain of each of J >= 2 splits (of resamples: folds x repeats, never rows), and `testOverTrain`, rows tested on
 *   over rows trained on in one split (1 / (K - 1) for K folds, not 1 / K).
 * @returns As `pairedT`, on J - 1 degrees of freedom.
 * @throws RangeError without `testOverTrain` > 0, or as `pairedT`. Cost: O(J).
 * Size .035 to .063 for stable learners, .10 to .12 for 1-NN at a nominal .05: judge folds at .025.
 * Source: C. Nadeau & Y. Bengio, "Inference for the generalization error", Machine Learning 52, 2003; for repeated
 * folds R. Bouckaert & E. Frank, PAKDD 2004.
 */
export function correctedT({ differences, testOverTrain }: Differences, options: TestOptions = {}): Evidence {
  requireFinite("correctedT", "differences", differences, 2);
  if (!(testOverTrain !== undefined && testOverTrain > 0 && testOverTrain < Infinity)) {
    throw new RangeError(`correctedT: testOverTrain must be a number above 0, got ${testOverTrain}`);
  }
  return judge(studentPivot("corrected-t", unitMoments(differences), 1 / differences.length + testOverTrain), options);
}

export const correctedTTest: PairedTest = {
  name: "corrected-t",
  title: "Corrected resampled t (Nadeau-Bengio)",
  question: "Does the challenger's recipe beat the baseline's over repeated splits of the same rows?",
  honest: "Stable learners at the nominal level, any learner at half of it; says nothing about one fitted model.",
  traits: { conservative: true },
  needs: "differences",
  also: "testOverTrain",
  run: correctedT,
};
