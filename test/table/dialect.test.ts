import { describe, expect, it } from "vitest";
import { cells, read } from "./read.ts";

const names = async (text: string): Promise<string[]> => (await read(text)).columns.map(({ name }) => name);

describe("the delimiter", () => {
  const found: [string, string, string][] = [
    ["a,b\n1,2\n3,4\n", ",", "commas"],
    ["a;b\n1;2\n", ";", "semicolons"],
    ["a\tb\n1\t2\n", "\t", "tabs"],
    ["a|b\n1|2\n", "|", "bars"],
    ["a:b\n1:2\n", ":", "colons"],
    ["1;2,5\n2;3,5\n4;1,25\n", ";", "semicolons beside decimal commas, no header"],
    ["when,value\n10:15,1\n10:30,2\n", ",", "commas beside times of day"],
    ["10:15,1\n10:30,2\n", ",", "the same without header"],
    ['name;note\nx;"a, b"\ny;"c, d"\n', ";", "semicolons beside commas in quotes"],
    ["x\n1\n2\n", ",", "nothing: one column"],
    ["id\ttext\n1\tone, two, three\n2\tfour\n", "\t", "tabs beside prose"],
    ["a,b,,,\n1,2,,,\n3,4,,,\n", ",", "commas with empty ends"],
    ["mpg  cyl name\n 18.0  8  a\n9.5  12 b\n", "blanks", "columns lined up by blanks"],
    ["1 2 3\n4 5 6\n", "blanks", "single blanks between numbers"],
    ["some words here\nother words there\n", ",", "words are no table"],
  ];
  for (const [text, delimiter, what] of found)
    it(`is found: ${what}`, async () => {
      const table = await read(text);
      expect(table.origin.dialect?.delimiter).toBe(delimiter);
      expect(table.origin.reasons.delimiter).toBeTruthy();
    });
  it("is not found in prose, which is no table", async () =>
    await expect(read("text\nhello, world\nit is, as it were, late\n")).rejects.toThrow(
      /line 2: 2 fields where 1 are wanted/,
    ));
  it("is named by Excel's first line", async () => {
    const table = await read("sep=;\na;b\n1,5;x\n2;y\n");
    expect(table.origin.reasons.delimiter).toBe("the first line says so");
    expect(cells(table)).toEqual([
      ["1.5", "x"],
      ["2", "y"],
    ]);
    expect(cells(await read("sep=||\na||b\n", { delimiter: "||", header: false }))).toEqual([
      ["sep=", ""],
      ["a", "b"],
    ]);
  });
  it("is found among blanks and tabs that line columns up", async () => {
    const line = (i: number): string => ` ${i}.5   ${i % 3}    "car ${i % 4}"\t${i}.`;
    const table = await read(Array.from({ length: 20 }, (_, i) => line(i)).join("\n"));
    expect(table.origin.dialect?.delimiter).toBe("blanks");
    expect(cells(table)[5]).toEqual(["5.5", "2", "car 1", "5"]);
    const codes = Array.from({ length: 20 }, (_, i) => `A1${i % 4} B${i % 3} x`).join("\n");
    expect((await read(codes)).columns.length).toBe(3);
  });
  it("is what is asked for, of one character or several, by csv-parse where it must be", async () => {
    expect(cells(await read("a||b\n1||x|y\n", { delimiter: "||" }))).toEqual([["1", "x|y"]]);
    expect(cells(await read("a§b\n1§2\n", { delimiter: "§" }))).toEqual([["1", "2"]]);
    expect(cells(await read("a\tb c\n1\t2 3\n", { delimiter: "tab" }))).toEqual([["1", "2 3"]]);
    expect(cells(await read("a b\n1  x\n2 'y z'\n", { delimiter: "blanks", quote: "'" }))).toEqual([
      ["1", "x"],
      ["2", "y z"],
    ]);
    expect(cells(await read("axb\n1x2\n", { delimiter: "x" }))).toEqual([["1", "2"]]);
  });
});

