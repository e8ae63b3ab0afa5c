import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { gate, type GateOptions } from "../../src/benchmark/gate.ts";
import { openBenchmark, type OpenBenchmark } from "../../src/intake/opened.ts";
import type { GateDocument } from "../../src/report/gate.ts";
import { foldLines, heldLines, makeBenchmark, records, scratch, writeCsv, type Line } from "./folders.ts";

const folder = scratch();
let opened: OpenBenchmark;

beforeAll(async () => {
  opened = await openBenchmark(await makeBenchmark(join(folder, "bench"), records(2500, "binary")));
});

let files = 0;
const file = (lines: readonly Line[]): string => writeCsv(join(folder, `file-${files++}.csv`), lines);
const good = (seed = 0): string => file(heldLines(opened, 0.9 - 0.001 * seed));
const bad = (seed = 0): string => file(heldLines(opened, 0.1 + 0.001 * seed));
/** A ledger of its own, and a benchmark that knows of no other. */
const fresh = (): string => {
  for (const name of readdirSync(opened.folder)) if (name.endsWith(".head")) rmSync(join(opened.folder, name));
  return join(folder, `ledger-${files++}.jsonl`);
};
const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "it was taken",
    (error: Error) => `${error.name}: ${error.message}`,
  );
const run = (path: string, ledger: string, options: GateOptions = {}): Promise<GateDocument> =>
  gate(opened, path, { ledger, ...options });
const lines = (ledger: string): string[] => readFileSync(ledger, "utf8").trimEnd().split("\n");

describe("strict", () => {
  it("lets one bit out: no score, no reason, no verdict, neither now nor in the ledger", async () => {
    const ledger = fresh();
    const no = await run(bad(), ledger);
    expect(no).toMatchObject({ outcome: "NO PASS", run: 1, budget: 20, left: 19, verdict: null, reason: null });
    expect(JSON.parse(lines(ledger)[1])).toMatchObject({ passed: false, detail: null, alpha: 0.05 / 20 });
    const again = await run(bad(1), ledger);
    const { run: number, left, ...rest } = again;
    expect({ ...rest, run: 1, left: 19 }).toEqual(no);
    expect([number, left]).toEqual([2, 18]);
  });
  it("answers the same predictions again for nothing, whatever the order of their rows", async () => {
    const ledger = fresh();
    const held = heldLines(opened, 0.1);
    await run(file(held), ledger);
    const again = await run(file(held.toReversed()), ledger);
    expect(again).toMatchObject({ outcome: "NO PASS", run: 1, cached: true, left: 19 });
    expect(lines(ledger).length).toBe(2);
  });
  it("passes once; after that and after the last run the holdout is spent: INCONCLUSIVE, nothing charged", async () => {
    const ledger = fresh();
    const path = good();
    expect(await run(path, ledger)).toMatchObject({ outcome: "PASS", run: 1, left: 0 });
    expect(await run(path, ledger)).toMatchObject({ outcome: "PASS", cached: true });
    expect(await run(good(1), ledger)).toMatchObject({ outcome: "INCONCLUSIVE", reason: "holdout-spent", run: null });
    const short = fresh();
    for (let k = 0; k < 2; k++) await run(bad(k), short, { budget: 2 });
    expect(await run(good(), short, { budget: 2 })).toMatchObject({ outcome: "INCONCLUSIVE", reason: "holdout-spent" });
    expect(lines(short).length).toBe(3);
  });
  it("does not charge for what could not be judged", async () => {
    const ledger = fresh();
    expect(await failure(run(file(heldLines(opened, 0.5).slice(1)), ledger))).toMatch(/^ChallengerError: .* 1 of 500/);
    expect(await failure(run(file(foldLines(opened, 0.5)), ledger))).toMatch(/answers for rows in folds only/);
    expect(await failure(run(file(heldLines(opened, 0.5, true)), ledger))).toMatch(
      /so say --metric accuracy from the first/,
    );
    expect(existsSync(ledger)).toBe(false);
  });
});

