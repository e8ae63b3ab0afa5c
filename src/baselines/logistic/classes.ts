import type { Dataset } from "../../frame/dataset.ts";
import { logisticLoss, softmaxLoss, type Loss } from "../../numeric/glm/loss.ts";
import type { TrainingSet } from "../linear/training-set.ts";

/** The classes that training rows have, and their share of the weight. */
export interface SeenClasses {
  /** Codes, ascending. */
  readonly codes: readonly number[];
  readonly shares: readonly number[];
}

export function seenClasses({ target }: Dataset, set: TrainingSet): SeenClasses {
  const rows = set.rows();
  const weights = set.weights();
  if (target.task === "regression") throw new TypeError("seenClasses: needs a classification target");
  const sums = new Float64Array(target.classes.length);
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    sums[target.codes[rows[i]]] += weight;
    total += weight;
  }
  const codes = [...sums.keys()].filter((code) => sums[code] > 0);
  return { codes, shares: codes.map((code) => sums[code] / total) };
}

/**
 * The log loss of the training rows over the classes seen.
 * @param balanced Gives every class the same weight in all, leaving the total as it is.
 */
export function classLoss(
  { target }: Dataset,
  set: TrainingSet,
  { codes, shares }: SeenClasses,
  balanced: boolean,
): Loss {
  const rows = set.rows();
  const weights = set.weights();
  if (target.task === "regression") throw new TypeError("classLoss: needs a classification target");
  const place = new Int32Array(target.classes.length);
  for (const [i, code] of codes.entries()) place[code] = i;
  const seen = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) seen[i] = place[target.codes[rows[i]]];
  const own = balanced ? new Float64Array(rows.length) : weights;
  if (balanced && own !== undefined)
    for (let i = 0; i < rows.length; i++)
      own[i] = (weights === undefined ? 1 : weights[i]) / (codes.length * shares[seen[i]]);
  return codes.length === 2 ? logisticLoss(seen, own) : softmaxLoss(codes.length, seen, own);
}

/** The best margins without any column: log shares (as they are, or all alike when balanced) about their mean. */
export function interceptsOnly({ shares }: SeenClasses, balanced: boolean): Float64Array {
  const logs = shares.map((share) => (balanced ? 0 : Math.log(share)));
  if (logs.length === 2) return Float64Array.of(logs[1] - logs[0]);
  const mean = logs.reduce((sum, log) => sum + log / logs.length, 0);
  return Float64Array.from(logs, (log) => log - mean);
}
