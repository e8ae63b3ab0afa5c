/** Compare and gate as their users run them: the command line, its streams, files and exit codes. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/registry.ts";
import { failureText } from "../../src/cli/failure.ts";
import { runProgram } from "../../src/cli/program.ts";
import { openBenchmark, type OpenBenchmark } from "../../src/intake/opened.ts";
import type { VerdictDocument } from "../../src/report/verdict.ts";
import { isAlive } from "../processes.ts";
import { untilFile } from "./baseline.ts";
import { foldLines, heldLines, makeBenchmark, records, scratch, writeCsv, type Line } from "../benchmark/folders.ts";

const folder = scratch();
const data = join(folder, "data.csv");
let bench: string;
let opened: OpenBenchmark;

interface Ran {
  readonly code: number | undefined;
  readonly out: string;
  readonly error: string;
}

/** A process of its own, as a user starts it. */
async function started(...args: string[]): Promise<Ran> {
  const { exitCode, stdout, stderr } = await execa("node", ["dist/cli/main.js", ...args], { reject: false });
  return { code: exitCode, out: stdout, error: stderr };
}

/** The same command line without the cost of a process. */
async function baseline(...args: string[]): Promise<Ran> {
  const [out, error]: [string[], string[]] = [[], []];
  const { signal } = new AbortController();
  const terminal = {
    out: (text: string) => void out.push(text),
    error: (text: string) => void error.push(text),
    colour: false,
    animated: false,
    width: 110,
    interrupts: { heed: () => undefined, soft: signal, hard: signal },
  };
  const code = await runProgram(
    args,
    commands,
    "0",
    () => terminal,
    (problem) => error.push(failureText(problem, false)),
  );
  return { code, out: out.join("").trimEnd(), error: error.join("").trimEnd() };
}

let files = 0;
const file = (lines: readonly Line[], name = `file-${files++}`): string => writeCsv(join(folder, `${name}.csv`), lines);
const held = (skill: number, labels = false): string => file(heldLines(opened, skill, labels));

beforeAll(async () => {
  writeCsv(data, records(700, "binary") as Line[]);
  bench = join(folder, "bench");
  const { code, error } = await baseline(
    "train",
    data,
    "--target=y",
    "--ignore=who,site,region",
    "--models=one-rule",
    `--out=${bench}`,
    "--workers=1",
    "--quiet",
  );
  expect([code, error]).toEqual([0, ""]);
  opened = await openBenchmark(bench);
});

