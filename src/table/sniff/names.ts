/** What the columns are called. */
import type { Warning } from "../../frame/warning.ts";
import { counted } from "../../words/numbers.ts";
import { few } from "../../words/texts.ts";
import { fits, modalWidth, type SampleRecord } from "./records.ts";

export interface Names {
  readonly names: readonly string[];
  /** Which of the last columns have no name of their own: they may be no more than trailing delimiters. */
  readonly unnamed: number;
  readonly warnings: readonly Warning[];
}

/**
 * The names, made to fit the records: a header may lack the name of row names in front, or end in a delimiter.
 *
 * @param header undefined: there is none.
 * @returns undefined when the header has another number of names than the records have fields.
 */
export function nameColumns(header: readonly string[] | undefined, data: readonly SampleRecord[]): Names | undefined {
  const width = data.length === 0 ? (header?.length ?? 0) : modalWidth(data);
  if (header === undefined) return { names: numberedNames(width), unnamed: width, warnings: [] };
  const fitting = data.filter((record) => fits(record, header.length)).length;
  if (fitting > 0 || data.length === 0) return named(header, []);
  if (width === header.length + 1 && areRowNames(data, width))
    return named(
      ["", ...header],
      [
        {
          code: "row-names",
          message: `records have one field more than the header: the first one is taken for row names and called unnamed_1`,
        },
      ],
    );
  if (width === header.length - 1 && header[header.length - 1] === "")
    return named(header.slice(0, -1), [
      { code: "trailing-delimiter", message: "the header ends in a delimiter that the records do not have" },
    ]);
  return data.filter((record) => fits(record, width)).length > data.length / 2 ? undefined : named(header, []);
}

/** Row names are all there and differ, and no cell has been cut within its quotes. */
function areRowNames(data: readonly SampleRecord[], width: number): boolean {
  const halved = (cell: string): boolean => cell.split('"').length % 2 === 0;
  if (data.some((record) => record.malformed > 1 || record.fields.some(halved))) return false;
  const first = data.filter((record) => fits(record, width)).map(({ fields }) => fields[0]);
  return !first.includes("") && new Set(first).size === first.length;
}

/** The header's names as columns have them, and in `warnings` what had to be changed. */
export function named(header: readonly string[], warnings: Warning[]): Names {
  const names = columnNames(header);
  const empty = header.map((name, i) => ({ name, i })).filter(({ name }) => name === "");
  if (empty.length > 0)
    warnings.push({
      code: "unnamed-columns",
      message: `${counted(empty.length, "column")} without a name: called ${few(empty.map(({ i }) => names[i]))}`,
      count: empty.length,
    });
  const renamed = names.filter((name, i) => header[i] !== "" && header[i] !== name);
  if (renamed.length > 0)
    warnings.push({
      code: "repeated-names",
      message: `${counted(renamed.length, "header name")} that came before: called ${few(renamed)}`,
      count: renamed.length,
    });
  let unnamed = 0;
  while (unnamed < header.length && header[header.length - 1 - unnamed] === "") unnamed++;
  return { names, unnamed, warnings };
}

/**
 * Unique names for columns: an empty one at position i (from 1) becomes `unnamed_i`, the second occurrence of NAME
 * `NAME.2`, the third `NAME.3`; a name that is taken already gets further suffixes until it is not.
 */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  const literal = new Set(header);
  return header.map((cell, i) => {
    const base = cell === "" ? `unnamed_${i + 1}` : cell;
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    let name = count === 1 ? base : `${base}.${count}`;
    for (let k = 2; taken.has(name) || (name !== cell && literal.has(name)); k++)
      name = `${count === 1 ? base : `${base}.${count}`}.${k}`;
    taken.add(name);
    return name;
  });
}

/** c1, c2, ... for tables without a header. */
export function numberedNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `c${i + 1}`);
}
