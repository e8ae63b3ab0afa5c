/** What the rules of a list say, learnt from rows: the mean, or the class shares, of the rows that each takes. */
import type { Dataset } from "../../../frame/dataset.ts";
import { smoothedShares } from "../../shares.ts";
import type { TrainingRows } from "../../training-rows.ts";

/** Rows' worth of the overall mean or class shares that are added to each rule. */
const STRENGTH = 2;

/** Sums over the rows that each rule takes, the last entry for rows that none takes. */
export interface RuleSums {
  readonly weight: Float64Array;
  /** Rules x width: class weights, or the sum of the target less its mean over all rows. */
  readonly sums: Float64Array;
  /** Mean, or class shares, of all rows. */
  readonly overall: Float64Array;
}

/** `takenBy`: the rule of each row, `rules` where there is none. O(rows). */
export function ruleSums({ target }: Dataset, training: TrainingRows, takenBy: Int32Array, rules: number): RuleSums {
  const { rows, weights, total } = training;
  const width = target.task === "regression" ? 1 : target.classes.length;
  const weight = new Float64Array(rules + 1);
  const sums = new Float64Array((rules + 1) * width);
  const overall = new Float64Array(width);
  for (let i = 0; i < rows.length; i++) {
    const share = (weights?.[i] ?? 1) / total;
    if (target.task === "regression") overall[0] += share * target.values[rows[i]];
    else overall[target.codes[rows[i]]] += share;
  }
  for (let i = 0; i < rows.length; i++) {
    const w = weights?.[i] ?? 1;
    weight[takenBy[i]] += w;
    if (target.task === "regression") sums[takenBy[i]] += w * (target.values[rows[i]] - overall[0]);
    else sums[takenBy[i] * width + target.codes[rows[i]]] += w;
  }
  return { weight, sums, overall };
}

/** The sums of the list cut after its first `length` rules. */
export function cutAfter({ weight, sums, overall }: RuleSums, length: number): RuleSums {
  const width = overall.length;
  const shortWeight = weight.slice(0, length + 1);
  const shortSums = sums.slice(0, (length + 1) * width);
  for (let r = length + 1; r < weight.length; r++) {
    shortWeight[length] += weight[r];
    for (let k = 0; k < width; k++) shortSums[length * width + k] += sums[r * width + k];
  }
  return { weight: shortWeight, sums: shortSums, overall };
}

/** One answer a rule, (rules + 1) x width. */
export function answersOf({ weight, sums, overall }: RuleSums): Float64Array {
  const width = overall.length;
  if (width === 1) return sums.map((sum, r) => overall[0] + sum / (weight[r] + STRENGTH));
  const answers = new Float64Array(sums.length);
  for (let r = 0; r < weight.length; r++) answers.set(smoothedShares(sums, r * width, overall, STRENGTH), r * width);
  return answers;
}

/** Log loss in nats (no share counts as less than 1e-6), or squared error, summed over rows. */
export function lossOf(
  { target }: Dataset,
  { rows, weights }: TrainingRows,
  takenBy: Int32Array,
  answers: Float64Array,
): number {
  const width = target.task === "regression" ? 1 : target.classes.length;
  const last = answers.length / width - 1;
  let loss = 0;
  for (let i = 0; i < rows.length; i++) {
    const rule = Math.min(takenBy[i], last);
    const w = weights?.[i] ?? 1;
    if (target.task === "regression") loss += w * (target.values[rows[i]] - answers[rule]) ** 2;
    else loss -= w * Math.log(Math.max(1e-6, answers[rule * width + target.codes[rows[i]]]));
  }
  return loss;
}
