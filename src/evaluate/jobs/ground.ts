import { takeRows } from "../../frame/take.ts";
import type { Dataset } from "../../frame/dataset.ts";
import { merged } from "../../frame/rows.ts";
import type { FoldPlan } from "../splits/contract.ts";

/** A partition, and the table that its row numbers are of. */
export interface Ground {
  readonly data: Dataset;
  readonly plan: FoldPlan;
}

/** A sample is so much smaller than its table that taking its rows out pays: spread over all of it, each is read from far off. */
const TIMES_SMALLER = 4;

/** Is the plan a sample of the table? */
export function isSample({ data, plan }: Ground): boolean {
  return TIMES_SMALLER * plan.parts.reduce((sum, { length }) => sum + length, 0) <= data.rows;
}

/**
 * The plan's rows side by side, in a table of their own. What is learnt from them and said of them is the same: rows keep their
 * order, columns their levels. O(rows of the table + cells taken).
 */
export function takenOut({ data, plan }: Ground): Ground {
  const rows = merged(plan.parts);
  const placeOf = new Int32Array(data.rows);
  for (let i = 0; i < rows.length; i++) placeOf[rows[i]] = i;
  return {
    data: takeRows(data, rows),
    plan: { ...plan, parts: plan.parts.map((part) => part.map((row) => placeOf[row])) },
  };
}
