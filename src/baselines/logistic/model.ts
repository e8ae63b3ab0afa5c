import { allRows, type Dataset, type Shape } from "../../data/dataset.ts";
import { softmaxInPlace } from "../../numeric/glm/loss.ts";
import type { Explanation, Model, Prediction } from "../../models/contract.ts";
import { describe } from "../linear/describe.ts";
import { countCoefficients, marginsOf, type Predictor } from "../linear/predictor.ts";
import { notesFromJSON, predictorFromJSON, predictorToJSON } from "../linear/predictor-json.ts";
import { readModel } from "../model-json.ts";
import { outputsFor } from "./classes.ts";

/** A predictor of log odds (two classes: of the second) or of softmax margins, over the classes that training had. */
export interface LogisticPredictor extends Predictor {
  /** Classes of the target. */
  readonly classes: number;
  /** Codes of those that training rows had, ascending; the others get probability 0. */
  readonly seen: readonly number[];
}

/** @param kind The estimator's name. */
export function logisticModel(kind: string, predictor: LogisticPredictor, notes: Model["notes"]): Model {
  const { classes, seen } = predictor;
  const model: Model = {
    complexity: { count: Math.max(1, countCoefficients(predictor)), unit: "coefficients" },
    notes,
    predict: (data: Dataset, rows = allRows(data.rows)): Prediction => ({
      kind: "probability",
      values: probabilities(predictor, data, rows),
      classes,
    }),
    explain: (shape) => explanation(predictor, shape),
    toJSON: () => ({ kind, version: 1, ...predictorToJSON(predictor), seen, notes }),
  };
  return Object.freeze(model);
}

function probabilities(predictor: LogisticPredictor, data: Dataset, rows: Int32Array): Float64Array {
  const { classes, seen, outputs } = predictor;
  const out = new Float64Array(rows.length * classes);
  const margins = marginsOf(predictor, data, rows);
  for (let i = 0; i < rows.length; i++) {
    const at = i * classes;
    if (outputs.length === 0) out[at + seen[0]] = 1;
    else if (outputs.length === 1) {
      out[at + seen[0]] = 1 / (1 + Math.exp(margins[i]));
      out[at + seen[1]] = 1 / (1 + Math.exp(-margins[i]));
    } else {
      softmaxInPlace(margins, i * seen.length, seen.length);
      for (const [k, code] of seen.entries()) out[at + code] = margins[i * seen.length + k];
    }
  }
  return out;
}

function explanation(predictor: LogisticPredictor, shape: Shape): Explanation {
  const { seen } = predictor;
  const names = seen.map((code) => shape.classes[code]);
  if (seen.length === 1) return { summary: `Every row is ${names[0]}: training rows had no other class.`, lines: [] };
  const unit = seen.length === 2 ? `log odds of ${names[1]}` : "log odds of each class against their mean";
  return describe(predictor, shape, { unit, outputs: seen.length === 2 ? [] : names });
}

/** @throws TypeError when the JSON is not a saved model of this kind, or does not fit the shape. */
export function logisticFromJSON(kind: string, json: unknown, shape: Shape): Model {
  const members = readModel(json, kind, 1);
  const { seen } = members;
  const classes = shape.classes.length;
  const valid =
    Array.isArray(seen) &&
    seen.length > 0 &&
    seen.every((code, i) => Number.isInteger(code) && code >= 0 && code < classes && !(code <= seen[i - 1]));
  if (!valid) throw new TypeError(`${kind}: seen must be ascending class codes below ${classes}`);
  const predictor = predictorFromJSON(members, shape, outputsFor(seen.length), kind);
  return logisticModel(kind, { ...predictor, classes, seen: seen as number[] }, notesFromJSON(members.notes, kind));
}
