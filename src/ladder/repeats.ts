/** Whether the cross-validation of a small table has to be repeated once more. */
import { dealingOf, DEALING_SHARE, type Dealing, type DealtRung } from "../compare/dealing.ts";
import { foldLayout, measureFolds, type FoldLayout } from "../compare/folds.ts";
import type { Metric } from "../metrics/contract.ts";
import type { Design } from "../evaluate/rung.ts";
import type { Splits } from "../evaluate/splits/contract.ts";
import type { Repeating } from "../report/artifact.ts";
import { foldedRows, pooledOf, type Folded } from "../intake/fold-part.ts";
import type { Trained } from "./ladder.ts";

export interface Repeats {
  /** Repeats that every rung is judged on first. */
  readonly first: number;
  /** Is one more worth its cost? @param used Repeats whose answers the rungs have. Cost: one measurement of each new repeat a rung. */
  readonly again: (trained: readonly Trained[], used: number) => boolean;
  /** The splits and the design with the repeats that were run, and why there are no more. */
  readonly ended: (
    trained: readonly Trained[],
    used: number,
  ) => { readonly splits: Splits; readonly design: Design; readonly repeating?: Repeating };
}

type Ok = Trained & { readonly status: "ok" };

function isBaseline(rung: Trained): rung is Ok {
  return rung.status === "ok" && rung.estimator.role === "baseline";
}

/** @param design With all repeats that there can be. @param weighted The dataset's weights enter the metrics. */
export function repeatsOf(design: Design, splits: Splits, metric: Metric, weighted: boolean): Repeats {
  const { atLeast: first, repeats: most } = splits;
  if (first === undefined) return { first: most, again: () => false, ended: () => ({ splits, design }) };
  const { data, plans } = design;
  const laidOut: { readonly folded: Folded; readonly layout: FoldLayout }[] = [];
  const known = new Map<string, { losses: Float64Array; base?: Float64Array }[]>();
  let dealing: Dealing = { settled: false };

  const measured = ({ estimator: { name }, result }: Ok, used: number): DealtRung => {
    const rows = known.get(name) ?? [];
    for (let repeat = rows.length; repeat < used; repeat++) {
      const { folded, layout } = (laidOut[repeat] ??= laidOutAt(repeat));
      const prediction = pooledOf({ outOfFold: [result.outOfFold[repeat]] }, folded);
      rows.push(measureFolds(metric, layout, prediction).rows);
    }
    known.set(name, rows);
    const { base } = rows[0];
    return { name, losses: rows.map(({ losses }) => losses), ...(base && { base }) };
  };
  const laidOutAt = (repeat: number): (typeof laidOut)[number] => {
    const one = { ...splits, repeats: 1, fold: [splits.fold[repeat]] };
    const folded = foldedRows(data, one, [plans[repeat]], weighted);
    return { folded, layout: foldLayout(folded.part) };
  };

  return {
    first,
    again: (trained, used) => {
      const rungs = trained.filter(isBaseline).map((rung) => measured(rung, used));
      if (rungs.length === 0) return false; // the floor failed: nothing can be judged
      const { part } = laidOut[0].folded;
      dealing = dealingOf(
        rungs,
        laidOut.slice(0, used).map(({ folded }) => folded.part.fold),
        part.dependence,
      );
      return !dealing.settled && used < most;
    },
    ended: (trained, used) => {
      const folds = plans.slice(used, most).reduce((sum, one) => sum + one.folds.length, 0);
      return {
        splits: { ...splits, repeats: used, fold: splits.fold.slice(0, used) },
        design: { ...design, repeats: used },
        repeating: {
          atLeast: first,
          atMost: most,
          share: DEALING_SHARE,
          settled: dealing.settled,
          last: dealing.open ?? null,
          answersSaved: folds * trained.filter(({ status }) => status === "ok").length,
        },
      };
    },
  };
}
