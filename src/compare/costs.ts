/** Money as a metric: what the decisions made from a model's probabilities cost, row by row. */
import { OptionError } from "../error.ts";
import type { Scored } from "../metrics/contract.ts";
import type { JudgedMetric } from "./measure.ts";

/** Cost of deciding for a class (first index) when another is true (second): `matrix[decided][true]`. */
export type CostMatrix = readonly (readonly number[])[];

/** @throws RangeError unless the matrix is square with finite numbers, one row a class. */
export function checkCosts(matrix: CostMatrix, classes: number): void {
  const square =
    matrix.length === classes && matrix.every((row) => row.length === classes && row.every(Number.isFinite));
  if (!square) throw new OptionError(`costs: a ${classes} x ${classes} matrix of finite numbers is wanted`);
}

/**
 * The decision of least expected cost for each row, the first of ties. Nothing is tuned: the same rule for every model.
 * @param values Probabilities, rows x classes, row by row.
 */
export function decisions(values: Float64Array, matrix: CostMatrix): Int32Array {
  const classes = matrix.length;
  const out = new Int32Array(values.length / classes);
  for (let i = 0; i < out.length; i++) {
    let least = Infinity;
    for (let decided = 0; decided < classes; decided++) {
      let expected = 0;
      for (let k = 0; k < classes; k++) expected += matrix[decided][k] * values[i * classes + k];
      if (expected < least) {
        least = expected;
        out[i] = decided;
      }
    }
  }
  return out;
}

/**
 * Mean cost per row of the decisions of least expected cost: an additive loss in money, so every test of a mean loss applies, and
 * a margin in the same money is the extra cost per prediction itself (`valuePerUnit` 1).
 * @throws RangeError as `checkCosts`; the metric's `losses` throw for a prediction without probabilities.
 */
export function costMetric(matrix: CostMatrix): JudgedMetric & Required<Pick<JudgedMetric, "losses">> {
  checkCosts(matrix, matrix.length);
  const all = matrix.flat();
  const losses = ({ truth, prediction }: Scored): Float64Array => {
    if (truth.task === "regression" || prediction.kind !== "probability" || prediction.classes !== matrix.length) {
      throw new OptionError(`costs: probabilities of ${matrix.length} classes are wanted`);
    }
    const decided = decisions(prediction.values, matrix);
    return new Float64Array(truth.codes).map((code, i) => matrix[decided[i]][code]);
  };
  return {
    name: "expected_cost",
    direction: "minimize",
    range: [Math.min(...all), Math.max(...all)],
    losses,
    score: (scored, weights) => {
      const list = losses(scored);
      let sum = 0;
      let total = 0;
      for (let i = 0; i < list.length; i++) {
        sum += list[i] * (weights?.[i] ?? 1);
        total += weights?.[i] ?? 1;
      }
      return sum / total;
    },
  };
}
