import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { amountReader } from "../../../src/table/numbers/amount.ts";
import { column } from "../read.ts";

/** `count` texts by their number from 1. */
const each = (count: number, text: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => text(i + 1));
const finite = (cells: readonly string[]): number[] => cells.map((cell) => (cell === "" ? Number.NaN : Number(cell)));

describe("what is read as numbers", () => {
  const read: [string, string[], (number | "")[]][] = [
    ["shares below one, that digits cannot group", ["0,236", "0,100", "1,250"], [0.236, 0.1, 1.25]],
    ["shares below one with a point among decimal commas", ["0.236", "0.1", "1.250"], [0.236, 0.1, 1.25]],
    ["a minus behind", ["100.10-", "107.5", "1,200-"], [-100.1, 107.5, -1200]],
    ["credit and debit", ["12.50 CR", "8.00 DR", "7.25 DR"], [-12.5, 8, 7.25]],
    ["credit beside plain", ["12.50CR", "8.00", "7.25"], [-12.5, 8, 7.25]],
    ["debit beside plain", ["12.50 Dr.", "8.00", "7.25"], [-12.5, 8, 7.25]],
    ["whole numbers in brackets beside others", ["(50)", "100", "200"], [-50, 100, 200]],
    ["money in brackets", ["($1,234.50)", "$100", "$(20)"], [-1234.5, 100, -20]],
    ["footnote marks", ["123*", "45", "7[1]", "8†", "12²"], [123, 45, 7, 8, 12]],
    ["provisional figures", ["12.5 (p)", "11.0", "10.9(e)"], [12.5, 11, 10.9]],
    ["bounds among numbers", ["<5", "7", "≥90", "> 12", "~3", "ca. 4", "<=2", "8"], [5, 7, 90, 12, 3, 4, 2, 8]],
    ["counts of at least", each(12, (i) => `${i},000+`), each(12, (i) => String(1000 * i)).map(Number)],
    ["a bare 0 among percentages", ["0", "8%", "15%"], [0, 8, 15]],
    [
      "a rare currency among zeros",
      [...each(20, () => "0"), "$4.99 ", "$2.50"],
      [...each(20, () => "0").map(Number), 4.99, 2.5],
    ],
    ["money in magnitudes", ["$56.7M", "$537K", "$900"], [56.7e6, 537e3, 900]],
    ["money in one magnitude", ["$5M", "$7M"], [5e6, 7e6]],
    ["money in small letters", ["£5m", "£2bn", "£3k"], [5e6, 2e9, 3e3]],
    ["sizes in one letter", each(12, (i) => `${i}M`), each(12, (i) => String(i * 1e6)).map(Number)],
    ["sizes with fractions", ["1.5B", "2B"], [1.5e9, 2e9]],
    ["magnitudes in words", ["3 million", "1.5 billion", "20 thousand"], [3e6, 1.5e9, 2e4]],
    ["money behind a word", ["3 million USD", "5 million USD"], [3e6, 5e6]],
    ["lakhs", ["2.5 lakh", "1 crore"], [250000, 1e7]],
    ["dollars of several countries as one kind", ["US$5", "US$7.5"], [5, 7.5]],
    ["hryvnias, naira, shekels", ["₴5", "₴6"], [5, 6]],
    ["crowns", ["1 200 kr", "300 kr", "50 kr."], [1200, 300, 50]],
    ["zlotys", ["12,50 zł", "3,00 zł"], [12.5, 3]],
    ["prices without cents", ["12.-", "5.50", "7.-"], [12, 5.5, 7]],
    ["prices a month", ["$5/mo", "$7.50/mo"], [5, 7.5]],
    ["prices a kilogram", ["€5/kg", "€7.50/kg"], [5, 7.5]],
    ["apostrophes of print", ["1’234’567", "12’000.5"], [1234567, 12000.5]],
    ["a thin space", ["1\u2009234", "12\u202f345"], [1234, 12345]],
    ["full-width digits", ["１２３", "４５．５", "－７"], [123, 45.5, -7]],
    ["Arabic digits", ["١٢٣", "٤٥٫٥"], [123, 45.5]],
    ["a dash for a minus", ["–5", "3", "‑2.5"], [-5, 3, -2.5]],
    ["temperatures", ["-5°C", "12 °C", "0"], [-5, 12, 0]],
    ["weights", ["70 kg", "82.5 kg", "65kg"], [70, 82.5, 65]],
    ["areas", ["12 m²", "15.5 m²"], [12, 15.5]],
    ["concentrations", ["5.1 mg/dL", "6 mg/dL"], [5.1, 6]],
    ["one and many", ["1 day", "2 days", "30 days"], [1, 2, 30]],
    ["mixed fractions", ["1 1/2", "2", "3/4", "1½", "¼"], [1.5, 2, 0.75, 1.5, 0.25]],
    ["exponents as machines write them", ["1e+05", "200", "1.5e-3"], [1e5, 200, 1.5e-3]],
    ["exponents alone", ["1e3", "1e4", "1e5"], [1e3, 1e4, 1e5]],
    ["exponents with fractions", ["1.0E5", "2E3", "100"], [1e5, 2e3, 100]],
    ["an exponent in many", [...each(40, String), "1e5"], [...each(40, String).map(Number), 1e5]],
    ["marks for withheld", [...each(20, String), "**", "**", "**"], [...each(20, String).map(Number), "", "", ""]],
    [
      "a mark that nobody knows",
      [...each(20, String), "¤¤", "¤¤", "¤¤"],
      [...each(20, String).map(Number), "", "", ""],
    ],
    ["dependents, three or more", ["0", "1", "2", "3+"], [0, 1, 2, 3]],
    ["multiples", ["2x", "3.5x"], [2, 3.5]],
  ];
  for (const [what, texts, values] of read)
    it(what, async () => {
      const found = await column(texts);
      expect(found.column.kind).toBe("number");
      expect(found.cells).toEqual(values.map((value) => (value === "" ? "" : String(value))));
    });
});

