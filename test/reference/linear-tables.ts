/** The tables and cases of linear.json, made by linear.py beside it. */
import { readFileSync } from "node:fs";
import type { Column, Dataset, Target } from "../../src/frame/dataset.ts";

export interface LinearCase {
  readonly name: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly table: "gaps" | "full" | "numbers";
  readonly weighted: boolean;
  readonly target: "y" | "binary" | "multi";
  readonly coefficients: readonly (readonly number[])[];
  readonly intercepts: readonly number[];
  readonly scale?: number;
}

type Named = readonly { readonly name: string; readonly values: readonly (number | string | null)[] }[];

const reference = JSON.parse(readFileSync("test/reference/linear.json", "utf8")) as {
  readonly gaps: Named;
  readonly full: Named;
  readonly y: number[];
  readonly binary: number[];
  readonly multi: number[];
  readonly weights: number[];
  readonly cases: readonly LinearCase[];
  readonly standardErrors: readonly { name: string; coefficients: number[]; errors: number[] }[];
};

export const linearCases: readonly LinearCase[] = reference.cases;
export const standardErrors: readonly { name: string; coefficients: number[]; errors: number[] }[] =
  reference.standardErrors;

export function columnOf(name: string, values: readonly (number | string | null)[]): Column {
  if (values.every((value) => typeof value !== "string"))
    return { kind: "number", name, values: Float64Array.from(values, (value) => value ?? Number.NaN) };
  const levels = [...new Set(values.filter((value) => typeof value === "string"))].toSorted((a, b) => (a < b ? -1 : 1));
  return {
    kind: "category",
    name,
    levels,
    codes: Int32Array.from(values, (v) => levels.findIndex((level) => level === v)),
  };
}

export function linearTable(table: LinearCase["table"], target: LinearCase["target"], weighted: boolean): Dataset {
  const columns = (table === "gaps" ? reference.gaps : reference.full).map(({ name, values }) =>
    columnOf(name, values),
  );
  const codes = (): Int32Array => Int32Array.from(target === "binary" ? reference.binary : reference.multi);
  const targets: Record<LinearCase["target"], () => Target> = {
    y: () => ({ task: "regression", name: "y", values: Float64Array.from(reference.y) }),
    binary: () => ({ task: "binary", name: "t", codes: codes(), classes: ["no", "yes"] }),
    multi: () => ({ task: "multiclass", name: "t", codes: codes(), classes: ["0", "1", "2"] }),
  };
  return {
    rows: reference.y.length,
    columns: table === "numbers" ? columns.filter((column) => column.kind === "number") : columns,
    target: targets[target](),
    ...(weighted && { weights: Float64Array.from(reference.weights) }),
  };
}

/** Coefficients and intercepts of a saved model, as in the cases. */
export function coefficientsOf(json: Readonly<Record<string, unknown>>): {
  coefficients: number[][];
  intercepts: number[];
} {
  const outputs = json.outputs as { intercept: number; coefficients: number[] }[];
  return {
    coefficients: outputs.map((output) => output.coefficients),
    intercepts: outputs.map((output) => output.intercept),
  };
}

/** Largest difference of two lists of the same length. */
export function apart(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0);
}
