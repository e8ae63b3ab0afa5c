/** `init` as a user types it: what it writes works, and what is somebody's own stays. */
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { processTerminal } from "../../src/cli/terminal.ts";
import { conversation } from "./typing.ts";
import { baseline, expectRefusal, folderWith, SHORT, table, type Ran } from "./baseline.ts";

const PATHS = ["baseline.config.json", ".github/workflows/baseline.yml", "must-pass.csv", "CARD.md"];
const run = (cwd: string, ...args: string[]): Promise<Ran> => baseline(args, { cwd });
const text = (cwd: string, path: string): string => readFileSync(join(cwd, path), "utf8");

describe("init", () => {
  it("writes a config that train reads, and cases that the champion passes", async () => {
    const cwd = folderWith({ "data.csv": table(600) });
    const { code, stdout, stderr } = await run(cwd, "init", "--yes", "--na", "nil");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^the target is y \(.+\); --target names another\n/);
    const written = `${PATHS.map((path) => `${path}: written\n`).join("")}Next:\n  baseline train data.csv\n`;
    expect(stdout.slice(stdout.indexOf("\n") + 1)).toBe(written);
    const { $schema, ...config } = JSON.parse(text(cwd, PATHS[0])) as Record<string, unknown>;
    expect($schema).toMatch(/schema\/config\.schema\.json$/);
    expect(existsSync("schema/config.schema.json")).toBe(true);
    expect(config).toMatchObject({ target: "y", na: ["nil"] });
    const trained = await run(cwd, "train", "data.csv", "--models", "logistic", "--json", ...SHORT);
    expect(JSON.parse(trained.stdout)).toMatchObject({ options: { target: "y", na: ["nil"] } });
    const [header, ...cases] = text(cwd, "must-pass.csv").trim().split("\n");
    expect(header).toBe("case,row,x,z,noise0,expected");
    expect(cases.length).toBe(10);
    const call = [
      "compare",
      "baseline-out",
      "--builtin",
      "logistic",
      "--data",
      "data.csv",
      "--must-pass",
      "must-pass.csv",
    ];
    const judged = JSON.parse((await run(cwd, ...call, "--json")).stdout) as { challengers: [{ sublabel: string }] };
    expect(judged.challengers[0].sublabel).not.toBe("must-pass");
  });
  it("drafts bounds for a target of numbers", async () => {
    const cwd = folderWith({ "data.csv": table(300, "number") });
    expect((await run(cwd, "init", "--yes")).code).toBe(0);
    const [header, first] = text(cwd, "must-pass.csv").split("\n");
    expect(header).toBe("case,row,x,z,noise0,expected_min,expected_max");
    const [low, high] = first.split(",").slice(-2).map(Number);
    expect(low).toBeLessThan(high);
  });
  it("writes a workflow that trains nothing, may only read, and gives inputs by the environment alone", async () => {
    const cwd = folderWith({ "data.csv": table(100) });
    await run(cwd, "init", "--yes");
    const workflow = text(cwd, ".github/workflows/baseline.yml");
    expect(workflow).toMatch(/^permissions:\n {2}contents: read\n/m);
    expect(workflow).not.toMatch(/\btrain /);
    const commands = workflow.split("\n").filter((line) => line.includes("run:"));
    expect(commands.length).toBeGreaterThan(1);
    for (const line of commands) expect(line).not.toContain("${{");
    for (const line of workflow.split("\n")) expect(line).toMatch(/^(#.*|( {2})*(- )?[\w-]+:.*|)$/);
  });
  it("asks in the card what only the owner knows, for each column", async () => {
    const cwd = folderWith({ "data.csv": table(100) });
    await run(cwd, "init", "--yes");
    for (const line of ["## Target: y", "| x | number | feature | 6 |  |", "How is y measured"])
      expect(text(cwd, "CARD.md")).toContain(line);
  });
  it("overwrites nothing; --update rewrites what nobody has touched", async () => {
    const cwd = folderWith({ "data.csv": table(100), "CARD.md": "mine\n" });
    expect((await run(cwd, "init", "--yes")).stdout).toContain("CARD.md: left alone: it was there before\n");
    const workflow = join(cwd, PATHS[1]);
    writeFileSync(workflow, `${readFileSync(workflow, "utf8")}# mine\n`);
    const before = PATHS.map((path) => text(cwd, path));
    const other = ["init", "--yes", "--target", "z"];
    await run(cwd, ...other);
    expect(PATHS.map((path) => text(cwd, path))).toEqual(before);
    const { stdout } = await run(cwd, ...other, "--update");
    expect(stdout).toContain("baseline.config.json: rewritten: nobody had changed it\n");
    expect(stdout).toContain("baseline.yml: left alone");
    expect(text(cwd, PATHS[0])).toContain('"target": "z"');
    expect(PATHS.slice(1).map((path) => text(cwd, path))).toEqual(before.slice(1));
    writeFileSync(join(cwd, PATHS[0]), text(cwd, PATHS[0]).replace('"z"', '"y"'));
    await run(cwd, ...other, "--update");
    expect(text(cwd, PATHS[0])).toContain('"target": "y"');
  });
  it("says in a sentence when there is no table, more than one, or no room to write", async () => {
    const empty = folderWith({});
    expectRefusal(await run(empty, "init", "--yes"), empty, [], /wanted a table, found no \.csv/);
    const two = folderWith({ "a.csv": table(20), "b.csv": table(20) });
    expectRefusal(
      await run(two, "init", "--yes"),
      two,
      ["a.csv", "b.csv"],
      /found 2 in this folder \(a\.csv, b\.csv\)/,
    );
    const blocked = folderWith({ "data.csv": table(60), ".github": "a file" });
    const ran = await run(blocked, "init", "--yes");
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toMatch(/^baseline: .*workflows: cannot be made \([^\n]+\)\n$/);
    if (process.getuid?.() === 0) return; // root may write everywhere
    const shut = folderWith({ "data.csv": table(20) });
    chmodSync(shut, 0o555);
    expectRefusal(await run(shut, "init", "--yes"), shut, ["data.csv"], /cannot be written/);
  });
  it("asks nobody where nobody can answer", () => {
    expect(processTerminal({}).ask).toBeUndefined();
  });
  it("tells when no cases can be drafted, and writes the rest", async () => {
    const cwd = folderWith({ "data.csv": table(100).replace("noise0", "case") });
    const { code, stdout, stderr } = await run(cwd, "init", "--yes");
    expect(code).toBe(0);
    expect(stderr).toMatch(/^no must-pass cases were drafted: /);
    expect(stdout).not.toContain("must-pass");
    expect(existsSync(join(cwd, "CARD.md"))).toBe(true);
  });
});

/** Rows by day, so that init has something to ask about time. */
const daily = ["day,x,price", ...Array.from({ length: 120 }, (_, i) => `${dayOf(i)},${(i * 37) % 11},${2 * i}`)].join(
  "\n",
);
function dayOf(i: number): string {
  return new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10);
}

