import type { Evaluated } from "../evaluate/rung.ts";
import type { SearchSummary } from "../report/artifact.ts";

/** What a rung's search did, in counts. */
export function summaryOf({ tuned, work }: Evaluated, sampler: string, rows: number): SearchSummary {
  const { search } = tuned;
  if (!search) throw new TypeError("search summary: nothing was searched");
  const { selection, counts, trials } = search;
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    sampler,
    trials: trials.length,
    complete: counts.complete,
    pruned: counts.pruned,
    failed: counts.failed,
    foldFits: search.foldFits,
    ...(search.extraFits > 0 && { extraFits: search.extraFits }),
    ...(search.steps && { steps: search.steps }),
    allFits: work.foldFits,
    ended: search.ended,
    rows,
    default: {
      params: selection.default?.point ?? {},
      loss: selection.default ? finite(selection.default.loss) : null,
    },
    chosen: { params: selection.chosen.point, loss: finite(selection.chosen.loss), reason: selection.reason },
    gain: selection.gain,
  };
}
