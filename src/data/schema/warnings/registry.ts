/** Everything that is looked for in a table beyond single columns' kinds. Order is the order of the warnings. */
import type { Warning } from "../../warning.ts";
import type { Check, Checked } from "./contract.ts";

export const checks: readonly Check[] = [];

export function checkTable(checked: Checked): Warning[] {
  return checks.flatMap((check) => check.find(checked));
}