describe("init on a terminal", () => {
  const config = (cwd: string): Record<string, unknown> => JSON.parse(text(cwd, PATHS[0])) as Record<string, unknown>;
  const replies = (question: string): string =>
    question.startsWith("Which column") ? "x" : question.startsWith("Are later rows") ? "yes" : "2%";

  it("asks at most three things, and does as it is told", async () => {
    const cwd = folderWith({ "data.csv": daily });
    const { code, asked, shown } = await conversation(["init"], cwd, replies);
    expect(asked).toEqual([
      ["Which column is to be predicted?", "x"],
      ["Are later rows (by day) to be predicted from earlier ones?", "yes"],
      ["Which gain is too small to matter?", "2%"],
    ]);
    expect([code, shown]).toEqual([0, expect.stringContaining("baseline train data.csv") as string]);
    expect(config(cwd)).toMatchObject({ target: "x", time: "day", minGain: "2%" });
  });
  it("takes what it offers for an empty answer", async () => {
    const cwd = folderWith({ "data.csv": daily });
    const { code, asked } = await conversation(["init"], cwd, () => "");
    expect([code, asked.length]).toEqual([0, 3]);
    expect(config(cwd)).toMatchObject({ target: "price" });
    expect(Object.keys(config(cwd))).not.toEqual(expect.arrayContaining(["time"]));
    expect(Object.keys(config(cwd))).not.toEqual(expect.arrayContaining(["minGain"]));
  });
  it("does not ask for what was said, nor with --yes, --json or in CI", async () => {
    const asking = async (args: readonly string[], env: Record<string, string> = {}) => {
      const { code, asked } = await conversation(["init", ...args], folderWith({ "data.csv": daily }), replies, env);
      return [code, asked.map(([question]) => question.split(" ")[0])];
    };
    expect(await asking(["--target", "price", "--time", "day"])).toEqual([0, ["Which"]]);
    expect(await asking(["--yes"])).toEqual([0, []]);
    expect(await asking(["--json"])).toEqual([0, []]);
    expect(await asking([], { CI: "true" })).toEqual([0, []]);
  });
  it("refuses an answer that it cannot use in a sentence, and writes nothing", async () => {
    const cwd = folderWith({ "data.csv": daily });
    const answered = (wrong: string, reply: string) =>
      conversation(["init"], cwd, (question) => (question.startsWith(wrong) ? reply : ""));
    for (const [wrong, reply, said] of [
      ["Which column", "prise", 'there is no column "prise" (did you mean "price"?)'],
      ["Which gain", "much", 'wanted a gain such as 0.01 or 2%, got "much"'],
    ]) {
      const { code, shown } = await answered(wrong, reply);
      expect([code, shown]).toEqual([2, expect.stringContaining(said) as string]);
      expect(readdirSync(cwd)).toEqual(["data.csv"]);
    }
  });
});
