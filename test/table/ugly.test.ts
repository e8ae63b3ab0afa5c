import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DataError } from "../../src/frame/error.ts";
import { readDelimited } from "../../src/table/delimited.ts";
import { LIMITS } from "../../src/table/limits.ts";
import type { ReadOptions } from "../../src/table/options.ts";
import { readTable } from "../../src/table/read-table.ts";
import { peeked, stdinSource, tapped } from "../../src/table/sources/source.ts";
import { cells } from "./read.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ugly-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The message of the error, which must be a DataError of one line. */
async function refusal(path: string | URL, options: ReadOptions = {}): Promise<string> {
  try {
    await readTable(path, options);
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    const { message } = error as Error;
    expect(message).not.toContain("\n");
    return message.replace(folder, "DIR");
  }
  throw new Error(`${path} was read`);
}

describe("input that is no table ends in one sentence", () => {
  const refused: [string, string | Uint8Array, RegExp, ReadOptions?][] = [
    ["empty", "", /: the file is empty$/],
    ["blank lines", "\n\n  \n", /: the file is empty$/],
    ["a header only", "a,b,c\n", /: there are no rows below the header$/],
    ["a header only, without line end", "a,b,c", /: there are no rows below the header$/],
    [
      "a short record",
      "a,b,c\n1,2,3\n4,5\n",
      /, line 3: 2 fields where 3 are wanted, the last one in column "b"; mend/,
    ],
    ["a long record", "a,b\n1,2\n\n3,4,5\n", /, line 4: 3 fields where 2 are wanted, going on after column "b"; mend/],
    ["a record of one field", "a,b\n1,2\nx\n", /, line 3: 1 field where 2 are wanted/],
    ["an open quote", 'a,b\n1,2\n"x,3\n4,5\n', /, line 3: a quote is opened and never closed; mend/],
    ["an open quote in the header", '"a,b\n1,2\n', /, line 1: a quote is opened and never closed; close it/],
    ["a short record after quoted line ends", 'a,b\n"x\ny",2\n\n7\n', /, line 5: 1 field/],
    ["a short record after CRs", "a,b\r1,2\r3\r", /, line 3: 1 field/],
    ["a short record after CRLFs", "a,b\r\n1,2\r\n3\r\n", /, line 3: 1 field/],
    ["a short record, by csv-parse", 'a||b\n1||"x\r\ny"\n\n3\n', /, line 5: 1 field where 2/, { delimiter: "||" }],
    [
      "an open quote, by csv-parse",
      'a||b\n1||"x\n',
      /about line \d: a quote is opened and never closed/,
      { delimiter: "||" },
    ],
    [
      "text after a quote, by csv-parse",
      'a||b\n1||"x"y\n',
      /about line 2: text follows a closing quote/,
      { delimiter: "||" },
    ],
    [
      "NUL bytes",
      "a,b\n1,\0\n",
      /: holds NUL bytes, which no UTF-8 text does; give a text table \(CSV\) or a Parquet file, or say its --encoding$/,
    ],
    ["binary junk", Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256), /NUL bytes|field/],
    [
      "a ZIP archive",
      "PK\x03\x04rest",
      /: a ZIP archive or Excel workbook, not a text table; unpack it, or save the sheet as CSV$/,
    ],
    ["a PDF", "%PDF-1.4", /: a PDF document, not a table$/],
    ["a PNG", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), /: a picture, not a table$/],
    ["an SQLite file", "SQLite format 3\0", /: an SQLite database; export the table as CSV$/],
    [
      "a SAS file",
      Buffer.from(`${"\0".repeat(12)}\xc2\xea\x81\x60\xb3`, "latin1"),
      /: a SAS file; save the table as CSV$/,
    ],
    ["a tar archive", `${"a.csv".padEnd(257, "\0")}ustar\0`, /: a tar archive; unpack it first$/],
    ["a packed tar archive", gzipSync(`${"a.csv".padEnd(257, "\0")}ustar\0`), /: a tar archive; unpack it first$/],
    ["packed R data", gzipSync("RDX3\nX\n"), /: an R data file; save the table as CSV$/],
    ["gzip within gzip", gzipSync(gzipSync("a,b\n1,2\n")), /: packed with gzip twice; unpack it once$/],
    ["packed Parquet", gzipSync("PAR1 and more"), /: a Parquet file packed with gzip; unpack it first$/],
    ["zstd", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), /: compressed with zstd; unpack it first, or use gzip$/],
    ["broken gzip", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]), /: damaged gzip data/],
    ["gzip cut short", gzipSync("a,b\n1,2\n".repeat(1000)).subarray(0, 40), /: damaged gzip data/],
    ["gzip of nothing", gzipSync(""), /: the file is empty$/],
    ["Parquet that is none", "PAR1 and more", /: cannot be read as Parquet/],
    [
      "more columns than the limit",
      `${"x,".repeat(20)}y\n${"1,".repeat(20)}2\n`,
      /: more columns than the limit of 10 \(the option limits.columns allows more\)$/,
      { limits: { columns: 10 } },
    ],
    [
      "more memory than the limit",
      `a,b\n${"1,2\n".repeat(5000)}`,
      /rows of 2 columns need 0.0804 MiB, more than the limit of 0.000954 MiB/,
      { limits: { memory: 1000 } },
    ],
    [
      "gzip of more memory than the limit",
      gzipSync(`a,b\n${"1,2\n".repeat(50_000)}`),
      /more than the limit/,
      { limits: { memory: 10_000 } },
    ],
    [
      "a line beyond the limit",
      `a,b\n1,${"x".repeat(400_000)}\n`,
      /: the first two records are longer than 0.0954 MiB; is this a table/,
      { limits: { lineBytes: 100_000 } },
    ],
    [
      "a quote open beyond the limit",
      `a,b\n1,2\n3,"${"x\n".repeat(3_000_000)}`,
      /: a record is longer than 1 MiB; is a quote opened/,
      { limits: { lineBytes: 2 ** 20 } },
    ],
    [
      "no record that fits",
      "a,b\n1\n2\n3\n4\n",
      /line 1: the header has 2 names, but the records have 1 field; mend it, or say which lines stand before .*--skip/,
      { skipBadLines: true, header: true, delimiter: "," },
    ],
  ];
  for (const [what, content, message, options] of refused)
    it(what, async () => {
      const path = file("t.csv", content);
      expect(await refusal(path, { workers: 1, ...options })).toMatch(message);
      expect(await refusal(path, { workers: 1, ...options })).toMatch(/^DIR[/\\]t\.csv[:,]/);
    });
  it("a missing file, a folder, a file that may not be read", async () => {
    expect(await refusal(join(folder, "none.csv"))).toMatch(/none\.csv: no such file$/);
    for (const far of ["https://x.example/a.csv", "s3://bucket/a.csv", new URL("https://x.example/a.csv")])
      expect(await refusal(far)).toBe(`${far}: only files are read; download it first`);
    expect(await refusal(folder)).toMatch(/ is a folder; give the table file in it$/);
  });
});

