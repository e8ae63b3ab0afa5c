import { isMissing, levelTexts, type MarkerCount, type RawColumn, type Table } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { counted, percent } from "../../words/numbers.ts";
import { few, flagItem, inList, some } from "../../words/texts.ts";
import { missingDates } from "../judge-dates.ts";
import type { Profile } from "../profile.ts";
import type { ColumnSchema } from "../schema.ts";
import { keptHint } from "../target.ts";
import { columnsWith, targetOf, type Check, type Checked } from "./contract.ts";

const MOSTLY = 0.5;

/** What was read as missing, and where much is. */
export const missing: Check = {
  codes: ["missing-markers", "mostly-missing", "target-missing", "empty-rows"],
  cost: "counts already made, one pass for empty rows",
  find: (checked) => [...markers(checked), ...mostly(checked), ...noTarget(checked), ...emptyRows(checked)],
};

function markers({ table, schema, profiles }: Checked): Warning[] {
  const byText = new Map<string, { count: number; columns: string[]; words: boolean }>();
  table.columns.forEach((column, c) => {
    if (column.name === schema.target.name && column.kind === "text") return; // told with the rows that it costs
    const dates = noDates(table, column, schema.columns[c], profiles[c]);
    for (const { text, count } of [...column.markers, ...dates]) {
      const seen = byText.get(text) ?? { count: 0, columns: [], words: false };
      seen.count += count;
      seen.columns.push(column.name);
      seen.words ||= column.kind === "text" && dates.length === 0;
      byText.set(text, seen);
    }
  });
  return [...byText].map(([text, { count, columns, words }]) => ({
    code: "missing-markers",
    ...(columns.length === 1 && { column: columns[0] }),
    message: `${JSON.stringify(text)} is read as missing in ${counted(count, "cell")} of ${few(columns)}${words ? `; if it is a value, say ${columns.length === 1 ? `--keep-na ${flagItem(`${columns[0]}=${text}`)}` : `--keep-na=${flagItem(text)}`}` : ""}`,
    count,
    evidence: { text, columns },
  }));
}

/** Texts of a date column that say that there is none, such as 0000-00-00. */
function noDates(table: Table, column: RawColumn, { format, missing }: ColumnSchema, profile: Profile): MarkerCount[] {
  if (format === undefined || missing === profile.missing || column.kind === "number" || profile.kind === "number")
    return [];
  const none = missingDates(table);
  return levelTexts(column.levels)
    .map((text, code) => ({ text, count: profile.counts[code] }))
    .filter(({ text }) => none.has(text));
}

function mostly(checked: Checked): Warning[] {
  const { rows } = checked.table;
  const columns = columnsWith(checked, "feature").filter(({ schema }) => schema.missing > MOSTLY * rows);
  if (columns.length === 0) return [];
  const shares = columns.map(({ schema: { name, missing: cells } }) => `${inList(name)} (${percent(cells / rows)})`);
  const names = columns.map(({ column: { name } }) => name);
  return [
    {
      code: "mostly-missing",
      ...(names.length === 1 && { column: names[0] }),
      message: `missing in more than half of the rows: ${some(shares)}`,
      count: names.length,
      evidence: { columns: names },
    },
  ];
}

function noTarget(checked: Checked): Warning[] {
  const { table } = checked;
  const { target } = checked.schema;
  if (target.missing === 0 || target.missing === table.rows) return [];
  const { column } = targetOf(checked);
  return [
    {
      code: "target-missing",
      column: target.name,
      message: `${counted(target.missing, "row")} (${percent(target.missing / table.rows)}) without a target, not used${column.kind === "text" ? keptHint(column) : ""}`,
      count: target.missing,
    },
  ];
}

function emptyRows(checked: Checked): Warning[] {
  const { columns, rows } = checked.table;
  if (checked.profiles.some(({ missing }) => missing === 0)) return [];
  let count = 0;
  for (let r = 0; r < rows; r++) if (columns.every((column) => isMissing(column, r))) count++;
  if (count === 0) return [];
  return [{ code: "empty-rows", message: `${counted(count, "row")} without a value in any column`, count }];
}
