import * as v from "valibot";
import { allRows, type Dataset, type Shape } from "../../frame/dataset.ts";
import { DataError } from "../../frame/error.ts";
import { answersFault, predictionOf, widthOf } from "../answers.ts";
import type { Explanation, Fault, Kind, Predictor } from "../contract.ts";
import { count, doubles, finite } from "../parts.ts";
import { plainReasons } from "../reasons.ts";
import { percent, readable } from "../../words/numbers.ts";
import { momentsOf, predecessors, type Moments } from "./moments.ts";

const NAME = "last-value";

/** What is remembered of the training rows. */
export interface LastValueData {
  /** How many moments before, from 1. */
  readonly lag: number;
  /** Their last value or class, for a table in which no target is known; null where each group has its own. */
  readonly last: number | null;
  /** Their mean, or class shares. */
  readonly overall: Float64Array;
  /** Classes x classes: what follows each class. Empty for regression. */
  readonly transitions: Float64Array;
}

/** Each row gets the target of the moment `lag` before it, or the shares of the classes that follow that class. O(n log n), once a table. */
export const lastValueKind: Kind<LastValueData> = {
  name: NAME,
  version: 1,
  schema: v.strictObject({
    lag: v.pipe(count, v.minValue(1)),
    last: v.nullable(finite),
    overall: doubles(),
    transitions: doubles(),
  }),
  faultIn: ({ last, overall, transitions }, shape) =>
    lastFault(last, shape) ??
    answersFault("overall", overall, 1, shape) ??
    answersFault("transitions", transitions, shape.classes.length, shape),
  complexity: ({ overall, transitions }) =>
    transitions.length === 0
      ? { count: 1, unit: "values" }
      : { count: overall.length * (overall.length - 1), unit: "transitions" },
  notes: ({ lag }) => ({ lag, needsEarlierTargets: true }),
  predictor,
  explain,
  reasons: (data, shape, table, row) => {
    const value = valueBefore(data, table, row);
    const said =
      value === null ? "nothing known" : shape.task === "regression" ? readable(value) : shape.classes[value];
    return plainReasons(predictor(data), table, row, `${whenOf(data.lag)}: ${said}`);
  },
};

function predictor({ lag, last, overall, transitions }: LastValueData): Predictor {
  const width = overall.length;
  const regression = transitions.length === 0;
  return (table, rows) => {
    const values = new Float64Array(rows.length * width);
    for (let i = 0; i < rows.length; i++) {
      const value = valueBefore({ lag, last }, table, rows[i]);
      if (value === null) values.set(overall, i * width);
      else if (regression) values[i] = value;
      else values.set(transitions.subarray(value * width, (value + 1) * width), i * width);
    }
    return predictionOf(values, width);
  };
}

/** The target, value or class, that answers for a row; null: none is known. */
function valueBefore({ lag, last }: Pick<LastValueData, "lag" | "last">, table: Dataset, row: number): number | null {
  const { moments, before } = pastOf(table, lag);
  const moment = before[moments.of[row]];
  return moment >= 0 ? moments.target[moment] : moments.last < 0 ? last : null;
}

const whenOf = (lag: number): string => (lag === 1 ? "just before in time" : `${lag} moments before in time`);

function lastFault(last: number | null, shape: Shape): Fault {
  const isClass = last !== null && Number.isInteger(last) && last >= 0 && last < widthOf(shape);
  if (last === null || shape.task === "regression" || isClass) return undefined;
  return `last: wanted the code of a class below ${widthOf(shape)}, got ${last}`;
}

interface Past {
  readonly moments: Moments;
  /** By lag. */
  readonly before: Map<number, Int32Array>;
}

/** Looking back is the same work for all rows of a table, so it is done once and kept as long as the table is. */
const pasts = new WeakMap<Dataset, Past>();

function pastOf(data: Dataset, lag: number): { moments: Moments; before: Int32Array } {
  let past = pasts.get(data);
  if (past === undefined) {
    if (data.time === undefined)
      throw new DataError(`${NAME}: the table has no order in time (a time for every row), and the model looks back`);
    pasts.set(data, (past = { moments: momentsOf(data, allRows(data.rows), data.time), before: new Map() }));
  }
  let before = past.before.get(lag);
  if (before === undefined) past.before.set(lag, (before = predecessors(past.moments, lag)));
  return { moments: past.moments, before };
}

function explain({ lag, overall, transitions }: LastValueData, { classes }: Shape): Explanation {
  const what = transitions.length === 0 ? "The target" : "The class";
  const otherwise =
    transitions.length === 0 ? `the training mean, ${readable(overall[0])}` : "the class shares of the training rows";
  const followers = (from: number): string =>
    classes.map((name, k) => `${name} ${percent(transitions[from * classes.length + k])}`).join(", ");
  return {
    summary: `${what} of the row ${whenOf(lag)}; needs the previous answer at prediction time (where there is none: ${otherwise}).`,
    lines: classes.map((name, from) => `after ${name}: ${followers(from)}`),
  };
}
