/**
 * Models that are far surer than they are right. What such a model loses hangs on its confident mistakes, and so on which rows it happened
 * to learn from: the folds of one table are wrong together, or right together, and show nothing of it. It is told by the answers alone:
 * they say how large their squared errors should be. Trees, forests, boosting and logistic regression err three times as much on fewer
 * than one table in a hundred, Gaussian naive Bayes of adult on nearly all.
 */
import type { Target } from "../frame/dataset.ts";
import type { Prediction } from "../frame/prediction.ts";
import type { EntryRows } from "./folds.ts";
import type { Pair } from "./paired.ts";

/** Squared errors this many times as large as the answers allow for are no chance, and no ordinary overfitting. */
const TOO_SURE = 3;

export interface Overconfidence {
  /** Squared errors of the probabilities, as a multiple of what they allow for themselves. */
  readonly times: number;
  /** The shares of the classes would err less. */
  readonly useless: boolean;
}

/**
 * Of a model over the entries of folds; undefined where it is about as sure as it is right, of numbers, and of bare labels, which do not
 * say how sure they are. Cost: O(rows x classes).
 *
 * @param predictions One a training seed. @param weights Of entries.
 */
export function overconfidenceOf(
  truth: Target,
  predictions: readonly Prediction[],
  weights?: Float64Array,
): Overconfidence | undefined {
  if (truth.task === "regression") return undefined;
  const shares = new Float64Array(truth.classes.length);
  let [total, squared, allowed] = [0, 0, 0];
  for (const prediction of predictions) {
    if (prediction.kind === "value") return undefined;
    const { values, classes } = prediction;
    truth.codes.forEach((code, row) => {
      const weight = weights?.[row] ?? 1;
      shares[code] += weight;
      total += weight;
      for (let k = 0; k < classes; k++) {
        const p = values[row * classes + k];
        squared += weight * (p - (k === code ? 1 : 0)) ** 2;
        allowed += weight * p * (1 - p);
      }
    });
  }
  if (!(squared >= TOO_SURE * allowed && allowed > 0)) return undefined;
  const byShares = shares.reduce((sum, share) => sum + share * (1 - share / total), 0);
  return { times: squared / allowed, useless: squared > byShares };
}

/**
 * Whether a model's answers depend on the rows it learnt from: a rule in use says the same in every repeat, and errs as it does on any table.
 * In a single repeat they are taken to.
 */
export function isLearnt({ of, first }: EntryRows, predictions: readonly Prediction[]): boolean {
  return (
    of.length === first.length ||
    predictions.some(({ values }) => {
      const per = values.length / of.length;
      return values.some((p, i) => p !== values[first[of[Math.floor(i / per)]] * per + (i % per)]);
    })
  );
}

/** A pair over such a baseline: a gain is never ruled out, and over a useless one never shown. */
export function withheld(pair: Pair, { useless }: Overconfidence): Pair {
  return {
    ...pair,
    at: (alpha) => ({
      ...pair.at(alpha),
      upper: Infinity,
      pBelow: 1,
      ...(useless && { lower: -Infinity, p: 1 }),
    }),
  };
}
