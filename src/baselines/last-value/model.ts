import { allRows, type Dataset, type Shape } from "../../data/dataset.ts";
import { FitError } from "../contract.ts";
import type { Model, Prediction } from "../../models/contract.ts";
import { percent, readable } from "../../models/wording.ts";
import { momentsOf, predecessors, type Moments } from "./moments.ts";

export const LAST_VALUE = "last-value";
export const VERSION = 1;

/** What is remembered of the training rows. */
export interface Memory {
  readonly lag: number;
  /** Their last value or class, for a table in which no target is known; absent where each group has its own. */
  readonly last: number | undefined;
  /** Their mean, or class shares. */
  readonly overall: Float64Array;
  /** Classes x classes: what follows each class. Empty for regression. */
  readonly transitions: Float64Array;
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
    if (data.time === undefined) throw new FitError(`${LAST_VALUE}: the table has no time (--time)`);
    pasts.set(data, (past = { moments: momentsOf(data, allRows(data.rows), data.time), before: new Map() }));
  }
  let before = past.before.get(lag);
  if (before === undefined) past.before.set(lag, (before = predecessors(past.moments, lag)));
  return { moments: past.moments, before };
}

export function lastValueModel(memory: Memory): Model {
  const { lag, last, overall, transitions } = memory;
  const classes = overall.length;
  const regression = transitions.length === 0;
  return Object.freeze({
    complexity: regression ? { count: 1, unit: "values" } : { count: classes * (classes - 1), unit: "transitions" },
    notes: { lag, needsEarlierTargets: true },
    predict: (data: Dataset, rows = allRows(data.rows)): Prediction => {
      const { moments, before } = pastOf(data, lag);
      const width = regression ? 1 : classes;
      const values = new Float64Array(rows.length * width);
      for (let i = 0; i < rows.length; i++) {
        const moment = before[moments.of[rows[i]]];
        const value = moment >= 0 ? moments.target[moment] : moments.last < 0 ? last : undefined;
        if (value === undefined) values.set(overall, i * width);
        else if (regression) values[i] = value;
        else values.set(transitions.subarray(value * classes, (value + 1) * classes), i * width);
      }
      return regression ? { kind: "value", values } : { kind: "probability", values, classes };
    },
    explain: (shape: Shape) => explanation(memory, shape),
    toJSON: () => ({
      kind: LAST_VALUE,
      version: VERSION,
      lag,
      last: last ?? null,
      overall: [...overall],
      transitions: [...transitions],
    }),
  });
}

function explanation({ lag, overall, transitions }: Memory, { classes }: Shape): ReturnType<Model["explain"]> {
  const when = lag === 1 ? "just before in time" : `${lag} moments before in time`;
  const what = transitions.length === 0 ? "The target" : "The class";
  const otherwise =
    transitions.length === 0 ? `the training mean, ${readable(overall[0])}` : "the class shares of the training rows";
  const followers = (from: number): string =>
    classes.map((name, k) => `${name} ${percent(transitions[from * classes.length + k])}`).join(", ");
  return {
    summary: `${what} of the row ${when}; needs the previous answer at prediction time (where there is none: ${otherwise}).`,
    lines: classes.map((name, from) => `after ${name}: ${followers(from)}`),
  };
}
