import type { FlatTree } from "../../models/tree/flat-tree.ts";
import type { CartNode } from "./packages.ts";

/** A column as ml-cart sees it. */
export interface CartColumn {
  /** In the dataset. */
  readonly index: number;
  /** Of a category; 0: a number. */
  readonly levels: number;
  /** The number that a missing cell becomes. */
  readonly missing: number;
  readonly cellOf: (row: number) => number;
}

/**
 * ml-cart's tree in the form of ours.
 *
 * @param cells The training rows: target, then the columns. They tell each node's weight and what its split gained: squared
 *   error, or Gini impurity times rows.
 * @param classes 0 for regression. @param width Numbers in a value, see `valueWidth`.
 */
export function flatTree(
  root: CartNode,
  columns: readonly CartColumn[],
  cells: readonly (readonly number[])[],
  width: number,
  classes: number,
): FlatTree {
  const feature: number[] = [];
  const threshold: number[] = [];
  const missingLeft: number[] = [];
  const right: number[] = [];
  const levelsEnd: number[] = [];
  const levels: number[] = [];
  const weight: number[] = [];
  const gain: number[] = [];
  const value: number[] = [];
  const add = (node: CartNode, rows: readonly (readonly number[])[]): void => {
    const at = feature.length;
    const { left, right: other, splitColumn, splitValue } = node;
    const split = left !== undefined && other !== undefined && splitColumn !== undefined && splitValue !== undefined;
    const column = split ? columns[splitColumn] : undefined;
    feature.push(column?.index ?? -1);
    threshold.push(column?.levels === 0 ? justBelow(splitValue as number) : 0);
    missingLeft.push(column !== undefined && column.missing < (splitValue as number) ? 1 : 0);
    right.push(-1);
    // Missing goes left with the low codes, so the listed levels are those that go right.
    for (let code = 0; code < (column?.levels ?? 0); code++) if (code >= (splitValue as number)) levels.push(code);
    levelsEnd.push(levels.length);
    weight.push(rows.length);
    gain.push(0);
    value.push(...(column === undefined ? answers(node, width, classes) : Array.from({ length: width }, () => 0)));
    if (!split) return;
    const lower = rows.filter((row) => row[splitColumn + 1] < splitValue);
    const upper = rows.filter((row) => !(row[splitColumn + 1] < splitValue));
    gain[at] = Math.max(0, spread(rows, classes) - spread(lower, classes) - spread(upper, classes));
    add(left, lower);
    right[at] = feature.length;
    add(other, upper);
  };
  add(root, cells);
  return Object.freeze({
    feature: Int32Array.from(feature),
    threshold: Float64Array.from(threshold),
    missingLeft: Uint8Array.from(missingLeft),
    right: Int32Array.from(right),
    levelsEnd: Int32Array.from(levelsEnd),
    levels: Int32Array.from(levels),
    weight: Float64Array.from(weight),
    gain: Float64Array.from(gain),
    value: Float64Array.from(value),
  });
}

/** A mean; the share of the second of two classes; a share for each of more. */
function answers({ distribution }: CartNode, width: number, classes: number): number[] {
  if (typeof distribution === "number") return [distribution];
  const shares = distribution?.getRow(0) ?? [];
  if (classes === 2) return [Math.min(1, shares[1] ?? 0)];
  return Array.from({ length: width }, (_, k) => Math.min(1, shares[k] ?? 0)); // counts divided one by one may add up to a little more
}

/** Sum of squared errors about the mean, or Gini impurity times rows. */
function spread(rows: readonly (readonly number[])[], classes: number): number {
  if (rows.length === 0) return 0;
  if (classes === 0) {
    const mean = rows.reduce((sum, [y]) => sum + y / rows.length, 0);
    return rows.reduce((sum, [y]) => sum + (y - mean) ** 2, 0);
  }
  const counts = new Float64Array(classes);
  for (const [y] of rows) counts[y]++;
  return counts.reduce((left, count) => left - (count * count) / rows.length, rows.length);
}

/** The next smaller double: ml-cart sends values below a boundary left, ours sends those up to a threshold. */
function justBelow(boundary: number): number {
  const view = new DataView(new ArrayBuffer(8));
  if (boundary === 0) return -Number.MIN_VALUE;
  view.setFloat64(0, boundary);
  view.setBigInt64(0, view.getBigInt64(0) + (boundary > 0 ? -1n : 1n));
  return view.getFloat64(0);
}