describe("open and shard", () => {
  it("open shows the verdict and says what it is worth", async () => {
    const ledger = fresh();
    await run(bad(), ledger, { mode: "open" });
    const { outcome, verdict, statement } = await run(good(), ledger, { mode: "open" });
    expect(outcome).toBe("PASS");
    expect(verdict!.challengers[0]).toMatchObject({ verdict: "JUSTIFIED", rows: 500 });
    expect(statement).toContain("Scores were shown before: the 5 % does not hold.");
  });
  it("shard judges other rows every run, each at the full level", async () => {
    const ledger = fresh();
    const first = await run(bad(), ledger, { mode: "shard", budget: 4 });
    const second = await run(good(), ledger, { mode: "shard", budget: 4 });
    expect(first.verdict!.challengers[0].rows).toBe(125);
    expect(second.verdict!.challengers[0].rows).toBe(125);
    expect(second.verdict!.alpha).toBe(0.05);
    const scores = [first, second].map(({ verdict }) => verdict!.challengers[0].against.map(({ score }) => score));
    expect(scores[0]).not.toEqual(scores[1]);
    expect(second.outcome).toBe("PASS");
    const cached = await run(bad(), ledger, { mode: "shard", budget: 4 });
    expect({ ...cached, statement: "", left: 0, cached: false }).toEqual({ ...first, statement: "", left: 0 });
  });
});

