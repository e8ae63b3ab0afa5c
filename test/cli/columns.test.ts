/** What is said of columns on the command line, through the built program: classes, kinds, ids, the positive class. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GIVEN_KINDS } from "../../src/table/options.ts";
import { baseline, folderWith, type Ran } from "./baseline.ts";

const lines = (header: string, rows: number, row: (i: number) => string): string =>
  `${[header, ...Array.from({ length: rows }, (_, i) => row(i))].join("\n")}\n`;
const PLAIN = ["--models", "constant,one-rule", "--repeats", "1", "--out", "b"];
const train = (cwd: string, ...args: string[]): Promise<Ran> =>
  baseline(["train", "data.csv", ...PLAIN, ...args], { cwd });
const written = (cwd: string, file: string): string => readFileSync(join(cwd, "b", file), "utf8");

describe("classes that are written like missing cells", () => {
  it("+ and - are two classes, in training and in new rows", async () => {
    const cwd = folderWith({ "data.csv": lines("a,y", 60, (i) => `${(i * 7) % 11},${(i * 7) % 11 > 5 ? "+" : "-"}`) });
    expect((await train(cwd)).code).toBe(0);
    expect((JSON.parse(written(cwd, "benchmark.json")) as { classes: string[] }).classes).toEqual(["+", "-"]);
  });
  it("are named with the flag that keeps them, and kept by it", async () => {
    const cwd = folderWith({ "data.csv": lines("a,y", 90, (i) => `${(i * 7) % 11},${["EU", "NA", "null"][i % 3]}`) });
    const told = await train(cwd);
    expect(told).toMatchObject({ code: 2 });
    expect(told.stderr).toContain('"NA" (30 cells), "null" (30 cells) are read as missing');
    expect(told.stderr).toContain("say --keep-na y=NA,y=null");
    expect((await train(cwd, "--keep-na", "y=NA,y=null")).code).toBe(0);
    expect((JSON.parse(written(cwd, "benchmark.json")) as { classes: string[] }).classes).toEqual(["EU", "NA", "null"]);
  });
  it("are kept in new rows as they were in the first ones", async () => {
    const data = lines(
      "a,region,y",
      90,
      (i) => `${(i * 7) % 11},${["EU", "NA", "APAC"][i % 3]},${i % 3 === 1 ? 5 : (i % 7) / 10}`,
    );
    const cwd = folderWith({ "data.csv": data, "new.csv": "a,region\n3,NA\n3,EU\n" });
    const ran = await baseline(
      ["train", "data.csv", "--models", "one-rule", "--repeats", "1", "--keep-na", "NA", "--out", "b"],
      { cwd },
    );
    expect(ran.code).toBe(0);
    const { stdout, stderr } = await baseline(["predict", "b", "new.csv"], { cwd });
    expect(stdout).toMatch(/^row,prediction\n0,4\.\d+\n1,0\.\d+\n$/);
    expect(stderr).not.toMatch(/missing/);
  });
});

describe("kinds of columns", () => {
  it("are all in the help, and one that is none is refused", async () => {
    const cwd = folderWith({ "data.csv": lines("a,y", 60, (i) => `${i % 7},${i % 2}`) });
    const { stdout } = await baseline(["train", "--help"], { cwd });
    const help = stdout.replaceAll(/\s+/g, " ");
    expect(help).toContain(`kinds of columns: ${GIVEN_KINDS.join(", ")}`);
    const { code, stderr } = await train(cwd, "--types", "a=banana");
    expect(code).toBe(2);
    expect(stderr).toMatch(/there is no kind "banana"; the kinds are number, category/);
  });
  it("ignore leaves a column out", async () => {
    const cwd = folderWith({ "data.csv": lines("a,c,y", 60, (i) => `${i % 7},${i % 5},${i % 2}`) });
    const { code, stdout } = await baseline(["inspect", "data.csv", "--types", "a=ignore", "--json"], { cwd });
    expect(code).toBe(0);
    const { columns } = JSON.parse(stdout) as { columns: { role: string }[] };
    expect(columns.map(({ role }) => role)).toEqual(["ignored", "feature", "target"]);
  });
  it("an id stays as it is written", async () => {
    const cwd = folderWith({ "data.csv": lines("code,a,y", 60, (i) => `${1 + (i % 9)}e${i},${i % 7},${i % 2}`) });
    expect((await train(cwd, "--id", "code")).code).toBe(0);
    expect(
      written(cwd, "splits.csv")
        .split("\n")
        .slice(1, 4)
        .map((line) => line.split(",").at(-1)),
    ).toEqual(["1e0", "2e1", "3e2"]);
  });
});

describe("what was guessed or taken", () => {
  const data = lines("a,b,outcome", 90, (i) => `${(i * 7) % 11},${i % 4},${i % 9 === 0 ? "fraud" : "ok"}`);
  it("a guessed target is called so; the positive class is named beside scores that speak of it", async () => {
    const cwd = folderWith({ "data.csv": data });
    const { stdout } = await train(cwd, "--metric", "f1");
    expect(stdout).toContain("target outcome (guessed; 2 classes: fraud, ok; positive: ok)");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("the positive class is ok (--positive names another)");
    expect(written(cwd, "report.md")).toContain("Decided by f1 of the positive class, ok");
    expect((await train(cwd, "--metric", "f1", "--positive", "fraud", "--force")).stdout).toContain(
      "the positive class is fraud",
    );
  });
  it("and in the verdict", async () => {
    const cwd = folderWith({ "data.csv": data });
    await train(cwd, "--holdout", "0.5", "--target", "outcome");
    const rows = written(cwd, "splits.csv")
      .split("\n")
      .filter((line) => line.includes(",holdout,"));
    writeFileSync(
      join(cwd, "p.csv"),
      `row,probability\n${rows.map((line) => `${line.split(",")[0]},0.9`).join("\n")}\n`,
    );
    const { stdout } = await baseline(["compare", "b", "p.csv", "--metric", "average_precision"], { cwd });
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("average_precision is that of the positive class, ok");
  });
});

describe("times with offsets from UTC", () => {
  it("stand in their true order, whatever their offsets", async () => {
    const moment = (i: number): string => {
      const hours = [0, -8, 5.5, 14][i % 4];
      const zone = `${hours < 0 ? "-" : "+"}${String(Math.floor(Math.abs(hours))).padStart(2, "0")}:${hours % 1 ? "30" : "00"}`;
      return new Date(Date.UTC(2024, 1, 27) + (i + hours) * 3_600_000).toISOString().slice(0, 19) + zone;
    };
    const cwd = folderWith({ "data.csv": lines("at,a,y", 80, (i) => `${moment(i)},${i % 7},${(i * i) % 11}`) });
    const { stdout } = await train(cwd, "--time", "at", "--holdout", "0.25");
    const splits = written(cwd, "splits.csv")
      .split("\n")
      .map((line) => line.split(","));
    const rows = (wanted: string): number[] =>
      splits.filter(([, , part]) => part === wanted).map(([row]) => Number(row));
    expect(Math.max(...rows("train"))).toBeLessThan(Math.min(...rows("holdout")));
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("at: times are taken in UTC, by their offsets");
  });
});