describe("exit codes", () => {
  it("0 JUSTIFIED, 1 NOT JUSTIFIED, 3 INCONCLUSIVE, 2 could not", async () => {
    const [yes, no, open, broken] = await Promise.all([
      started("compare", bench, held(0.95), "--out", join(folder, "yes.json")),
      started(
        "compare",
        bench,
        file(
          heldLines(opened, 0.6).map(({ row, proba_no, proba_yes }) => ({
            row,
            proba_no: proba_yes,
            proba_yes: proba_no,
          })),
        ),
        "--out",
        join(folder, "no.json"),
      ),
      started("compare", bench, held(0.95), "--max-size", "1MB", "--out", join(folder, "open.json")),
      started("compare", bench, file(heldLines(opened, 0.9).slice(3))),
    ]);
    expect([yes.code, no.code, open.code, broken.code]).toEqual([0, 1, 3, 2]);
    expect(yes.out).toMatch(/^file-\d+ is JUSTIFIED\.\s+The verdict\s+Its log_loss/);
    expect(no.out).toMatch(/^file-\d+ is NOT JUSTIFIED: it is worse\./);
    expect(open.out).toMatch(/^file-\d+ is INCONCLUSIVE: the measurements do not settle/);
    expect(broken.out).toBe("");
    expect(broken.error).toMatch(/^baseline: .*: 3 of 140 held-out rows are missing, first row \d+; give each row/);
  });
  it("INCONCLUSIVE counts as --fail-on says, and nothing else is changed by it", async () => {
    const calls = [[held(0.95)], [held(0)], [held(0.95), "--max-size", "1MB"]];
    const codes = async (...options: string[]) => {
      const runs = await Promise.all(calls.map((call) => baseline("compare", bench, ...call, ...options)));
      return runs.map(({ code }) => code);
    };
    expect(await codes()).toEqual([0, 1, 3]);
    expect(await codes("--fail-on", "inconclusive")).toEqual([0, 1, 1]);
    expect(await codes("--fail-on", "not-justified")).toEqual([0, 1, 0]);
  });
  it("a verdict with a name is kept beside the last one; names that are paths are refused", async () => {
    await baseline("compare", bench, held(0), "--name", "first try");
    await baseline("compare", bench, held(0.95), "--name", "second");
    const verdict = (path: string): string =>
      (JSON.parse(readFileSync(join(bench, path), "utf8")) as VerdictDocument).challengers[0].verdict;
    expect(["verdicts/first try.json", "verdicts/second.json", "verdict.json"].map(verdict)).toEqual([
      "NOT JUSTIFIED",
      "JUSTIFIED",
      "JUSTIFIED",
    ]);
    expect(existsSync(join(bench, "verdicts/second.md"))).toBe(true);
    for (const name of ["", "..", "../x", "a/b", ".hidden", "a\\b", "a\u0000b", "-x"])
      expect(await baseline("compare", bench, held(0), `--name=${name}`)).toMatchObject({ code: 2 });
    expect(readdirSync(join(bench, "verdicts")).length).toBe(6);
  });
  it("several: 0 if any is JUSTIFIED, 2 if any cannot be judged", async () => {
    const [good, bad] = [held(0.95), held(0)];
    expect((await baseline("compare", bench, bad, good)).code).toBe(0);
    expect((await baseline("compare", bench, bad, good, file([{ row: 0, probability: 0.5 }]))).code).toBe(2);
  });
});

describe("what is written", () => {
  it("verdict.json and verdict.md in the benchmark folder; --json prints exactly the document", async () => {
    const { code, out, error } = await baseline("compare", bench, held(0.95), "--json");
    expect([code, error]).toEqual([0, ""]);
    expect(`${out}\n`).toBe(readFileSync(join(bench, "verdict.json"), "utf8"));
    const document = JSON.parse(out) as VerdictDocument;
    expect(document).toMatchObject({ schema: "tabular-baseline/verdict/1", benchmark: opened.fingerprint });
    expect(readFileSync(join(bench, "verdict.md"), "utf8")).toContain("**JUSTIFIED**");
  });
  it("report prints a verdict again, rebuilds its files to the byte, and knows every format", async () => {
    const { out } = await baseline("compare", bench, held(0.9), held(0.3));
    const path = join(bench, "verdict.json");
    const files = ["verdict.json", "verdict.md", "verdict.html"];
    const read = (): string[] => files.map((name) => readFileSync(join(bench, name), "utf8"));
    const before = read();
    for (const name of files.slice(1)) writeFileSync(join(bench, name), "lost");
    expect(await baseline("report", path)).toEqual({ code: 0, out, error: "" });
    expect(read()).toEqual(before);
    const alone = mkdtempSync(join(folder, "alone-"));
    writeFileSync(join(alone, "verdict.json"), before[0]);
    expect((await baseline("report", alone)).code).toBe(0);
    expect(["verdict.md", "verdict.html"].map((name) => readFileSync(join(alone, name), "utf8"))).toEqual(
      before.slice(1),
    );
    const printed = async (...args: string[]): Promise<string> => (await baseline("report", path, ...args)).out;
    expect(await Promise.all(["json", "markdown", "html"].map((name) => printed("--format", name)))).toEqual(
      before.map((text) => text.trimEnd()),
    );
    expect((await printed("--format", "csv")).split("\n").length).toBeGreaterThan(2);
    expect(await printed("--format", "junit")).toMatch(/<testsuite name="baseline verdict" tests="2" failures="1"/);
    expect(await printed("--format", "github")).toMatch(/^::notice title=.*\n::warning title=/);
  });
  it("report refuses a verdict that is damaged or of another version, in a sentence", async () => {
    await baseline("compare", bench, held(0.9));
    const text = readFileSync(join(bench, "verdict.json"), "utf8");
    for (const [what, content, said] of [
      ["cut", text.slice(0, 300), /is not JSON/],
      ["old", text.replace("verdict/1", "verdict/9"), /of version 9/],
      ["odd", text.replace('"alpha": 0.05', '"alpha": "little"'), /damaged at alpha/],
      ["other", "{}", /wanted a benchmark folder/],
    ] as const) {
      const path = join(folder, `${what}.json`);
      writeFileSync(path, content);
      const { code, out, error } = await baseline("report", path);
      expect([code, out, error.split("\n").length]).toEqual([2, "", 1]);
      expect(error).toMatch(said);
    }
  });
  it("replaces a verdict, never another file", async () => {
    const other = join(folder, "notes.json");
    writeFileSync(other, "{}");
    const { code, error } = await baseline("compare", bench, held(0.5), "--out", other);
    expect([code, readFileSync(other, "utf8")]).toEqual([2, "{}"]);
    expect(error).toContain("holds something that is no verdict");
    expect((await baseline("compare", bench, held(0.5), "--out", join(folder, "no", "where.json"))).code).toBe(2);
  });
  it("names with markup stay text", async () => {
    const path = file(heldLines(opened, 0.9), "<b>_|x");
    await baseline("compare", bench, path);
    const markdown = readFileSync(join(bench, "verdict.md"), "utf8");
    expect(markdown).toContain("\\<b\\>\\_\\|x");
    expect(markdown).not.toContain("<b>");
  });
});

