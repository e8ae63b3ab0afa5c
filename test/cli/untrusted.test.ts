/** What is read is neither run nor obeyed: not by this program, not by the terminal, not by a spreadsheet. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/registry.ts";
import { baseline, folderWith, SHORT, table } from "./baseline.ts";
import { CALLS, folderForCalls } from "./every-command.ts";

const freshFolder = folderForCalls();

describe("a config file that only happens to lie there", () => {
  const config = (cwd: string, members: object): void =>
    writeFileSync(join(cwd, "baseline.config.json"), JSON.stringify(members));

  it("starts no program: each option that would is refused, and taken when the file is named", async () => {
    const starting = commands.flatMap(({ name, options }) =>
      options.filter(({ starts }) => starts).map(({ key }) => [name, key]),
    );
    expect(starting).toEqual([
      ["compare", "command"],
      ["report", "open"],
    ]);
    const cwd = freshFolder();
    config(cwd, { command: "touch ran # {test} {out}", data: "data.csv" });
    const call = CALLS.get("compare")!.args;
    const refused = await baseline(call, { cwd });
    expect(refused.stderr).toMatch(
      /^baseline: baseline\.config\.json: command starts a program, .*--config baseline\.config/,
    );
    expect([refused.code, existsSync(join(cwd, "ran"))]).toEqual([2, false]);
    const { code } = await baseline([...call, "--config", "baseline.config.json"], { cwd });
    expect([code, existsSync(join(cwd, "ran"))]).toEqual([2, true]);
  });
  it("is read for everything else, with the mark that editors put in", async () => {
    const cwd = freshFolder();
    writeFileSync(join(cwd, "baseline.config.json"), '\uFEFF{"target":"z","command":"touch ran # {test} {out}"}\r\n');
    const { code, stdout } = await baseline(["inspect", "data.csv"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("target: z");
  });
});

describe("control characters, line ends and marks of direction", () => {
  const SIGNS = ["\u001b]0;owned\u0007", "\u001b[31m", "\u202e", "\u2066", "\u0085", "\u2028", "\u007f", "\u009b31m"];
  /** What no output for people may hold; colours are off. */
  // oxlint-disable-next-line no-control-regex
  const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;
  const LINE = "forged line";

  it("in names and values are shown, not sent: terminal, stderr, Markdown; JSON has them as they are", async () => {
    const odd = (i: number): string => `v${SIGNS[i % SIGNS.length]}\n${LINE}`;
    const cell = (text: string): string => `"${text}"`;
    const rows = Array.from({ length: 90 }, (_, i) =>
      [i % 7, cell(odd(i)), cell(i % 3 === 0 ? `no${SIGNS[1]}\n${LINE}` : `yes${SIGNS[2]}`)].join(","),
    );
    const name = `x${SIGNS[0]}\n${LINE}`;
    const target = `y${SIGNS[2]}\n${LINE}`;
    const data = `${cell(name)},${cell(`c${SIGNS[1]}`)},${cell(target)}\n${rows.join("\n")}\n`;
    const file = "evil\u001b[2J\u202e.csv";
    const cwd = folderWith({ [file]: data, "new.csv": data.replaceAll("no", "never") });
    const texts: string[] = [];
    const run = async (...args: string[]): Promise<number | undefined> => {
      const { code, stdout, stderr } = await baseline(args, { cwd });
      texts.push(stdout, stderr);
      return code;
    };
    const train = ["--models", "one-rule,naive-bayes", "--holdout", "0.3", "--out", "b", ...SHORT];
    expect(await run("inspect", file, "--target", target)).toBe(0);
    expect([await run("train", file, "--target", target, ...train), texts.at(-1)]).toEqual([0, ""]);
    expect(await run("report", "b")).toBe(0);
    const [, ...lines] = readFileSync(join(cwd, "b", "splits.csv"), "utf8")
      .trim()
      .split("\n");
    const held = lines.filter((line) => line.split(",")[2] === "holdout").map((line) => line.split(",")[0]);
    writeFileSync(join(cwd, file), `row,probability\n${held.map((row) => `${row},0.5\n`).join("")}`);
    expect(await run("compare", "b", file)).toBeLessThan(4);
    expect(await run("gate", "b", file)).toBeLessThan(4);
    expect(await run("inspect", `no${file}`)).toBe(2);
    expect(await run("train", "new.csv", "--target", `z${target}`)).toBe(2);
    texts.push(...["report.md", "verdict.md"].map((path) => readFileSync(join(cwd, "b", path), "utf8")));
    for (const text of texts) {
      expect(text).not.toMatch(HIDDEN);
      expect(text.split("\n").filter((line) => line.startsWith(LINE))).toEqual([]);
    }
    const { columns } = JSON.parse(readFileSync(join(cwd, "b", "benchmark.json"), "utf8"));
    expect(columns[0].name).toBe(name);
    const predicted = await baseline(["predict", "b", "new.csv"], { cwd });
    expect(predicted.code).toBe(0);
    expect(predicted.stderr).not.toMatch(HIDDEN);
  });
});

describe("classes that a spreadsheet would run", () => {
  it("are guarded when asked for, and that is said; the file for compare has them as they are", async () => {
    const data = table(60).replace(/,yes$/gm, ",=cmd()").replace(/,no$/gm, ",-1+2");
    const cwd = folderWith({ "data.csv": data });
    const train = ["train", "data.csv", "--models", "constant", "--types", "y=category", "--out", "b", ...SHORT];
    expect(await baseline(train, { cwd })).toMatchObject({ code: 0 });
    const plain = await baseline(["predict", "b", "data.csv"], { cwd });
    expect(plain.stdout).toMatch(/^0,[=-]/m);
    const guarded = await baseline(["predict", "b", "data.csv", "--guard-formulas"], { cwd });
    expect(
      guarded.stdout
        .split("\n")
        .slice(1, -1)
        .every((line) => /^\d+,'[=-]/.test(line)),
    ).toBe(true);
    expect(guarded.stderr).toMatch(/have a ' before them/);
  });
});
