/** Monotone constraints: predictions never fall (1) or never rise (-1) as a number column rises. */
import type { Dataset } from "../../frame/dataset.ts";
import { FitError } from "../contract.ts";
import type { Bins } from "../../bins/bins.ts";
import type { FlatTree } from "../../models/tree/flat-tree.ts";

/** By column of the dataset; 0: free. */
export type Directions = ReadonlyMap<number, 1 | -1>;

/**
 * Reads constraints from a JSON object of column names: `{"age": 1, "price": -1}`. Empty text: none.
 * @throws FitError when the text is not such an object, or a column is unknown or not a number, or the task has more
 * than two classes (there is no single value that could rise).
 */
export function directionsOf(name: string, text: string, { columns, target }: Dataset): Directions {
  const directions = new Map<number, 1 | -1>();
  if (text === "") return directions;
  if (target.task === "multiclass")
    throw new FitError(`${name}: monotone constraints need a regression or a binary task, got ${target.task}`);
  for (const [column, sign] of entriesOf(name, text)) {
    const index = columns.findIndex((c) => c.name === column);
    if (index < 0 || columns[index].kind !== "number")
      throw new FitError(`${name}: monotone constraints are for number columns, got ${JSON.stringify(column)}`);
    if (sign !== 1 && sign !== -1 && sign !== 0)
      throw new FitError(
        `${name}: a monotone constraint must be 1, 0 or -1, got ${String(sign)} for ${JSON.stringify(column)}`,
      );
    if (sign !== 0) directions.set(index, sign);
  }
  return directions;
}

function entriesOf(name: string, text: string): [string, unknown][] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return Object.entries(parsed);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new FitError(
    `${name}: monotone constraints must be a JSON object like {"age": 1}, got ${JSON.stringify(text)}`,
  );
}

/** The directions of the bins' columns; nothing when all are free. */
export function signsOf(directions: Directions, bins: Bins): Int8Array | undefined {
  if (directions.size === 0) return undefined;
  return Int8Array.from(bins.columns, ({ index }) => directions.get(index) ?? 0);
}

/**
 * Moves the values of a tree, in place, as little as it takes to keep the constraints: what is left of a split on a
 * rising column stays at or below the middle between the values of its children, what is right at or above it.
 */
export function keepDirections({ feature, right, value }: FlatTree, directions: Directions): void {
  const lower = new Float64Array(feature.length).fill(Number.NEGATIVE_INFINITY);
  const upper = new Float64Array(feature.length).fill(Number.POSITIVE_INFINITY);
  const clip = (node: number): number => Math.min(upper[node], Math.max(lower[node], value[node]));
  for (let node = 0; node < feature.length; node++) {
    value[node] = clip(node);
    if (feature[node] < 0) continue;
    const children = [node + 1, right[node]];
    for (const child of children) {
      lower[child] = lower[node];
      upper[child] = upper[node];
    }
    const sign = directions.get(feature[node]);
    if (sign === undefined) continue;
    const [low, high] = sign > 0 ? children : [children[1], children[0]];
    const middle = clip(low) / 2 + clip(high) / 2;
    upper[low] = middle;
    lower[high] = middle;
  }
}
