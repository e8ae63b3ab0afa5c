/** The commands as a user types them: help, streams, exit codes, what train, inspect, predict and report print. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/registry.ts";
import { checkArtifact } from "../../src/report/schema/benchmark.ts";
import { baseline, expectRefusal, folderWith, SHORT, shell, table, type Ran } from "./baseline.ts";

const MODELS = ["--models", "one-rule,logistic", ...SHORT];
/** A folder with data.csv and its benchmark in `out`; no test here changes either. */
let made: string;
let training: Ran;
const inMade = (...args: string[]): Promise<Ran> => baseline(args, { cwd: made });

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "baseline-cli-"));
  writeFileSync(join(made, "data.csv"), table(90));
  training = await inMade("train", "data.csv", "--out", "out", ...MODELS);
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

const fresh = (): string => folderWith({ "data.csv": table(90) });
const first = (text: string): string => text.split("\n")[0];

describe("what to do next", () => {
  it("works as it is printed, whatever the table and the folder are called", async () => {
    const cwd = folderWith({ "my data.csv": table(90) });
    const { stdout } = await baseline(["train", "my data.csv", "--out", "my folder", ...MODELS], { cwd });
    const [line] = /baseline compare .*--builtin.*/.exec(stdout)!;
    const { code, stderr } = await shell(
      line.replace("baseline", "$BASELINE").replace("--builtin", "--trials 2 --builtin"),
      { cwd },
    );
    expect([0, 1, 3], stderr).toContain(code);
  });
});

