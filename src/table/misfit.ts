/** What to say of records that do not fit the columns. */
import { DataError } from "../frame/error.ts";
import type { Warning } from "../frame/warning.ts";
import { counted } from "../words/numbers.ts";
import { UNCLOSED } from "./scan/cell-scanner.ts";
import { SWALLOWING } from "./scan/block.ts";
import type { BlockTotals, Misfit } from "./scan/blocks.ts";

export function misfitError(label: string, misfit: Misfit, line: number, names: readonly string[]): DataError {
  return new DataError(
    `${label}, line ${line}: ${what(misfit, names)}; mend the line, ${remedy(misfit, names.length)}`,
  );
}

function remedy({ fields, first }: Misfit, columns: number): string {
  if (fields < 0)
    return "or say --quote '' where quotes are plain text, --delimiter where something else separates the cells";
  const sign = String.fromCharCode(first);
  if (REMARKS.has(sign)) return `or say --comment '${sign}' where such lines are remarks`;
  if (columns === 1)
    return "or say how many lines stand before the table (--skip) or what separates its cells (--delimiter)";
  return "or leave out such lines with --skip-bad-lines";
}

/** Signs that lines of remarks begin with. */
const REMARKS = new Set(["#", "%", "!"]);

function what({ fields }: Misfit, names: readonly string[]): string {
  if (fields === UNCLOSED) return "a quote is opened and never closed";
  if (fields === SWALLOWING) return "a quote is opened, and text follows where it is closed on a later line";
  const wanted = `${counted(fields, "field")} where ${names.length} are wanted`;
  return fields < names.length
    ? `${wanted}, the last one in column ${JSON.stringify(names[fields - 1])}`
    : `${wanted}, going on after column ${JSON.stringify(names[names.length - 1])}`;
}

/** More records do not fit than do: this is no table with bad lines. */
export function mostlyMisfits(
  label: string,
  { misfits, store }: BlockTotals,
  line: number,
  names: readonly string[],
): DataError {
  const all = misfits.length + store.rows;
  return new DataError(
    `${label}: ${misfits.length} of ${counted(all, "record")} do not have the ${counted(names.length, "field")} of the columns, the first one in line ${line}: too many to leave out; say how cells are separated (--delimiter, --quote), or how many lines stand before the table (--skip)`,
  );
}

export function repeatWarning(repeats: readonly Misfit[], line: number): Warning {
  return {
    code: "repeated-header",
    message: `${counted(repeats.length, "record")} left out: the header again, ${repeats.length === 1 ? "" : "first "}in line ${line}, as where files are joined; --odd-records keep reads ${repeats.length === 1 ? "it" : "them"} as data`,
    count: repeats.length,
    evidence: { firstLine: line },
  };
}

export function misfitWarning(misfits: readonly Misfit[], line: number, columns: number): Warning {
  const unclosed = misfits.filter(({ fields }) => fields === UNCLOSED).length;
  return {
    code: "bad-lines",
    message: `${counted(misfits.length, "record")} without the ${columns} fields of the others left out, the first one in line ${line}`,
    count: misfits.length,
    evidence: { firstLine: line, ...(unclosed > 0 && { unclosedQuotes: unclosed }) },
  };
}
