/** Laws of recognising a dialect: whatever a correct file is written in, it is read as it was meant. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataError } from "../../../src/frame/error.ts";
import { cells, read } from "../read.ts";

interface Written {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly lineEnd: string;
  readonly header: boolean;
}

/** Texts that need quotes in one dialect or another, no quote character at an end. */
const words = fc.constantFrom("ash", "elm, oak", "a; b", "tab\there", "bar|bar", "two\nlines", "plain words", "Über");
const said = fc.constantFrom('said "no", twice', "it's, well, fine", 'a "b" c', "back\\slash", "x''y", "don't");

/** A column of numbers first, so that the header is plain to see, then one of texts, another of numbers, another of texts. */
const written: fc.Arbitrary<Written> = fc
  .record({
    rows: fc.array(fc.tuple(fc.integer(), words, fc.integer({ min: 0, max: 99 }), fc.oneof(words, said)), {
      minLength: 6,
      maxLength: 40,
    }),
    delimiter: fc.constantFrom(",", ";", "\t", "|", "||", "::"),
    style: fc.constantFrom(['"', '"'], ['"', "\\"], ["'", "'"], ["'", "\\"]),
    lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
    header: fc.boolean(),
  })
  .map(({ rows, style: [quote, escape], ...how }) => ({
    ...how,
    names: ["n", "word", "count", "said"],
    // without a quote inside a cell nothing tells by what it would be escaped
    rows: [["1", "ash", "2", `it's "so", well`], ...rows.map((row) => row.map(String))],
    quote,
    escape,
  }));

