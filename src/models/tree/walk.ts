/** From a row to its leaf. */
import type { Dataset, Shape } from "../../frame/dataset.ts";
import type { FlatTree } from "./flat-tree.ts";

/** The columns of a dataset by kind, by index; the array of the other kind is empty. */
export interface Cells {
  readonly numbers: readonly Float64Array[];
  readonly codes: readonly Int32Array[];
}

const NO_NUMBERS = new Float64Array(0);
const NO_CODES = new Int32Array(0);

export function cellsOf({ columns }: Dataset): Cells {
  return {
    numbers: columns.map((column) => (column.kind === "number" ? column.values : NO_NUMBERS)),
    codes: columns.map((column) => (column.kind === "category" ? column.codes : NO_CODES)),
  };
}

/** A tree made ready to be walked: its levels as bits, by their rank among the levels that it lists of a column. */
export interface Walker {
  readonly tree: FlatTree;
  /** For each node, where its eight words are in `bits`; -1: its column is a number. */
  readonly at: Int32Array;
  readonly bits: Uint32Array;
  /** For each column, the rank of each code; 255: not listed. */
  readonly rank: readonly (Uint8Array | undefined)[];
}

const UNLISTED = 255;

const walkers = new WeakMap<FlatTree, Walker>();

/**
 * Made once for a tree, in O(nodes + levels), and kept as long as the tree is: it always meets tables of one shape.
 * @throws RangeError when a tree lists more than 255 levels of a column.
 */
export function walkerOf(tree: FlatTree, shape: ColumnKinds): Walker {
  let walker = walkers.get(tree);
  if (walker === undefined) walkers.set(tree, (walker = makeWalker(tree, shape)));
  return walker;
}

/** A table or its shape. */
type ColumnKinds = { readonly columns: readonly Pick<Shape["columns"][number], "kind">[] };

function makeWalker(tree: FlatTree, { columns }: ColumnKinds): Walker {
  const { feature, levels, levelsEnd } = tree;
  const rank: (Uint8Array | undefined)[] = [];
  const at = new Int32Array(feature.length).fill(-1);
  let sets = 0;
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] < 0 || columns[feature[node]].kind !== "category") continue;
    at[node] = 8 * sets++;
    rank[feature[node]] ??= rankLevels(tree, feature[node]);
  }
  const bits = new Uint32Array(8 * sets);
  for (let node = 0; node < feature.length; node++)
    for (let k = node === 0 ? 0 : levelsEnd[node - 1]; k < levelsEnd[node]; k++) {
      const r = (rank[feature[node]] as Uint8Array)[levels[k]];
      bits[at[node] + (r >>> 5)] |= 1 << (r & 31);
    }
  return { tree, at, bits, rank };
}

function rankLevels({ feature, levels, levelsEnd }: FlatTree, column: number): Uint8Array {
  const listed = new Set<number>();
  for (let node = 0; node < feature.length; node++)
    if (feature[node] === column)
      for (let k = node === 0 ? 0 : levelsEnd[node - 1]; k < levelsEnd[node]; k++) listed.add(levels[k]);
  if (listed.size > UNLISTED)
    throw new RangeError(`tree: column ${column} lists ${listed.size} levels, at most 255 can be`);
  const codes = Int32Array.from(listed).sort();
  const rank = new Uint8Array(codes.length === 0 ? 0 : codes[codes.length - 1] + 1).fill(UNLISTED);
  for (let r = 0; r < codes.length; r++) rank[codes[r]] = r;
  return rank;
}

/** The leaf of a row that has come to a node. O(depth). */
export function leafOf(
  walker: Walker,
  numbers: readonly Float64Array[],
  codes: readonly Int32Array[],
  row: number,
  from = 0,
): number {
  const { feature, threshold, missingLeft, right } = walker.tree;
  const { at } = walker;
  let node = from;
  for (let column = feature[from]; column >= 0; column = feature[node]) {
    let left: boolean;
    if (at[node] < 0) {
      const value = numbers[column][row];
      left = value <= threshold[node] || (value !== value && missingLeft[node] === 1);
    } else left = listedBit(walker, node, column, codes[column][row]) !== missingLeft[node];
    node = left ? node + 1 : right[node];
  }
  return node;
}

/** 1: the node, of a category column, lists the code; else 0. */
export function listedBit({ at, bits, rank }: Walker, node: number, column: number, code: number): number {
  const ranks = rank[column] as Uint8Array;
  const r = code >= 0 && code < ranks.length ? ranks[code] : UNLISTED;
  return (bits[at[node] + (r >>> 5)] >>> (r & 31)) & 1;
}

/** How many trees of a list that goes on from another are those of the other; 0 where it does not go on from it. */
export function sharedStart(shorter: readonly FlatTree[], longer: readonly FlatTree[]): number {
  return shorter.every((tree, i) => tree === longer[i]) ? shorter.length : 0;
}
