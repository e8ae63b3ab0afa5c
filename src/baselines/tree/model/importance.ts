import type { Shape } from "../../../data/dataset.ts";
import type { FlatTree } from "./flat-tree.ts";

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
