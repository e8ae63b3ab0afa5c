/** Slices: is there a part of the rows for which the challenger is worse? They can only veto, never justify. */
import { gather } from "../numeric/gather.ts";
import type { Scored } from "../metrics/contract.ts";
import type { Detail } from "./detail.ts";
import { guardRows } from "./guards.ts";
import { independence, type Dependence } from "./independence.ts";
import { measure, type JudgedMetric } from "./measure.ts";
import { holm } from "./multiplicity.ts";
import { pairOf } from "./paired.ts";
import { predictionAt, targetAt } from "../frame/take.ts";

export interface SliceSpec {
  /** For people: `region = north`. */
  readonly name: string;
  /** Which of the judged rows. */
  readonly rows: Int32Array;
}

export interface SliceResult<D = Detail | null> {
  readonly slice: string;
  readonly rows: number;
  /** In the metric's unit, positive: the challenger is better; null where it was not judged. */
  readonly gain: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** One-sided p of a loss, and the same after Holm over all judged slices. */
  readonly p: number | null;
  readonly adjusted: number | null;
  readonly outcome: "worse" | "not shown to be worse" | "not judged";
  /** Why it was not judged. */
  readonly detail: D;
}

/**
 * The paired gain inside each slice against one baseline. A slice vetoes when its gain is proven to be below 0 after Holm's
 * correction. Slices with fewer than 30 rows (10 groups, 10 rows of each class) are listed, not judged.
 *
 * @throws RangeError for a row number outside of the part. Cost: O(rows of all slices).
 */
export function judgeSlices(
  metric: JudgedMetric,
  part: { readonly truth: Scored["truth"]; readonly dependence?: Dependence },
  baseline: Scored["prediction"],
  challenger: Scored["prediction"],
  slices: readonly SliceSpec[],
  alpha: number,
): SliceResult[] {
  const raw = slices.map((slice) => judgeSlice(metric, part, baseline, challenger, slice, alpha));
  const judged = raw.filter((r) => r.p !== null);
  const adjusted = holm(judged.map((r) => r.p ?? 1));
  return raw.map((result) => {
    const place = judged.indexOf(result);
    if (place < 0) return result;
    const worse = adjusted[place] <= alpha;
    return { ...result, adjusted: adjusted[place], outcome: worse ? "worse" : "not shown to be worse" };
  });
}

function judgeSlice(
  metric: JudgedMetric,
  { truth, dependence = {} }: { readonly truth: Scored["truth"]; readonly dependence?: Dependence },
  baseline: Scored["prediction"],
  challenger: Scored["prediction"],
  { name, rows }: SliceSpec,
  alpha: number,
): SliceResult {
  const open = (detail: Detail | null): SliceResult => ({
    slice: name,
    rows: rows.length,
    gain: null,
    lower: null,
    upper: null,
    p: null,
    adjusted: null,
    outcome: "not judged",
    detail,
  });
  if (rows.length === 0) return open({ kind: "no-rows" });
  const total = truth.task === "regression" ? truth.values.length : truth.codes.length;
  const outside = rows.find((row) => row < 0 || row >= total);
  if (outside !== undefined) throw new RangeError(`slices: rows of ${name} must be below ${total}, got ${outside}`);
  const { groups, time } = dependence;
  const own = independence(rows.length, {
    ...(groups === undefined ? {} : { groups: rows.map((row) => groups[row]) }),
    ...(time === undefined ? {} : { time: gather(time, rows) }),
  });
  const part = targetAt(truth, rows);
  const [b, c] = [baseline, challenger].map((prediction) =>
    measure(metric, { truth: part, prediction: predictionAt(prediction, rows) }),
  );
  const guard = guardRows(part, own, [b, c], { alpha });
  if (guard !== undefined) return open(guard.detail);
  const e = pairOf(b, c, { margin: { value: 0, kind: "absolute" }, rows: own, unseen: true }).at(alpha);
  const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
  return { ...open(null), gain: finite(e.gain), lower: finite(e.lower), upper: finite(e.upper), p: e.pBelow };
}
