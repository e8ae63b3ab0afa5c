/** Examples for CI: valid by GitHub's own parser, safe with hostile names, and run step by step in a shell. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { checkWorkflow } from "../../src/init/workflow.ts";
import { baseline, SHORT, table } from "../cli/baseline.ts";
import { codeBlocks } from "../manuals.ts";
import { actionAt, complaints, runner, stepsOf, workflowAt, type Context, type Runner } from "./workflows.ts";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const ACTION = "action.yml";
const WORKFLOWS = ["examples/ci/check.yml", "examples/ci/comment.yml"];

/** A benchmark that knows little, and answers that are better, worse, and all the same. */
let made: string;
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "baseline-ci-"));
  writeFileSync(join(made, "data.csv"), table(600));
  const train = ["train", "data.csv", "--holdout", "0.4", "--quiet", ...SHORT];
  expect(await baseline([...train, "--models", "logistic", "--out", "better"], { cwd: made })).toMatchObject({
    code: 0,
  });
  expect(await baseline([...train, "--models", "constant"], { cwd: made })).toMatchObject({ code: 0 });
  const [, ...lines] = readFileSync(join(made, "better", "predictions.csv"), "utf8")
    .trim()
    .split("\n");
  const held = lines.map((line) => line.split(",")).filter(([, , part]) => part === "holdout");
  const answers = (probability: (p: number, i: number) => number): string =>
    `row,probability\n${held.map((cells, i) => `${cells[0]},${probability(Number(cells.at(-1)), i)}\n`).join("")}`;
  writeFileSync(
    join(made, "predictions.csv"),
    answers((p) => p),
  );
  writeFileSync(
    join(made, "worse.csv"),
    answers((p) => 1 - p),
  );
  // Right on a few more rows than it is wrong on.
  const open = answers((p, i) => 0.5 + ((i % 20 < 11 ? 1 : -1) * (p - 0.5)) / 4);
  writeFileSync(join(made, "open.csv"), open);
}, 120_000);
afterAll(() => rmSync(made, { recursive: true, force: true }));

