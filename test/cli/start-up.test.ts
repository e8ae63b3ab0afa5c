/** Start-up is cheap because nothing heavy is loaded before a command needs it. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { baseline, folderWith, table } from "./baseline.ts";

/** A module hook that writes down every file it is asked to load. */
const HOOK = `
import { appendFileSync } from "node:fs";
export async function load(url, context, next) {
  if (url.startsWith("file:")) appendFileSync(process.env.LOADED, url + "\\n");
  return next(url, context);
}`;
const asUrl = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;
const REGISTER = asUrl(`import { register } from "node:module"; register(${JSON.stringify(asUrl(HOOK))});`);

/** The modules of ours a command loads, by the notes that bundling left in the files, and the other files; from the project's root. */
async function loaded(args: readonly string[], code = 0): Promise<readonly string[]> {
  const cwd = folderWith({ "data.csv": table(20), loaded: "" });
  const list = join(cwd, "loaded");
  const ran = await baseline(args, { cwd, node: ["--import", REGISTER], env: { LOADED: list } });
  expect(ran).toMatchObject({ code, ...(code !== 2 && { stderr: "" }) });
  const urls = readFileSync(list, "utf8").trim().split("\n");
  return urls.flatMap((url) => {
    const path = fileURLToPath(url);
    const modules = [...readFileSync(path, "utf8").matchAll(/^\/\/ \.cache\/(dist\/.+)$/gm)];
    return modules.length > 0 ? modules.map(([, module]) => module) : [relative(resolve("."), path)];
  });
}

/** The commands' records with the kinds of columns, the words of progress, errors for users, and the parser. */
const LIGHT =
  /^dist\/(cli|options|words)\/|^dist\/(report\/document\/visible|suite\/files|table\/options|error)\.js$|node_modules\/(commander|leven)\//;

describe("start-up", () => {
  for (const flag of ["--help", "--version"])
    it(`${flag} loads the command line and its parser, nothing else`, async () => {
      const files = await loaded([flag]);
      expect(files).toContain("dist/cli/main.js");
      const heavy = files.filter((file) => !LIGHT.test(file));
      expect(heavy).toEqual([]);
    });

  it("predict loads the model's kind, and nothing that fits, searches or compares", async () => {
    const cwd = folderWith({ "data.csv": table(60), "new.csv": table(61) });
    await baseline(["train", "data.csv", "--models", "constant,logistic", "--out", "b", "--quiet"], { cwd });
    const files = await loaded(["predict", join(cwd, "b"), join(cwd, "new.csv"), "--quiet"]);
    expect(files.filter((file) => /^dist\/(baselines|compare|evaluate|search)\//.test(file))).toEqual([]);
    expect(files).toContain("dist/models/registry.js");
  });

  it("predicting with a weighted sum takes at most 95 modules, each source file counted", async () => {
    const cwd = folderWith({ "data.csv": table(200), "new.csv": "x,z,noise0\n3,a,1.5\n2,b,0\n", loaded: "" });
    await baseline(["train", "data.csv", "--models", "constant,logistic", "--out", "b", "--quiet"], { cwd });
    const code = `
      const { predict } = await import(${JSON.stringify(pathToFileURL(resolve(".cache/dist/answering/predict.js")))});
      const { prediction } = await predict("b", "new.csv");
      process.stdout.write(String(prediction.values.length));`;
    const list = join(cwd, "loaded");
    const env = { ...process.env, LOADED: list };
    const args = ["--import", REGISTER, "--input-type=module", "--eval", code];
    expect(execFileSync(process.execPath, args, { cwd, env, encoding: "utf8" })).toBe("4");
    const files = readFileSync(list, "utf8").trim().split("\n");
    const ours = files.filter((url) => url.includes("/.cache/dist/"));
    expect(ours.some((url) => url.endsWith("/models/linear/logistic.js"))).toBe(true);
    expect(ours.length).toBeLessThanOrEqual(95);
  });

  it("train that ends before the ladder is trained has loaded nothing that judges, draws or writes", async () => {
    const files = await loaded(
      ["train", "data.csv", "--target", "z", "--models", "constant,tree", "--task", "regression"],
      2,
    );
    expect(files).toContain("dist/baselines/registry.js");
    const late =
      /^dist\/(doubts\/|report\/(formats|figures|benchmark\/document)|benchmark\/(finish|write)\.)|node_modules\/(d3-|cli-table3)/;
    expect(files.filter((file) => late.test(file))).toEqual([]);
  });

  it("compare loads, for a predictions file, nothing that fits or searches", async () => {
    const cwd = folderWith({ "data.csv": table(80) });
    const options = ["--models", "constant", "--holdout", "0.5", "--out", "b", "--quiet"];
    await baseline(["train", "data.csv", ...options], { cwd });
    const rows = readFileSync(join(cwd, "b", "splits.csv"), "utf8").match(/^\d+(?=,0,holdout)/gm) ?? [];
    writeFileSync(join(cwd, "coin.csv"), `row,probability\n${rows.map((row) => `${row},0.5\n`).join("")}`);
    const files = await loaded(["compare", join(cwd, "b"), join(cwd, "coin.csv"), "--quiet"], 3);
    expect(files).toContain("dist/compare/verdict/verdict.js");
    expect(files.filter((file) => /^dist\/(baselines|search|evaluate\/(jobs|tune|rung))/.test(file))).toEqual([]);
  });

  it("a command loads what it needs (so the test above can fail)", async () => {
    const files = await loaded(["inspect", "data.csv"]);
    expect(files).toContain("dist/schema/infer.js");
    expect(files.some((file) => file.startsWith("dist/baselines/tree/"))).toBe(false);
  });
});
