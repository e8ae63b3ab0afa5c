/** What an expression reads of each row. */
import type { DataError } from "../frame/error.ts";
import type { LiteralKind, References, Source } from "./references.ts";

export interface Reader {
  readonly name: string;
  /** Referred to as `row["name"]`; else by its name. */
  readonly member: boolean;
  /** null where the value is missing. */
  readonly read: (row: number) => number | string | boolean | null;
}

type Fail = (why: string, place?: number) => DataError;

/** @throws DataError when a name is no column, or a column is compared with what it cannot hold. */
export function readersOf(references: References, columns: readonly Source[], fail: Fail): Reader[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const reader = (name: string, member: boolean): Reader => {
    const column = byName.get(name);
    if (column === undefined) throw fail(noColumn(name, columns));
    const compared = references.comparedWith.get(name) ?? [];
    const { kind, read } = readerOf(column, new Set(compared.map((literal) => literal.kind)));
    const odd = compared.find((literal) => literal.kind !== kind);
    if (odd)
      throw fail(`column ${JSON.stringify(name)} holds ${PLURAL[kind]}, but is compared with ${odd.text}`, odd.place);
    return { name, member, read };
  };
  const members = references.everything ? columns.map((column) => column.name) : references.members;
  return [...[...references.identifiers].map((n) => reader(n, false)), ...[...members].map((n) => reader(n, true))];
}

const PLURAL: Record<LiteralKind, string> = { number: "numbers", text: "texts", truth: "truths" };

function noColumn(name: string, columns: readonly Source[]): string {
  const names = columns
    .slice(0, 8)
    .map((column) => (isIdentifier(column.name) ? column.name : `row[${JSON.stringify(column.name)}]`));
  return `there is no column ${JSON.stringify(name)}; columns are ${names.join(", ")}${columns.length > 8 ? ", ..." : ""}`;
}

const isIdentifier = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name) && name !== "row";

/** How a column is read: categories of numbers or truths as such, unless they are compared with texts. */
function readerOf(column: Source, compared: ReadonlySet<LiteralKind>): { kind: LiteralKind; read: Reader["read"] } {
  if (column.kind === "number") {
    const { values } = column;
    return { kind: "number", read: (row) => (Number.isNaN(values[row]) ? null : values[row]) };
  }
  const { codes, levels } = column;
  const of =
    (values: readonly (number | string | boolean)[]): Reader["read"] =>
    (row) =>
      codes[row] < 0 ? null : values[codes[row]];
  if (!compared.has("text") && levels.length > 0) {
    const lower = levels.map((level) => level.toLowerCase());
    if (lower.every((level) => level === "true" || level === "false"))
      return { kind: "truth", read: of(lower.map((level) => level === "true")) };
    if (levels.every((level) => level.trim() !== "" && Number.isFinite(Number(level))))
      return { kind: "number", read: of(levels.map(Number)) };
  }
  return { kind: "text", read: of(levels) };
}