describe("bad input ends in one sentence and exit code 2", () => {
  const refused = async (message: RegExp, ...args: string[]): Promise<void> => {
    const { code, out, error } = await baseline("compare", bench, ...args);
    expect(error.replace(/^baseline: \S*\//, "")).toMatch(message);
    expect([code, out]).toEqual([2, ""]);
  };
  const edited = (edit: (line: Line, i: number) => Line): string => file(heldLines(opened, 0.9).map(edit));
  it("rows, classes and probabilities that do not fit", async () => {
    const lines = heldLines(opened, 0.9);
    await refused(
      /2 of 142 records give a row again, first row \d+; give every row once$/,
      file([...lines, lines[0], lines[1]]),
    );
    await refused(
      /1 of 140 records is about rows .* first row 99999;/,
      edited((l, i) => (i === 5 ? { ...l, row: 99999 } : l)),
    );
    await refused(
      /1 row has probabilities that do not sum to 1/,
      edited((l, i) => (i === 2 ? { ...l, proba_no: 0.9, proba_yes: 0.9 } : l)),
    );
    await refused(
      /1 row has no probability from 0 to 1 in proba_yes, first row \d+ with "nan"/,
      edited((l, i) => (i === 2 ? { ...l, proba_yes: "nan" } : l)),
    );
    await refused(
      /column proba_ja is of no class/,
      file(lines.map(({ row, proba_no, proba_yes }) => ({ row, proba_no, proba_ja: proba_yes }))),
    );
  });
  it("labels where probabilities are needed", async () => {
    const path = held(0.9, true);
    await refused(/gives classes without probabilities, and log_loss needs them/, path, "--metric", "log_loss");
    const { code, out } = await baseline("compare", bench, path);
    expect(code).toBe(0);
    expect(out.replaceAll("\n", " ")).toMatch(/judged by accuracy instead of log_loss, since file-\d+ gives classes/i);
  });
  it("files that are none, no challenger, options that do not fit", async () => {
    await refused(/no such file/, join(folder, "nothing.csv"));
    await refused(/wanted a challenger: predictions files/);
    await refused(/minGain: wanted a gain/, held(0.9), "--min-gain", "much");
    await refused(
      /--builtin|needs the table that the benchmark was trained on; give it with --data$/,
      "--builtin",
      "tree",
    );
  });
  it("benchmarks that are none, damaged, of a newer version, redacted or of other data", async () => {
    const run = (path: string, ...args: string[]) => baseline("compare", path, held(0.9), ...args);
    expect((await run(folder)).error).toContain("wanted a benchmark folder");
    const newer = await makeBenchmark(join(folder, "newer"), records(150, "binary"), { folds: 3, repeats: 1 });
    const text = readFileSync(join(newer, "benchmark.json"), "utf8");
    writeFileSync(join(newer, "benchmark.json"), text.replace("benchmark/2", "benchmark/3"));
    expect((await run(newer)).error).toContain("is of version 3, and this program reads version 2");
    writeFileSync(join(newer, "benchmark.json"), text.slice(0, 500));
    expect((await run(newer)).error).toContain("is not JSON");
    const redacted = await makeBenchmark(join(folder, "redacted"), records(150, "binary"), {
      folds: 3,
      repeats: 1,
      redact: true,
    });
    expect((await run(redacted)).error).toContain("was written with --redact");
    const other = file(records(700, "binary", 5) as Line[]);
    expect((await run(bench, "--builtin", "tree", "--data", other)).error).toContain("is not the table that");
    const damaged = await makeBenchmark(join(folder, "damaged"), records(150, "binary"), { folds: 3, repeats: 1 });
    const answers = join(damaged, "predictions.csv");
    writeFileSync(answers, readFileSync(answers, "utf8").replaceAll(",yes,", ",no,"));
    expect(await run(damaged)).toMatchObject({ code: 2, out: "" });
  });
});

describe("challengers made on the spot", () => {
  it("a command that trains in another process", async () => {
    const script = join(folder, "train.mjs");
    writeFileSync(
      script,
      `import { readFileSync, writeFileSync } from "node:fs";
const [train, test, out] = process.argv.slice(2);
const read = (path) => { const [head, ...lines] = readFileSync(path, "utf8").trim().split("\\n").map((l) => l.split(","));
  return lines.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i]]))); };
const x = (line) => Number(line.x) * 1.5 + { a: 0, b: 1, c: -1 }[line.z];
const share = read(train).filter((line) => line.y === "yes").length / read(train).length;
if (!(share > 0.2)) throw new Error("no target");
writeFileSync(out, "row,probability\\n" + read(test).map((line) => line.row + "," + 1 / (1 + Math.exp(-1.7 * x(line)))).join("\\n") + "\\n");
`,
    );
    const command = `node ${script} {train} {test} {out}`;
    const { code, out, error } = await baseline(
      "compare",
      bench,
      `--command=${command}`,
      `--data=${data}`,
      "--max-training-time=1h",
      "--json",
    );
    expect(error).toContain("run 1 of 1");
    expect(code).toBe(0);
    const [one] = (JSON.parse(out) as VerdictDocument).challengers;
    expect(one).toMatchObject({ name: "command", verdict: "JUSTIFIED", rows: 140 });
    expect(one.cost[0]).toMatchObject({ quantity: "training-time", outcome: "within" });
    const failing = await baseline("compare", bench, "--command", "false {test} {out}", "--data", data);
    expect([failing.code, failing.out]).toEqual([2, ""]);
  });
  it("a built-in, with cases that it must pass and slices that must not lose", async () => {
    const cases = file([
      { case: "clear", x: 3, z: "b", expected: "yes" },
      { case: "odd", x: -3, z: "c", expected: "yes" },
    ]);
    const made = ["--builtin=logistic", "--trials=3", "--data", data, "--workers=1"];
    const refused = await baseline("compare", bench, ...made, "--must-pass", cases);
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/^logistic is NOT JUSTIFIED: it fails cases it must pass\./);
    expect(refused.out).toContain('case "odd": wanted yes, got no');
    const sliced = await baseline("compare", bench, ...made, "--slices", "region,x", "--protect", "region", "--json");
    expect(sliced.code).toBe(0);
    const [one] = (JSON.parse(sliced.out) as VerdictDocument).challengers;
    expect(one.slices.map(({ slice }) => slice.split(" = ")[0])).toEqual(["region", "region", "x", "x", "x", "x"]);
    expect(one.slices.reduce((sum, { slice, rows }) => sum + (slice.startsWith("x") ? rows : 0), 0)).toBe(140);
    expect(one.fairness[0].rates[0].groups.map(({ group }) => group)).toEqual(["north", "south"]);
  });
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)
    it(`${signal} ends a command and everything: ${code}, and no verdict`, async () => {
      const cwd = mkdtempSync(join(folder, "stopped-"));
      const command = "echo $$ > pid; mv pid running; exec sleep 1000 # {test} {out}";
      const args = ["compare", bench, "--command", command, "--data", data, "--out", "verdict.json", "--quiet"];
      const child = execa("node", [resolve("dist/cli/main.js"), ...args], { reject: false, cwd });
      await untilFile(cwd, (name) => name === "running");
      child.kill(signal);
      const { exitCode, stdout } = await child;
      expect([exitCode, stdout, readdirSync(cwd)]).toEqual([code, "", ["running"]]);
      const pid = readFileSync(join(cwd, "running"), "utf8").trim();
      await expect.poll(() => isAlive(pid)).toBe(false);
    });
  it("cases for a predictions file name its rows", async () => {
    const [row] = opened.held;
    const truth = heldLines(opened, 1, true)[0].prediction;
    const cases = file([{ row, expected: truth === "yes" ? "no" : "yes" }]);
    const { code, out } = await baseline("compare", bench, held(1), "--must-pass", cases);
    expect(code).toBe(1);
    expect(out.replace(/\s+/g, " ")).toContain("Veto: case 1: wanted");
  });
});