describe("quotes, escapes and comments", () => {
  it("may be another character, or none", async () => {
    expect(cells(await read("a,b\n'x, y',2\n", { quote: "'" }))).toEqual([["x, y", "2"]]);
    expect(cells(await read('a,b\n"x,2\n', { quote: "" }))).toEqual([['"x', "2"]]);
  });
  it("are escaped by another character when said so", async () => {
    expect(cells(await read('a,b\n"x \\" y",2\n', { escape: "\\" }))).toEqual([['x " y', "2"]]);
  });
  it("leaves comment lines out, and keeps the sign within lines", async () => {
    const table = await read("# made by hand\na,b\n1,#2\n# more\n3,4\n", { comment: "#" });
    expect(table.columns.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(cells(table)).toEqual([
      ["1", "#2"],
      ["3", "4"],
    ]);
  });
  it("takes a quote inside a cell as it stands", async () => {
    expect(cells(await read('size,n\n5" pipe,1\n"6"" pipe",2\n'))).toEqual([
      ['5" pipe', "1"],
      ['6" pipe', "2"],
    ]);
  });
  it("takes text after a closing quote as it stands, and says so", async () => {
    const table = await read('said,n\n"He said "hi" to me",1\nx,2\n');
    expect(cells(table)[0]).toEqual(['"He said "hi" to me"', "1"]);
    expect(table.warnings).toMatchObject([{ code: "stray-quotes", count: 1 }]);
  });
});

describe("what stands before the table", () => {
  it("remarks and titles are left out, and told", async () => {
    for (const front of [
      "# made by hand\n# twice, in 2020\n",
      "Sales report\n\nDivision north\n",
      "# remark\nSales report\n",
    ]) {
      const table = await read(`${front}when,n,x\n2020-01-01,1,5\n2020-01-02,2,6\n`);
      expect(table.columns.map(({ name }) => name)).toEqual(["when", "n", "x"]);
      expect(cells(table)).toHaveLength(2);
      expect(table.warnings).toMatchObject([{ code: "front-lines", count: 2 }]);
    }
  });
  it("a title over two columns is told from a header that lacks the name of row names", async () => {
    expect(await names("Sales\na,b\n1,2\n3,4\n")).toEqual(["a", "b"]);
    expect(await names('"x"\n"1",2.5\n"2",3.5\n')).toEqual(["unnamed_1", "x"]);
  });
  it("a header that begins with # is a header", async () =>
    expect(await names("#id,x\n7,1.5\n9,2.5\n")).toEqual(["#id", "x"]));
  it("counts as lines of the file where a record does not fit", async () => {
    await expect(read("# one\n# two\na,b,c\n1,2,3\n4,5,6\n7,8\n")).rejects.toThrow(
      /line 6: 2 fields where 3 are wanted/,
    );
    await expect(read("# one\na||b||c\n1||2||3\n4||5||6\n7||8\n", { delimiter: "||" })).rejects.toThrow(
      /line 5: 2 fields/,
    );
  });
});

describe("the header", () => {
  const headed: [string, string][] = [
    ["a,b\n1,2\n", "words over numbers"],
    ["name,city\nann,rome\nbob,oslo\n", "words that do not come again"],
    ["when,x\n2020-01-02,1\n2020-01-03,2\n", "words over dates"],
    ["country,2012,2013,2014\nFrance,1.5,2.5,3\nSpain,1,2,3\n", "years in a row"],
    ["0,1,2,3\n5.1,3.5,1.4,a\n4.9,3,1.4,b\n", "numbers from 0, as pandas writes them"],
    ["10%,25%,y\n0.5,0.25,0\n1.5,0.75,1\n2.5,0.5,0\n", "shares over numbers without the sign"],
    ["2019.0,2021.0\n1.5,7\n2.5,8\n3.5,9\n", "years with a fraction of 0, as pandas writes them"],
    ["v1,v2,,\nham,hello,,\nspam,free,,\n", "names with empty ones after them"],
  ];
  for (const [text, what] of headed)
    it(`is there: ${what}`, async () => expect((await read(text)).origin.dialect?.header).toBe(true));
  const without: [string, string][] = [
    ["6,148,72\n1,85,66\n8,183,64\n", "numbers over numbers"],
    ["39, State-gov, 77516\n50, Private, 83311\n38, State-gov, 215646\n", "words that come again"],
    ["p,x,s\ne,x,y\np,x,s\n", "letters that come again"],
    ["NA,1.5\n3,2.5\n", "a missing cell over numbers"],
    ["10%,$5\n12%,$6\n14%,$7\n", "values with a sign over such values"],
    ["2019.0,2.5\n2020.0,3.5\n2021.0,4.5\n", "years over years"],
    ["1,2\n", "values alone"],
    ["1;2,5\n2;3,5\n", "decimal commas over decimal commas"],
  ];
  for (const [text, what] of without)
    it(`is not there: ${what}`, async () => {
      const table = await read(text);
      expect(table.origin.dialect?.header).toBe(false);
      expect(table.columns[0].name).toBe("c1");
    });
  it("is what is asked for", async () => {
    expect(cells(await read("a,b\n1,2\n", { header: false }))[0]).toEqual(["a", "b"]);
    expect(await names("1,2\n3,4\n")).toEqual(["c1", "c2"]);
    expect((await read("1,2\n3,4\n", { header: true })).columns.map(({ name }) => name)).toEqual(["1", "2"]);
    expect((await read("1,2\n3,4\n", { names: ["x", "y"] })).columns.map(({ name }) => name)).toEqual(["x", "y"]);
    await expect(read("1,2\n3,4\n", { names: ["x"] })).rejects.toThrow(
      "1 names are given, but the records have 2 fields",
    );
  });
});

describe("column names", () => {
  it("are made unique: the second NAME is NAME.2, an empty one at i unnamed_i", async () => {
    expect(await names("a,a,,b,a,\n1,2,3,4,5,6\n")).toEqual(["a", "a.2", "unnamed_3", "b", "a.3", "unnamed_6"]);
    expect(await names("a,a.2,a\n1,2,3\n")).toEqual(["a", "a.2", "a.2.2"]);
    expect(await names("unnamed_2,\n1,2\n")).toEqual(["unnamed_2", "unnamed_2.2"]);
  });
  it("may be anything, also what JavaScript gives a meaning", async () => {
    expect(await names("__proto__,constructor,toString,<script>,=cmd()\n1,2,3,4,5\n")).toEqual([
      "__proto__",
      "constructor",
      "toString",
      "<script>",
      "=cmd()",
    ]);
  });
  it("lose the blanks around them and keep those within", async () =>
    expect(await names(' fixed acidity ,"pH "\n1,2\n')).toEqual(["fixed acidity", "pH"]));
  it("get a first one where R has written row names without it", async () => {
    const table = await read('"x","y"\n"1",2.5,"a"\n"2",3.5,"b"\n');
    expect(table.columns.map(({ name }) => name)).toEqual(["unnamed_1", "x", "y"]);
    expect(table.warnings.map(({ code }) => code)).toContain("row-names");
  });
});

describe("trailing delimiters", () => {
  it("on every line make no column, and are told", async () => {
    const table = await read("a,b,\n1,2,\n3,4,\n");
    expect(table.columns.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(table.warnings.map(({ code }) => code)).toContain("trailing-delimiter");
  });
  it("on every line but the header's, or on most", async () => {
    for (const text of ["a,b\n1,2,\n3,4,\n", "a,b\n1,2,,\n3,4\n1,2,\n3,4,\n"]) {
      const table = await read(text);
      expect(cells(table).slice(0, 2)).toEqual([
        ["1", "2"],
        ["3", "4"],
      ]);
      expect(table.warnings.map(({ code }) => code)).toEqual(["trailing-delimiter"]);
    }
  });
  it("on the header alone", async () => {
    const table = await read("a,b,\n1,2\n3,4\n");
    expect(table.columns.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(table.warnings.map(({ code }) => code)).toEqual(["trailing-delimiter"]);
  });
  it("without a header do not become the last column", async () =>
    expect((await read("1,2,\n3,4,\n5,6,\n")).columns.map(({ name }) => name)).toEqual(["c1", "c2"]));
  it("are a column where one of its cells holds something", async () =>
    expect((await read("a,b,\n1,2,\n3,4,x\n")).columns.map(({ name }) => name)).toEqual(["a", "b", "unnamed_3"]));
});

describe("decimal commas", () => {
  it("are found in the head, with the reason", async () => {
    const table = await read("a;b\n1,5;2\n2,25;3\n");
    expect(cells(table)).toEqual([
      ["1.5", "2"],
      ["2.25", "3"],
    ]);
    expect(table.origin).toMatchObject({ decimal: ",", reasons: { decimal: "2 cells of the head such as 1,5" } });
  });
  it("are read in quotes beside commas that part cells", async () => {
    const table = await read('a,b\n"1,5",2\n"2,25",3\n');
    expect(cells(table)).toEqual([
      ["1.5", "2"],
      ["2.25", "3"],
    ]);
  });
  it("do not turn points into thousands: 12.5 stays what it is", async () =>
    expect(cells(await read("a;b\n1,5;12.5\n2,25;3.5\n"))[0]).toEqual(["1.5", "12.5"]));
});

describe("line ends and blank lines", () => {
  for (const [name, end] of [
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])
    it(`${name} is found and read`, async () => {
      const table = await read(`a,b${end}1,2${end}3,4${end}`);
      expect(table.origin.lineEnds).toBe(name);
      expect(cells(table)).toEqual([
        ["1", "2"],
        ["3", "4"],
      ]);
    });
  it("may be mixed", async () => {
    const table = await read("a\r\n1\n2\r3");
    expect(table.origin.lineEnds).toBe("mixed");
    expect(cells(table)).toEqual([["1"], ["2"], ["3"]]);
  });
  it("blank lines are no rows, lines of delimiters are", async () => {
    const table = await read("\n\na,b\n\n1,2\n  \n,\n\n3,4\n\n");
    expect(cells(table)).toEqual([
      ["1", "2"],
      ["", ""],
      ["3", "4"],
    ]);
  });
});
