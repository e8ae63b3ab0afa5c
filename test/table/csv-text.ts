/** Random delimited text together with the cells that it must be read as. */
import * as fc from "fast-check";

export interface Written {
  readonly text: string;
  readonly header: readonly string[];
  /** Cells as they must come out: trimmed; by row. */
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: string;
}

const nasty = fc.constantFrom(
  ",",
  ";",
  "\t",
  "|",
  '"',
  '""',
  "\n",
  "\r\n",
  "\r",
  " ",
  "  ",
  "a",
  "B",
  "7",
  ".",
  "-",
  "é",
  "日本",
  "😀",
  "#",
  "'",
  "0",
);
/** Any content that a quoted cell can hold. */
export const anyCell: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: fc.array(nasty, { maxLength: 8 }).map((parts) => parts.join("")) },
  { weight: 2, arbitrary: fc.constantFrom("", "x", "word", "two words", '5" pipe', "1", "2.5", "a,b", "line\nbreak") },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 5 }).map((text) => text.replaceAll("\0", "")) },
);

/** Numbers in every form, with what a table must hold for each. */
export const numberCell: fc.Arbitrary<string> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.constantFrom("1e-5", "-0", ".5", "5.", "+3", "0.1234567890123456", "12345678901234567.5", "-1E10", "0.0", "3.0e2"),
  fc.constantFrom("", "NA", "?", "nan", "none", "-"),
);

interface Style {
  readonly delimiter: string;
  /** Quote although it is not needed; blanks around; line ends; blank lines: one draw each time. */
  readonly draws: readonly number[];
  readonly bom: boolean;
  readonly lastLineEnd: boolean;
  readonly lineEnds: readonly string[];
}

const style: fc.Arbitrary<Style> = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  draws: fc.array(fc.nat(11), { minLength: 7, maxLength: 60 }),
  bom: fc.boolean(),
  lastLineEnd: fc.boolean(),
  lineEnds: fc.constantFrom(["\n"], ["\r\n"], ["\r"], ["\n", "\r\n"], ["\n", "\r", "\r\n"]),
});

/** Tables of a random width whose cells come from `cell`. The header is c0, c1, ... */
export function writtenTable(cell: fc.Arbitrary<string>, most = { columns: 5, rows: 25 }): fc.Arbitrary<Written> {
  return fc
    .integer({ min: 1, max: most.columns })
    .chain((columns) =>
      fc.tuple(
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: most.rows }),
        style,
      ),
    )
    .map(([cells, how]) => write(cells, how));
}

function write(cells: readonly (readonly string[])[], how: Style): Written {
  let next = 0;
  const draw = (): number => how.draws[next++ % how.draws.length];
  const lineEnd = (): string => how.lineEnds[draw() % how.lineEnds.length];
  const blanks = how.delimiter === "\t" ? [""] : ["", " ", "  ", "\t"]; // csv-parse cannot trim beside tabs
  const blank = (): string => (draw() < 3 ? blanks[draw() % blanks.length] : "");
  const header = cells[0].map((_, i) => `c${i}`);
  let text = how.bom ? "\ufeff" : "";
  const record = (fields: readonly string[]): string =>
    fields
      .map((field) => blank() + written(field, how.delimiter, fields.length === 1, draw() < 2) + blank())
      .join(how.delimiter);
  text += record(header) + lineEnd();
  cells.forEach((row, r) => {
    if (draw() === 0) text += blank() + lineEnd();
    text += record(row);
    if (r < cells.length - 1 || how.lastLineEnd) text += lineEnd();
  });
  return { text, header, rows: cells.map((row) => row.map((cell) => cell.trim())), delimiter: how.delimiter };
}

/** A cell in quotes where it must be, or where it may be and shall. */
function written(cell: string, delimiter: string, alone: boolean, quoted: boolean): string {
  const must =
    cell.includes(delimiter) || /[\n\r]/.test(cell) || cell.trim().startsWith('"') || (alone && cell.trim() === "");
  return must || quoted ? `"${cell.replaceAll('"', '""')}"` : cell;
}
