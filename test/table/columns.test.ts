import { describe, expect, it } from "vitest";
import { MISSING, MISSING_NUMBER } from "../../src/table/markers.ts";
import { cells, column, read } from "./read.ts";

describe("a column of numbers", () => {
  const readAs: [string, string[], string[]][] = [
    [
      "plain ones, with what says missing among numbers",
      ["1", "none", "2.5", "#DIV/0!", "-", ".", ""],
      ["1", "", "2.5", "", "", "", ""],
    ],
    ["grouped by commas", ["1,234", "12", "1,234,567.5"], ["1234", "12", "1234567.5"]],
    ["grouped as in India", ["12,34,567", "1,00,000", "5"], ["1234567", "100000", "5"]],
    ["grouped by points, with decimal commas", ["1.234,5", "12,25", "7"], ["1234.5", "12.25", "7"]],
    ["grouped by apostrophes", ["1'234.5", "12"], ["1234.5", "12"]],
    ["grouped by blanks of all kinds", ["1 234", "12\u00a0345,5", "7\u202f000"], ["1234", "12345.5", "7000"]],
    ["dollars", ["$1,200.50", "$3", "-$4", "$0"], ["1200.5", "3", "-4", "0"]],
    ["euros behind", ["12,50 €", "3,00 €"], ["12.5", "3"]],
    ["currency codes", ["USD 12", "USD 1,300"], ["12", "1300"]],
    ["amounts, some without the sign", ["$5", "0", "$7.25"], ["5", "0", "7.25"]],
    ["percent", ["45%", "7.5 %", "100%"], ["45", "7.5", "100"]],
    ["units", ["36 months", "60 months"], ["36", "60"]],
    ["units that need no blank", ["5.3cm", "12cm"], ["5.3", "12"]],
    ["magnitudes", ["12.5K", "1.3M", "2B", "7"], ["12500", "1300000", "2000000000", "7"]],
    ["bookkeepers' negatives", ["1,200.00", "(350.25)", "(1,000)"], ["1200", "-350.25", "-1000"]],
    ["a true minus sign", ["−5", "3", "\u22122.5"], ["-5", "3", "-2.5"]],
    ["infinities", ["1", "inf", "-Infinity", "2"], ["1", "Infinity", "-Infinity", "2"]],
    ["zeros in front of decimals", ["00.5", "007.25", "1"], ["0.5", "7.25", "1"]],
  ];
  for (const [what, texts, values] of readAs)
    it(`is read: ${what}`, async () => {
      const found = await column(texts);
      expect(found.column.kind).toBe("number");
      expect(found.cells).toEqual(values);
    });
  const words: [string, string[]][] = [
    ["codes with leading zeros", ["007", "012", "100"]],
    ["codes with more digits than a double holds", ["12345678901234567", "12345678901234568"]],
    ["ranges", ["25 - 45", "46 - 60"]],
    ["hexadecimal", ["0x10", "0x1F"]],
    ["two currencies", ["$5", "€6", "$7", "€8"]],
    ["percent beside plain", ["5%", "0.05", "7%", "0.07"]],
    ["codes with letters behind", ["190xx", "663xx"]],
    ["list numbers", ["(1)", "(2)", "(3)"]],
    ["degrees of charges", ["(F3)", "(M1)"]],
    ["versions", ["1.2.3", "1.10.0"]],
    ["times", ["18.00.00", "19.00.00"]],
    ["ordinals", ["1st", "2nd", "3rd"]],
    ["underscores", ["1_000", "2_000"]],
    ["words for missing alone", ["none", "unknown", "none"]],
  ];
  for (const [what, texts] of words)
    it(`is none: ${what}`, async () => {
      const found = await column(texts);
      expect(found.column.kind).toBe("text");
      expect(found.cells).toEqual(texts);
    });
  it("says how texts were read as numbers", async () => {
    expect((await column(["1,234", "12"])).warnings).toMatchObject([
      { code: "number-notation", column: "v", evidence: { thousands: ",", decimal: ".", example: "1,234" } },
    ]);
    expect((await column(["$1.5", "$2"])).warnings).toMatchObject([
      { code: "number-notation", evidence: { unit: "$" } },
    ]);
    expect((await column(["1.5", "2"])).warnings).toEqual([]);
  });
  it("says that a mark means negative where it does, and there alone", async () => {
    for (const marked of [
      "ca. 5",
      "c. 5",
      "<5",
      "5*",
      "5[c]",
      "5 CR",
      "5 DR",
      "5 Cr.",
      "5DB",
      "(5)",
      "5-",
      "~5",
      "5 cd",
      "5 d",
    ]) {
      const table = await read(`v,w\n${[marked, "7", "8.5", "9", "10", "11"].map((cell) => `${cell},x`).join("\n")}\n`);
      const [column] = table.columns;
      const told = table.warnings.some(({ message }) => /means? negative/.test(message));
      expect([marked, told]).toEqual([marked, column.kind === "number" && column.values[0] < 0]);
    }
  });
  it("says what marks decimals where that is not the mark of the file", async () => {
    const rows = Array.from({ length: 30 }, (_, r) => `${r},5;${r},25;27217.${r % 2}`);
    const { warnings } = await read(["a;b;zip", ...rows].join("\n"));
    expect(warnings.map(({ message }) => message)).toEqual([
      'zip is read as numbers from texts such as 27217.0: "." marks decimals',
    ]);
  });
  it("may hold a few strangers, which are missing and counted; more make it words", async () => {
    const numbers = Array.from({ length: 100 }, (_, i) => String(i * 1.5));
    const few = await column([...numbers, "abc", "<0.5", "abc"]);
    expect(few.column.kind).toBe("number");
    expect(few.cells.slice(100)).toEqual(["", "0.5", ""]);
    expect(few.warnings).toMatchObject([
      { code: "not-a-number", count: 2, evidence: { texts: ["abc"] } },
      { code: "number-notation", evidence: { marks: ["<"] } },
    ]);
    expect((await column([...numbers, ...Array.from({ length: 10 }, () => "abc")])).column.kind).toBe("text");
    expect((await column(["1", "2", "3", "x"])).column.kind).toBe("text");
  });
  it("is one when the user says so, and none when he says that", async () => {
    const forced = await column(["007", "012", "x"], { types: { v: "number" } });
    expect([forced.column.kind, forced.cells]).toEqual(["number", ["7", "12", ""]]);
    expect(forced.warnings).toMatchObject([{ code: "not-a-number", count: 1 }]);
    const kept = await column(["1.0", "2.50", "1.0"], { types: { v: "category" } });
    expect([kept.column.kind, kept.cells]).toEqual(["text", ["1.0", "2.50", "1.0"]]);
  });
  it("is read by the decimal mark and grouping that are asked for", async () => {
    expect((await column(["1.234", "5.678"])).cells).toEqual(["1.234", "5.678"]);
    expect((await column(["1.234", "5.678"], { decimal: "," })).cells).toEqual(["1234", "5678"]);
    expect((await column(["1,234", "5,678"], { decimal: "," })).cells).toEqual(["1.234", "5.678"]);
    expect((await column(["1.234", "5,5"], { thousands: "." })).cells).toEqual(["1234", "5.5"]);
  });
});