describe("help", () => {
  it("of the program lists every command and the exit codes", async () => {
    const { code, stdout, stderr } = await inMade("--help");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, "m"));
    expect(stdout).toMatch(/Exit codes: 0 done or JUSTIFIED, 1 NOT JUSTIFIED, 2 could not do it, 3 INCONCLUSIVE, 130/);
  });
  for (const { name, examples } of commands)
    it(`of ${name} has examples`, async () => {
      const { code, stdout, stderr } = await inMade(name, "--help");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(examples.length).toBeGreaterThan(0);
      for (const line of examples) expect(stdout).toContain(`  ${line}`);
    });
  it("is what a bare call gets, on stderr and with exit code 2", async () => {
    const { code, stdout, stderr } = await inMade();
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^Usage: baseline/);
  });
  it("--version prints the package's version", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(await inMade("--version")).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("a command line that is wrong", () => {
  const wrong: readonly [string, readonly string[], RegExp][] = [
    ["an unknown command", ["trian", "data.csv"], /unknown command 'trian'/],
    ["an unknown flag", ["train", "data.csv", "--taget", "y"], /unknown option '--taget'\n\(Did you mean --target\?\)/],
    ["a missing argument", ["train"], /missing required argument 'data'/],
    ["an argument too many", ["inspect", "data.csv", "more.csv"], /too many arguments/],
    ["a number that is none", ["train", "data.csv", "--folds", "1"], /wanted a whole number from 2/],
    ["a share beyond 1", ["train", "data.csv", "--holdout", "1.5"], /wanted a share from 0 up to 1/],
    ["a choice that is none", ["train", "data.csv", "--task", "ranking"], /Allowed choices are binary/],
    [
      "a choice that is misspelt",
      ["train", "data.csv", "--sampler", "tpee"],
      /Allowed choices are .*\(did you mean "tpe"\?\)/,
    ],
    ["a shell that is misspelt", ["completion", "bsh"], /Allowed choices are .*\(did you mean "bash"\?\)/],
    [
      "a kind that is misspelt",
      ["train", "data.csv", "--types", "x=numbr"],
      /no kind "numbr" \(did you mean "number"\?\)/,
    ],
    ["a duration that is none", ["train", "data.csv", "--time-limit", "soon"], /wanted a duration such as 90/],
  ];
  for (const [what, args, sentence] of wrong)
    it(`${what} ends with exit code 2 and says what was wanted`, async () => {
      const ran = await inMade(...args);
      expect(ran).toMatchObject({ code: 2, stdout: "" });
      expect(ran.stderr).toMatch(sentence);
      expect(ran.stderr).toMatch(/\(run baseline .*--help for /);
      expect(ran.stderr).not.toMatch(/\n\s+at /);
    });
  it("shows a stack trace only with --debug", async () => {
    const plain = await inMade("inspect", "nowhere.csv");
    const debug = await inMade("inspect", "nowhere.csv", "--debug");
    expect(plain.stderr).not.toMatch(/\n\s+at /);
    expect(debug.stderr).toMatch(/\n\s+at /);
  });
});

describe("train", () => {
  it("prints the report on stdout, and nothing that alarms on stderr", () => {
    expect(training.code).toBe(0);
    expect(training.stdout).toMatch(/^The best simple model is logistic: log_loss /);
    expect(training.stdout).toMatch(/\n {2}- data\.csv: 90 rows, 3 features; target y \(2 classes: no, yes[^)]*\)\n/);
    expect(training.stdout).toMatch(/\nChampion: logistic\. /);
    expect(training.stdout).toMatch(/\nWritten to out\.\n {2}baseline compare out /);
    expect(training.stderr).not.toMatch(/Warning/);
  });
  it("writes every file of the folder, and nothing else", () => {
    expect(readdirSync(join(made, "out")).sort()).toEqual(
      expect.arrayContaining(["benchmark.json", "model-final.json", "model.json", "models", "predictions.csv"]),
    );
    expect(readdirSync(made).sort()).toEqual(["data.csv", "out"]);
    expect(first(readFileSync(join(made, "out", "splits.csv"), "utf8"))).toBe("row,repeat,part,fold");
    expect(first(readFileSync(join(made, "out", "predictions.csv"), "utf8"))).toBe(
      "row,repeat,part,fold,truth,constant:proba_yes,one-rule:proba_yes,logistic:proba_yes",
    );
  });
  it("--json prints exactly the artifact, also with a table from standard input", async () => {
    const cwd = fresh();
    const ran = await baseline(["train", "-", "--json", "--quiet", ...MODELS], { cwd, input: table(90) });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toBe(readFileSync(join(cwd, "baseline-out", "benchmark.json"), "utf8"));
    const artifact = checkArtifact(JSON.parse(ran.stdout));
    const own = checkArtifact(JSON.parse(readFileSync(join(made, "out", "benchmark.json"), "utf8")));
    expect(artifact.dataset.fingerprint).toBe(own.dataset.fingerprint);
    expect(artifact.ladder).toEqual(own.ladder);
  });
  it("takes options from a config file; what is typed wins", async () => {
    const cwd = fresh();
    const config = { target: "z", models: ["naive-bayes"], folds: 3, repeats: 1, nested: "never" };
    writeFileSync(join(cwd, "mine.json"), JSON.stringify(config));
    const ran = await baseline(["train", "data.csv", "--config", "mine.json", "--target", "y", "--json"], { cwd });
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      target: { name: "y" },
      splits: { folds: 3, repeats: 1 },
      ladder: [{ rung: "constant" }, { rung: "naive-bayes" }],
    });
    writeFileSync(join(cwd, "mine.json"), JSON.stringify({ fold: 3 }));
    const wrong = await baseline(["train", "data.csv", "--config", "mine.json"], { cwd });
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/mine\.json: there is no option "fold"/) });
  });
  it("--seal-holdout keeps the held-out truth apart, --redact writes no rows, --export-splits the table's own", async () => {
    const cwd = fresh();
    const options = ["--holdout", "0.3", "--models", "constant", ...SHORT];
    const sealed = await baseline(["train", "data.csv", "--seal-holdout", "--export-splits", ...options], { cwd });
    expect(sealed.code).toBe(0);
    const file = (name: string): string => readFileSync(join(cwd, "baseline-out", name), "utf8");
    expect(file("predictions.csv")).not.toMatch(/,holdout,/);
    expect(file("holdout.sealed.csv").split("\n").length).toBe(29);
    expect(first(file("train.csv"))).toBe("row,x,z,noise0,y");
    expect(first(file("holdout.csv"))).toBe("row,x,z,noise0");
    const redacted = await baseline(["train", "data.csv", "--redact", ...options], { cwd });
    expect(redacted.code).toBe(0);
    expect(readdirSync(join(cwd, "baseline-out"))).not.toContain("predictions.csv");
  });
});

describe("colour", () => {
  const escape = new RegExp(`${String.fromCodePoint(27)}\\[`);
  const inspect = (env: Record<string, string>, ...more: string[]): Promise<Ran> =>
    baseline(["inspect", "data.csv", ...more], { cwd: made, env });
  it("is not used where the stream is no terminal, and can be forced and forbidden", async () => {
    expect((await inspect({})).stdout).not.toMatch(escape);
    expect((await inspect({ FORCE_COLOR: "1" })).stdout).toMatch(escape);
    expect((await inspect({ FORCE_COLOR: "1" }, "--no-color")).stdout).not.toMatch(escape);
    expect((await inspect({ FORCE_COLOR: "1", NO_COLOR: "1" })).stdout).not.toMatch(escape);
  });
});

