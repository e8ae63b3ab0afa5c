import * as v from "valibot";
import type { Dataset, Shape } from "../../frame/dataset.ts";
import { softmaxInPlace } from "../../numeric/glm/loss.ts";
import type { Explanation, Fault, Kind, Notes, Reasons } from "../contract.ts";
import { notes, numbers } from "../parts.ts";
import { partsOf, toldClasses } from "../reasons.ts";
import { describe } from "./describe.ts";
import { sumsEntries, sumsFault } from "./schema.ts";
import { columnParts, countCoefficients, marginsOf, START, type WeightedSums } from "./weighted-sums.ts";

/** Weighted sums that are log odds (two classes: of the second) or softmax margins, over the classes that training had. */
export interface LogisticData extends WeightedSums {
  /** Codes of the classes that training rows had, ascending; the others get probability 0. */
  readonly seen: readonly number[];
  readonly notes: Notes;
}

/** Margins a model of this many classes has: none for one class, one for two, else one a class. */
export function outputsFor(classes: number): number {
  return classes <= 2 ? classes - 1 : classes;
}

export const logisticKind: Kind<LogisticData> = logisticKindOf("logistic");

/** Naive Bayes on words is such sums too. */
export const textBayesKind: Kind<LogisticData> = logisticKindOf("text-bayes");

/** What ml-logistic-regression fitted. */
export const mljsLogisticKind: Kind<LogisticData> = logisticKindOf("mljs-logistic");

function logisticKindOf(name: string): Kind<LogisticData> {
  return {
    name,
    version: 1,
    schema: v.strictObject({
      ...sumsEntries,
      seen: v.pipe(numbers({ low: 0, whole: true, ascending: true }), v.minLength(1)),
      notes,
    }),
    faultIn: (data, shape) => seenFault(data.seen, shape) ?? sumsFault(data, outputsFor(data.seen.length), shape),
    complexity: (data) => ({ count: Math.max(1, countCoefficients(data)), unit: "coefficients" }),
    notes: (data) => data.notes,
    predictor:
      (sums, { classes }) =>
      (data, rows) => ({
        kind: "probability",
        values: probabilities(sums, classes.length, data, rows),
        classes: classes.length,
      }),
    explain,
    reasons,
    turns,
  };
}

function reasons(data: LogisticData, { classes }: Shape, table: Dataset, row: number): Reasons {
  const { seen, outputs } = data;
  const shares = probabilities(data, classes.length, table, Int32Array.of(row));
  if (outputs.length === 0)
    return { steps: [`training rows had no class but ${classes[seen[0]]}`], answer: [...shares] };
  const parts = columnParts(data, table, row);
  const [one, other] = toldClasses(seen.map((code) => shares[code]));
  const [first] = parts;
  const two = outputs.length === 1;
  return {
    steps: ["a weighted sum of the columns"],
    sum: {
      scale: "log-odds",
      class: seen[one],
      against: seen[other],
      start: two ? outputs[0].intercept : outputs[one].intercept - outputs[other].intercept,
      startIs: START,
      parts: partsOf(two ? first : first.map((_, c) => parts[one][c] - parts[other][c])),
    },
  };
}

/** Where the class that leads now meets each other one. */
function turns(data: LogisticData, _shape: Shape, table: Dataset, row: number, column: number): readonly number[] {
  const { encoding, outputs } = data;
  const at = encoding.numbers.findIndex((term) => term.column === column);
  if (at < 0) return [];
  const { mean, scale } = encoding.numbers[at];
  const parts = columnParts(data, table, row);
  const margins = marginsOf(data, table, Int32Array.of(row));
  const lines = outputs.map(({ coefficients }, k) => ({
    slope: coefficients[at] / scale,
    rest: margins[k] - parts[k][column],
  }));
  if (lines.length === 1) lines.push({ slope: 0, rest: 0 });
  const heights = lines.map(({ rest }, k) => (k < parts.length ? rest + parts[k][column] : 0));
  const lead = lines[heights.indexOf(Math.max(...heights))];
  return lines.map(({ slope, rest }) => mean + (rest - lead.rest) / (lead.slope - slope)).filter(Number.isFinite);
}

function seenFault(seen: readonly number[], { task, classes }: Shape): Fault {
  if (task === "regression") return "answers are probabilities, and the task is regression";
  const far = seen.find((code) => code >= classes.length);
  return far === undefined ? undefined : `seen: there is no class ${far} of ${classes.length}`;
}

function probabilities(sums: LogisticData, classes: number, data: Dataset, rows: Int32Array): Float64Array {
  const { seen, outputs } = sums;
  const out = new Float64Array(rows.length * classes);
  const margins = marginsOf(sums, data, rows);
  for (let i = 0; i < rows.length; i++) {
    const at = i * classes;
    if (outputs.length === 0) out[at + seen[0]] = 1;
    else if (outputs.length === 1) {
      out[at + seen[0]] = 1 / (1 + Math.exp(margins[i]));
      out[at + seen[1]] = 1 / (1 + Math.exp(-margins[i]));
    } else {
      softmaxInPlace(margins, i * seen.length, seen.length);
      for (let k = 0; k < seen.length; k++) out[at + seen[k]] = margins[i * seen.length + k];
    }
  }
  return out;
}

function explain(data: LogisticData, shape: Shape): Explanation {
  const { seen } = data;
  const names = seen.map((code) => shape.classes[code]);
  if (seen.length === 1) return { summary: `Every row is ${names[0]}: training rows had no other class.`, lines: [] };
  const unit = seen.length === 2 ? `log odds of ${names[1]}` : "log odds of each class against their mean";
  return describe(data, shape, { unit, outputs: seen.length === 2 ? [] : names });
}
