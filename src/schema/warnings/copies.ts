import { few, flagItem, inList, listed } from "../../words/texts.ts";
import { levelTexts, type RawColumn } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { columnsWith, type Check, type Known } from "./contract.ts";
import { sequenceHash } from "./hash.ts";

/** Columns that say the same: cell by cell, or with other words for the same values; above all, the target's words. */
export const copies: Check = {
  codes: ["identical-columns", "recoded-columns", "target-copy"],
  cost: "one or two passes over columns that agree in their numbers of missing and distinct values and in the first 1,000 rows",
  find: (checked) => {
    const columns = columnsWith(checked, "feature", "target");
    const candidates = alike(columns);
    const found: Warning[] = [];
    for (const same of sameBy(candidates, valueSignature)) found.push(...report(same, "identical-columns"));
    const said = new Set(found.map(({ evidence }) => String(evidence?.columns)));
    for (const same of sameBy(candidates, partitionSignature))
      for (const warning of report(same, "recoded-columns"))
        if (!said.has(String(warning.evidence?.columns))) found.push(warning);
    return found;
  },
};

/** Few enough distinct values that two columns do not agree in them by each row having its own. */
const REPEATING = 0.5;
const MOST_DISTINCT = 1000;

/** Only columns that share their counts with another can be copies. */
function alike(columns: readonly Known[]): Known[] {
  const byCounts = new Map<string, Known[]>();
  for (const known of columns) {
    const key = countsOf(known);
    byCounts.set(key, [...(byCounts.get(key) ?? []), known]);
  }
  return [...byCounts.values()].filter((group) => group.length > 1).flat();
}

/** Columns of few values by how many; of numbers of which there are many, by their range too: these can only be equal. */
function countsOf({ profile }: Known): string {
  const { kind, missing, distinct } = profile;
  return kind === "number" && distinct > MOST_DISTINCT
    ? `${missing} ${distinct} ${profile.min} ${profile.max}`
    : `${missing} ${distinct}`;
}

type Signature = (known: Known, rows: number) => string | undefined;

const HEAD = 1000;

/** Columns with equal signatures over all rows; the first rows sort out most of them. */
function sameBy(columns: readonly Known[], signature: Signature): Known[][] {
  const head = grouped(columns, (known) => signature(known, HEAD));
  return grouped(head.flat(), (known) => signature(known, Number.POSITIVE_INFINITY));
}

function grouped(columns: readonly Known[], signature: (known: Known) => string | undefined): Known[][] {
  const groups = new Map<string, Known[]>();
  for (const known of columns) {
    const key = signature(known);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), known]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Equal for columns with equal cells. */
function valueSignature({ column }: Known, rows: number): string {
  if (column.kind === "number") {
    const { buffer, byteOffset, length } = column.values;
    return `number ${sequenceHash(new Int32Array(buffer, byteOffset, 2 * Math.min(length, rows)))}`;
  }
  return `text ${sequenceHash(column.codes.subarray(0, rows))} ${levelTexts(column.levels).join("\u0000")}`;
}

/** Equal for columns that part the rows into the same classes. */
function partitionSignature({ column, profile }: Known, rows: number): string | undefined {
  const all = column.kind === "number" ? column.values.length : column.codes.length;
  const { distinct, missing } = profile;
  if (distinct < 2 || distinct > MOST_DISTINCT || distinct > REPEATING * (all - missing)) return undefined;
  return sequenceHash(byAppearance(column, rows));
}

/** Codes in order of first appearance, -1 for missing. */
function byAppearance(column: RawColumn, rows: number): Int32Array {
  if (column.kind === "text") {
    const map = new Int32Array(column.levels.ends.length).fill(-1);
    let next = 0;
    return column.codes
      .subarray(0, rows)
      .map((code) => (code < 0 ? -1 : map[code] >= 0 ? map[code] : (map[code] = next++)));
  }
  const map = new Map<number, number>();
  return Int32Array.from(column.values.subarray(0, rows), (value) => {
    if (value !== value) return -1;
    let code = map.get(value);
    if (code === undefined) map.set(value, (code = map.size));
    return code;
  });
}

function report(same: readonly Known[], code: "identical-columns" | "recoded-columns"): Warning[] {
  const names = same.map(({ column: { name } }) => name);
  const target = same.find(({ schema: { role } }) => role === "target")?.column.name;
  if (target === undefined) {
    const all = names.length > 4 ? few(names) : listed(names.map(inList));
    const message =
      code === "identical-columns"
        ? `${all} are equal in every row`
        : `${all} carry the same information (each value of one goes with one value of the other)`;
    return [{ code, message, count: names.length, evidence: { columns: names } }];
  }
  return names
    .filter((name) => name !== target)
    .map((name) => ({
      code: "target-copy",
      column: name,
      message: `${name} is ${code === "identical-columns" ? "a copy of the target" : "the target in other words: one value for each"}; a model that sees it learns nothing else, so leave it out with --ignore ${flagItem(name)}`,
      evidence: { columns: [name, target], how: code === "identical-columns" ? "identical" : "recoded" },
    }));
}
