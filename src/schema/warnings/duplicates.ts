import type { Table } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import type { Role, Schema } from "../schema.ts";
import { counted, percent } from "../../words/numbers.ts";
import { columnsWith, type Check, type Checked } from "./contract.ts";
import { groupsOf, hashInto, newHashes } from "./hash.ts";

/** Rows that are there more than once; in a split they stand on both sides. */
export const duplicates: Check = {
  codes: ["duplicate-rows"],
  cost: "one pass over all features and the target",
  find: (checked) => repeated(checked),
};

function grouped(table: Table, schema: Schema, roles: readonly Role[]): { groups: Int32Array; count: number } {
  const hashes = newHashes(table.rows);
  table.columns.forEach((column, c) => {
    if (roles.includes(schema.columns[c].role)) hashInto(hashes, column);
  });
  return groupsOf(hashes);
}

function repeated(checked: Checked): Warning[] {
  const { table, schema } = checked;
  if (columnsWith(checked, "feature").length === 0) return [];
  const all = grouped(table, schema, ["feature", "target"]);
  const count = table.rows - all.count;
  if (count === 0) return [];
  const features = grouped(table, schema, ["feature"]);
  const disagreeing = all.count - features.count;
  return [
    {
      code: "duplicate-rows",
      message: `${counted(count, "row")} (${percent(count / table.rows)}) ${count === 1 ? "is" : "are"} the same as an earlier one in all features and the target; a split can put one on each side, unless they are kept together with --group-duplicates`,
      count,
      evidence: { distinct: all.count, sameFeaturesOtherTarget: disagreeing },
    },
  ];
}
