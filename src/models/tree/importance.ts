import type { Shape } from "../../frame/dataset.ts";
import type { FlatTree } from "./flat-tree.ts";
import { percent } from "../../words/numbers.ts";

/** Share of all gains by column, largest first (ties: first in the table); nothing when no tree has a split. O(nodes). */
export function gainShares(
  trees: readonly FlatTree[],
  { columns }: Shape,
): { column: string; share: number }[] | undefined {
  const gains = new Float64Array(columns.length);
  for (const { feature, gain } of trees)
    for (let node = 0; node < feature.length; node++) if (feature[node] >= 0) gains[feature[node]] += gain[node];
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  if (!(total > 0)) return undefined;
  return columns
    .map(({ name }, i) => ({ column: name, share: gains[i] / total }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
}

/** How many splits ask for each column of the table. O(nodes). */
function splitCounts(trees: readonly FlatTree[], { columns }: Shape): Int32Array {
  const counts = new Int32Array(columns.length);
  for (const { feature } of trees) for (const column of feature) if (column >= 0) counts[column]++;
  return counts;
}

/** One line a column that is asked for: its share of all gains and its splits, largest share first. */
export function importanceLines(trees: readonly FlatTree[], shape: Shape): string[] {
  const counts = splitCounts(trees, shape);
  const countOf = new Map(shape.columns.map(({ name }, i) => [name, counts[i]]));
  return (gainShares(trees, shape) ?? []).map(
    ({ column, share }) => `${column}: ${percent(share)} of the gain, ${countOf.get(column)} splits`,
  );
}
