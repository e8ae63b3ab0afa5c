import type { Warning } from "../../warning.ts";
import { counted, listed, percent } from "../../words.ts";
import { columnsWith, type Check, type Checked } from "./contract.ts";

const MOSTLY = 0.5;

/** What was read as missing, and where much is. */
export const missing: Check = {
  codes: ["missing-markers", "mostly-missing", "target-missing", "empty-rows"],
  cost: "counts already made, one pass for empty rows",
  find: (checked) => [...markers(checked), ...mostly(checked), ...noTarget(checked), ...emptyRows(checked)],
};

function markers({ table }: Checked): Warning[] {
  const byText = new Map<string, { count: number; columns: string[] }>();
  for (const column of table.columns)
    for (const { text, count } of column.markers) {
      const seen = byText.get(text) ?? { count: 0, columns: [] };
      seen.count += count;
      seen.columns.push(column.name);
      byText.set(text, seen);
    }
  return [...byText].map(([text, { count, columns }]) => ({
    code: "missing-markers",
    ...(columns.length === 1 && { column: columns[0] }),
    message: `${JSON.stringify(text)} is read as missing in ${counted(count, "cell")} of ${listed(columns)}`,
    count,
    evidence: { text, columns },
  }));
}

function mostly(checked: Checked): Warning[] {
  const { rows } = checked.table;
  const columns = columnsWith(checked, "feature").filter(({ profile }) => profile.missing > MOSTLY * rows);
  if (columns.length === 0) return [];
  const shares = columns.map(({ column: { name }, profile }) => `${name} (${percent(profile.missing / rows)})`);
  const names = columns.map(({ column: { name } }) => name);
  return [
    {
      code: "mostly-missing",
      ...(names.length === 1 && { column: names[0] }),
      message: `missing in more than half of the rows: ${listed(shares)}`,
      count: names.length,
      evidence: { columns: names },
    },
  ];
}

function noTarget({ table, schema: { target } }: Checked): Warning[] {
  if (target.missing === 0 || target.missing === table.rows) return [];
  return [
    {
      code: "target-missing",
      column: target.name,
      message: `${counted(target.missing, "row")} (${percent(target.missing / table.rows)}) without a target, not used`,
      count: target.missing,
    },
  ];
}

function emptyRows(checked: Checked): Warning[] {
  const { columns, rows } = checked.table;
  if (checked.profiles.some(({ missing }) => missing === 0)) return [];
  let count = 0;
  for (let r = 0; r < rows; r++)
    if (columns.every((c) => (c.kind === "number" ? c.values[r] !== c.values[r] : c.codes[r] < 0))) count++;
  if (count === 0) return [];
  return [{ code: "empty-rows", message: `${counted(count, "row")} without a value in any column`, count }];
}
