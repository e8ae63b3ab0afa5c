/** What metrics read out of a prediction: labels, values and orders. Shared by the metric files. */
import { argsort } from "../numeric/argsort.ts";
import type { Scored } from "./contract.ts";

/** Classes of the truth and the probabilities, or a named error when the pair is not a classification. */
export function classified(
  metric: string,
  { truth, prediction }: Scored,
): {
  codes: Int32Array;
  probabilities: Float64Array;
  classes: number;
} {
  if (truth.task === "regression" || prediction.kind !== "probability")
    throw new TypeError(`${metric}: needs classes and probabilities, got ${truth.task} and ${prediction.kind}`);
  if (prediction.values.length !== truth.codes.length * prediction.classes)
    throw new RangeError(
      `${metric}: ${truth.codes.length} rows of truth, ${prediction.values.length / prediction.classes} of prediction`,
    );
  return { codes: truth.codes, probabilities: prediction.values, classes: prediction.classes };
}

/** Truth and predicted values, or a named error when the pair is not a regression. */
export function measured(
  metric: string,
  { truth, prediction }: Scored,
): { values: Float64Array; predicted: Float64Array } {
  if (truth.task !== "regression" || prediction.kind !== "value")
    throw new TypeError(`${metric}: needs a numeric target and values, got ${truth.task} and ${prediction.kind}`);
  if (prediction.values.length !== truth.values.length)
    throw new RangeError(`${metric}: ${truth.values.length} rows of truth, ${prediction.values.length} of prediction`);
  return { values: truth.values, predicted: prediction.values };
}

/** The most probable class of each row, the first of ties. */
export function labels(probabilities: Float64Array, classes: number): Int32Array {
  const out = new Int32Array(probabilities.length / classes);
  for (let i = 0, at = 0; i < out.length; i++, at += classes) {
    let best = 0;
    for (let k = 1; k < classes; k++) if (probabilities[at + k] > probabilities[at + best]) best = k;
    out[i] = best;
  }
  return out;
}

/** The probability of one class, one a row. */
export function probabilityOf(probabilities: Float64Array, classes: number, k: number): Float64Array {
  const out = new Float64Array(probabilities.length / classes);
  for (let i = 0; i < out.length; i++) out[i] = probabilities[i * classes + k];
  return out;
}

/** The true class of each row and what it is called, the most probable one; or a named error, as of `classified`. */
export function calls(
  metric: string,
  scored: Scored,
): {
  codes: Int32Array;
  called: Int32Array;
  classes: number;
} {
  const { codes, probabilities, classes } = classified(metric, scored);
  return { codes, called: scored.called?.() ?? labels(probabilities, classes), classes };
}

/**
 * The same pair, whose rows are labelled, and sorted by a class's probability, once, when the first metric asks for it. The
 * probabilities are not to change from then on. Holds four bytes a row for the labels and for each class that was asked for.
 */
export function ordered(scored: Scored): Scored {
  const { prediction, orderOf } = scored;
  if (orderOf !== undefined || prediction.kind !== "probability") return scored;
  const { values, classes } = prediction;
  const known: Int32Array[] = [];
  let found: Int32Array | undefined;
  return {
    ...scored,
    orderOf: (k) => (known[k] ??= argsort(probabilityOf(values, classes, k))),
    called: () => (found ??= labels(values, classes)),
  };
}

/** Weighted mean; NaN when the weights sum to zero. */
export function mean(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const w = weights?.[i] ?? 1;
    sum += w * values[i];
    total += w;
  }
  return sum / total;
}