describe("inspect", () => {
  it("says what was read, as text and as JSON, and writes nothing", async () => {
    const text = await inMade("inspect", "data.csv");
    expect(text).toMatchObject({ code: 0, stderr: "" });
    expect(text.stdout).toMatch(/^data\.csv: 90 rows, 4 columns/);
    expect(text.stdout).toMatch(/\ntarget: y \(a column of that name\)|\ntarget: y \(/);
    const json = await inMade("inspect", "data.csv", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      source: { rows: 90 },
      target: { name: "y", task: "binary", classes: ["no", "yes"] },
      columns: [{ name: "x", kind: "number", missing: 6 }, { name: "z", kind: "category" }, {}, { role: "target" }],
    });
    expect(readdirSync(made).sort()).toEqual(["data.csv", "out"]);
  });
});

describe("report", () => {
  it("prints what train printed and rebuilds report.md, or the artifact", async () => {
    const report = join(made, "out", "report.md");
    const before = readFileSync(report, "utf8");
    writeFileSync(report, "lost");
    expect(await inMade("report", "out")).toEqual({ code: 0, stdout: training.stdout, stderr: "" });
    expect(readFileSync(report, "utf8")).toBe(before);
    const json = await inMade("report", join("out", "benchmark.json"), "--json");
    expect(json.stdout).toBe(readFileSync(join(made, "out", "benchmark.json"), "utf8"));
  });
  it("shows commands that work as they are where train was run, and tells no other path of the machine", async () => {
    const cwd = folderWith({});
    mkdirSync(join(cwd, "my data"));
    writeFileSync(join(cwd, "my data", "it.csv"), table(60));
    const trained = ["--models", "one-rule", "--workers", "1", ...SHORT];
    const paths = [
      ["my data/it.csv", "runs/a b"],
      [join(cwd, "my data", "it.csv"), join(cwd, "runs", "a b")],
    ];
    for (const [data, out] of paths) {
      const ran = await baseline(["train", data, "--out", out, "--force", ...trained], { cwd });
      expect(ran).toMatchObject({ code: 0 });
      const texts = ["report.html", "report.md", "benchmark.json"].map((name) => [
        name,
        readFileSync(join(cwd, "runs/a b", name), "utf8"),
      ]);
      for (const [, text] of texts) expect(text).not.toContain(cwd);
      expect(texts[1][1]).toContain("baseline compare 'runs/a b' --builtin boosting --data 'my data/it.csv' ");
      expect(texts[1][1]).toMatch(/Command: baseline train 'my data\/it\.csv' .*--out 'runs\/a b'$/m);
      for (const where of [".", join(cwd, "runs/a b")]) {
        expect(await baseline(["report", where], { cwd: join(cwd, "runs", "a b") })).toMatchObject({ code: 0 });
        for (const [name, text] of texts) expect(readFileSync(join(cwd, "runs/a b", name), "utf8")).toBe(text);
      }
    }
    const compared = ["compare", "runs/a b", "--builtin", "logistic", "--data", "my data/it.csv", "--trials", "1"];
    expect((await baseline(compared, { cwd })).stdout).toMatch(/JUSTIFIED|INCONCLUSIVE/);
    await baseline(["train", "my data/it.csv", "--out", "kept", "--redact", ...trained], { cwd });
    expect(readFileSync(join(cwd, "kept", "report.md"), "utf8")).not.toContain("my data");
  });
  it("prints a verdict again in every format it has, and rebuilds its files", async () => {
    const answers = await inMade("predict", "out", "data.csv");
    const cwd = folderWith({ "predictions.csv": answers.stdout });
    const out = join(cwd, "verdict.json");
    const compared = await baseline(["compare", join(made, "out"), "predictions.csv", "--out", out], { cwd });
    const there = ["verdict.md", "verdict.html"].map((name) => readFileSync(join(cwd, name), "utf8"));
    for (const name of ["verdict.md", "verdict.html"]) writeFileSync(join(cwd, name), "lost");
    expect(await baseline(["report", out], { cwd })).toEqual({ code: 0, stdout: compared.stdout, stderr: "" });
    expect(["verdict.md", "verdict.html"].map((name) => readFileSync(join(cwd, name), "utf8"))).toEqual(there);
    const comment = await baseline(["report", out, "--format", "comment"], { cwd });
    expect(comment.stdout).toContain("<!-- baseline verdict -->\n# Verdict on predictions");
    expect(await baseline(["report", out, "--json"], { cwd })).toMatchObject({ stdout: readFileSync(out, "utf8") });
    const csv = await baseline(["report", out, "--format", "csv"], { cwd });
    expect(csv.stdout).toMatch(/^challenger,verdict,.*\r?\npredictions,/);
    writeFileSync(out, readFileSync(out, "utf8").replace(/"alpha": [\d.]+/, '"alpha": "<b>"'));
    expect(await baseline(["report", out], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/verdict\.json: this verdict is damaged at alpha/) as string,
    });
  });
  it("refuses what is no benchmark, damaged, or of another version", async () => {
    const cwd = folderWith({ "data.csv": "" });
    expectRefusal(
      await baseline(["report", "out"], { cwd }),
      cwd,
      ["data.csv"],
      /wanted a benchmark folder.*baseline train/,
    );
    const text = readFileSync(join(made, "out", "benchmark.json"), "utf8");
    const refused = async (content: string): Promise<string> => {
      writeFileSync(join(cwd, "benchmark.json"), content);
      const ran = await baseline(["report", "."], { cwd });
      expectRefusal(ran, cwd, ["benchmark.json", "data.csv"], /benchmark\.json/);
      return ran.stderr;
    };
    expect(await refused(text.slice(0, 500))).toMatch(/is not JSON .*may be cut short/);
    expect(await refused(text.replace("benchmark/2", "benchmark/9"))).toMatch(
      /version 9, and this program reads version 2/,
    );
    expect(await refused(text.replace('"rows": 90', '"rows": "many"'))).toMatch(/damaged at dataset\.rows/);
  });
});

