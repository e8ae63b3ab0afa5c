/** Rows that carry a score almost alone: then the rest of the table hardly has a say, and intervals promise too much. */
import { measure } from "../compare/measure.ts";
import type { Warning } from "../frame/warning.ts";
import { percent, whole } from "../words/numbers.ts";
import type { Metric } from "../metrics/contract.ts";
import { predictionAt } from "../frame/take.ts";
import { type Design } from "../evaluate/rung.ts";
import { targetAt } from "../frame/take.ts";
import type { Loaded } from "../intake/load.ts";
import type { RungAnswers } from "../folder/tables.ts";

/** Share of all losses that one row may carry: exponential losses of 400 rows stay below it. */
const LARGE_SHARE = 0.05;
/** And as a multiple of an even share, which decides where rows are few. */
const LARGE_MULTIPLE = 20;

/** @param champion Its answers. Looks at the held-out rows, or else at those of the first repeat. O(rows). */
export function tailWarnings(
  metric: Metric,
  { data, rowNumber }: Loaded,
  { held, plans }: Design,
  champion: RungAnswers,
): readonly Warning[] {
  if (metric.losses === undefined) return [];
  const scored = plans[0].folds.map(({ test }) => plans[0].parts[test]);
  const parts =
    held.length > 0
      ? [{ rows: held, prediction: champion.held }]
      : scored.map((rows) => ({ rows, prediction: predictionAt(champion.outOfFold[0], rows) }));
  let [count, total, largest, worst] = [0, 0, 0, -1];
  for (const { rows, prediction } of parts) {
    const { losses } = measure(metric, { truth: targetAt(data.target, rows), prediction });
    for (const [i, loss] of losses.entries()) {
      count++;
      total += loss;
      if (loss > largest) [largest, worst] = [loss, rows[i]];
    }
  }
  const share = largest / total;
  if (!(share > Math.max(LARGE_SHARE, LARGE_MULTIPLE / count))) return [];
  const where = held.length > 0 ? "held-out rows" : "out-of-fold rows";
  const other = data.target.task === "regression" && metric.name !== "mae" ? "; look at --metric mae beside it" : "";
  return [
    {
      code: "heavy-tail",
      message: `one of ${whole(count)} ${where} carries ${percent(share)} of the loss behind the champion's ${metric.name} (row ${rowNumber(worst)}): the score says little of the others, and its interval may be too narrow${other}`,
      count: 1,
      evidence: { share: Number(share.toPrecision(3)), row: rowNumber(worst) },
    },
  ];
}
