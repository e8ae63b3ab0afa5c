/**
 * Scores of configurations on the same folds are additive to a good approximation: what the configuration is worth, plus
 * how hard the fold is, plus noise. Fold effects make trials that saw different folds comparable, and the noise says how
 * far a mean over k folds can be trusted.
 */

export interface FoldModel {
  /** How much harder (higher loss) each fold is than the average one; they sum to 0. */
  readonly effects: Float64Array;
  /** Variance of one configuration's loss on one fold around configuration + fold; NaN with fewer than 3 configurations. */
  readonly residual: number;
}

/** Configurations that the noise is taken from, at least. */
export const MIN_COMPLETE = 3;

/**
 * Fits the two-way additive model to the better half of the configurations (at least three where there are as many):
 * poor configurations are many times noisier than good ones, and only good ones have to be told apart.
 *
 * @param losses Complete configurations only: one array of K finite losses each.
 */
export function foldModel(losses: readonly Float64Array[], folds: number): FoldModel {
  const means = losses.map((row) => row.reduce((sum, loss) => sum + loss, 0) / folds);
  const order = Array.from(means.keys()).sort((a, b) => means[a] - means[b] || a - b);
  const used = order.slice(0, Math.max(MIN_COMPLETE, Math.ceil(losses.length / 2)));
  const effects = new Float64Array(folds);
  for (const i of used) for (let k = 0; k < folds; k++) effects[k] += (losses[i][k] - means[i]) / used.length;
  if (used.length < MIN_COMPLETE || folds < 2) return { effects, residual: Number.NaN };
  let squares = 0;
  for (const i of used) for (let k = 0; k < folds; k++) squares += (losses[i][k] - means[i] - effects[k]) ** 2;
  return { effects, residual: squares / ((used.length - 1) * (folds - 1)) };
}