describe("predict", () => {
  const rows = (text: string): string[] => text.trimEnd().split("\n");
  it("takes reordered and missing target columns, counts what is ignored and unseen levels", async () => {
    const straight = await baseline(["predict", "out", "-"], { cwd: made, input: table(91) }); // not the table trained on
    expect(straight).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/model-final\.json: logistic, fitted on 90 rows \(all rows/),
    });
    const [head, ...lines] = rows(straight.stdout);
    expect(head).toBe("row,prediction,proba_no,proba_yes");
    expect(lines.length).toBe(91);
    const cells = rows(table(91)).map((line) => line.split(","));
    const turned = cells.map(([x, z, noise]) => [noise, "1", z, x].join(",")).join("\n");
    const other = await baseline(["predict", "out", "-"], {
      cwd: made,
      input: turned.replace("noise0,1", "noise0,more"),
    });
    expect(other.stdout).toBe(straight.stdout);
    expect(other.stderr).toMatch(/beware: .*more/);
    const strange = await baseline(["predict", "out", "-"], { cwd: made, input: "z,noise0,x\nnew,1,2\na,1,2\n" });
    expect(strange).toMatchObject({ code: 0, stderr: expect.stringMatching(/beware: .*1 .*z/) });
    expect(rows(strange.stdout).length).toBe(3);
  });
  it("tells what its table held and training did not, on stderr and in --json", async () => {
    const input = "x,z,noise0\n0.1,a,0.2\nhigh,a,0.2\n9e9,b,0.1\nshort,b\n";
    const args = ["predict", "out", "-", "--skip-bad-lines"];
    const plain = await baseline(args, { cwd: made, input });
    expect(plain).toMatchObject({ code: 0 });
    expect(plain.stderr).toMatch(/beware: 1 cell of x .*"high"/);
    expect(plain.stderr).toMatch(/beware: 1 cell of x lies outside the range/);
    expect(plain.stderr).toMatch(/beware: 1 record .* line 5/);
    const { warnings } = JSON.parse((await baseline([...args, "--json"], { cwd: made, input })).stdout) as {
      warnings: { code: string; column?: string; count: number }[];
    };
    const found = warnings.map(({ code, column, count }) => `${code} ${column ?? ""} ${count}`);
    expect(found).toEqual(expect.arrayContaining(["not-a-number x 1", "beyond-range x 1"]));
    expect(warnings.length).toBe(3);
  });
  it("says which column is missing, and refuses a model that is none", async () => {
    const short = await baseline(["predict", "out", "-"], { cwd: made, input: "z,noise0\na,1\n" });
    expect(short).toMatchObject({ code: 2, stdout: "" });
    expect(short.stderr.split("\n").at(-2)).toMatch(/^baseline: .*"?x"?/);
    const none = await inMade("predict", join("out", "benchmark.json.json"), "data.csv");
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no such file; wanted a model file or a benchmark/),
    });
  });
  it("--json gives answers and probabilities as one document", async () => {
    const ran = await inMade("predict", join("out", "models", "one-rule.json"), "data.csv", "--json", "--quiet");
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const document = JSON.parse(ran.stdout);
    expect(document).toMatchObject({ rung: "one-rule", classes: ["no", "yes"] });
    expect(document.predictions.length).toBe(90);
    expect(document.probabilities[0].length).toBe(2);
  });
});
