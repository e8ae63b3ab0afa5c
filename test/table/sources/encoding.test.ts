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
  const spoken: [string, string, string][] = [
    ["French", "windows-1252", "ville,note\nOrléans,l’été à l’hôtel\nÉvry,« déjà »\n"],
    ["amounts and units", "windows-1252", "x,y\n5 €,20 °C\n6 £,7 m²\n"],
    ["Spanish of few letters", "windows-1252", "nº,¿Qué?\n1ª,¡Sí!\n2ª,¡Eh!\n"],
    ["Polish", "windows-1250", "miasto,opis\nŁódź,żółta gęś\nKraków,świętość\n"],
    ["Czech", "windows-1250", "město,popis\nPlzeň,žluťoučký kůň\nBrno,příliš\n"],
    ["German of DOS", "cp850", "Ort,Straße\nKöln,Müllerstraße\nGörlitz,Ährenweg\n"],
    ["French of DOS", "cp850", "ville,note\nOrléans,été à l'hôtel\nNîmes,déjà vu\n"],
    ["German of old Macs", "macintosh", "Ort,Straße\nKöln,Müllerstraße\nGörlitz,Ährenweg\n"],
    ["French of old Macs", "macintosh", "ville,note\nOrléans,été à l’hôtel\nNîmes,déjà vu\n"],
    ["Russian", "windows-1251", "город,класс\nМосква,да\nЯлта,нет\n"],
    ["Ukrainian beside English", "windows-1251", "id,model,місто\n1,Lada X5,Київ\n2,BMW,Львів\n"],
    ["Russian of Unix", "koi8-r", "город,класс\nМосква,да\nЯлта,нет\n"],
    ["Russian of DOS", "cp866", "город,класс\nМосква,да\nЯлта,нет\n"],
    ["Greek", "windows-1253", "πόλη,τιμή\nΑθήνα,ναι\nΠάτρα,όχι\n"],
    ["Arabic", "windows-1256", "المدينة,النتيجة\nدبي,نعم\nالقاهرة,لا\n"],
    ["Thai", "windows-874", "เมือง,ผล\nกรุงเทพ,ใช่\nเชียงใหม่,ไม่\n"],
    ["Japanese", "shift_jis", "都市,結果\n東京,合格\nスズキ,はい\n"],
    ["Japanese of Unix", "euc-jp", "なまえ,結果\nすずき,はい\nたなか,いいえ\n"],
    ["Chinese", "gb18030", "城市,价格\n北京,是\n深圳,不是\n"],
    ["Chinese of Taiwan", "big5", "城市,價格\n臺北,是\n高雄,否\n"],
    ["Korean", "euc-kr", "도시,결과\n서울,예\n부산,아니오\n"],
  ];
  for (const [what, name, said] of spoken)
    it(`is guessed by what the text would say: ${what}`, async () => {
      const table = await read(iconv.encode(said + said.slice(said.indexOf("\n") + 1).repeat(8), name));
      expect(table.origin.dialect?.encoding).toBe(name);
      expect([table.columns.map((column) => column.name), ...cells(table).slice(0, 2)].join("\n")).toBe(said.trim());
      expect(table.warnings[0]).toMatchObject({ code: "encoding-guessed", evidence: { encoding: name } });
    });
  it("is not guessed from bytes that make no sense in any", async () => {
    const spoilt = Buffer.concat(
      Array.from({ length: 200 }, (_, i) => Buffer.from([97 + (i % 26), 128 + ((i * 37) % 128), 44, 49, 10])),
    );
    expect((await read(Buffer.concat([Buffer.from("a,b\n"), spoilt]))).origin.dialect?.encoding).toBe("windows-1252");
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
