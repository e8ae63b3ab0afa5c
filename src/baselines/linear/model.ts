import { allRows, type Dataset, type Shape } from "../../data/dataset.ts";
import type { Model, Prediction } from "../../models/contract.ts";
import { readModel } from "../model-json.ts";
import { describe } from "./describe.ts";
import { countCoefficients, marginsOf, type Predictor } from "./predictor.ts";
import { notesFromJSON, predictorFromJSON, predictorToJSON } from "./predictor-json.ts";

/** What fitting found out besides the coefficients. */
export interface LinearExtras {
  readonly notes: Model["notes"];
  /**
   * Ordinary least squares only: standard errors of the coefficients, by encoded column. As in R's lm, degrees of freedom
   * are counted by rows, not by their weights.
   */
  readonly errors?: Float64Array;
}

export function linearModel(predictor: Predictor, { notes, errors }: LinearExtras): Model {
  const model: Model = {
    complexity: { count: countCoefficients(predictor), unit: "coefficients" },
    notes,
    predict: (data: Dataset, rows = allRows(data.rows)): Prediction => ({
      kind: "value",
      values: marginsOf(predictor, data, rows),
    }),
    explain: (shape) => describe(predictor, shape, { unit: shape.target, outputs: [], ...(errors && { errors }) }),
    toJSON: () => ({
      kind: "linear",
      version: 1,
      ...predictorToJSON(predictor),
      ...(errors && { errors: [...errors] }),
      notes,
    }),
  };
  return Object.freeze(model);
}

/** @throws TypeError when the JSON is not a saved linear model, or does not fit the shape. */
export function linearFromJSON(json: unknown, shape: Shape): Model {
  const members = readModel(json, "linear", 1);
  const predictor = predictorFromJSON(members, shape, 1, "linear");
  const notes = notesFromJSON(members.notes, "linear");
  const { errors } = members;
  if (errors === undefined) return linearModel(predictor, { notes });
  const { length } = predictor.outputs[0].coefficients;
  if (!Array.isArray(errors) || errors.length !== length || !errors.every(Number.isFinite))
    throw new TypeError(`linear: wanted ${length} finite standard errors`);
  return linearModel(predictor, { notes, errors: Float64Array.from(errors as number[]) });
}
