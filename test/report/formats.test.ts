import stringWidth from "string-width";
import { beforeAll, describe, expect, it } from "vitest";
import type { Artifact } from "../../src/report/artifact.ts";
import { benchmarkDocument } from "../../src/report/benchmark/document.ts";
import { terminalReport } from "../../src/report/benchmark/reports.ts";
import { plain, wordCount, type Block } from "../../src/report/document/document.ts";
import { formats } from "../../src/report/formats/registry.ts";
import type { VerdictDocument } from "../../src/report/verdict.ts";
import { artifactOf, HOSTILE } from "./artifacts.ts";
import { ASKED, documentOf, entry, UNJUDGED } from "./verdicts.ts";

const artifacts = new Map<string, Artifact>();
beforeAll(async () => {
  for (const task of ["binary", "multiclass", "regression"] as const) {
    artifacts.set(`${task}, held out`, await artifactOf(task, 600));
    artifacts.set(`${task}, folds`, await artifactOf(task, 90, { folds: 3 }));
  }
  artifacts.set("one rung", await artifactOf("binary", 60, { models: ["constant"], folds: 3 }));
  artifacts.set("redacted", await artifactOf("regression", 600, { redact: true }));
  artifacts.set("searched, held out", await artifactOf("binary", 600, { models: ["tree"], trials: 12 }));
  artifacts.set("hostile", await artifactOf("binary", 600, { models: ["one-rule", "logistic"] }, HOSTILE));
  artifacts.set("hostile classes", await artifactOf("multiclass", 600, { models: ["tree"] }, HOSTILE.slice(3)));
}, 240_000);

/** The artifact with something missing or odd that a schema lets pass. */
function mangled(): readonly (readonly [string, Artifact])[] {
  const whole = artifacts.get("binary, held out")!;
  const { diagnostics: _, ...older } = whole;
  const classes = Array.from({ length: 1000 }, (_c, i) => `class ${i}`);
  const warning = { code: "duplicate-rows", message: "many rows are alike" };
  return [
    ["without diagnostics", older],
    ["no champion of that name", { ...whole, champion: { ...whole.champion, rung: "nobody" } }],
    ["a thousand classes", { ...whole, task: "multiclass", classes, positive: null }],
    ["very many findings", { ...whole, warnings: Array.from({ length: 1_000_000 }, () => warning) }],
    ["an environment that nobody knows", { ...whole, environment: {} }],
    ["a metric without a value", { ...whole, ladder: whole.ladder.map((rung) => ({ ...rung, cv: {}, holdout: {} })) }],
    ["columns without names", { ...whole, columns: whole.columns.map((column) => ({ ...column, name: "" })) }],
    [
      "all failed but the floor",
      {
        ...whole,
        interrupted: true,
        ladder: whole.ladder.map((rung) =>
          rung.rung === "constant" ? rung : { ...rung, status: "failed", reason: "too slow" },
        ),
      },
    ],
    ["no steps, no search, no columns", { ...whole, steps: [], search: {}, columns: [] }],
  ];
}

const HIDDEN = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const NONSENSE = /.{0,60}(\bNaN\b|undefined|\bnull\b|Infinity|\[object).{0,40}/;

describe("every format", () => {
  it("has a name, a file and a summary of its own", () => {
    for (const key of ["name", "file", "summary"] as const)
      expect(new Set(formats.map((format) => format[key])).size).toBe(formats.length);
  });
  for (const format of formats) {
    it(`${format.name} prints the same artifact as the same bytes, and says no nonsense`, () => {
      for (const [what, artifact] of artifacts) {
        const text = format.benchmark(artifact, {});
        expect(format.benchmark(JSON.parse(JSON.stringify(artifact)) as Artifact, {}) === text, what).toBe(true);
        expect(text.endsWith("\n"), what).toBe(true);
        if (format.name !== "json") expect(NONSENSE.exec(text)?.[0], what).toBeUndefined();
      }
    });
    it(`${format.name} prints what is missing or odd in an artifact`, () => {
      for (const [what, artifact] of mangled()) {
        const text = format.benchmark(artifact, {});
        expect(text.length, what).toBeGreaterThan(20);
        if (format.name !== "json") expect(text.length, what).toBeLessThan(400_000);
        if (format.name !== "json") expect(NONSENSE.exec(text)?.[0], what).toBeUndefined();
      }
    });
    it(`${format.name} shows names that would steer a terminal or a page as text`, () => {
      for (const what of ["hostile", "hostile classes"]) {
        const text = format.benchmark(artifacts.get(what)!, {});
        if (format.name !== "csv" && format.name !== "json") expect(HIDDEN.exec(text)).toBeNull();
        const forbidden: Record<string, RegExp> = {
          html: /<script|<img|\son\w+=|style=/i,
          markdown: /(?<!\\)<script/,
          comment: /(?<!\\)<script/,
          junit: /\]\]>/,
        };
        const shown = text.replace(/^```[\s\S]*?^```$/gm, ""); // what is fenced in is text already
        expect(forbidden[format.name]?.exec(shown)?.[0] ?? null).toBeNull();
        if (format.name === "github")
          for (const line of text.trimEnd().split("\n"))
            expect(line).toMatch(/^::(notice|warning|error) title=[^:,]*::/);
      }
    });
  }
});