function checkout(): string {
  const cwd = mkdtempSync(join(tmpdir(), "baseline-ci-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  cpSync(made, cwd, { recursive: true });
  return cwd;
}

describe("workflows and action", () => {
  it.each([ACTION, ...WORKFLOWS])("%s is one for GitHub's own parser", (path) => {
    expect(complaints(path)).toEqual([]);
  });
  it("the manual's steps are steps for it too", () => {
    const blocks = codeBlocks("docs/ci.md", "yaml");
    expect(blocks.length).toBeGreaterThan(1);
    for (const block of blocks) {
      const steps = block.replaceAll(/^/gm, "      ");
      expect(complaints("x.yml", `on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`)).toEqual(
        [],
      );
      for (const { with: given } of parse(block) as { with?: Record<string, unknown> }[])
        if (block.includes("./.github/actions/baseline") && given !== undefined && !("path" in given))
          for (const name of Object.keys(given)) expect(actionAt(ACTION).inputs).toHaveProperty(name);
    }
  });
  it("the parser would find what is misspelt", () => {
    const text = readFileSync(WORKFLOWS[0], "utf8");
    expect(complaints(WORKFLOWS[0], text.replace("timeout-minutes", "timeout"))).toHaveLength(1);
    expect(complaints(ACTION, readFileSync(ACTION, "utf8").replace("shell: bash", "shel: bash"))).not.toEqual([]);
  });
  it("check.yml is what init writes", () => {
    expect(readFileSync("examples/ci/check.yml", "utf8")).toBe(checkWorkflow(version));
  });
  it.each([ACTION, ...WORKFLOWS])(
    "%s: no expression within a script, actions by commit, this version of the package",
    (path) => {
      for (const { run, uses } of stepsOf(path)) {
        expect(run ?? "").not.toContain("${{");
        if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
      }
      for (const [, named] of readFileSync(path, "utf8").matchAll(/tabular-baseline@(\d[\w.-]*)/g))
        expect(named).toBe(version);
    },
  );
  it("the action takes this version unless another is named", () => {
    expect(actionAt(ACTION).inputs["version"].default).toBe(version);
  });
  it("only the job that executes nothing of a pull request may write, and that only comments", () => {
    expect(workflowAt(WORKFLOWS[0]).permissions).toEqual({ contents: "read" });
    const { permissions, jobs } = workflowAt(WORKFLOWS[1]);
    expect(permissions).toEqual({});
    expect(jobs["comment"].permissions).toEqual({ actions: "read", "pull-requests": "write" });
    expect(stepsOf(WORKFLOWS[1]).some(({ uses = "" }) => uses.startsWith("actions/checkout"))).toBe(false);
  });
});

describe("action.yml", () => {
  const script = stepsOf(ACTION).find(({ run }) => run !== undefined)!;
  const defaults = Object.entries(actionAt(ACTION).inputs).map(([name, { default: value }]) => [name, value]);
  const inputs = (given: Readonly<Record<string, string>> = {}): Context => ({
    inputs: { ...Object.fromEntries(defaults), ...given },
  });
  it.each([
    ["JUSTIFIED", 0, "predictions.csv"],
    ["NOT JUSTIFIED", 1, "worse.csv"],
    ["INCONCLUSIVE", 3, "open.csv"],
  ])("gives %s with exit code %d, and the report", async (verdict, code, predictions) => {
    const runs = runner(checkout());
    expect(await runs.step(script, inputs({ predictions }))).toMatchObject({ code, stderr: "" });
    const { report, json, ...rest } = runs.outputs();
    expect(rest).toEqual({ verdict, "exit-code": String(code) });
    expect(runs.summary()).toBe(readFileSync(report, "utf8"));
    expect(runs.summary()).toContain(`is **${verdict}**`);
    expect(JSON.parse(readFileSync(json, "utf8"))).toMatchObject({ challengers: [{ verdict }] });
  });
  it("lets INCONCLUSIVE pass where that is asked for, and nothing else", async () => {
    const runs = runner(checkout());
    const pass = { inconclusive: "pass" };
    expect(await runs.step(script, inputs({ ...pass, predictions: "open.csv" }))).toMatchObject({ code: 0 });
    expect(runs.outputs()["exit-code"]).toBe("3");
    expect(await runs.step(script, inputs({ ...pass, predictions: "worse.csv" }))).toMatchObject({ code: 1 });
  });
  it("could not be done: exit code 2, ERROR, and no report", async () => {
    const runs = runner(checkout());
    expect(await runs.step(script, inputs({ predictions: "nowhere.csv" }))).toMatchObject({ code: 2 });
    expect(runs.outputs()).toEqual({ verdict: "ERROR", "exit-code": "2", report: "", json: "" });
    expect(await runs.step(script, inputs({ command: "x; touch hacked" }))).toMatchObject({ code: 2 });
  });
  it("takes several files and further arguments, one a line, whatever they are called", async () => {
    const cwd = checkout();
    const names = ['a"; touch hacked; ".csv', "$(touch hacked).csv", "`touch hacked` b.csv", "--help.csv"];
    for (const name of names) cpSync(join(cwd, "predictions.csv"), join(cwd, name));
    const runs = runner(cwd);
    const given = inputs({ predictions: `${names.join("\n")}\n`, arguments: "--min-gain\n  2%\n\n--name\nmy name" });
    expect(await runs.step(script, given)).toMatchObject({ code: 0 });
    const { challengers } = JSON.parse(readFileSync(runs.outputs()["json"], "utf8")) as {
      challengers: { name: string; margin: object }[];
    };
    expect(challengers.map(({ name }) => `${name}.csv`)).toEqual(names);
    expect(challengers[0].margin).toMatchObject({ value: 0.02, kind: "relative" });
    expect(existsSync(join(cwd, "baseline-out", "verdicts", "my name.json"))).toBe(true);
    expect(existsSync(join(cwd, "hacked"))).toBe(false);
  });
  it("gates with a ledger, and measures a suite", async () => {
    const cwd = checkout();
    const runs = runner(cwd);
    expect(await runs.step(script, inputs({ command: "gate" }))).toMatchObject({ code: 0 });
    expect(runs.outputs()["verdict"]).toBe("JUSTIFIED");
    expect(runs.summary()).toMatch(/^ {4}\S/);
    const suite = {
      defaults: { models: ["constant"], folds: 3, repeats: 1 },
      datasets: [{ name: "one", data: "data.csv" }],
    };
    writeFileSync(join(cwd, "suite.json"), JSON.stringify(suite));
    expect(await runs.step(script, inputs({ command: "bench" }))).toMatchObject({ code: 0 });
    const { json, report, ...rest } = runs.outputs();
    expect(rest).toEqual({ verdict: "NOT WORSE", "exit-code": "0" });
    expect(JSON.parse(readFileSync(json, "utf8"))).toMatchObject({ datasets: [{ name: "one" }] });
    expect(readFileSync(report, "utf8")).toContain("# Bench of suite.json");
  });
});

describe("check.yml", () => {
  const [judge, show] = stepsOf(WORKFLOWS[0]).filter(({ run }) => run !== undefined);
  it("judges, and shows the verdict with the run", async () => {
    const cwd = checkout();
    const runs = runner(cwd);
    expect(await runs.step(judge, {})).toMatchObject({ code: 0 });
    expect(await runs.step(judge, { inputs: { predictions: "worse.csv" } })).toMatchObject({ code: 1 });
    expect(await runs.step(show, {})).toMatchObject({ code: 0 });
    expect(runs.summary()).toContain("is **NOT JUSTIFIED**");
    expect(readFileSync(join(cwd, "packages.txt"), "utf8")).toBe(`--yes tabular-baseline@${version}\n`.repeat(2));
  });
  it("shows nothing where nothing could be judged", async () => {
    const runs = runner(checkout());
    expect(await runs.step(judge, { inputs: { predictions: "nowhere.csv" } })).toMatchObject({ code: 2 });
    expect(await runs.step(show, {})).toMatchObject({ code: 0 });
    expect(runs.summary()).toBe("");
  });
});

describe("comment.yml", () => {
  const say = stepsOf(WORKFLOWS[1]).find(({ run }) => run !== undefined)!;
  const run = { head_repository: { owner: { login: "someone" } }, head_branch: "$(touch hacked)", head_sha: "abc" };
  const context: Context = {
    github: { token: "secret", repository: "us/ours", event: { workflow_run: run } },
  };
  /** GitHub's command line: answers for one pull request, and keeps what it was asked to write. */
  const gh = (pulls: string, comment: string, body = ""): string => `
case "$*" in
  *" repos/us/ours/pulls "*"head=someone:\\$(touch hacked)"*) printf '%s' "${pulls}" ;;
  *--paginate*/issues/7/comments*) printf '%s' "${comment}" ;;
  "api repos/us/ours/issues/comments/41 --jq .body") cat "${body}" ;;
  *--method*) printf '%s\\n' "$*" >> calls.txt; cp comment.md said.md ;;
  *) exit 9 ;;
esac`;
  async function verdictIn(cwd: string, predictions: string): Promise<void> {
    mkdirSync(join(cwd, "verdict"));
    await baseline(["compare", "baseline-out", predictions, "--out", "verdict/verdict.json"], { cwd });
  }
  const calls = (cwd: string): string => readFileSync(join(cwd, "calls.txt"), "utf8");

  it("posts one comment on the pull request that the run was of, and changes it at the next run", async () => {
    const cwd = checkout();
    await verdictIn(cwd, "predictions.csv");
    expect(await runner(cwd, { gh: gh("7", "") }).step(say, context)).toMatchObject({ code: 0, stderr: "" });
    expect(calls(cwd)).toBe("api --method POST repos/us/ours/issues/7/comments -F body=@comment.md --silent\n");
    expect(readFileSync(join(cwd, "said.md"), "utf8")).toMatch(
      /^<!-- baseline verdict -->\n# Verdict on predictions\n/,
    );
    for (const name of ["bin", "temp"]) rmSync(join(cwd, name), { recursive: true });
    writeFileSync(join(cwd, "before.md"), "<!-- baseline verdict -->\n# Verdict on others\n");
    expect(await runner(cwd, { gh: gh("7", "41", "before.md") }).step(say, context)).toMatchObject({
      code: 0,
      stderr: "",
    });
    expect(calls(cwd)).toContain("api --method PATCH repos/us/ours/issues/comments/41 -F body=@comment.md --silent\n");
    expect(existsSync(join(cwd, "hacked"))).toBe(false);
  });
  it("renders hostile texts as text, and refuses what is no verdict", async () => {
    const cwd = checkout();
    await verdictIn(cwd, "predictions.csv");
    const file = join(cwd, "verdict", "verdict.json");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replaceAll('"predictions"', '"<img src=x onerror=alert(1)> @everyone [x](https://evil)"'));
    const runs: Runner = runner(cwd, { gh: gh("7", "") });
    expect(await runs.step(say, context)).toMatchObject({ code: 0 });
    const said = readFileSync(join(cwd, "said.md"), "utf8");
    expect(said).toContain("\\<img src=x onerror=alert(1)\\> @<!-- -->everyone \\[x\\](https://<!-- -->evil)");
    for (const broken of ["{", text.replace('"alpha"', '"beta"'), "x".repeat(5_000_001)]) {
      rmSync(join(cwd, "calls.txt"), { force: true });
      writeFileSync(file, broken);
      expect((await runs.step(say, context)).code).not.toBe(0);
      expect(existsSync(join(cwd, "calls.txt"))).toBe(false);
    }
  });
  it("leaves a comment alone that says the same: of a verdict, and of a bench on another day", async () => {
    const cwd = checkout();
    const untouched = async (): Promise<void> => {
      rmSync(join(cwd, "calls.txt"), { force: true });
      for (const name of ["bin", "temp"]) rmSync(join(cwd, name), { recursive: true, force: true });
      const ran = await runner(cwd, { gh: gh("7", "41", "before.md") }).step(say, context);
      expect(ran).toMatchObject({ code: 0, stdout: "Nothing else than before is found." });
      expect(existsSync(join(cwd, "calls.txt"))).toBe(false);
    };
    await verdictIn(cwd, "predictions.csv");
    expect(await runner(cwd, { gh: gh("7", "") }).step(say, context)).toMatchObject({ code: 0 });
    cpSync(join(cwd, "said.md"), join(cwd, "before.md"));
    await untouched();
    rmSync(join(cwd, "verdict"), { recursive: true });
    const suite = { defaults: { models: ["constant"], folds: 3, repeats: 1 }, datasets: [{ data: "data.csv" }] };
    writeFileSync(join(cwd, "suite.json"), JSON.stringify(suite));
    await baseline(["bench", "suite.json", "--out", "main", "--cache", "one"], { cwd });
    await baseline(["bench", "suite.json", "--against", "main", "--out", "verdict"], { cwd });
    const report = ["report", "verdict/bench.json", "--format", "comment", "--out", "before.md"];
    expect(await baseline(report, { cwd })).toMatchObject({ code: 0 });
    const text = readFileSync(join(cwd, "verdict", "bench.json"), "utf8");
    const later = text
      .replaceAll(/"seconds": [\d.]+/g, '"seconds": 100')
      .replaceAll('"cached": true', '"cached": false');
    expect(later).not.toBe(text);
    writeFileSync(join(cwd, "verdict", "bench.json"), later);
    await untouched();
  });
  it("tells a bench as well, under a mark of its own", async () => {
    const cwd = checkout();
    const suite = { defaults: { models: ["constant"], folds: 3, repeats: 1 }, datasets: [{ data: "data.csv" }] };
    writeFileSync(join(cwd, "suite.json"), JSON.stringify(suite));
    expect(await baseline(["bench", "suite.json", "--out", "verdict"], { cwd })).toMatchObject({ code: 0 });
    expect(await runner(cwd, { gh: gh("7", "") }).step(say, context)).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(join(cwd, "said.md"), "utf8")).toMatch(/^<!-- baseline bench -->\n# Bench of suite\.json\n/);
  });
  it("says nothing without a verdict, or where the pull request has gone on", async () => {
    const cwd = checkout();
    const runs = runner(cwd, { gh: gh("", "") });
    expect(await runs.step(say, context)).toMatchObject({ code: 0, stdout: "There is no verdict to tell." });
    await verdictIn(cwd, "worse.csv");
    expect((await runs.step(say, context)).stdout).toBe("No open pull request has this commit any more.");
    expect(existsSync(join(cwd, "calls.txt"))).toBe(false);
  });
});

describe("other CI", () => {
  interface GitLab {
    readonly baseline: {
      readonly script: readonly string[];
      readonly after_script: readonly string[];
      readonly variables: Record<string, string>;
      readonly allow_failure: { readonly exit_codes: readonly number[] };
    };
  }
  it("GitLab: its lines judge, and leave a test report", async () => {
    const cwd = checkout();
    const { env } = runner(cwd);
    const { baseline: job } = parse(readFileSync("examples/ci/gitlab-ci.yml", "utf8")) as GitLab;
    const lines = (list: readonly string[]) =>
      execa("sh", ["-ec", list.join("\n")], { cwd, env: { ...env, ...job.variables }, reject: false });
    expect(await lines(job.script)).toMatchObject({ exitCode: 0 });
    expect(await lines(job.after_script)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(cwd, "junit.xml"), "utf8")).toContain('<testsuites tests="1" failures="0">');
    expect(job.allow_failure.exit_codes).toEqual([3]);
  });
  it("a shell: exit codes as they are, INCONCLUSIVE as asked", async () => {
    const cwd = checkout();
    const { env } = runner(cwd);
    const check = (predictions: string, more: Record<string, string> = {}) =>
      execa(resolve("examples/ci/check.sh"), ["baseline-out", predictions], {
        cwd,
        env: { ...env, ...more },
        reject: false,
      });
    expect(await check("predictions.csv")).toMatchObject({ exitCode: 0 });
    expect(await check("worse.csv")).toMatchObject({ exitCode: 1 });
    expect(await check("open.csv")).toMatchObject({ exitCode: 3 });
    expect(readFileSync(join(cwd, "junit.xml"), "utf8")).toContain("INCONCLUSIVE");
    expect(await check("open.csv", { INCONCLUSIVE: "pass" })).toMatchObject({ exitCode: 0 });
    expect(await check("nowhere.csv", { INCONCLUSIVE: "pass" })).toMatchObject({ exitCode: 2 });
  });
});
