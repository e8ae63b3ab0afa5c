import type { CategoryColumn, Dataset, NumberColumn, Rows, Shape } from "../../../data/dataset.ts";
import { listed, readable } from "../../../models/wording.ts";

/** A question about one column. About a missing value every answer is no, but for `missing` itself. */
export type Condition =
  /** The value is up to the bound, or above it. */
  | { readonly kind: "bound"; readonly column: number; readonly above: boolean; readonly bound: number }
  /** The level is one of some, or none of them. */
  | { readonly kind: "levels"; readonly column: number; readonly without: boolean; readonly levels: readonly number[] }
  | { readonly kind: "missing"; readonly column: number };

/** One or two conditions that must all hold. */
export type Premise = readonly Condition[];

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
  return `${condition.without ? "not " : ""}${listed(condition.levels.map((level) => levels[level]))}`;
}

/** @throws TypeError when it is no condition on a column of that shape. */
export function conditionFromJSON(estimator: string, json: unknown, shape: Shape): Condition {
  const { kind, column, above, bound, without, levels } = (json ?? {}) as Record<string, unknown>;
  const at = typeof column === "number" ? column : -1;
  const of = shape.columns[at];
  if (of !== undefined && of.kind !== "text") {
    if (kind === "missing") return { kind, column: at };
    const isBound = typeof above === "boolean" && typeof bound === "number" && Number.isFinite(bound);
    if (kind === "bound" && of.kind === "number" && isBound) return { kind, column: at, above, bound };
    const isLevel = (level: unknown): level is number =>
      Number.isInteger(level) && of.levels[level as number] !== undefined;
    const areLevels =
      typeof without === "boolean" && Array.isArray(levels) && levels.length > 0 && levels.every(isLevel);
    if (kind === "levels" && of.kind === "category" && areLevels) return { kind, column: at, without, levels };
  }
  throw new TypeError(
    `${estimator}: the saved model has a condition that does not fit the table: ${JSON.stringify(json)}`,
  );
}
