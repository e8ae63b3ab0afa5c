/** An estimator of one's own in a module, so that worker threads can import it: `estimators: [{ module: "midrange.mjs" }]`. */
import { FitError } from "tabular-baseline/extend";

/** @param {number} value @returns {import("tabular-baseline/extend").Model} */
const middle = (value) =>
  Object.freeze({
    complexity: { count: 1, unit: "number" },
    notes: {},
    predict: (data, rows) => ({
      kind: "value",
      values: new Float64Array(rows?.length ?? data.rows).fill(value),
    }),
    explain: () => ({ summary: `Always ${value}, the middle of the range.`, lines: [] }),
    toJSON: () => ({ kind: "midrange", version: 1, value }),
  });

/** @type {import("tabular-baseline/extend").Estimator} */
export default {
  name: "midrange",
  family: "constant",
  title: "Middle of the range",
  role: "baseline",
  tasks: ["regression"],
  space: () => ({}),
  fit: ({ data: { target, weights }, rows }) => {
    const used = rows.filter((row) => (weights?.[row] ?? 1) > 0);
    if (target.task !== "regression" || used.length === 0) throw new FitError("midrange: wanted rows with numbers");
    const values = Array.from(used, (row) => target.values[row]);
    return middle((Math.min(...values) + Math.max(...values)) / 2);
  },
  fromJSON: (json) => {
    const { kind, version, value } = json ?? {};
    if (kind === "midrange" && version === 1 && typeof value === "number") return middle(value);
    throw new TypeError("midrange: wanted a saved midrange, version 1");
  },
};