/** All texts are quoted, as programs that quote by another way do; numbers are not. */
function text({ names, rows, delimiter, quote, escape, lineEnd, header }: Written): string {
  const inner = (cell: string): string =>
    escape === quote
      ? cell.replaceAll(quote, quote + quote)
      : cell.replaceAll(/["'\\]/g, (sign) => (sign === quote || sign === escape ? escape + sign : sign));
  const line = (record: readonly string[]): string =>
    record.map((cell, c) => (c % 2 === 1 ? quote + inner(cell) + quote : cell)).join(delimiter) + lineEnd;
  return [...(header ? [names] : []), ...rows].map(line).join("");
}

describe("a correct file", () => {
  it("is read as it was written, in any delimiter, quote, escape, line end, with a header and without", async () => {
    await fc.assert(
      fc.asyncProperty(written, async (how) => {
        const table = await read(text(how), {
          types: { word: "category", said: "category", c2: "category", c4: "category" },
        });
        expect(cells(table)).toEqual(how.rows);
        expect(table.columns.map(({ name }) => name)).toEqual(how.header ? how.names : ["c1", "c2", "c3", "c4"]);
        expect(table.origin.dialect).toMatchObject({ delimiter: how.delimiter, header: how.header });
      }),
      { numRuns: 400, seed: 11 },
    );
  });
});

describe("one record that is no data", () => {
  const numbers = Array.from({ length: 40 }, (_, i) => [
    `item ${i % 7}`,
    String(i % 5),
    String(10 * i + 3),
    i % 2 ? "yes" : "no",
  ]);
  const names = ["what", "grade", "price", "bought"];
  const odd: [kind: string, code: string, line: readonly string[], at: "top" | "any"][] = [
    ["the header again", "repeated-header", names, "any"],
    ["the header again, in quotes", "repeated-header", names.map((name) => `"${name}"`), "any"],
    ["units", "second-header", ["", "points", "EUR", ""], "top"],
    ["a second line of the header", "second-header", ["name", "1st to 5th", "in euro", "y or n"], "top"],
    ["types", "second-header", ["string", "int", "float", "string"], "top"],
  ];
  for (const [kind, code, line, where] of odd)
    it(`is told, is left out and changes no column: ${kind}`, async () => {
      const clean = await read([names, ...numbers].map((record) => record.join(",")).join("\n"));
      await fc.assert(
        fc.asyncProperty(fc.nat(40), fc.constantFrom("\n", "\r\n"), async (place, end) => {
          const at = where === "top" ? 0 : place;
          const records = numbers.toSpliced(at, 0, [...line]);
          const file = [names, ...records].map((record) => record.join(",")).join(end);
          for (const options of [{}, { comment: "%" }]) {
            const table = await read(file, options, { blockBytes: 200 });
            expect(table.columns.map(({ kind: storage }) => storage)).toEqual(
              clean.columns.map((column) => column.kind),
            );
            expect(cells(table)).toEqual(cells(clean));
            expect(table.warnings.map((warning) => warning.code)).toEqual([code]);
            expect(table.origin.skipped).toBe(1);
            expect([...(table.rowNumbers ?? [])]).toEqual(Array.from({ length: 40 }, (_, r) => (r < at ? r : r + 1)));
          }
          expect((await read(file, { oddRecords: "keep" })).rows).toBe(41);
        }),
        { numRuns: 12, seed: 12 },
      );
    });
  const answers = Array.from({ length: 40 }, (_, i) =>
    ["a", "b", "a", "c"].map((text, c) => `${text}${(i * (c + 2)) % 3}`),
  );
  it("is told and left out over columns of a few answers, as an export of a survey has it", async () => {
    const line = ["Response", "Response", "Other (please say)", "Response"];
    const file = (first: readonly string[]): string =>
      [names, first, ...answers].map((record) => record.join(",")).join("\n");
    const table = await read(file(line));
    expect(cells(table)).toEqual(answers);
    expect(table.warnings.map(({ code }) => code)).toEqual(["second-header"]);
    for (const data of [
      ["a0", ...line.slice(1)],
      ["x", "", "", "y"],
      ["4", "new", "new", "new"],
    ])
      expect((await read(file(data))).rows).toBe(41);
  });
  it("gives its words to columns without a name of their own", async () => {
    const rows = Array.from({ length: 9 }, (_, r) => `${r},${r * 2},${r / 2},${r % 4}.5`);
    const names = async (...head: string[]): Promise<string[]> =>
      (await read([...head, ...rows].join("\n"))).columns.map(({ name }) => name);
    expect(await names("sales,sales,costs,day", "north,south,EUR,date")).toEqual([
      "sales north",
      "sales south",
      "costs",
      "day",
    ]);
    expect(await names("sales,,costs,day", "north,south,EUR,date")).toEqual([
      "sales north",
      "sales south",
      "costs",
      "day",
    ]);
    expect(await names(",a,a,b", ",x,z,y")).toEqual(["unnamed_1", "a x", "a z", "b"]);
    expect(await names("a,a,b,c", "x,x,y,z")).toEqual(["a x", "a x.2", "b", "c"]);
  });
  it("is named by its line", async () => {
    const file = (records: string[]): string => ["a,b", ...records].join("\n");
    const { warnings } = await read(file(["1,x", '2,"y', 'z"', "a,b", "", "a,b", "3,w", "4,v", "5,w", "6,u"]));
    expect(warnings).toMatchObject([{ code: "repeated-header", count: 2, evidence: { firstLine: 5 } }]);
    expect(warnings[0].message).toMatch(/^2 records left out: .* first in line 5, .* reads them as data$/);
  });
  it("is no data either where a column is one of words, unless it is the only one", async () => {
    expect((await read("name,city\nann,rome\nbob,oslo\nname,city\neve,bern\n")).rows).toBe(3);
    expect((await read("name\nann\nbob\nname\neve\n", { header: true })).rows).toBe(4);
  });
  it("is data when the header is one of numbers", async () =>
    expect((await read("0,1\n5,6\n0,1\n7,8\n", { header: true })).rows).toBe(3));
});

describe("quotes", () => {
  it("are plain text where most quoted cells are malformed", async () => {
    const songs = Array.from({ length: 12 }, (_, i) => `${i}\t"Song ${i}" by X`);
    const table = await read(["n\ttitle", ...songs, '20\t"Open end', "21\tthen", '22\t"Other'].join("\n"));
    expect(table.rows).toBe(15);
    expect(cells(table)[12]).toEqual(["20", '"Open end']);
    expect(table.warnings).toMatchObject([{ code: "quoting-guessed" }]);
    expect(table.warnings[0].message).toBe(
      'quotes are read as plain characters, because the usual quoting (" doubled inside cells) leaves malformed cells in the first rows; --quote and --escape override it',
    );
  });
  it("are plain text where they open cells and never close", async () => {
    const words = Array.from({ length: 12 }, (_, i) => `"word ${i}\t${i}`);
    expect((await read(["t\tn", ...words].join("\n"))).rows).toBe(12);
  });
  it("that open in one line and close before text in a later one are refused, not read over the lines between", async () => {
    const lines = Array.from({ length: 900 }, (_, i) => `${i},word ${i % 9}`);
    lines[600] = '600,"open';
    lines[604] = '604,"shut" x';
    await expect(read(["n,text", ...lines].join("\n"))).rejects.toThrow(
      /line 602: a quote is opened, and text follows where it is closed on a later line; .* --quote ''/,
    );
    const table = await read(["n,text", ...lines].join("\n"), { skipBadLines: true });
    expect([table.rows, table.origin.skipped]).toEqual([899, 1]);
  });
  it("that are whole cells are texts, in whichever rows they stand", async () => {
    for (const mark of ["'", '""""']) {
      const rows = [
        ["no", mark, "-143.5"],
        ["yes", "<b>", "-43.25"],
        ["no", mark, "0.5"],
        ["yes", "a", "6.5"],
        ["", mark, "7.5"],
      ];
      for (const order of [rows, rows.toReversed(), rows.slice(2), rows.slice(0, 3)]) {
        const text = ["first,sign,n", ...order.map((row) => row.join(","))].join("\n");
        const sign = mark === "'" ? "'" : '"';
        expect(cells(await read(text))).toEqual(order.map((row) => row.map((cell) => (cell === mark ? sign : cell))));
      }
    }
  });
  it("that halve cells never make row names", async () => {
    await expect(read("a,b\n'x, 0',0\n")).rejects.toThrow(/the header has 2 names, but the records have 3 fields/);
    expect((await read('"a"~"b"\n"x, y"~"1"\n"z, w"~"2"\n')).columns.map(({ name }) => name)).toEqual(["a", "b"]);
  });
  it("are not seen in apostrophes", async () => {
    const table = await read("n,word\n1,'tis\n2,it's\n3,dogs'\n4,'n'\n5,plain\n6,other\n7,more\n");
    expect(cells(table).map((row) => row[1])).toEqual(["'tis", "it's", "dogs'", "'n'", "plain", "other", "more"]);
    expect(table.warnings).toEqual([]);
  });
  it("stay what the user says", async () => {
    const table = await read("a,b\n'x',1\n'y',2\n'z',3\n", { quote: '"' });
    expect(cells(table)[0]).toEqual(["'x'", "1"]);
  });
});

describe("delimiters", () => {
  it("are not the colons of times and addresses, nor the blanks before a time", async () => {
    const times = Array.from({ length: 20 }, (_, i) => `08:${10 + i}:00`);
    expect((await read(["start", ...times].join("\n"))).columns.map(({ name }) => name)).toEqual(["start"]);
    const stamps = Array.from({ length: 20 }, (_, i) => `2020-01-01  08:${10 + i},${i}`);
    expect((await read(["when,n", ...stamps].join("\n"))).columns.map(({ name }) => name)).toEqual(["when", "n"]);
    for (const values of ["00:1B:44:11:3A:1", "fe80::1:2:", "1:"]) {
      const lines = Array.from({ length: 12 }, (_, i) => values + String(10 + i));
      expect((await read(["what", ...lines].join("\n"))).columns.map(({ name }) => name)).toEqual(["what"]);
    }
    const logins = Array.from({ length: 9 }, (_, i) => `user${i}:x:10${i}:/home/${i}`);
    expect((await read(["login:pw:uid:home", ...logins].join("\n"))).columns.length).toBe(4);
  });
  it("are found over a footnote, which is left out", async () => {
    const table = await read("id|name|url\n1|COTO|http://x.example\n\nLast update: 10:00\n");
    expect(cells(table)).toEqual([["1", "COTO", "http://x.example"]]);
    expect(table.warnings.map(({ code }) => code)).toEqual(["lines-below"]);
  });
  it("are found over few records of which one does not fit, which is refused", async () =>
    await expect(read("a;b;c\n1;2;3\n4;5\n")).rejects.toThrow(/line 3: 2 fields where 3 are wanted/));
  it("are found in one record that ends in one", async () =>
    expect((await read('"a";"b"\n"1";"x";""\n')).columns.map(({ name }) => name)).toEqual(["a", "b"]));
});

describe("surplus empty fields", () => {
  it("in one record of many are refused, as it may be shifted", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 3},`);
    rows[7] = "7,,1,";
    await expect(read(["a,b,c", ...rows].join("\n"))).rejects.toThrow(/line 9: 4 fields where 3 are wanted/);
  });
});

describe("titles", () => {
  const table = ["name,paid,sum,kind", ...Array.from({ length: 9 }, (_, i) => `n${i},2020-01-0${i + 1},${i}.5,k`)];
  const fronts: [string, string[]][] = [
    ["padded with delimiters", ["Payments in June,,,", ",,,"]],
    ["of several fields", ["Payments, in June"]],
    ["of one field less", ["Payments, all, in June"]],
    ["padded, in pairs", ["Payments,,,", "Month,June,,"]],
    ["bare", ["Payments in June", "by hand"]],
  ];
  for (const [what, front] of fronts)
    it(`${what} are left out`, async () => {
      const { columns, rows, warnings } = await read([...front, ...table].join("\n"));
      expect([columns.map(({ name }) => name), rows]).toEqual([["name", "paid", "sum", "kind"], 9]);
      expect(warnings).toMatchObject([{ code: "front-lines", count: front.length }]);
    });
  it("over words are told from a header by the records below", async () => {
    const genes = Array.from({ length: 8 }, (_, i) => `G${i},symbol ${i},a protein`);
    expect((await read(["Set: x", "gene,symbol,name", ...genes].join("\n"))).rows).toBe(8);
  });
  it("are left out when the user says how many lines they are, whatever these hold", async () => {
    for (const options of [{}, { comment: "#" }, { delimiter: "||" }]) {
      const cut = options.delimiter ?? ",";
      const file = ['an "open quote', "and,a,comma", ...["a,b", "1,x", "2,y"].map((line) => line.replace(",", cut))];
      const read2 = await read(file.join("\r\n"), { skip: 2, ...options });
      expect(cells(read2)).toEqual([
        ["1", "x"],
        ["2", "y"],
      ]);
      await expect(read([...file, "3"].join("\n"), { skip: 2, ...options })).rejects.toThrow(/line 6: 1 field/);
    }
  });
});

describe("headers", () => {
  const named: [string, string[]][] = [
    ["district,2022\nAK-1,-18.63\nAK-2,7.05\nAK-3,1.50\n", ["district", "2022"]],
    ["city,2019,2020\nrome,512,623\noslo,33,41\nbern,7,9\n", ["city", "2019", "2020"]],
    ["item,2020-01-01,2020-02-01\na,1,2\nb,3,4\nc,5,6\n", ["item", "2020-01-01", "2020-02-01"]],
    [",0\n0,5\n1,7\n2,9\n", ["unnamed_1", "0"]],
    ["code,n\nA1,x\nB2,y\nC3,z\n", ["code", "n"]],
  ];
  for (const [file, names] of named)
    it(`is there: ${names.join()}`, async () =>
      expect((await read(file)).columns.map(({ name }) => name)).toEqual(names));
  it("that do not fit the records are refused by their line", async () => {
    const records = Array.from({ length: 5 }, (_, i) => `${i},x,y,${i}`);
    await expect(read(["", "one,two", ...records].join("\n"), { header: true })).rejects.toThrow(
      /line 2: the header has 2 names, but the records have 4 fields; .*--skip/,
    );
    const same = Array.from({ length: 5 }, (_, i) => `'x,${i},y`);
    await expect(read(["one,two", ...same].join("\n"), { header: true })).rejects.toThrow(/the header has 2 names/);
  });
});

