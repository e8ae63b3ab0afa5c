/** The same input, options and seed give the same folder, whatever the number of workers. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { baseline, folderWith, table } from "./baseline.ts";

/** What a folder holds, without `environment`, `timing` and times in the journal and the report. */
function lasting(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(names.map((name) => [name.slice(folder.length), timeless(name, readFileSync(name, "utf8"))]));
}

function timeless(name: string, text: string): string {
  if (name.endsWith("benchmark.json")) {
    const { environment: _e, timing: _t, ...rest } = JSON.parse(text);
    return JSON.stringify(rest);
  }
  if (name.endsWith("trials.jsonl")) return text.replaceAll(/"datetime_(start|complete)":"[^"]*"/g, "");
  if (/report\.(md|html)$/.test(name))
    return text.replaceAll(/\b\d[\d.]*(e-\d+)? (µs|ms|s|min \d+ s)(?= \||<\/|\.$| \/| *$)/gm, "");
  return text;
}

describe("a benchmark folder", () => {
  for (const task of ["class", "number"] as const)
    it(`of a ${task} target is the same from two runs, and from one worker and two`, async () => {
      const models = task === "class" ? "naive-bayes,logistic" : "linear,tree";
      const made = async (workers: string): Promise<ReadonlyMap<string, string>> => {
        const cwd = folderWith({ "data.csv": table(520, task) });
        const options = ["--models", models, "--folds", "3", "--seed", "7", "--workers", workers];
        const ran = await baseline(["train", "data.csv", "--out", "out", ...options], { cwd });
        expect(ran).toMatchObject({ code: 0 });
        return lasting(join(cwd, "out"));
      };
      const one = await made("1");
      const two = await made("2");
      expect([...one.keys()]).toEqual(
        expect.arrayContaining(["/benchmark.json", "/model-final.json", "/model.json", "/models/constant.json"]),
      );
      expect(two).toEqual(one);
      if (task === "class") expect(await made("2")).toEqual(one);
    });
});
