import { describe, expect, it } from "vitest";
import { checkVerdict } from "../../src/report/schema/verdict.ts";
import { plain, type Block } from "../../src/report/document/document.ts";
import { verdictDocument } from "../../src/report/verdict/document.ts";
import { findFormat, formats } from "../../src/report/formats/registry.ts";
import { htmlVerdict, markdownVerdict, terminalVerdict } from "../../src/report/verdict/reports.ts";
import { budgetLine } from "../../src/report/verdict-checks.ts";
import { boundsFigure, gainFigure, marginFigure, type VerdictEntry } from "../../src/report/verdict.ts";
import { documentOf, entry, slice } from "./verdicts.ts";

describe("figures", () => {
  it("have the sign and the scale of the margin; never more than everything is gained", () => {
    expect(gainFigure(0.1234, { kind: "relative" })).toBe("+12.3 %");
    expect(gainFigure(-0.02, { kind: "absolute" })).toBe("-0.02");
    expect(gainFigure(-48.34, { kind: "relative" })).toBe("-4,830 %");
    expect(gainFigure(1.4, { kind: "relative" })).toBe("+100 %");
    expect(gainFigure(null, { kind: "relative" })).toBe("-");
    expect(boundsFigure({ lower: null, upper: 0.2, level: 0.9 }, { kind: "relative" })).toBe("no limit to +20 %");
    expect(marginFigure({ value: 0.01, kind: "relative", assumed: true })).toBe("> 1 % (assumed)");
  });
  it("a budget says what was measured, or that nothing was", () => {
    const budget = {
      quantity: "size",
      unit: "bytes",
      limit: 5e6,
      declared: false,
      lower: null,
      upper: null,
      runs: 1,
      batch: null,
    } as const;
    expect(budgetLine({ ...budget, measured: null, outcome: "uncertain", detail: "" })).toBe(
      "size not measured, at most 5 MB: uncertain",
    );
    expect(budgetLine({ ...budget, measured: 4e6, outcome: "within", detail: "" })).toBe(
      "size 4 MB, at most 5 MB: within",
    );
    const told = { ...budget, measured: 6e6, declared: true, outcome: "over", detail: "" } as const;
    expect(budgetLine(told)).toBe("size 6 MB (declared), at most 5 MB: over");
  });
});

describe("a baseline that loses nothing", () => {
  const against = { baseline: "tree", score: 0, gain: null, bounds: { lower: null, upper: null, level: 0.9 }, p: 1 };
  const lost = { gain: null, bounds: against.bounds, baseline: "tree", against: [against] };
  const rowsOf = (one: VerdictEntry): readonly string[] =>
    markdownVerdict(documentOf(one))
      .split("\n")
      .filter((line) => line.startsWith("| "));
  it("has no share to gain: gates say whether the loss is proven, and no interval is shown", () => {
    const worse = rowsOf(entry("forest", { ...lost, verdict: "NOT JUSTIFIED", sublabel: "worse" }));
    expect(worse).toContain("| evidence | **failed** | a real gain | no share to gain |");
    expect(worse).toContain("| worth | **failed** | more than 1 % (assumed) | no share to gain |");
    expect(worse.join("\n")).toMatch(/\| \**tree\** \| 0 \| \\?- \| \\?- \| 1 \|/);
    const open = rowsOf(entry("forest", { ...lost, verdict: "INCONCLUSIVE", sublabel: null, reason: "degenerate" }));
    expect(open).toContain("| evidence | **open** | a real gain | no share to gain |");
  });
});