describe("every format of a verdict", () => {
  const hostile = documentOf(...HOSTILE.map((name) => entry(name, { sentence: `${name} is JUSTIFIED.`, ...ASKED })));
  for (const format of formats)
    it(`${format.name} prints the same bytes again, says no nonsense and shows names as text`, () => {
      for (const document of [hostile, documentOf(entry("forest")), documentOf(entry("lost", UNJUDGED))]) {
        const text = format.verdict(document);
        expect(format.verdict(JSON.parse(JSON.stringify(document)) as VerdictDocument)).toBe(text);
        expect(text.endsWith("\n")).toBe(true);
        if (format.name === "json") continue;
        expect(NONSENSE.exec(text)?.[0]).toBeUndefined();
        if (format.name !== "csv") expect(HIDDEN.exec(text)).toBeNull();
        if (format.name === "html") expect(text).not.toMatch(/<script|<img|\son\w+=|style=/i);
        if (format.name === "junit") expect(text).not.toMatch(/\]\]>|<script/);
        if (format.name === "github")
          for (const line of text.trimEnd().split("\n"))
            expect(line).toMatch(/^::(notice|warning|error) title=[^:,]*::/);
      }
    });
});

describe("the terminal", () => {
  it("fits every width without a wrapped table line, and always gives the answer and the scores", () => {
    for (const [what, artifact] of artifacts)
      for (const width of [80, 100, 140, 200]) {
        const text = terminalReport(artifact, { colour: false, width, folder: "out" });
        const lines = text.split("\n");
        const from = lines.findIndex((line) => line === "The ladder");
        const table = lines.slice(from + 1, from + 2 + artifact.ladder.length);
        for (const line of table) expect(stringWidth(line), `${what} at ${width}: ${line}`).toBeLessThanOrEqual(width);
        expect(table.filter((line) => line.startsWith("> ")).length, what).toBe(1);
        expect(text, what).toContain("The best simple model".slice(0, 3));
      }
  });
  it("keeps score, interval and gain at 80 columns, parts no number from its percent sign, and sets long notes above", () => {
    const artifact = artifacts.get("binary, held out")!;
    const narrow = terminalReport(artifact, { colour: false, width: 80, folder: "out" });
    expect(narrow).toMatch(/^ {2}rung +log_loss +95 % interval +gain over the last step that paid$/m);
    expect(narrow).toContain(
      "\n  # is complexity worth trying at all?\n  baseline compare out --builtin boosting --data ",
    );
    const wide = terminalReport(artifact, { colour: false, width: 200, folder: "out" });
    expect(wide).toMatch(/^ {2}baseline compare out --builtin .* {3}# is complexity worth trying at all\?$/m);
    for (let width = 40; width < 120; width++) {
      const text = terminalReport(artifact, { colour: false, width });
      expect(text).not.toMatch(/\d\n *%/);
      expect(text).not.toContain("\u00a0");
    }
  });
  it("shows five findings at most, and counts the others", () => {
    const whole = artifacts.get("binary, held out")!;
    const warnings = Array.from({ length: 12 }, (_, i) => ({ code: `finding-${i}`, message: `thing ${i}` }));
    const text = terminalReport({ ...whole, warnings }, { colour: false, width: 100 });
    expect(text.match(/ {2}finding-\d+ thing/g)).toHaveLength(5);
    expect(text).toContain("... and 7 more in the report");
  });
  it("leaves out muted findings, and counts them", async () => {
    const whole = artifacts.get("binary, held out")!;
    const warnings = ["duplicate-rows", "rare-class", "rare-class"].map((code) => ({ code, message: `about ${code}` }));
    const muted = { ...whole, warnings, options: { ...whole.options, mute: ["B303"] } };
    const text = terminalReport(muted, { colour: false, width: 100 });
    expect(text).toContain("The data: 1 finding (2 muted)");
    expect(text).toContain("B403 about duplicate-rows");
    expect(text).not.toContain("about rare-class");
    await expect(artifactOf("binary", 60, { mute: ["B999"] })).rejects.toThrow('mute: there is no finding "B999";');
    await expect(artifactOf("binary", 60, { mute: ["duplicate-row"] })).rejects.toThrow(
      'no finding "duplicate-row" (did you mean "duplicate-rows"?)',
    );
  });
  it("has colour only where it is asked for, and the same words", () => {
    const artifact = artifacts.get("binary, held out")!;
    const bare = terminalReport(artifact, { colour: false, width: 100 });
    const coloured = terminalReport(artifact, { colour: true, width: 100 });
    expect(bare).not.toContain("\u001b");
    expect(coloured).toContain("\u001b[");
    // oxlint-disable-next-line no-control-regex
    expect(coloured.replace(/\u001b\[[0-9;]*m/g, "")).toBe(bare);
  });
});

describe("the document", () => {
  const figures = (blocks: readonly Block[]): Extract<Block, { kind: "figure" }>[] =>
    blocks.flatMap((block) =>
      block.kind === "figure" ? [block] : block.kind === "details" ? figures(block.blocks) : [],
    );
  it("answers first, and decides on the first screen in few words", () => {
    for (const [what, artifact] of artifacts) {
      if (what.startsWith("hostile")) continue;
      const { answer, sections } = benchmarkDocument(artifact, { folder: "out" });
      const [ladder, trust] = sections;
      const words = plain(answer).split(/\s+/).length + wordCount(ladder.blocks) + wordCount(trust.blocks);
      expect(words, what).toBeLessThanOrEqual(350);
      expect(new Set(sections.map(({ id }) => id)).size, what).toBe(sections.length);
    }
  });
  it("answers what is asked next in a few words, with a way to the section that says more", () => {
    for (const [what, artifact] of [...artifacts, ...mangled()]) {
      const { facts = [], sections } = benchmarkDocument(artifact);
      const ids = sections.map(({ id }) => id);
      for (const { question, answer, note, section } of facts) {
        expect(ids, what).toContain(section);
        expect(question).toMatch(/\?$/);
        if (!what.startsWith("hostile")) expect(answer.length, what).toBeLessThanOrEqual(30);
        expect(note.length, what).toBeLessThanOrEqual(140);
      }
      expect(facts.map(({ question }) => question)).toContain("What is wrong with the data?");
    }
    const told = benchmarkDocument(artifacts.get("binary, held out")!).facts!.map(({ section }) => section);
    expect(told).toEqual(["ladder", "next", "data", "more"]);
  });
  it("links to sections that are there, once each", () => {
    const page = formats.find(({ name }) => name === "html")!.benchmark(artifacts.get("binary, held out")!, {});
    const links = new Set([...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id));
    for (const id of links) expect(page.split(` id="${id}"`)).toHaveLength(2);
    expect(page.match(/<div class="figures">/g)!.length).toBeGreaterThan(1);
    expect(page).toContain("<code>--positive</code>");
  });
  it("draws figures that say what they show, with their numbers beside them and at most 200 marks", () => {
    for (const [what, artifact] of artifacts) {
      const all = benchmarkDocument(artifact).sections.flatMap(({ blocks }) => figures(blocks));
      if (what.endsWith("held out")) expect(all.length, what).toBeGreaterThan(6);
      for (const { title, caption, draw, numbers } of all) {
        if (draw) {
          const svg = draw();
          expect(svg, title).toMatch(/^<svg [^>]*role="img"><title>[^<]+<\/title><desc>[^<]+<\/desc>/);
          expect(svg, title).not.toMatch(/NaN|undefined|Infinity|style=/);
          expect((svg.match(/<(rect|circle)/g) ?? []).length, title).toBeLessThanOrEqual(200);
        }
        expect(caption.length, title).toBeGreaterThan(20);
        expect(numbers.rows.length, title).toBeGreaterThan(0);
        for (const row of numbers.rows) expect(row.length).toBe(numbers.columns.length);
      }
    }
  });
  it("warns in its answer of a column that gives the target away, unless that is muted", () => {
    const whole = artifacts.get("binary, held out")!;
    const warnings = ["near-perfect-column", "target-copy"].map((code) => ({ code, column: "alive", message: "leak" }));
    const said = (changes: Partial<Artifact>): string =>
      plain(benchmarkDocument({ ...whole, warnings, ...changes }).answer);
    expect(said({})).toContain("But check first whether alive is known when a prediction is made: it nearly decides");
    expect(said({ options: { mute: ["near-perfect-column", "target-copy"] } })).not.toContain("check first");
    expect(said({ warnings: [{ code: "rare-class", column: "alive", message: "few" }] })).not.toContain("check first");
  });
  it("says first how to train without columns that give the target away, other options as they were", () => {
    const whole = artifacts.get("binary, held out")!;
    const warnings = ["alive", "fate, told"].map((column) => ({ code: "target-copy", column, message: "leak" }));
    const next = (changes: Partial<Artifact>): string =>
      JSON.stringify(benchmarkDocument({ ...whole, warnings, ...changes }).sections.find(({ id }) => id === "next"));
    const options = { target: "y", ignore: ["name"] };
    expect(next({ options })).toContain(
      "If alive and fate, told are not known when a prediction is made, train without them",
    );
    expect(next({ options })).toContain(JSON.stringify(`--target y --ignore 'name,alive,"fate, told"'`).slice(1, -1));
    expect(next({ options })).toContain("--out baseline-out-without");
    expect(next({ options, warnings: [] })).not.toContain("-without");
  });
  it("warns in its answer of columns that add up to the target, and of both doubts in one breath", () => {
    const whole = artifacts.get("binary, held out")!;
    const sum = { code: "target-sum", message: "y = a + b", evidence: { columns: ["a", "b"] } };
    const order = { code: "row-order", message: "rows that follow one another are alike" };
    const said = (warnings: Artifact["warnings"]): string =>
      plain(benchmarkDocument({ ...whole, warnings, options: {} }).answer);
    expect(said([sum])).toMatch(/But check first whether a and b are known .*: the target follows from them\.$/);
    expect(said([{ ...sum, evidence: { columns: ["a"] } }])).toMatch(
      /whether a is known .*: the target follows from it\.$/,
    );
    expect(said([sum, order])).toMatch(/follows from them\. Check too whether the rows are independent \(B409\)/);
  });
  it("warns in its answer of rows that may belong together, until that is muted or settled", () => {
    const whole = artifacts.get("binary, held out")!;
    const warnings = [{ code: "row-order", message: "rows that follow one another are alike" }];
    const said = (options: Artifact["options"]): string =>
      plain(benchmarkDocument({ ...whole, warnings, options }).answer);
    expect(said({})).toContain("But check whether the rows are independent (B409)");
    const next = (options: Artifact["options"]): string =>
      JSON.stringify(benchmarkDocument({ ...whole, warnings, options }).sections.at(-1));
    expect(next({ mute: ["B409"] })).toContain("No challenger is JUSTIFIED before it is settled");
    expect(next({ time: "@row" })).not.toContain("before it is settled");
    for (const settled of [{ mute: ["B409"] }, { time: "@row" }, { group: "home" }])
      expect(said(settled)).not.toContain("independent");
  });
  it("says that no model beats the constant only where none has less loss", () => {
    const whole = artifacts.get("binary, held out")!;
    const said = (best: string): string =>
      plain(benchmarkDocument({ ...whole, champion: { ...whole.champion, rung: "constant", best } }).answer);
    expect(said("constant")).toContain("No simple model beats the constant");
    expect(said("tree")).toMatch(/No simple model is shown to beat the constant .*: what others gain may be chance\./);
  });
  it("draws the champion, and how its settings were searched", () => {
    const drawn = (what: string): string[] =>
      benchmarkDocument(artifacts.get(what)!)
        .sections.flatMap(({ blocks }) => figures(blocks))
        .map(({ title, draw }) => (draw?.().includes('class="branch"') ? "a tree" : title));
    expect(drawn("searched, held out")).toContain("a tree");
    expect(drawn("searched, held out")).toContain("The search for tree's settings");
    expect(drawn("hostile classes")).toContain("a tree");
    expect(drawn("regression, held out")).toContain("What each term adds to y");
  });
  it("has no row of the table in a redacted benchmark", () => {
    const { diagnostics } = artifacts.get("redacted")!;
    expect(diagnostics).toMatchObject({ worst: [], errorBy: [], effects: [] });
    expect(diagnostics?.residuals).toBeUndefined();
    expect(diagnostics?.agreement).toBeUndefined();
  });
  it("is about out-of-fold answers where the held-out rows are sealed", async () => {
    const sealed = await artifactOf("binary", 600, { sealHoldout: true, models: ["one-rule"] });
    expect(sealed.diagnostics?.rows.part).toBe("out-of-fold");
    expect(sealed.diagnostics?.worst.every(({ part }) => part === "train")).toBe(true);
  });
});

describe("the size of a page", () => {
  it("does not grow with the rows: 20 times as many change it by less than a tenth", async () => {
    const size = async (rows: number): Promise<number> => {
      const artifact = await artifactOf("binary", rows, { models: ["one-rule", "logistic"] });
      return formats.find(({ name }) => name === "html")!.benchmark(artifact, {}).length;
    };
    const [small, large] = [await size(1000), await size(20_000)];
    expect(Math.abs(large / small - 1)).toBeLessThan(0.1);
  });
});
