/** Everything that is looked for in a table beyond single columns' kinds. Order is the order of the warnings. */
import type { Warning } from "../../frame/warning.ts";
import type { Check, Checked } from "./contract.ts";
import { copies } from "./copies.ts";
import { duplicates } from "./duplicates.ts";
import { hints } from "./hints.ts";
import { lookAlikes } from "./look-alikes.ts";
import { missing } from "./missing.ts";
import { order } from "./order.ts";
import { range } from "./range.ts";
import { sentinels } from "./sentinels.ts";
import { sums } from "./sums.ts";
import { targetShape } from "./target-shape.ts";

export const checks: readonly Check[] = [
  targetShape,
  copies,
  sums,
  order,
  duplicates,
  missing,
  sentinels,
  range,
  lookAlikes,
  hints,
];

export function checkTable(checked: Checked): Warning[] {
  if (checked.table.rows === 0) return [];
  return checks.flatMap((check) => check.find(checked));
}
