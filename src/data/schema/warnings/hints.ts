import { flagValue } from "../../words.ts";
import { levelTexts } from "../../table.ts";
import type { Warning } from "../../warning.ts";
import { soundsLikeWeight } from "../names.ts";
import { columnsWith, type Check, type Checked } from "./contract.ts";

/** Small things worth a look. */
export const hints: Check = {
  codes: ["weight-suspected", "similar-levels", "no-features"],
  cost: "names and levels",
  find: (checked) => [...weights(checked), ...similar(checked), ...nothing(checked)],
};

function weights(checked: Checked): Warning[] {
  return columnsWith(checked, "feature")
    .filter(({ column, schema }) => schema.kind === "number" && soundsLikeWeight(column.name))
    .map(({ column: { name } }) => ({
      code: "weight-suspected",
      column: name,
      message: `${name} has the name of a weight; if it says how much a row counts, say --weight ${flagValue(name)}`,
    }));
}

/** Levels that differ in upper and lower case or in blanks alone. */
function similar(checked: Checked): Warning[] {
  return columnsWith(checked, "feature").flatMap(({ column, schema }) => {
    if (column.kind !== "text" || schema.kind !== "category" || schema.distinct > 1000) return [];
    const seen = new Map<string, string[]>();
    for (const text of levelTexts(column.levels)) {
      const key = text.toLowerCase().replace(/\s+/g, " ");
      seen.set(key, [...(seen.get(key) ?? []), text]);
    }
    const twins = [...seen.values()].filter((texts) => texts.length > 1);
    if (twins.length === 0) return [];
    return [
      {
        code: "similar-levels",
        column: column.name,
        message: `levels of ${column.name} differ in case or blanks alone: ${twins[0].map((text) => JSON.stringify(text)).join(" and ")}${twins.length > 1 ? `, and ${twins.length - 1} more` : ""}; they are kept apart`,
        count: twins.length,
        evidence: { levels: twins[0] },
      },
    ];
  });
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
