import * as v from "valibot";
import type { Dataset, Rows } from "../frame/dataset.ts";
import { FLOORS, floorsOf, type Floor } from "../metrics/floors.ts";
import { answersFault, predictionOf } from "./answers.ts";
import type { Kind } from "./contract.ts";
import { doubles } from "./parts.ts";
import { percent, readable } from "../words/numbers.ts";

export interface ConstantData {
  readonly statistic: Floor;
  /** One value, or one share a class. */
  readonly values: Float64Array;
}

/** The same answer for every row. */
export const constantKind: Kind<ConstantData> = {
  name: "constant",
  version: 1,
  schema: v.strictObject({ statistic: v.picklist(FLOORS), values: doubles() }),
  faultIn: ({ statistic, values }, shape) =>
    floorsOf(shape.task).includes(statistic)
      ? answersFault("values", values, 1, shape)
      : `statistic: ${statistic} does not suit a ${shape.task} task`,
  complexity: ({ values }) => ({ count: values.length === 1 ? 1 : values.length - 1, unit: "values" }),
  notes: () => ({}),
  predictor:
    ({ values }) =>
    (_data: Dataset, rows: Rows) => {
      const out = new Float64Array(rows.length * values.length);
      for (let i = 0; i < out.length; i++) out[i] = values[i % values.length];
      return predictionOf(out, values.length);
    },
  explain: ({ statistic, values }, shape) => ({
    summary:
      shape.task === "regression"
        ? `Every row gets ${readable(values[0])} (${statistic} of the training rows).`
        : `Every row gets the ${statistic === "prior" ? "class shares" : "most frequent class"} of the training rows.`,
    lines: shape.classes.map((name, k) => `${name}: ${percent(values[k])}`),
  }),
  reasons: ({ statistic, values }) => ({
    steps: [`every row gets the same answer (${statistic} of the training rows)`],
    answer: [...values],
  }),
};
