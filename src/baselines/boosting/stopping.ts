/** How many rounds are enough, judged on rows that the trees have not seen. */
import type { Dataset, Rows } from "../../frame/dataset.ts";
import { gather } from "../../numeric/gather.ts";
import type { Rng } from "../../numeric/rng.ts";
import { addTrees, linked, startScores, type LossName } from "../../models/boosting.ts";
import type { Prediction } from "../../frame/prediction.ts";
import { binTraining } from "../tree/shared-bins.ts";
import type { Training } from "../tree/training.ts";
import { boost, type BoostOptions } from "./boost.ts";
import { drawRows } from "./draw.ts";
import { lossOf } from "./losses.ts";

export interface Patience {
  /** Most rounds. */
  readonly rounds: number;
  /** Rounds without a better loss after which it is enough. */
  readonly patience: number;
  /** Share of the training rows to judge by. */
  readonly validation: number;
}

/**
 * The round with the lowest mean loss on a drawn part of the training rows, with bins and trees from the others; all
 * rounds where there are too few rows to divide. O(rounds until it stops), as fitting.
 *
 * @param rng Its stream `validation` draws the part.
 */
export function bestRound(
  data: Dataset,
  { rows, weights }: Training,
  lossName: LossName,
  options: BoostOptions,
  { rounds, patience, validation }: Patience,
  rng: Rng,
): number {
  const drawn = new Int32Array(rows.length);
  const fitted = drawRows(1 - validation, rng.split("validation"), drawn);
  if (fitted === drawn.length) return rounds;
  const held = drawn.subarray(fitted);
  const heldRows = held.map((place) => rows[place]);
  const heldWeights = gather(weights, held);
  const binned = binTraining(
    "boosting",
    data,
    drawn.subarray(0, fitted).map((place) => rows[place]),
  );
  const loss = lossOf(lossName, data.target, binned.training);
  const classes = data.target.task === "regression" ? 0 : data.target.classes.length;
  const scores = startScores(loss.start, heldRows.length);
  let best = { round: 1, loss: Number.POSITIVE_INFINITY };
  let round = 0;
  for (const trees of boost(data, binned, loss, options, rng)) {
    round++;
    addTrees(scores, trees, loss.outputs, data, heldRows);
    const prediction = linked(lossName, scores.slice(), loss.outputs, classes);
    const mean = meanLoss(lossName, data, heldRows, heldWeights, prediction);
    if (mean < best.loss) best = { round, loss: mean };
    if (round >= rounds || round - best.round >= patience) break;
  }
  return best.round;
}

/** Log loss, squared or absolute error, or half the Poisson deviance up to a constant; weighted. */
function meanLoss(
  name: LossName,
  { target }: Dataset,
  rows: Rows,
  weights: Float64Array,
  prediction: Prediction,
): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    total += weights[i];
    if (prediction.kind === "probability" && target.task !== "regression")
      sum -= weights[i] * Math.log(Math.max(1e-15, prediction.values[i * prediction.classes + target.codes[rows[i]]]));
    else if (target.task === "regression") {
      const truth = target.values[rows[i]];
      const guess = prediction.values[i];
      if (name === "poisson") sum += weights[i] * (guess - truth * Math.log(Math.max(guess, 1e-300)));
      else sum += weights[i] * (name === "absolute" ? Math.abs(truth - guess) : (truth - guess) ** 2);
    }
  }
  return sum / total;
}
