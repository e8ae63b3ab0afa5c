import * as v from "valibot";
import type { CategoryColumn, Dataset, NumberColumn, Rows, Shape } from "../../frame/dataset.ts";
import type { Fault } from "../contract.ts";
import { count, finite, numbers } from "../parts.ts";
import { readable } from "../../words/numbers.ts";
import { alternatives } from "../../words/texts.ts";

/** A question about one column. About a missing value every answer is no, but for `missing` itself. */
export type Condition =
  /** The value is up to the bound, or above it. */
  | { readonly kind: "bound"; readonly column: number; readonly above: boolean; readonly bound: number }
  /** The level is one of some, or none of them. */
  | { readonly kind: "levels"; readonly column: number; readonly without: boolean; readonly levels: readonly number[] }
  | { readonly kind: "missing"; readonly column: number };

/** One or two conditions that must all hold. */
export type Premise = readonly Condition[];

export const conditionSchema: v.GenericSchema<unknown, Condition> = v.variant("kind", [
  v.strictObject({ kind: v.literal("bound"), column: count, above: v.boolean(), bound: finite }),
  v.strictObject({
    kind: v.literal("levels"),
    column: count,
    without: v.boolean(),
    levels: v.pipe(numbers({ low: 0, whole: true, ascending: true }), v.minLength(1)),
  }),
  v.strictObject({ kind: v.literal("missing"), column: count }),
]);

/** A condition must be about a column that it can be asked of, and about levels that the column has. */
export function conditionFault(condition: Condition, { columns }: Shape): Fault {
  const { kind, column } = condition;
  const of = columns[column];
  const wanted = { bound: ["number"], levels: ["category"], missing: ["number", "category"] }[kind];
  if (of === undefined || !wanted.includes(of.kind)) return `rules: column ${column} cannot be asked for ${kind}`;
  const far = kind === "levels" ? condition.levels.find((level) => level >= of.levels.length) : undefined;
  return far === undefined ? undefined : `rules: column ${column} has no level ${far}`;
}

/** Takes the rows for which the condition does not hold out of `holds` (one number a row: 1 holds so far, 0 does not). */
export function narrow(holds: Uint8Array, condition: Condition, data: Dataset, rows: Rows): void {
  const column = data.columns[condition.column];
  if (condition.kind === "bound") {
    const { values } = column as NumberColumn;
    const { above, bound } = condition;
    for (let i = 0; i < rows.length; i++) {
      const value = values[rows[i]];
      if (!(above ? value > bound : value <= bound)) holds[i] = 0;
    }
  } else if (condition.kind === "levels") {
    const { codes } = column as CategoryColumn;
    for (let i = 0; i < rows.length; i++) {
      const code = codes[rows[i]];
      if (code < 0 || condition.levels.includes(code) === condition.without) holds[i] = 0;
    }
  } else {
    const isMissing = (row: number): boolean =>
      column.kind === "number" ? Number.isNaN(column.values[row]) : (column as CategoryColumn).codes[row] < 0;
    for (let i = 0; i < rows.length; i++) if (!isMissing(rows[i])) holds[i] = 0;
  }
}

/** A premise in words: `age is above 20 and up to 60`, `age is above 60 and sex is f`. */
export function premiseInWords(premise: Premise, shape: Shape): string {
  const sorted = premise.toSorted((a, b) => a.column - b.column || Number(above(b)) - Number(above(a)));
  return sorted
    .map((condition, i) => {
      const again = i > 0 && condition.kind === "bound" && sorted[i - 1].column === condition.column;
      return again
        ? aboutIt(condition, shape)
        : `${shape.columns[condition.column].name} is ${aboutIt(condition, shape)}`;
    })
    .join(" and ");
}

const above = (condition: Condition): boolean => condition.kind === "bound" && condition.above;

function aboutIt(condition: Condition, shape: Shape): string {
  if (condition.kind === "missing") return "missing";
  if (condition.kind === "bound") return `${condition.above ? "above" : "up to"} ${readable(condition.bound)}`;
  const { levels } = shape.columns[condition.column];
  return `${condition.without ? "not " : ""}${alternatives(condition.levels.map((level) => levels[level]))}`;
}