describe("missing cells", () => {
  it("of words are the empty one and what programs write, each counted; words like none are words", async () => {
    const found = await column(["a", "NA", "?", "none", "null", "", "NA", "N/A", "-", "unknown"]);
    expect(found.cells).toEqual(["a", "", "", "none", "", "", "", "", "", "unknown"]);
    expect(found.column.markers).toEqual([
      { text: "NA", count: 2 },
      { text: "-", count: 1 },
      { text: "?", count: 1 },
      { text: "N/A", count: 1 },
      { text: "null", count: 1 },
    ]);
  });
  it("are also what the user says, as text or number, in all columns or one", async () => {
    expect((await column(["1", "-200", "-200.0", "3"], { na: ["-200"] })).cells).toEqual(["1", "", "", "3"]);
    expect((await column(["a", "x", "b"], { na: ["x"] })).cells).toEqual(["a", "", "b"]);
    expect((await column(["1", "z", "3"], { na: ["z"] })).cells).toEqual(["1", "", "3"]);
    const table = await read("p\tq\n0\t0\n5\t7\n", { na: ["p=0"] });
    expect(cells(table)).toEqual([
      ["", "0"],
      ["5", "7"],
    ]);
  });
  it("are none of the texts that the user keeps, in all columns or one", async () => {
    const texts = ["a", "NA", "-", "null", ""];
    expect((await column(texts, { keepNa: ["NA", "-"] })).cells).toEqual(["a", "NA", "-", "", ""]);
    expect((await column(texts, { keepNa: ["v=null"] })).cells).toEqual(["a", "", "", "null", ""]);
    expect((await column(texts, { keepNa: ["other=null"] })).cells).toEqual(["a", "", "", "", ""]);
    expect((await column(["1", "2", "NA"], { keepNa: ["v=NA"] })).cells).toEqual(["1", "2", "NA"]);
    const many = [...Array.from({ length: 60 }, (_, i) => String(i)), "?"];
    expect((await column(many, { keepNa: ["?"] })).cells).toEqual(many);
    expect((await column(many)).column.kind).toBe("number");
  });
  it("survive as classes whatever their spelling", async () => {
    for (const kept of [...MISSING, ...MISSING_NUMBER]) {
      const texts = ["yes", kept, "no", kept];
      expect((await column(texts, { keepNa: [`v=${kept}`] })).cells).toEqual(texts);
      expect((await column(texts, { keepNa: [kept] })).cells).toEqual(texts);
    }
  });
  it("are not a minus among pluses", async () => {
    expect((await column(["+", "-", "+"])).cells).toEqual(["+", "-", "+"]);
    expect((await column(["++", "-", "+", "±", "NA"])).cells).toEqual(["++", "-", "+", "±", ""]);
    expect((await column(["+", "-", "x"])).cells).toEqual(["+", "", "x"]);
    expect((await column(["1", "-", "2"])).cells).toEqual(["1", "", "2"]);
  });
  it("are only the empty ones when the user says so", async () => {
    const found = await column(["a", "NA", "", "?"], { defaultNa: false });
    expect(found.cells).toEqual(["a", "NA", "", "?"]);
    expect((await column(["1", "NA", "3"], { defaultNa: false })).column.kind).toBe("text");
  });
});

describe("what the head of a file cannot tell", () => {
  const many = Array.from({ length: 5000 }, (_, i) => String(i % 50));
  it("a column that turns to words late is read again as words, cell by cell as it is written", async () => {
    const texts = ["1.50", ...many, ...Array.from({ length: 2000 }, () => "word")];
    const found = await column(texts);
    expect(found.column.kind).toBe("text");
    expect(found.cells).toEqual(texts);
  });
  it("a column that is empty at first may become words", async () => {
    const texts = [...Array.from({ length: 5000 }, () => ""), "late", "later"];
    expect((await column(texts)).cells).toEqual(texts);
  });
  it("a column that says none at first, and words later, keeps its none", async () => {
    const texts = [...Array.from({ length: 5000 }, () => "none"), "late", "later"];
    expect((await column(texts)).cells).toEqual(texts);
  });
  it("codes show late: all of the column are codes then", async () => {
    const texts = [...many, "0051"];
    expect((await column(texts)).cells).toEqual(texts);
  });
  it("groups of digits show late: all of the column are numbers still", async () => {
    const found = await column([...many, "1,234"]);
    expect(found.column.kind).toBe("number");
    expect(found.cells.slice(-2)).toEqual(["49", "1234"]);
  });
});
