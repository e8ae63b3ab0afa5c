/** How well a forest predicts training rows by the trees that have not seen them. */
import type { Target } from "../../frame/dataset.ts";
import type { Training } from "../tree/training.ts";

export interface Votes {
  readonly width: number;
  /** Sums of values, `width` numbers a training row, and how many trees gave them. */
  readonly sums: Float64Array;
  readonly trees: Int32Array;
  /** Adds the value that starts at values[at] to the row at a place. */
  add(place: number, values: Float64Array, at: number): void;
}

export function newVotes(rows: number, width: number): Votes {
  const sums = new Float64Array(rows * width);
  const trees = new Int32Array(rows);
  return {
    width,
    sums,
    trees,
    add: (place, values, at) => {
      for (let k = 0; k < width; k++) sums[place * width + k] += values[at + k];
      trees[place]++;
    },
  };
}

/**
 * Scores over the rows that at least one tree has not seen: log loss (shares clipped at 1e-6) and accuracy for classes,
 * root mean squared error for numbers; weighted. Empty when every tree has seen every row. O(rows x classes).
 */
export function outOfBag(votes: Votes, target: Target, training: Training): Record<string, number> {
  const { sums, trees, width } = votes;
  const { rows, weights } = training;
  let total = 0;
  let loss = 0;
  let right = 0;
  let seen = 0;
  for (let i = 0; i < rows.length; i++) {
    if (trees[i] === 0) continue;
    seen++;
    total += weights[i];
    if (target.task === "regression") {
      loss += weights[i] * (sums[i] / trees[i] - target.values[rows[i]]) ** 2;
      continue;
    }
    const truth = target.codes[rows[i]];
    const shares = [...sums.subarray(i * width, (i + 1) * width)].map((sum) => sum / trees[i]);
    if (target.classes.length === 2) shares.unshift(1 - shares[0]);
    loss -= weights[i] * Math.log(Math.min(1 - 1e-6, Math.max(1e-6, shares[truth])));
    if (shares.indexOf(Math.max(...shares)) === truth) right += weights[i];
  }
  if (!(total > 0)) return {};
  if (target.task === "regression") return { oob_rows: seen, oob_rmse: Math.sqrt(loss / total) };
  return { oob_rows: seen, oob_log_loss: loss / total, oob_accuracy: right / total };
}
