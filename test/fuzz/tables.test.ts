/** Tables: correct ones are read as what they hold, damaged ones are refused with a sentence or read as a whole table. */
import { stringify } from "csv-stringify/sync";
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/frame/dataset.ts";
import { readTable } from "../../src/table/read-table.ts";
import { inferSchema } from "../../src/schema/infer.ts";
import { cellText, type Table } from "../../src/frame/table.ts";
import { toDataset } from "../../src/schema/dataset/to-dataset.ts";
import type { Rng } from "../../src/numeric/rng.ts";
import { endingOf, fuzz, MOST_MILLISECONDS, pick } from "./fuzzing.ts";

const DELIMITERS = [",", ";", "\t", "|"];
const NAMES = ["id", "age", "__proto__", "constructor", "a b", "größe", "x,y", 'q"uote', "=cmd()", "1", "price"];
const WORDS = [
  "red",
  "blue",
  "",
  "a,b",
  'say "x"',
  "two\nlines",
  "semi;colon",
  "tab\there",
  "naïve",
  "日本",
  "'",
  "#1",
  " padded ",
  "0x1f",
  "<b>",
];

type Cells = readonly (readonly string[])[];

/** Two to six columns, each of numbers, whole numbers, words, levels, dates or nothing, with gaps. */
function cells(rng: Rng): Cells {
  const columns = 2 + rng.below(5);
  const rows = 3 + rng.below(30);
  const makers = Array.from({ length: columns }, () => pick(rng, MAKERS));
  const header = Array.from({ length: columns }, (_, c) => (c === 0 ? "first" : `${pick(rng, NAMES)}${c}`));
  const body = Array.from({ length: rows }, (_, r) =>
    makers.map((make, c) => (c > 0 && rng.below(12) === 0 ? "" : make(rng, r))),
  );
  return [header, ...body];
}

const MAKERS: readonly ((rng: Rng, row: number) => string)[] = [
  (rng) => String(Math.round(rng.normal() * 1e4) / 1e3),
  (rng) => String(rng.below(50)),
  (rng) => pick(rng, WORDS),
  (rng) => pick(rng, ["yes", "no"]),
  (_rng, row) => `2021-${String(1 + (row % 12)).padStart(2, "0")}-${String(1 + (row % 28)).padStart(2, "0")}`,
  (rng, row) => `${pick(rng, WORDS)}${row}`,
  (rng) => String(rng.normal() * 10 ** (rng.below(40) - 20)),
];

function written(table: Cells, rng: Rng, delimiter: string): string {
  return stringify(table as string[][], {
    delimiter,
    record_delimiter: pick(rng, ["\n", "\r\n"]),
    quoted: rng.below(3) === 0,
    quoted_match: /[\r\n]/,
    bom: rng.below(8) === 0,
  });
}

/** Every column is as long as the table, every code is that of a level, and no number is infinite. */
function expectWhole({ rows, columns, target }: Dataset): void {
  const isCode = (codes: Int32Array, levels: number): boolean => codes.every((code) => code >= -1 && code < levels);
  for (const column of columns) {
    if (column.kind === "number") {
      expect(column.values.length).toBe(rows);
      expect(column.values.every((value) => Math.abs(value) < Infinity || Number.isNaN(value))).toBe(true);
    } else if (column.kind === "category") {
      expect(column.codes.length).toBe(rows);
      expect(isCode(column.codes, column.levels.length)).toBe(true);
    } else expect(column.ends.length).toBe(rows);
  }
  if (target.task === "regression") expect(target.values.length).toBe(rows);
  else expect(isCode(target.codes, target.classes.length)).toBe(true);
}

async function read(bytes: Uint8Array, options: Parameters<typeof readTable>[1] = {}): Promise<Table> {
  const table = await readTable(bytes, options);
  const names = table.columns.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expectWhole(toDataset(table, inferSchema(table)));
  return table;
}

describe("tables", () => {
  it("that are correct hold the texts that were written", { timeout: MOST_MILLISECONDS }, () =>
    fuzz({
      name: "correct tables",
      few: 150,
      share: 0.3,
      run: async (rng) => {
        const wanted = cells(rng);
        const [header] = wanted;
        const delimiter = pick(rng, DELIMITERS);
        const bytes = new TextEncoder().encode(written(wanted, rng, delimiter));
        // Read as texts, no cell means anything but itself; blanks around it and texts for missing values aside.
        const options = {
          delimiter,
          header: true,
          defaultNa: false,
          keepNa: [],
          types: new Map(header.map((name) => [name, "category" as const])),
        };
        const table = await readTable(bytes, options);
        const body = wanted.slice(1);
        expect(table.rows).toBe(body.length);
        for (const [c, column] of table.columns.entries())
          for (let r = 0; r < table.rows; r++)
            expect(cellText(column, r).trim(), `row ${r}, column ${c}`).toBe(body[r][c].trim());
        return "accepted" as const;
      },
      must: ["accepted"],
    }),
  );

  it("that were damaged are refused, or read as a whole", { timeout: MOST_MILLISECONDS }, () =>
    fuzz({
      name: "damaged tables",
      few: 300,
      share: 0.7,
      run: (rng) => {
        const bytes = damaged(new TextEncoder().encode(written(cells(rng), rng, pick(rng, DELIMITERS))), rng);
        return endingOf(async () => {
          await read(bytes);
        });
      },
    }),
  );
});

/** Bytes lost, doubled, changed, swapped for others that mean something, or pure noise. */
function damaged(bytes: Uint8Array, rng: Rng): Uint8Array {
  if (rng.below(25) === 0) return Uint8Array.from({ length: rng.below(400) }, () => rng.below(256));
  let out = [...bytes];
  for (let i = 1 + rng.below(6); i > 0; i--) {
    const at = rng.below(out.length + 1);
    const kind = rng.below(6);
    if (kind === 0) out = out.slice(0, at);
    else if (kind === 1) out.splice(at, 1 + rng.below(20));
    else if (kind === 2) out.splice(at, 0, ...out.slice(at, at + rng.below(60)));
    else if (kind === 3) out[at] = rng.below(256);
    else out.splice(at, kind - 4, ...new TextEncoder().encode(pick(rng, TROUBLE)));
  }
  return Uint8Array.from(out);
}

const TROUBLE = [
  '"',
  '""',
  ",",
  ",,,,,,,,",
  "\n",
  "\r",
  "\n\n\n",
  "\0",
  "\ufeff",
  "NA",
  "1e999",
  "-",
  "1.234,5",
  "9".repeat(400),
  '"\n',
  "\\",
  "'",
  "#",
  "PAR1",
  "\u001f\u008b",
  "12/13/2020",
  "2020-02-30",
  "\u202e",
];
