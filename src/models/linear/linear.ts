import * as v from "valibot";
import type { Fault, Kind, Notes } from "../contract.ts";
import { doubles, lengthFault, notes } from "../parts.ts";
import { partsOf } from "../reasons.ts";
import { describe } from "./describe.ts";
import { sumsEntries, sumsFault } from "./schema.ts";
import { columnParts, countCoefficients, marginsOf, START, type WeightedSums } from "./weighted-sums.ts";

export interface LinearData extends WeightedSums {
  /**
   * Ordinary least squares only: standard errors of the coefficients, by encoded column. As in R's lm, degrees of freedom
   * are counted by rows, not by their weights.
   */
  readonly errors?: Float64Array;
  readonly notes: Notes;
}

/** One weighted sum: the value. */
export const linearKind: Kind<LinearData> = linearKindOf("linear");

/** What ml-regression fitted. */
export const mljsRegressionKind: Kind<LinearData> = linearKindOf("mljs-regression");

function linearKindOf(name: string): Kind<LinearData> {
  return {
    name,
    version: 1,
    schema: v.strictObject({ ...sumsEntries, errors: v.exactOptional(doubles({ low: 0 })), notes }),
    faultIn: (data, shape) =>
      (shape.task === "regression" ? undefined : `answers are values, and the task is ${shape.task}`) ??
      sumsFault(data, 1, shape) ??
      errorsFault(data),
    complexity: (data) => ({ count: countCoefficients(data), unit: "coefficients" }),
    notes: (data) => data.notes,
    predictor: (sums) => (data, rows) => ({ kind: "value", values: marginsOf(sums, data, rows) }),
    reasons: (data, _shape, table, row) => ({
      steps: ["a weighted sum of the columns"],
      sum: {
        scale: "value",
        start: data.outputs[0].intercept,
        startIs: START,
        parts: partsOf(columnParts(data, table, row)[0]),
      },
    }),
    explain: (data, shape) =>
      describe(data, shape, { unit: shape.target, outputs: [], ...(data.errors && { errors: data.errors }) }),
  };
}

function errorsFault({ errors, outputs: [{ coefficients }] }: LinearData): Fault {
  return errors && lengthFault("errors", errors, coefficients.length);
}