describe("bad lines", () => {
  it("that are most of a table are not left out", async () =>
    await expect(read("a,b\n1,2\nx\ny\n3,4\nz\n", { skipBadLines: true, header: true })).rejects.toThrow(
      /: 3 of 5 records do not have the 2 fields of the columns, the first one in line 3: too many/,
    ));
  it("that look like remarks get the option that leaves them out", async () =>
    await expect(read("a;b\n0;0\n# more\n1;1\n")).rejects.toThrow(/line 3: .* or say --comment '#'/));
  it("with an open quote get the options that help", async () =>
    await expect(read('a,b\n1,2\n"x,3\n4,5\n')).rejects.toThrow(
      /line 3: .* never closed; .* --quote '' .* --delimiter/,
    ));
});

describe("other formats are refused by their name", () => {
  const formats: [string, string][] = [
    ['{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n', "JSON lines"],
    ["[1, 2]\n[3, 4]\n", "JSON lines"],
    ['[\n {"a": 1},\n {"a": 2}\n]\n', "JSON,"],
    ['{\n "a": [1, 2]\n}\n', "JSON,"],
    ["1 1:0.5 3:2\n0 2:1 7:4\n", "LIBSVM"],
    ["2 qid:1 1:0 2:1 # doc\n1 qid:1 1:1 2:0\n", "LIBSVM"],
    ["% comment\n@RELATION iris\n@ATTRIBUTE a NUMERIC\n@DATA\n1\n", "ARFF"],
    ["<!DOCTYPE html>\n<html><body>404</body></html>\n", "HTML"],
    ['<?xml version="1.0"?>\n<rows><row/></rows>\n', "XML"],
    ["-- dump\nCREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\n", "SQL"],
    ["| a | b |\n|---|---|\n| 1 | 2 |\n", "Markdown"],
    ["# Title\n\na | b\n---|---\n1 | 2\n", "Markdown"],
    ["{'a': 1}\n{'a': 2}\n", "JSON lines"],
    ['{"a": [1, 2]}', "JSON,"],
    ["+---+---+\n| a | b |\n+---+---+\n", "Markdown"],
    ["---\n- a: 1\n  b: 2\n", "YAML"],
    ["1 |f a:0.5 b:2\n-1 |f a:1 c |g x:3\n", "Vowpal Wabbit"],
    ["\\begin{tabular}{ll}\na & b \\\\\n1 & 2 \\\\\n\\end{tabular}\n", "LaTeX"],
    ["version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "Git LFS"],
  ];
  for (const [file, name] of formats)
    it(name, async () => {
      const refused = read(file);
      await expect(refused).rejects.toThrow(DataError);
      await expect(refused).rejects.toThrow(`test.csv: looks like`);
      await expect(refused).rejects.toThrow(name);
    });
  const tables: [string, number][] = [
    ["1 10:15\n2 10:30\n", 2],
    ["1|at 10:15|a\n2|at 10:30|b\n", 2],
    ['id,json\n1,"{""a"": 1}"\n2,"{""a"": 2}"\n', 2],
    ["<50K,1\n>50K,2\n<50K,3\n", 3],
    ["-1,2\n-3,4\n", 2],
  ];
  for (const [file, rows] of tables)
    it(`but not ${JSON.stringify(file.slice(0, 12))}`, async () => expect((await read(file)).rows).toBe(rows));
});

describe("a line of delimiters alone", () => {
  it("is refused at the limit, before names are made of it", async () =>
    await expect(read(",".repeat(2 ** 22))).rejects.toThrow(/: more columns than the limit of 100000/));
});
