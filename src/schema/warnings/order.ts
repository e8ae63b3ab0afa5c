import { flagValue } from "../../words/texts.ts";
import type { Warning } from "../../frame/warning.ts";
import { dateValues } from "../dataset/columns.ts";
import { encodeTarget } from "../dataset/target.ts";
import { columnsWith, targetOf, type Check, type Checked } from "./contract.ts";
import { ENOUGH_THINGS, panelOf, type Panel } from "./panel.ts";
import { average, figure, whole } from "../../words/numbers.ts";

/** Rows that follow one another: random splits then let a model learn from tomorrow what it predicts today. */
export const order: Check = {
  codes: ["time-suspected", "row-order", "group-suspected"],
  cost: "the first 100,000 rows of number, date and target columns, sorting 5,000 of each",
  find: (checked) => {
    const { schema } = checked;
    if (schema.time !== undefined || schema.columns.some(({ role }) => role === "group")) return [];
    if (schema.target.problem !== undefined || checked.table.rows < 30) return [];
    const dated = inDateOrder(checked);
    if (dated.length > 0) return dated;
    return neighbours(checked);
  },
};

const HEAD = 100_000;
/** Rows looked at for a clock; it comes round many times in them. */
const CYCLES = 5000;
/** Share of steps that must not go back. */
const FORWARD = 0.999;

function inDateOrder(checked: Checked): Warning[] {
  for (const { column, schema } of columnsWith(checked, "feature")) {
    if (schema.kind !== "date") continue;
    const days = dateValues(column, schema, checked.table, () => undefined).subarray(0, HEAD);
    const { up, down } = steps(days);
    if (up + down < 10 || Math.max(up, down) < FORWARD * (up + down)) continue;
    return [
      {
        code: "time-suspected",
        column: column.name,
        message: `the rows are in order of ${column.name}; if later rows are to be predicted from earlier ones, say --time ${flagValue(column.name)}`,
        evidence: { column: column.name, direction: up > down ? "ascending" : "descending" },
      },
    ];
  }
  return [];
}

/** A target that is like the row before's, and features too, in rows that are not just sorted by the target. */
function neighbours(checked: Checked): Warning[] {
  const { table, schema } = checked;
  const target = encodeTarget(targetOf(checked).column, schema.target, table.rows, () => undefined);
  const truth =
    target.task === "regression"
      ? target.values.subarray(0, HEAD)
      : new Float64Array(target.codes.subarray(0, HEAD)).map((c) => (c < 0 ? Number.NaN : c));
  const numbers = columnsWith(checked, "feature").flatMap(({ column }) =>
    column.kind === "number" ? [column.values.subarray(0, HEAD)] : [],
  );
  const likeness = autocorrelation(truth);
  const panel = likeness > 0.1 ? panelOf(checked) : undefined;
  if (panel !== undefined) return ofPanel(panel);
  const { up, down } = steps(truth);
  if (Math.min(up, down) < 0.1 * (up + down)) return [];
  const clock = checked.schema.columns.find((_, c) => cycles(checked, c));
  if (clock !== undefined && likeness > 0.1)
    return [
      {
        code: "time-suspected",
        column: clock.name,
        message: `${clock.name} goes round like a clock from row to row; if the rows are in order of time and later ones are to be predicted from earlier ones, say --time @row`,
        evidence: { column: clock.name, targetAutocorrelation: round(likeness) },
      },
    ];
  const features = numbers
    .map(autocorrelation)
    .filter((r) => r === r)
    .toSorted((a, b) => a - b);
  const median = features[features.length >> 1] ?? 0;
  if (!(likeness >= 0.5 && median >= 0.3)) return [];
  return [
    {
      code: "row-order",
      message: `rows that follow one another are alike (the target's correlation with the row before is ${figure(likeness)}); if they are in order of time, say --time @row, if they belong together, --group`,
      evidence: { targetAutocorrelation: round(likeness), medianFeatureAutocorrelation: round(median) },
    },
  ];
}

/** Things with ids by name have been told of with their columns. */
function ofPanel({ things, moments, count, rowsEach }: Panel): Warning[] {
  const { name } = things.column;
  if (things.schema.role === "id") return [];
  if (count < ENOUGH_THINGS)
    return [
      {
        code: "time-suspected",
        column: moments,
        message: `${moments} rises within each ${name}; if later rows are to be predicted from earlier ones, say --time ${flagValue(moments)}`,
        evidence: { column: moments, within: name },
      },
    ];
  return [
    {
      code: "group-suspected",
      column: name,
      message: `${name} names ${whole(count)} things with about ${average(rowsEach)} rows each, in which ${moments} rises; rows of one thing resemble each other, so keep them together with --group ${flagValue(name)}, or say --time ${flagValue(moments)} if later rows are to be predicted from earlier ones`,
      count,
      evidence: { rowsEach: Math.round(10 * rowsEach) / 10, rises: moments },
    },
  ];
}

/** Does a column go up by even steps and start again, over and over? */
function cycles(checked: Checked, c: number): boolean {
  const schema = checked.schema.columns[c];
  const column = checked.table.columns[c];
  if (schema.role !== "feature") return false;
  const values =
    schema.kind === "time"
      ? dateValues(column, schema, checked.table, () => undefined)
      : column.kind === "number" && schema.kind === "number"
        ? column.values
        : undefined;
  if (values === undefined) return false;
  const head = values.subarray(0, CYCLES);
  const differences = head.subarray(1).map((value, i) => value - head[i]);
  const usual = differences.toSorted()[differences.length >> 1];
  if (!(usual > 0)) return false;
  let even = 0;
  let back = 0;
  for (const difference of differences) {
    if (Math.abs(difference - usual) < 0.01 * usual) even++;
    else if (difference < -2 * usual) back++;
  }
  return even >= 0.8 * differences.length && back >= 3 && even + back >= 0.95 * differences.length;
}

function steps(values: Float64Array): { up: number; down: number } {
  let up = 0;
  let down = 0;
  for (let r = 1; r < values.length; r++) {
    if (values[r] > values[r - 1]) up++;
    else if (values[r] < values[r - 1]) down++;
  }
  return { up, down };
}

/** Correlation of each value with the one before it; NaN for constant values. */
function autocorrelation(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values)
    if (value - value === 0) {
      sum += value;
      count++;
    }
  const mean = sum / count;
  let product = 0;
  let square = 0;
  for (let r = 0; r < values.length; r++) {
    const x = values[r] - mean;
    if (x - x !== 0) continue;
    square += x * x;
    const before = r === 0 ? Number.NaN : values[r - 1] - mean;
    if (before - before === 0) product += x * before;
  }
  return product / square;
}

function round(value: number): number {
  return Math.round(1000 * value) / 1000;
}