describe("odd input that is a table all the same", () => {
  it("one row, one column", async () => {
    expect(cells(await readTable(file("t.csv", "a\n1\n")))).toEqual([["1"]]);
    expect(cells(await readTable(file("t.csv", "1,2")))).toEqual([["1", "2"]]);
  });
  it("bad lines are left out and counted when asked, and rows keep their numbers", async () => {
    const path = file("t.csv", 'a,b\n1,2\n3\n\n4,5\n6,7,8\n"x,9\n9,9\n');
    const table = await readTable(path, { skipBadLines: true, header: true });
    expect(cells(table)).toEqual([
      ["1", "2"],
      ["4", "5"],
      ["9", "9"],
    ]);
    expect([...(table.rowNumbers ?? [])]).toEqual([0, 2, 5]);
    expect(table.origin.skipped).toBe(3);
    expect(table.warnings).toMatchObject([
      { code: "bad-lines", count: 3, evidence: { firstLine: 3, unclosedQuotes: 1 } },
    ]);
  });
  it("cells of lines left out leave no trace: no level, no kind, no marker", async () => {
    const table = await readTable(file("t.csv", "a,b\n1,x\nword\n2,y,z\n?\n3,x\n4,x\n"), { skipBadLines: true });
    expect(table.columns[0]).toMatchObject({ kind: "number", markers: [] });
    expect(cells(table).map((row) => row[1])).toEqual(["x", "x", "x"]);
  });
  it("gzip, told by its bytes, also of several members", async () => {
    const path = file("t.data", Buffer.concat([gzipSync("a,b\n1,2\n"), gzipSync("3,4\n")]));
    const table = await readTable(path);
    expect(cells(table)).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
    expect(table.origin).toMatchObject({ compression: "gzip", name: "t.data" });
  });
  it("10,000 columns and 20 rows", async () => {
    const header = Array.from({ length: 10_000 }, (_, i) => `x${i}`).join();
    const row = Array.from({ length: 10_000 }, (_, i) => (i % 3 === 0 ? `w${i % 5}` : i / 7)).join();
    const table = await readTable(file("t.csv", `${header}\n${`${row}\n`.repeat(20)}`));
    expect([table.rows, table.columns.length]).toEqual([20, 10_000]);
    expect(cells(table)[19].join()).toBe(row);
  });
  it("a 50 MB line ends in an answer", async () => {
    const path = file("t.csv", Buffer.alloc(50_000_000, 120));
    expect(await refusal(path)).toMatch(/: there are no rows below the header$/);
    rmSync(path);
  });
  it("a line of 5 MB among short ones", async () => {
    const long = "x".repeat(5_000_000);
    const table = await readTable(file("t.csv", `a,b\n1,y\n2,${long}\n3,z\n`));
    expect(cells(table).map((row) => row[1].length)).toEqual([1, 5_000_000, 1]);
  });
  it("a quoted cell of 5 MB with line ends", async () => {
    const long = "some words,\n".repeat(400_000);
    const table = await readTable(file("t.csv", `a,b\n1,y\n2,"${long}"\n3,z\n`));
    expect(cells(table).map((row) => row[1].length)).toEqual([1, long.length - 1, 1]);
  });
  it("standard input, as a stream that comes once", async () => {
    const parts = Array.from({ length: 5000 }, (_, i) => Buffer.from(`${i},${i < 4000 ? i : "x"}\n`));
    const tap = tapped(stdinSource(2 ** 20, undefined, Readable.from([Buffer.from("a,b\n"), ...parts])));
    const table = await readDelimited(peeked(tap.source), "none", tap, { workers: 1 }, LIMITS, { blockBytes: 5000 }); // column b needs a second pass
    expect(table.rows).toBe(5000);
    expect(table.columns[1].kind).toBe("text");
    expect(table.origin.name).toBe("stdin");
  });
  it("a file URL, and a pipe, which gives its bytes only once", async () => {
    const path = file("t.csv", "a,b\n1,x\n2,y\n");
    expect(cells(await readTable(pathToFileURL(path)))).toEqual(cells(await readTable(path)));
    if (process.platform === "win32") return;
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const writing = writeFile(pipe, "a,b\n1,x\n2,y\n");
    expect(cells(await readTable(pipe))).toEqual(cells(await readTable(path)));
    await writing;
  });
  it("the checksum and size are those of the file", async () => {
    const table = await readTable(file("t.csv", "a\n1\n"));
    expect(table.origin).toMatchObject({
      bytes: 4,
      sha256: "309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc",
    });
  });
});