describe("sealed truth", () => {
  it("is asked for, and used when given; without it folds are judged and the note says so", async () => {
    const sealed = await makeBenchmark(join(folder, "sealed"), records(700, "binary"), { sealHoldout: true });
    const truth = join(sealed, "holdout.sealed.csv");
    const known = await openBenchmark(sealed, { sealed: truth });
    const path = file(heldLines(known, 0.95));
    expect(await baseline("compare", sealed, path)).toMatchObject({
      code: 2,
      error: expect.stringContaining("--sealed holdout.sealed.csv"),
    });
    expect((await baseline("compare", sealed, path, "--sealed", truth)).code).toBe(0);
    const both = file([...heldLines(known, 0.95), ...foldLines(known, 0.95)]);
    const { code, out } = await baseline("compare", sealed, both);
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, " ")).toContain("Its held-out rows were not judged: their truth is sealed");
  });
});

describe("gate", () => {
  it("prints one bit and what is left, twice the same for the same file; exit codes 1, 0, 3", async () => {
    const ledger = join(folder, "gate.jsonl");
    const run = (path: string, ...args: string[]) => baseline("gate", bench, path, "--ledger", ledger, ...args);
    const [bad, good] = [held(0), held(0.95)];
    const first = await run(bad);
    expect([first.code, first.out.split("\n").slice(0, 2)]).toEqual([1, ["NO PASS", "Run 1 of 20; 19 left."]]);
    expect(first.out).not.toMatch(/log_loss|worse|gain/);
    const again = await run(bad);
    expect(again.out.split("\n")[1]).toBe("Run 1 of 20, answered before and not charged again; 19 left.");
    const passed = await run(good, "--json");
    expect([passed.code, JSON.parse(passed.out)]).toMatchObject([0, { outcome: "PASS", run: 2, verdict: null }]);
    const spent = await run(held(0.9));
    expect([spent.code, spent.out.split("\n")[0]]).toEqual([3, "INCONCLUSIVE (holdout-spent)"]);
    writeFileSync(ledger, readFileSync(ledger, "utf8").replace('"run":1', '"run":3'));
    expect(await run(bad)).toMatchObject({ code: 2, out: "" });
  });
  it("runs of several processes at the same time wait for each other", async () => {
    const ledger = join(folder, "many.jsonl");
    const paths = [0.1, 0.11, 0.12, 0.13].map((skill) => held(skill));
    const terms = ["--ledger", ledger, "--budget", "9"]; // the benchmark knows the ledger of the test above
    const answers = await Promise.all(paths.map((path) => started("gate", bench, path, ...terms, "--json")));
    const runs = answers.map(({ out }) => (JSON.parse(out) as { run: number }).run);
    expect(runs.sort((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    expect(existsSync(`${ledger}.lock`)).toBe(false);
  });
});