describe("the ledger", () => {
  it("is refused when a line was changed, taken out, cut short, or the whole was put away", async () => {
    const ledger = fresh();
    for (let k = 0; k < 3; k++) await run(bad(k), ledger);
    const whole = readFileSync(ledger, "utf8");
    const spoilt: readonly (readonly [string, RegExp])[] = [
      [whole.replace('"passed":false', '"passed":true'), /: line 2 was changed$/],
      [lines(ledger).toSpliced(2, 1).join("\n").concat("\n"), /: line 3 does not follow line 2$/],
      [whole.slice(0, -5), /: line 4 is cut off$/],
      [`${lines(ledger).slice(0, 2).join("\n")}\n`, /lines are missing at its end/],
      [`${whole}garbage\n`, /: line 5 is not JSON$/],
    ];
    for (const [text, message] of spoilt) {
      writeFileSync(ledger, text);
      expect(await failure(run(good(), ledger))).toMatch(message);
      expect(readFileSync(ledger, "utf8")).toBe(text);
    }
    rmSync(ledger);
    expect(await failure(run(good(), ledger))).toMatch(/^LedgerError: .* the ledger is gone/);
    writeFileSync(ledger, whole);
    expect(await run(bad(9), ledger)).toMatchObject({ run: 4 });
  });
  it("survives a run that was killed between its line and the head", async () => {
    const ledger = fresh();
    await run(bad(0), ledger);
    const head = readFileSync(`${ledger}.head`, "utf8");
    await run(bad(1), ledger);
    writeFileSync(`${ledger}.head`, head);
    expect(await run(bad(2), ledger)).toMatchObject({ run: 3 });
  });
  it("is of one metric, margin, set of baselines, level and mode", async () => {
    const ledger = fresh();
    await run(bad(), ledger);
    const others: readonly (readonly [GateOptions, string])[] = [
      [{ metric: "brier" }, "metric"],
      [{ minGain: "2%" }, "margin"],
      [{ against: "champion" }, "baselines"],
      [{ alpha: 0.01 }, "alpha"],
      [{ budget: 5 }, "budget"],
      [{ mode: "open" }, "mode"],
    ];
    for (const [options, what] of others)
      expect(await failure(run(good(), ledger, options))).toMatch(
        new RegExp(`^LedgerError: .*it was opened with ${what} `),
      );
  });
  it("serialises runs at the same time", async () => {
    const ledger = fresh();
    const answers = await Promise.all([0, 1, 2, 3].map((k) => run(bad(k), ledger)));
    expect(answers.map((answer) => answer.run).sort((a, b) => a! - b!)).toEqual([1, 2, 3, 4]);
    expect(lines(ledger).length).toBe(5);
    expect(existsSync(`${ledger}.lock`)).toBe(false);
  });
  it("is the same with the line ends and the mark that editors and git put in", async () => {
    const ledger = fresh();
    await run(bad(0), ledger);
    writeFileSync(ledger, `\uFEFF${readFileSync(ledger, "utf8").replaceAll("\n", "\r\n")}`);
    writeFileSync(`${ledger}.head`, `\uFEFF${readFileSync(`${ledger}.head`, "utf8").trim()}\r\n`);
    expect(await run(bad(1), ledger)).toMatchObject({ run: 2 });
    expect(await run(bad(1), ledger)).toMatchObject({ run: 2, cached: true });
  });
  it("without its head is refused once it has runs; a killed beginning is taken up", async () => {
    const ledger = fresh();
    await run(bad(0), ledger);
    const [begun] = lines(ledger);
    rmSync(`${ledger}.head`);
    expect(await failure(run(bad(1), ledger))).toMatch(/^LedgerError: .*\.head is missing/);
    const other = fresh();
    writeFileSync(other, `${begun}\n`);
    expect(await run(bad(1), other)).toMatchObject({ run: 1 });
  });
  it("that was set back, put away or replaced by another is noticed by the benchmark", async () => {
    const ledger = fresh();
    await run(bad(0), ledger);
    const before = [ledger, `${ledger}.head`].map((path) => [path, readFileSync(path, "utf8")] as const);
    await run(bad(1), ledger);
    await run(bad(2), ledger);
    for (const [path, text] of before) writeFileSync(path, text);
    expect(await failure(run(good(), ledger))).toMatch(/lines are missing at its end \(.*bench.gate\.[0-9a-f]+\.head/);
    for (const [path] of before) rmSync(path);
    expect(await failure(run(good(), ledger))).toMatch(/the ledger is gone/);
    expect(await failure(run(good(), `${ledger}.another`))).toMatch(/the ledger is gone/);
  });
  it("is held against what is known elsewhere: that there is one, how many runs it has, an earlier copy", async () => {
    const ledger = fresh();
    expect(await failure(run(bad(0), ledger, { requireLedger: true }))).toMatch(/there is no ledger, and --require-/);
    expect(await failure(run(bad(0), ledger, { knownRuns: 1 }))).toMatch(/holds 0 of at least 1 runs/);
    expect(existsSync(ledger)).toBe(false);
    await run(bad(0), ledger);
    const early = `${ledger}.early`;
    copyFileSync(ledger, early);
    const known: GateOptions = { requireLedger: true, knownRuns: 1, anchor: early };
    expect(await run(bad(1), ledger, known)).toMatchObject({ run: 2 });
    expect(await run(bad(2), ledger, { anchor: `${ledger}.head` })).toMatchObject({ run: 3 });
    const other = fresh();
    await run(bad(5), other);
    expect(await failure(run(bad(1), other, known))).toMatch(/does not continue what --anchor .*early holds/);
    expect(await failure(run(bad(1), other, { knownRuns: 2 }))).toMatch(/holds 1 of at least 2 runs/);
    expect(await failure(run(bad(1), other, { anchor: "no-such-ref" }))).toMatch(/no-such-ref: no ledger can be had/);
    expect(await failure(run(bad(1), other, { anchor: "--help" }))).toMatch(/neither a file nor a git ref/);
  });
  it("continues what was committed to git", async () => {
    const repository = join(folder, `repository-${files++}`);
    mkdirSync(repository);
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], { cwd: repository });
    fresh();
    const ledger = join(repository, "gate.jsonl");
    git("init", "--quiet");
    await run(bad(0), ledger);
    git("add", "gate.jsonl");
    git("commit", "--quiet", "-m", "one run");
    expect(await run(bad(1), ledger, { anchor: "HEAD" })).toMatchObject({ run: 2 });
    fresh();
    for (const path of [ledger, `${ledger}.head`]) rmSync(path);
    expect(await failure(run(bad(2), ledger, { anchor: "HEAD" }))).toMatch(/does not continue what --anchor HEAD/);
  });
  it("lies beside the benchmark folder, where a new training of the same data goes on with it", async () => {
    await gate(opened.folder, bad(), {});
    expect(existsSync(`${opened.folder}.gate.jsonl`)).toBe(true);
    await makeBenchmark(opened.folder, records(2500, "binary"));
    expect(await gate(opened.folder, bad(1), {})).toMatchObject({ run: 2 });
  });
});

describe("what a gate needs", () => {
  it("held-out rows, and their truth when it is sealed", async () => {
    const bare = await makeBenchmark(join(folder, "bare"), records(120, "binary"), { folds: 3, repeats: 1 });
    expect(await failure(gate(bare, good()))).toMatch(/^FolderError: .* has no held-out rows/);
    const sealed = await makeBenchmark(join(folder, "sealed"), records(700, "binary"), { sealHoldout: true });
    const truth = join(sealed, "holdout.sealed.csv");
    const known = await openBenchmark(sealed, { sealed: truth });
    const path = file(heldLines(known, 0.9));
    expect(await failure(gate(sealed, path))).toMatch(/sealed: give the file with --sealed/);
    expect(await gate(sealed, path, { sealed: truth })).toMatchObject({ outcome: "PASS" });
    expect(existsSync(join(sealed, "gate.jsonl"))).toBe(true);
  });
});
