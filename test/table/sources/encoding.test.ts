import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { cells, read } from "../read.ts";

const text = "name,price\nCafé,1\nZürich – «x»,2\n";
const rows = [
  ["Café", "1"],
  ["Zürich – «x»", "2"],
];

describe("the encoding", () => {
  const marked: [string, Buffer, string][] = [
    ["UTF-8", Buffer.from(text), "utf8"],
    ["UTF-8 with byte order mark", Buffer.from(`\ufeff${text}`), "utf8"],
    ["UTF-16 LE with byte order mark", iconv.encode(`\ufeff${text}`, "utf-16le"), "utf-16le"],
    ["UTF-16 BE with byte order mark", iconv.encode(`\ufeff${text}`, "utf-16be"), "utf-16be"],
  ];
  for (const [what, bytes, name] of marked)
    it(`is found: ${what}`, async () => {
      const table = await read(bytes);
      expect(cells(table)).toEqual(rows);
      expect(table.columns.map((column) => column.name)).toEqual(["name", "price"]);
      expect(table.origin.dialect?.encoding).toBe(name);
      expect(table.warnings).toEqual([]);
    });
  it("is guessed to be Windows-1252, with a warning, when it is not UTF-8", async () => {
    const table = await read(iconv.encode(text, "windows-1252"));
    expect(cells(table)).toEqual(rows);
    expect(table.warnings).toMatchObject([{ code: "encoding-guessed", evidence: { encoding: "windows-1252" } }]);
  });
  it("is guessed again when the first letter that is not UTF-8 comes late in the file", async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `row ${i},${i}`).join("\n");
    const table = await read(
      Buffer.concat([Buffer.from(`name,n\n${lines}\n`), Buffer.from([0xe9]), Buffer.from(",1\n")]),
    );
    expect(table.rows).toBe(60_001);
    expect(cells(table)[60_000]).toEqual(["é", "1"]);
    expect(table.warnings.map(({ code }) => code)).toEqual(["encoding-guessed"]);
  });
  it("is guessed for UTF-16 that lacks its mark", async () => {
    for (const name of ["utf-16le", "utf-16be"]) {
      const faces = await read(iconv.encode(`mood,n\n${"\u{1f600},1\nplain words,22\n".repeat(9)}`, name));
      expect(faces.origin.dialect?.encoding).toBe(name);
      expect(cells(faces)[0]).toEqual(["\u{1f600}", "1"]);
    }
    const table = await read(iconv.encode("name,n\nabc,1\ndef,2\n", "utf-16le"));
    expect(cells(table)).toEqual([
      ["abc", "1"],
      ["def", "2"],
    ]);
    expect(table.warnings.map(({ code }) => code)).toEqual(["encoding-guessed"]);
  });
  it("takes the mark of DOS behind a text for no cell, and the same sign elsewhere for one", async () => {
    for (const bytes of [Buffer.from(`${text}\u001a`), iconv.encode(`${text}\u001a`, "windows-1252")])
      expect(cells(await read(bytes, {}, { blockBytes: 64 }))).toEqual(rows);
    expect(cells(await read("a,b\n1,\u001ax\n2,y\u001a\n"))).toEqual([
      ["1", "\u001ax"],
      ["2", "y\u001a"],
    ]);
  });
  it("is what is asked for, by any name", async () => {
    const japanese = "名前,値\n東京,1\n";
    expect(cells(await read(iconv.encode(japanese, "shift_jis"), { encoding: "Shift_JIS" }))).toEqual([["東京", "1"]]);
    expect(cells(await read(Buffer.from(japanese), { encoding: "UTF-8" }))).toEqual([["東京", "1"]]);
    expect(cells(await read(iconv.encode(text, "latin1"), { encoding: "latin1" }))[0]).toEqual(rows[0]);
  });
  it("is refused in one sentence: unknown, or not what was asked for", async () => {
    await expect(read(text, { encoding: "klingon" })).rejects.toThrow(/^unknown encoding "klingon"; give one such as/);
    await expect(read(Buffer.from([0x61, 0x2c, 0xff, 0x0a, 0x31, 0x2c, 0x32]), { encoding: "utf-8" })).rejects.toThrow(
      /^test\.csv: not valid UTF-8; say what it is/,
    );
  });
  it("may put a letter across two chunks of the file", async () => {
    const wide = iconv.encode(`\ufeffa,b\n${"é,1\n".repeat(3000)}`, "utf-16le");
    const table = await read(wide, {}, { blockBytes: 101 });
    expect(table.rows).toBe(3000);
    expect(new Set(cells(table).map((row) => row.join()))).toEqual(new Set(["é,1"]));
  });
});
