import { isMissing } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import type { Role } from "../schema.ts";
import { counted, percent } from "../../words/numbers.ts";
import { columnsWith, targetOf, type Check, type Checked } from "./contract.ts";
import { groupsOf, hashInto, newHashes } from "./hash.ts";

/** Rows that are there more than once; in a split they stand on both sides. */
export const duplicates: Check = {
  codes: ["duplicate-rows"],
  cost: "one pass over all features and the target",
  find: (checked) => repeated(checked),
};

/** How many different rows there are in some columns, among those with a target. */
function differentRows(checked: Checked, roles: readonly Role[]): number {
  const hashes = newHashes(checked.table.rows);
  for (const { column } of columnsWith(checked, ...roles)) hashInto(hashes, column);
  const { groups, count } = groupsOf(hashes);
  const seen = new Uint8Array(count);
  const { column } = targetOf(checked);
  let different = 0;
  for (let r = 0; r < groups.length; r++) {
    if (isMissing(column, r) || seen[groups[r]] === 1) continue;
    seen[groups[r]] = 1;
    different++;
  }
  return different;
}

function repeated(checked: Checked): Warning[] {
  const { target } = checked.schema;
  if (columnsWith(checked, "feature").length === 0) return [];
  const rows = checked.table.rows - target.missing;
  const distinct = differentRows(checked, ["feature", "target"]);
  const count = rows - distinct;
  if (count === 0) return [];
  const disagreeing = distinct - differentRows(checked, ["feature"]);
  return [
    {
      code: "duplicate-rows",
      message: `${counted(count, "row")} (${percent(count / rows)}) ${count === 1 ? "is" : "are"} the same as an earlier one in all features and the target; a split can put one on each side, unless they are kept together with --group-duplicates`,
      count,
      evidence: { distinct, sameFeaturesOtherTarget: disagreeing },
    },
  ];
}
