/** From rows of the table to the inputs of an ONNX model. */
import { findColumn, levelTexts } from "../frame/table.ts";
import { counted } from "../words/numbers.ts";
import type { Loaded } from "../intake/load.ts";
import type { OnnxRuntime, OnnxValue } from "./onnx-runtime.ts";
import type { RawRows } from "./raw-rows.ts";
import { ChallengerError } from "./source.ts";

/** Tensors by the name of the input. */
export type Feeder = (block: RawRows) => Record<string, unknown>;

const NUMBERS = new Map<string, (values: Float64Array) => unknown>([
  ["float32", (values) => Float32Array.from(values)],
  ["float64", (values) => values],
  ["int64", (values) => BigInt64Array.from(values, (value) => BigInt(Math.round(value)))],
]);

/** One matrix, or one input a column. @throws ChallengerError for inputs that the table has nothing for. */
export function feederOf(
  inputs: readonly OnnxValue[],
  { Tensor }: OnnxRuntime,
  loaded: Loaded,
  { path, columns }: { readonly path: string; readonly columns?: readonly string[] },
): Feeder {
  const features = columns ?? loaded.schema.columns.filter(({ role }) => role === "feature").map(({ name }) => name);
  const [first] = inputs;
  const names = inputs.map(({ name }) => name);
  if (inputs.length === 1 && (features.length > 1 || !features.includes(first.name))) {
    const width = first.shape?.at(-1);
    const make = NUMBERS.get(first.type ?? "");
    if (!make || !first.type?.startsWith("float"))
      throw new ChallengerError(
        `${path}: wanted an input of float32 or float64, got ${first.name} of ${first.type ?? "no tensor"}`,
      );
    if (typeof width === "number" && width > 0 && width !== features.length)
      throw new ChallengerError(
        `${path}: its input ${first.name} has ${counted(width, "column")}, the benchmark ${counted(features.length, "feature")} (${features.join(", ")}); say which with the option columns`,
      );
    requireNumbers(features, loaded, path);
    return (block) => {
      const { length } = block.rows;
      const matrix = new Float64Array(length * features.length);
      features.forEach((name, c) => {
        numbersOf(name, block).forEach((value, i) => (matrix[i * features.length + c] = value));
      });
      return { [first.name]: new Tensor(first.type!, make(matrix), [length, features.length]) };
    };
  }
  const known = new Set(loaded.schema.columns.map(({ name }) => name));
  const strange = names.find((name) => !known.has(name));
  if (strange !== undefined)
    throw new ChallengerError(
      `${path}: its input ${strange} is no column of the table; wanted one matrix of numbers, or inputs called as the columns are (${features.join(", ")})`,
    );
  const odd = inputs.find(({ type = "" }) => type !== "string" && !NUMBERS.has(type));
  if (odd)
    throw new ChallengerError(
      `${path}: its input ${odd.name} is of ${odd.type}; wanted float32, float64, int64 or string`,
    );
  requireNumbers(
    inputs.filter(({ type }) => type !== "string").map(({ name }) => name),
    loaded,
    path,
  );
  return (block) =>
    Object.fromEntries(
      inputs.map(({ name, type = "" }) => {
        const make = NUMBERS.get(type);
        if (!make) return [name, new Tensor(type, textsOf(name, block), [block.rows.length, 1])];
        const values = numbersOf(name, block);
        const missing = type === "int64" ? values.findIndex(Number.isNaN) : -1;
        if (missing >= 0)
          throw new ChallengerError(
            `${path}: its input ${name} takes whole numbers, and row ${block.number(block.rows[missing])} has none; export it with float32`,
          );
        return [name, new Tensor(type, make(values), [block.rows.length, 1])];
      }),
    );
}

function requireNumbers(names: readonly string[], { table }: Loaded, path: string): void {
  const odd = names.find((name) => findColumn(table, name)?.kind !== "number");
  if (odd !== undefined)
    throw new ChallengerError(
      `${path}: takes numbers for ${odd}, which ${findColumn(table, odd) ? "holds texts" : "the table does not have"}; export the model with one input a column, encoding included, or name number columns in the option columns`,
    );
}

function numbersOf(name: string, { table, rows }: RawRows): Float64Array {
  const column = findColumn(table, name);
  return Float64Array.from(rows, (row) => (column?.kind === "number" ? column.values[row] : Number.NaN));
}

/** Missing cells are empty. */
function textsOf(name: string, { table, rows }: RawRows): readonly string[] {
  const column = findColumn(table, name);
  if (column?.kind === "number")
    return Array.from(rows, (row) => (Number.isNaN(column.values[row]) ? "" : String(column.values[row])));
  const texts = column ? levelTexts(column.levels) : [];
  return Array.from(rows, (row) => (column ? (texts[column.codes[row]] ?? "") : ""));
}
