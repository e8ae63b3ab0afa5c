import { moments } from "../numeric/moments.ts";
import { studentCdf, studentUpperTail } from "../numeric/student.ts";
import { requireFinite } from "./contract.ts";

/** Where the posterior of a gain lies; the three add to 1. */
export interface Posterior {
  /** P(gain < -rope): the challenger is worse by more than matters. */
  readonly worse: number;
  /** P(-rope <= gain <= rope). */
  readonly equivalent: number;
  /** P(gain > rope). */
  readonly better: number;
}

/**
 * The Bayesian correlated t: how probable is it that the challenger's recipe is worse, practically equivalent, or better?
 * With its flat prior the posterior is the Student law of `correctedT`, so it says the same in other words; the verdict
 * stays with the frequentist bound, whose error rate is measured.
 *
 * @param differences Gain of each of J >= 2 splits. @param testOverTrain As in `correctedT`.
 * @param rope Half the width of the region of practical equivalence, >= 0, in the unit of the gains.
 * @returns Without spread all mass is on the side of the mean (½ and ½ where that is 0 and the rope has no width).
 * @throws RangeError for a gain that is not finite, fewer than two, or a negative rope. Cost: O(J).
 * Source: G. Corani & A. Benavoli, Machine Learning 100, 2015; Benavoli et al., JMLR 18(77), 2017.
 */
export function correlatedT(differences: Float64Array, testOverTrain: number, rope = 0): Posterior {
  requireFinite("correlatedT", "differences", differences, 2);
  if (!(rope >= 0 && testOverTrain >= 0)) {
    throw new RangeError(`correlatedT: rope and testOverTrain must be >= 0, got ${rope} and ${testOverTrain}`);
  }
  const { count, mean, variance } = moments(differences);
  const scale = Math.sqrt(variance * (1 / count + testOverTrain));
  return posterior(mean, scale, count - 1, rope);
}

/** The same from the centre, scale and degrees of freedom of the posterior. */
export function posterior(mean: number, scale: number, df: number, rope: number): Posterior {
  if (scale === 0) {
    if (Math.abs(mean) < rope || (mean === 0 && rope > 0)) return { worse: 0, equivalent: 1, better: 0 };
    if (mean === 0) return { worse: 0.5, equivalent: 0, better: 0.5 };
    return { worse: mean < 0 ? 1 : 0, equivalent: 0, better: mean > 0 ? 1 : 0 };
  }
  const worse = studentCdf((-rope - mean) / scale, df);
  const better = studentUpperTail((rope - mean) / scale, df);
  return { worse, equivalent: Math.max(0, 1 - worse - better), better };
}
