/** Cutting the holdout: the latest rows, whole groups, or a stratified draw. */
import type { Dataset, Rows } from "../../frame/dataset.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { Scheme } from "./contract.ts";
import { countUnits, dealGroups, dealStratified, LEAST_UNITS, timeOrder } from "./deal.ts";

/**
 * 1 for rows held out. Always one at least, and never so many that the rest cannot be folded: of groups half stay, of times
 * as many as folds need. A class never loses its only row, unless its group is held out.
 *
 * @param heldGroups Groups that are held out even if fewer would make the share, where there are three times as many.
 */
export function dealHoldout(
  data: Dataset,
  rows: Rows,
  share: number,
  scheme: Scheme,
  heldGroups: number,
  rng: Rng,
): Int32Array {
  if (scheme === "expanding" && data.time) return latest(rows, data.time, share);
  if (data.groups) {
    const groups = countUnits(data, rows, scheme);
    const least = [Math.max(LEAST_UNITS.exchange, Math.ceil(groups / 2)), groups >= 3 * heldGroups ? heldGroups : 1];
    return dealGroups(data.target, rows, data.groups, [1 - share, share], rng, least);
  }
  const grains = Math.max(2, Math.round(1 / share));
  const exact = Math.abs(1 / share - grains) < 1e-9 && grains <= rows.length;
  const parts = exact ? grains : Math.min(100, rows.length);
  const held = exact ? 1 : Math.max(1, Math.round(share * parts));
  const dealt = dealStratified(data.target, rows, parts, rng);
  for (let i = 0; i < dealt.length; i++) dealt[i] = dealt[i] < held ? 1 : 0;
  return keepRareClasses(data, rows, dealt);
}

/** The latest rows, cut between two times as near to the share as the times allow. */
function latest(rows: Rows, time: Float64Array, share: number): Int32Array {
  const { order, starts } = timeOrder(rows, time);
  const wanted = Math.round((1 - share) * rows.length);
  let cut = starts[LEAST_UNITS.expanding];
  for (const start of starts.slice(LEAST_UNITS.expanding))
    if (Math.abs(start - wanted) <= Math.abs(cut - wanted)) cut = start;
  const held = new Int32Array(rows.length);
  for (const place of order.subarray(cut)) held[place] = 1;
  return held;
}

function keepRareClasses({ target }: Dataset, rows: Rows, held: Int32Array): Int32Array {
  if (target.task === "regression") return held;
  const left = new Int32Array(target.classes.length);
  for (let i = 0; i < rows.length; i++) if (held[i] === 0) left[target.codes[rows[i]]]++;
  return held.map((h, i) => (h === 1 && left[target.codes[rows[i]]] === 0 ? 0 : h));
}
