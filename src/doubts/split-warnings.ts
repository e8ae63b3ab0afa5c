/** What lies on both sides of a split though it should not: identical rows, groups, and time that runs backwards. */
import type { Dataset, Rows } from "../frame/dataset.ts";
import { rowHashes } from "../frame/row-hash.ts";
import type { Warning } from "../frame/warning.ts";
import { counted, whole } from "../words/numbers.ts";
import type { Design } from "../evaluate/rung.ts";
import type { FoldPlan, Splits } from "../evaluate/splits/contract.ts";
import { argsort } from "../numeric/argsort.ts";

/** Findings about the splits as they were made, whoever made them. O(rows x columns). */
export function splitWarnings(data: Dataset, splits: Splits, design: Design): readonly Warning[] {
  return [...twinsAcross(data, splits), ...groupsAcross(data, design), ...timeAcross(data, splits, design)];
}

/** Rows that have an identical twin (features and target) on the other side of a split: a score on them is partly remembered. */
function twinsAcross(data: Dataset, splits: Splits): readonly Warning[] {
  const hashes = rowHashes(data, true);
  const { part } = splits;
  const fold = splits.fold[0];
  const isHeld = (row: number): boolean => part[row] === "holdout" || part[row] === "test";
  const held: number[] = [];
  let folded = 0;
  for (const twins of runsOf(hashes)) {
    const training = twins.filter((row) => part[row] === "train");
    if (training.length === 0) continue;
    held.push(...twins.filter(isHeld));
    if (training.some((row) => fold[row] !== fold[training[0]])) folded += training.length;
  }
  const heldRows = part.reduce((sum, one) => sum + (one === "holdout" || one === "test" ? 1 : 0), 0);
  const found: Warning[] = [];
  if (held.length > 0)
    found.push({
      code: "duplicates-across-holdout",
      message: `${whole(held.length)} of ${whole(heldRows)} held-out rows ${held.length === 1 ? "has" : "have"} an identical row in training, so their score is partly remembered; --group-duplicates keeps identical rows together`,
      count: held.length,
      evidence: { rows: held.sort((a, b) => a - b).map(String) },
    });
  if (folded > 0)
    found.push({
      code: "duplicates-across-folds",
      message: `${whole(folded)} training rows have an identical row in another fold; --group-duplicates keeps identical rows together`,
      count: folded,
    });
  return found;
}

/** Groups that a model is trained on and scored on: by given folds or a test table, or where time decides the folds. */
function groupsAcross({ groups }: Dataset, { train, held, plans, repeats }: Design): readonly Warning[] {
  if (groups === undefined) return [];
  const named = (rows: Rows): Set<number> => new Set(rows.map((row) => groups[row]).filter((group) => group >= 0));
  const found: Warning[] = [];
  const known = named(train);
  const shared = [...named(held)].filter((group) => known.has(group)).length;
  if (shared > 0) {
    const rows = held.reduce((sum, row) => sum + (known.has(groups[row]) ? 1 : 0), 0);
    found.push({
      code: "groups-across-holdout",
      message: `${counted(shared, "group")} with rows both in training and held out (${rows} of ${held.length} held-out rows): the score there is of groups that the models have seen, not of new ones`,
      count: shared,
    });
  }
  const folded = new Set(plans.slice(0, repeats).flatMap((plan) => acrossParts(plan, named)));
  if (folded.size > 0)
    found.push({
      code: "groups-across-folds",
      message: `${counted(folded.size, "group")} with rows in several folds: cross-validated scores are of groups that the models have seen, not of new ones`,
      count: folded.size,
    });
  return found;
}

/** What more than one part has. */
function acrossParts({ parts }: FoldPlan, named: (rows: Rows) => Set<number>): number[] {
  const seen = new Set<number>();
  return parts.flatMap((rows) => [...named(rows)].filter((group) => seen.has(group) || !seen.add(group)));
}

/** Rows scored by a model that was trained on later ones: where folds or a test table were given, or dealt in spite of the time. */
function timeAcross({ time }: Dataset, splits: Splits, { train, held, plans, repeats }: Design): readonly Warning[] {
  if (time === undefined) return [];
  const found: Warning[] = [];
  const latest = (rows: Rows): number => rows.reduce((top, row) => Math.max(top, time[row]), -Infinity);
  const earlier = (rows: Rows, than: number): number => rows.reduce((sum, row) => sum + (time[row] < than ? 1 : 0), 0);
  const early = earlier(held, latest(train));
  if (early > 0) {
    const first = train.reduce((least, row) => Math.min(least, time[row]), Infinity);
    const all = earlier(held, first) === held.length;
    const rows = splits.part.includes("test") ? "test rows" : "held-out rows";
    found.push({
      code: "time-across-holdout",
      message: `${all ? `all ${whole(held.length)} ${rows} are earlier than every training row` : `${whole(early)} of ${whole(held.length)} ${rows} are earlier than the latest training row`}: their score says nothing of how well the future is foretold; score on rows that are later than those trained on`,
      count: early,
    });
  }
  let scored = 0;
  let backwards = 0;
  for (const { parts, folds } of plans.slice(0, repeats))
    for (const { test, train: given } of folds) {
      scored += parts[test].length;
      backwards += earlier(parts[test], Math.max(...given.map((part) => latest(parts[part]))));
    }
  if (backwards > 0)
    found.push({
      code: "time-across-folds",
      message: `${Math.round((100 * backwards) / scored)} % of the rows in folds are scored by models that were trained on later rows; --split-kind expanding trains on earlier rows only`,
      count: backwards,
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
