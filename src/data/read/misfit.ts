/** What to say of records that do not fit the columns. */
import { DataError } from "../error.ts";
import type { Warning } from "../warning.ts";
import { UNCLOSED } from "./cell-scanner.ts";
import type { Misfit } from "./blocks.ts";

export function misfitError(label: string, misfit: Misfit, line: number, names: readonly string[]): DataError {
  return new DataError(
    `${label}, line ${line}: ${what(misfit, names)}; mend the line, or leave out such lines with --skip-bad-lines`,
  );
}

function what({ fields }: Misfit, names: readonly string[]): string {
  if (fields === UNCLOSED) return "a quote is opened and never closed";
  const wanted = `${fields} ${fields === 1 ? "field" : "fields"} where ${names.length} are wanted`;
  return fields < names.length
    ? `${wanted}, the last one in column ${JSON.stringify(names[fields - 1])}`
    : `${wanted}, going on after column ${JSON.stringify(names[names.length - 1])}`;
}

export function misfitWarning(misfits: readonly Misfit[], line: number, columns: number): Warning {
  const unclosed = misfits.filter(({ fields }) => fields === UNCLOSED).length;
  return {
    code: "bad-lines",
    message: `${misfits.length} records do not have ${columns} fields and are left out, the first one in line ${line}`,
    count: misfits.length,
    evidence: { firstLine: line, ...(unclosed > 0 && { unclosedQuotes: unclosed }) },
  };
}