describe("the terminal", () => {
  it("starts with the paragraph, broken at the width, and ends with where the file is", () => {
    const text = terminalVerdict(documentOf(entry("forest")), { colour: false, width: 60, folder: "out/verdict.json" });
    const paragraph = text.split("\n\n")[0].split("\n");
    expect(paragraph[0]).toMatch(/^forest is JUSTIFIED\. Word/);
    expect(Math.max(...paragraph.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(paragraph.join(" ")).toBe(entry("forest").sentence);
    expect(text).toMatch(/\nWritten to out\/verdict\.json\.\n/);
    expect(text).toContain("< 0.0001");
    expect(text).not.toContain("Holm");
  });
  it("colours the verdict only when asked to", () => {
    const plain = terminalVerdict(documentOf(entry("forest")), { colour: false, width: 100 });
    const coloured = terminalVerdict(documentOf(entry("forest")), { colour: true, width: 100 });
    const code = String.fromCodePoint(27);
    expect(plain).not.toContain(code);
    expect(coloured).toContain(`${code}[32mJUSTIFIED`);
  });
  it("colours the verdict, not a name that reads like one", () => {
    const named = entry("JUSTIFIED", {
      verdict: "NOT JUSTIFIED",
      sublabel: "worse",
      sentence: "JUSTIFIED is NOT JUSTIFIED: it is worse.",
    });
    const text = terminalVerdict(documentOf(named), { colour: true, width: 100 });
    expect(text.split("\n")[0]).toMatch(/^JUSTIFIED is /);
  });
  it("says what holds for several together", () => {
    const text = terminalVerdict(documentOf(entry("forest"), entry("net")), { colour: false, width: 200 });
    expect(text).toContain("2 challengers were judged together (Holm)");
    expect(text).toContain("The best of those justified is forest: +12.3 %");
  });
});

describe("Markdown", () => {
  it("has a section a challenger, and names stay text", () => {
    const cost = {
      quantity: "size",
      unit: "bytes",
      limit: 5e6,
      measured: null,
      declared: false,
      lower: null,
      upper: null,
      runs: 0,
      batch: null,
      outcome: "uncertain",
      detail: "",
    } as const;
    const text = markdownVerdict(documentOf(entry("a|b"), entry("<i>", { cost: [cost] })));
    expect(text).toContain("## a\\|b: JUSTIFIED");
    expect(text).toContain("## \\<i\\>: JUSTIFIED");
    expect(text).not.toContain("<i>");
    expect(text).toContain("Budgets:\n\n| budget | at most | measured |");
    expect(text).toContain("| size | 5 MB | not measured | \\- | **uncertain** |");
    expect(text).toContain("| **tree** | 6 | +12.3 % |");
  });
});

describe("what else was asked", () => {
  const asked = entry("forest", {
    cases: 3,
    failures: ["case 2: wanted yes, got no"],
    slices: [
      slice("region = north"),
      slice("region = south", { gain: -0.3, lower: -0.4, upper: -0.2, p: 0.0001, adjusted: 0.0002, outcome: "worse" }),
      slice("region = sea", {
        gain: null,
        lower: null,
        upper: null,
        p: null,
        adjusted: null,
        outcome: "not judged",
        detail: "only 4 rows",
      }),
    ],
  });
  const gates = (one: VerdictEntry) => verdictDocument(documentOf(one)).sections.find(({ id }) => id === "gates")!;
  const rowsOf = (block: Block | undefined) => (block?.kind === "table" ? block.rows : []).map((row) => row.map(plain));

  it("slices are drawn with their intervals, the worst first, and their numbers are on the terminal too", () => {
    const [drawn] = gates(asked).blocks.filter(({ kind }) => kind === "figure") as Extract<Block, { kind: "figure" }>[];
    expect(drawn.draw!().match(/class="whisker"/g)).toHaveLength(2);
    expect(rowsOf(drawn.numbers)).toEqual([
      ["region = south", "120", "-0.3", "-0.4 to -0.2", "0.0002", "worse"],
      ["region = north", "120", "0.02", "-0.01 to 0.05", "1", "not shown to be worse"],
      ["region = sea", "120", "-", "-", "-", "not judged: only 4 rows"],
    ]);
    expect(drawn.caption).toContain("1 slice is shown to be worse, with Holm's correction for 2 slices");
    const text = terminalVerdict(documentOf(asked), { colour: false, width: 120 });
    expect(text).toMatch(/region = south +120 +-0\.3 /);
  });
  it("very many slices are cut in the page, not in the count", () => {
    const many = entry("forest", { slices: Array.from({ length: 3000 }, (_, i) => slice(`town ${i}`, { gain: i })) });
    const [drawn] = gates(many).blocks.filter(({ kind }) => kind === "figure") as Extract<Block, { kind: "figure" }>[];
    expect((drawn.draw!().match(/<circle/g) ?? []).length).toBeLessThanOrEqual(200);
    expect(drawn.caption).toContain("correction for 3,000 slices");
    expect(drawn.numbers.rows.length).toBeLessThanOrEqual(201);
    expect(htmlVerdict(documentOf(many)).length).toBeLessThan(200_000);
  });
  it("cases that must pass are counted, and those that do not are listed", () => {
    const text = markdownVerdict(documentOf(asked));
    expect(text).toContain("Must-pass cases: **1 not passed** of 3 asked.\n\n- case 2: wanted yes, got no");
    expect(markdownVerdict(documentOf(entry("forest", { cases: 3 })))).toContain("**all 3 passed**");
  });
  it("of several challengers the answer counts those that are justified, and each has one section", () => {
    const said = (...names: readonly [string, VerdictEntry["verdict"]][]): string =>
      plain(verdictDocument(documentOf(...names.map(([name, verdict]) => entry(name, { verdict })))).answer);
    expect(said(["a", "INCONCLUSIVE"], ["b", "JUSTIFIED"], ["c", "NOT JUSTIFIED"])).toBe(
      "1 of 3 challengers is JUSTIFIED: b.",
    );
    expect(said(["a", "JUSTIFIED"], ["b", "JUSTIFIED"])).toBe("2 of 2 challengers are JUSTIFIED: a and b.");
    expect(said(["a", "INCONCLUSIVE"], ["b", "NOT JUSTIFIED"])).toBe("None of the 2 challengers is JUSTIFIED.");
    const { sections } = verdictDocument(documentOf(entry("a"), entry("a", { verdict: "INCONCLUSIVE" })));
    expect(sections.map(({ title }) => title)).toEqual(["All verdicts", "a: JUSTIFIED", "a: INCONCLUSIVE"]);
    expect(new Set(sections.map(({ id }) => id)).size).toBe(3);
  });
  it("a gain that passes its gates says so though the challenger is refused for something else", () => {
    const outcomes = (changes: Partial<VerdictEntry>) =>
      rowsOf(gates(entry("forest", changes)).blocks[0]).map((row) => row[1]);
    expect(outcomes({})).toEqual(["passed", "passed", "not asked"]);
    expect(outcomes({ verdict: "NOT JUSTIFIED", sublabel: "must-pass" })).toEqual(["passed", "passed", "not asked"]);
    const small = { lower: 0.001, upper: 0.008, level: 0.9 };
    expect(outcomes({ verdict: "NOT JUSTIFIED", sublabel: "gain-too-small", bounds: small })).toEqual([
      "passed",
      "failed",
      "not asked",
    ]);
    expect(outcomes({ verdict: "INCONCLUSIVE", reason: "dependence-unknown" })).toEqual(["open", "open", "not asked"]);
  });
  it("what would settle it is said wherever it is open", () => {
    for (const reason of ["dependence-unknown", "underpowered", "twins"] as const) {
      const { sections } = verdictDocument(documentOf(entry("forest", { verdict: "INCONCLUSIVE", reason })));
      const settle = sections.find(({ id }) => id === "settle");
      expect(settle?.blocks[0]).toMatchObject({ kind: "paragraph" });
    }
  });
});

describe("the schema", () => {
  it("takes these documents, and refuses others naming the place", () => {
    const document = documentOf(entry("forest"));
    expect(checkVerdict(JSON.parse(JSON.stringify(document)))).toEqual(document);
    expect(() => checkVerdict({ ...document, schema: "tabular-baseline/verdict/9" })).toThrow("is of version 9");
    expect(() => checkVerdict({ ...document, alpha: Number.NaN })).toThrow("damaged at alpha");
    expect(() => checkVerdict(documentOf(entry("forest", { gain: Infinity })))).toThrow("challengers.0.gain");
  });
});

describe("formats of a verdict", () => {
  const document = documentOf(
    entry("forest"),
    entry("net", { verdict: "NOT JUSTIFIED", sublabel: "over-budget" }),
    entry("<b>::x</b> @you", { verdict: "INCONCLUSIVE", reason: "underpowered" }),
  );
  const print = (name: string): string => findFormat(name)!.verdict(document);
  it("are all that a benchmark has", () => {
    for (const { verdict } of formats) expect(verdict(document)).toContain("forest");
  });
  it("html and Markdown are those beside verdict.json, json is verdict.json", () => {
    expect(print("html")).toBe(htmlVerdict(document));
    expect(print("markdown")).toBe(markdownVerdict(document));
    expect(checkVerdict(JSON.parse(print("json")))).toEqual(document);
  });
  it("JUnit fails what is not JUSTIFIED, and says why", () => {
    expect(print("junit")).toContain('<testsuites tests="3" failures="2">');
    expect(print("junit")).toContain('<failure message="NOT JUSTIFIED (over budget)"/>');
  });
  it("annotations: a notice, an error and a warning, a line each", () => {
    expect(
      print("github")
        .trimEnd()
        .split("\n")
        .map((line) => line.slice(0, 24)),
    ).toEqual(["::notice title=forest%3A", "::error title=net%3A NOT", "::warning title=<b>%3A%3"]);
  });
  it("a comment calls nobody", () => expect(print("comment")).not.toContain("@you"));
});
