import type { Dataset } from "../data/dataset.ts";
import { rowHashes } from "../data/row-hash.ts";
import type { Warning } from "../data/warning.ts";
import type { Splits } from "../evaluate/splits/contract.ts";
import { argsort } from "../numeric/argsort.ts";

/** Rows that have an identical twin (features and target) on the other side of a split: a score on them is partly remembered. */
export function splitWarnings(data: Dataset, splits: Splits): readonly Warning[] {
  const hashes = rowHashes(data, true);
  const { part } = splits;
  const fold = splits.fold[0];
  const isHeld = (row: number): boolean => part[row] === "holdout" || part[row] === "test";
  let held = 0;
  let folded = 0;
  for (const twins of runsOf(hashes)) {
    const training = twins.filter((row) => part[row] === "train");
    if (training.length === 0) continue;
    held += twins.filter(isHeld).length;
    if (training.some((row) => fold[row] !== fold[training[0]])) folded += training.length;
  }
  const heldRows = part.reduce((sum, one) => sum + (one === "holdout" || one === "test" ? 1 : 0), 0);
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

/** Rows of equal hash, where there are several. */
function* runsOf(hashes: Float64Array): Generator<Int32Array> {
  const order = argsort(hashes);
  let from = 0;
  for (let i = 1; i <= order.length; i++) {
    if (i < order.length && hashes[order[i]] === hashes[order[from]]) continue;
    if (i - from > 1) yield order.subarray(from, i);
    from = i;
  }
}