it("every notation that the manual names is one", () => {
  const table =
    readFileSync("docs/reading.md", "utf8")
      .split("## Missing")[0]
      .match(/^\| .*$/gm) ?? [];
  const spans = table.slice(2).flatMap((row) => [...row.split("|")[1].matchAll(/`([^`]+)`/g)].map(([, text]) => text));
  expect(spans.length).toBeGreaterThan(25);
  const amountOf = amountReader();
  for (const text of spans) expect(amountOf(text), text).toBeDefined();
});

describe("what stays text", () => {
  const words: [string, string[]][] = [
    ["codes of digits and a letter", ["01A", "01B", "02A", "02B", "30B"]],
    ["codes that end in B alone", ["01B", "02B", "30B"]],
    ["bases", ["1B", "2B", "3B"]],
    ["houses", ["12", "14", "14B", "16B", "18"]],
    ["batches that would become one number", ["1E5", "2E3", "100000", "3E7"]],
    ["hashes of digits", ["1234567", "12e4567", "7654321"]],
    ["batches of one width", ["12E4", "3456", "9871"]],
    ["incomes", ["<=50K", ">50K", "<=50K"]],
    ["ages", ["<18", "18-24", "25-34", "65+"]],
    ["two bounds of one number", ["5", "<5", "6", "7"]],
    ["list numbers with a minus behind", ["1-", "2-", "3-"]],
    ["fractions alone", ["1/2", "3/4", "1/4"]],
    ["scores of games", ["3-1", "2-0"]],
    ["pressures", ["120/80", "130/85"]],
    ["durations", ["1h 30m", "2h 5m"]],
    ["feet and inches", ["5'11\"", "6'0\""]],
    ["telephone numbers", ["555-1234", "555 123 4567"]],
    ["addresses of the net", ["192.168.0.1", "10.0.0.2"]],
    ["grades", ["1st", "2nd"]],
    ["cars", ["#44", "#7"]],
    ["flats", ["12c", "14d"]],
    ["grouping that begins with 0", ["0,236,100", "0,100,200"]],
  ];
  for (const [what, texts] of words)
    it(what, async () => {
      const found = await column(texts);
      expect(found.column.kind).toBe("text");
      expect(found.cells).toEqual(texts);
    });
  const suspected: [string, string[], number[]][] = [
    ["two currencies", ["$5", "$6", "$7", "€8"], [5, 6, 7, Number.NaN]],
    ["percent beside plain", ["5%", "6%", "0.05"], [5, 6, Number.NaN]],
    ["two units", ["0.5 mg", "2 mg", "3 mg", "1 g"], [0.5, 2, 3, Number.NaN]],
    [
      "a word for no number",
      [...each(20, (i) => `${i}M`), ...each(4, () => "Varies")],
      [...each(20, (i) => String(i * 1e6)).map(Number), ...each(4, () => "NaN").map(Number)],
    ],
    ["batches", ["1E5", "2E3", "100000"], [1e5, 2e3, 1e5]],
  ];
  for (const [what, texts, values] of suspected)
    it(`but is suspected, and read when asked for: ${what}`, async () => {
      const found = await column(texts);
      expect(found.column.kind).toBe("text");
      expect(found.warnings).toMatchObject([{ code: "numbers-suspected", column: "v" }]);
      expect(found.warnings[0].message).toContain("--types v=number");
      const asked = await column(texts, { types: { v: "number" } });
      expect(finite(asked.cells)).toEqual(values);
      expect(asked.column.kind).toBe("number");
    });
  it("says nothing of plain words and codes", async () => {
    for (const texts of [
      ["red", "blue", "5"],
      ["007", "012"],
      ["18-24", "25-34", "65+"],
    ])
      expect((await column(texts)).warnings).toEqual([]);
  });
});

describe("laws", () => {
  const digits = fc.integer({ min: 0, max: 999_999_999 });
  const grouped = (text: string, mark: string): string => text.replace(/\B(?=(\d{3})+$)/g, mark);
  const notation = fc.record({
    marks: fc.constantFrom([".", ","], [".", "'"], [".", " "], [",", "."], [",", " "], [".", "’"], [".", "\u00a0"]),
    negative: fc.constantFrom(
      (text: string) => `-${text}`,
      (text: string) => `−${text}`,
      (text: string) => `(${text})`,
      (text: string) => `${text}-`,
      (text: string) => `${text} CR`,
    ),
    unit: fc.constantFrom(
      (text: string) => text,
      (text: string) => `$${text}`,
      (text: string) => `${text} €`,
      (text: string) => `${text}%`,
      (text: string) => `${text} kg`,
      (text: string) => `USD ${text}`,
    ),
  });

  it("a number written in any supported notation comes back as itself, and no cell is lost", async () => {
    await fc.assert(
      fc.asyncProperty(notation, fc.array(digits, { minLength: 3, maxLength: 12 }), async (way, hundredths) => {
        const [decimal, group] = way.marks;
        const numbers = [...hundredths, 123456789].map((number) => number / 100);
        const signed = numbers.map((number, i) => (i % 3 === 1 ? -number : number));
        const texts = numbers.map((number, i) => {
          const [whole, part] = number.toFixed(2).split(".");
          const text = way.unit(`${grouped(whole, group)}${decimal}${part}`);
          return i % 3 === 1 ? way.negative(text) : text;
        });
        const found = await column(texts);
        expect(found.column.kind).toBe("number");
        expect(finite(found.cells).map((value) => value + 0)).toEqual(signed.map((value) => value + 0));
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it("a column is either all text as written, or its cells are numbers, markers, or counted", async () => {
    const pieces = fc.constantFrom(..."0123456789.,'-+()$€%<>~*kKMBEe[]/ CRx°".split(""), "00", "kg", "CR", "1", "25");
    const cell = fc
      .array(pieces, { minLength: 1, maxLength: 7 })
      .map((parts) => parts.join("").trim())
      .filter((text) => text !== "");
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 30 }), fc.nat(30), async (odd, plain) => {
        const texts = [...odd, ...each(plain, (i) => String(i * 1.5))];
        const found = await column(texts);
        if (found.column.kind === "text") {
          const gone = found.column.markers.reduce((sum, { count }) => sum + count, 0);
          expect(found.cells.filter((text, i) => text !== texts[i]).length).toBe(gone);
          return;
        }
        const told = found.warnings.find(({ code }) => code === "not-a-number")?.count ?? 0;
        const gone = found.column.markers.reduce((sum, { count }) => sum + count, 0);
        expect(found.cells.filter((text) => text === "").length).toBe(told + gone);
        const odds = texts.filter(
          (text, i) => found.cells[i] !== "" && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text),
        );
        if (odds.length > 0) expect(found.warnings.some(({ code }) => code === "number-notation")).toBe(true);
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  it("texts with letters that are no unit of all never become numbers", async () => {
    const word = fc
      .tuple(fc.integer({ min: 1, max: 99 }), fc.constantFrom("A", "C", "D", "Q", "Z", "aa", "xx", "th"))
      .map(([n, w]) => `${n}${w}`);
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 20 }), async (texts) => {
        expect((await column(texts)).column.kind).toBe("text");
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});
