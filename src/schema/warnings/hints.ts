import { flagValue } from "../../words/texts.ts";
import type { RawColumn } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { soundsLikeWeight } from "../names.ts";
import { columnsWith, type Check, type Checked } from "./contract.ts";

/** Small things worth a look. */
export const hints: Check = {
  codes: ["weight-suspected", "no-features"],
  cost: "names; one pass over a column called weight",
  find: (checked) => [...weights(checked), ...nothing(checked)],
};

function weights(checked: Checked): Warning[] {
  return columnsWith(checked, "feature")
    .filter(({ column, schema }) => schema.kind === "number" && weighs(column))
    .map(({ column: { name } }) => ({
      code: "weight-suspected",
      column: name,
      message: `${name} has the name of a weight; if it says how much a row counts, say --weight ${flagValue(name)}`,
    }));
}

/** Bodies and goods have a weight too, but none of 1 on average. */
function weighs(column: RawColumn): boolean {
  if (soundsLikeWeight(column.name)) return true;
  if (!/^weights?$/i.test(column.name) || column.kind !== "number") return false;
  const known = column.values.filter((value) => value === value);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return Math.abs(mean - 1) < 0.02 && known.every((value) => value >= 0);
}

function nothing(checked: Checked): Warning[] {
  if (columnsWith(checked, "feature").length > 0 || checked.table.columns.length === 1) return [];
  return [
    {
      code: "no-features",
      message:
        "no column is left to predict from: only models that look at no feature can be trained (see the columns' reasons, and --types to keep one)",
    },
  ];
}
