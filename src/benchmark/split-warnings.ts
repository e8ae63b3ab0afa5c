import type { Dataset } from "../data/dataset.ts";
import { rowHashes } from "../data/row-hash.ts";
import type { Warning } from "../data/warning.ts";
import type { Splits } from "../evaluate/splits/contract.ts";

/** Rows that have an identical twin (features and target) on the other side of a split: a score on them is partly remembered. */
export function splitWarnings(data: Dataset, splits: Splits): readonly Warning[] {
  const hashes = rowHashes(data, true);
  const sides = new Map<number, { train: boolean; fold: number; mixed: boolean }>();
  const fold = splits.fold[0];
  for (let row = 0; row < data.rows; row++) {
    if (splits.part[row] !== "train") continue;
    const known = sides.get(hashes[row]);
    if (!known) sides.set(hashes[row], { train: true, fold: fold[row], mixed: false });
    else if (known.fold !== fold[row]) known.mixed = true;
  }
  let held = 0;
  let folded = 0;
  let heldRows = 0;
  for (let row = 0; row < data.rows; row++) {
    const part = splits.part[row];
    const twin = sides.get(hashes[row]);
    if (part === "train" && twin?.mixed) folded++;
    if (part !== "holdout" && part !== "test") continue;
    heldRows++;
    if (twin) held++;
  }
  const found: Warning[] = [];
  if (held > 0)
    found.push({
      code: "duplicates-across-holdout",
      message: `${held} of ${heldRows} held-out rows have an identical row in training, so their score is partly remembered; --group-duplicates keeps identical rows together`,
      count: held,
    });
  if (folded > 0)
    found.push({
      code: "duplicates-across-folds",
      message: `${folded} training rows have an identical row in another fold; --group-duplicates keeps identical rows together`,
      count: folded,
    });
  return found;
}
