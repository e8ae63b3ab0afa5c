/** Numbers in predictions files, as people and programs write them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { arraysChallenger } from "../../src/challengers/model-function.ts";
import { predictionsFile } from "../../src/challengers/predictions-file.ts";
import { openBenchmark, type OpenBenchmark } from "../../src/intake/opened.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { heldLines, makeBenchmark, records, scratch } from "./folders.ts";

const folder = scratch();
let binary: OpenBenchmark;
let regression: OpenBenchmark;
let percents: OpenBenchmark;

beforeAll(async () => {
  const made = async (name: string, kind: "binary" | "regression", unit = ""): Promise<OpenBenchmark> => {
    const rows = records(60, kind).map((row) => (unit === "" ? row : { ...row, y: `${String(row.y)}${unit}` }));
    return openBenchmark(await makeBenchmark(join(folder, name), rows, { holdout: 0.5, folds: 2, repeats: 1 }));
  };
  binary = await made("binary", "binary");
  regression = await made("regression", "regression");
  percents = await made("percents", "regression", "%");
});

let files = 0;
function answered(opened: OpenBenchmark, column: string, write: (value: number, i: number) => string, delimiter = ";") {
  const path = join(folder, `answers-${files++}.csv`);
  const lines = Array.from(
    opened.held,
    (row, i) => `${opened.known.rowNumber[row]}${delimiter}${write((i % 20) / 16, i)}`,
  );
  writeFileSync(path, `row${delimiter}${column}\n${lines.join("\n")}\n`);
  return predictionsFile(opened, path);
}
const said = async (...given: Parameters<typeof answered>): Promise<number[]> => {
  const { kind, values } = (await answered(...given)).challenger.holdout![0];
  return Array.from(values).filter((_, i) => kind === "value" || i % 2 === 1);
};
const wanted = (opened: OpenBenchmark): number[] => Array.from(opened.held, (_, i) => (i % 20) / 16);
const share = (value: number): number => Math.min(1, value);

describe("values", () => {
  it("with decimal commas or points, grouped or not, where the file leaves no doubt", async () => {
    const straight = wanted(regression);
    expect(await said(regression, "prediction", (x) => String(x))).toEqual(straight);
    expect(await said(regression, "prediction", (x) => String(x).replace(".", ","))).toEqual(straight);
    const large = (x: number): string => (1234 + x).toFixed(4).replace(/^1/, "1,");
    expect(await said(regression, "prediction", large)).toEqual(straight.map((x) => 1234 + x));
  });
  it("that can be read in two ways are refused", async () => {
    await expect(answered(regression, "prediction", (_, i) => `1,${100 + i}`)).rejects.toThrow(
      /"1,100" in column "prediction" may be 1100 or 1\.1, and no other cell tells which; write decimals with a point/,
    );
  });
  it("in the target's own unit, and in no other", async () => {
    const straight = wanted(percents);
    expect(percents.artifact.columns.find(({ name }) => name === "y")?.notation).toMatchObject({ unit: "%" });
    expect(await said(percents, "prediction", (x) => `${x}%`)).toEqual(straight);
    expect(await said(percents, "prediction", (x) => String(x))).toEqual(straight);
    for (const unit of ["%", " kg", "$"])
      await expect(answered(regression, "prediction", (x) => `${x}${unit}`)).rejects.toThrow(
        new RegExp(`30 rows have .* as prediction, first row \\d+ with "0${unit.replace("$", "\\$")}"`),
      );
  });
});

describe("probabilities", () => {
  it("in percent are divided by 100, and it is noted", async () => {
    const found = await answered(binary, "probability", (x) => `${(100 * share(x)).toFixed(2)}%`);
    expect(found.notes).toEqual(["the probabilities in probability are in percent, and were divided by 100"]);
    const { values } = found.challenger.holdout![0];
    binary.held.forEach((_, i) =>
      expect(values[2 * i + 1]).toBe(Number((100 * share((i % 20) / 16)).toFixed(2)) / 100),
    );
  });
  it("partly in percent, or in anything else, are refused", async () => {
    await expect(answered(binary, "probability", (x, i) => (i === 7 ? "0.4" : `${100 * share(x)}%`))).rejects.toThrow(
      /1 row has no probability from 0 to 1 in probability, first row \d+ with "0.4"/,
    );
    for (const cell of ["<0.01", "0.4 mg", "40 ‰", "$0.4"])
      await expect(answered(binary, "probability", (x, i) => (i === 7 ? cell : String(share(x))))).rejects.toThrow(
        /1 row has no probability from 0 to 1/,
      );
  });
  it("with decimal commas", async () => {
    expect(await said(binary, "probability", (x) => String(share(x)).replace(".", ","))).toEqual(
      wanted(binary).map(share),
    );
  });
});

it("what reading had to tell is noted", async () => {
  const path = join(folder, "trailing.csv");
  const lines = heldLines(binary, 0.5).map((line) => `${line.row},${line.proba_yes},`);
  writeFileSync(path, `row,probability\n${lines.join("\n")}\n`);
  const { notes } = await predictionsFile(binary, path);
  expect(notes.length).toBeGreaterThan(0);
});

it("classes that look like numbers in a notation are classes", async () => {
  const rows = records(60, "binary").map((row) => ({ ...row, y: row.y === "yes" ? ">50K" : "<=50K" }));
  const opened = await openBenchmark(
    await makeBenchmark(join(folder, "incomes"), rows, { holdout: 0.5, folds: 2, repeats: 1 }),
  );
  expect(await said(opened, "prediction", (_, i) => (i % 2 === 0 ? ">50K" : "<=50K"))).toEqual(
    Array.from(opened.held, (_, i) => Number(opened.artifact.classes[1] === (i % 2 === 0 ? ">50K" : "<=50K"))),
  );
});

it("an id column called row stands beside row as row.2, in splits.csv and in predictions", async () => {
  const rows = records(60, "binary").map(({ who: _who, ...row }, i) => ({ row: `w${i}`, ...row }));
  const opened = await openBenchmark(
    await makeBenchmark(join(folder, "rows"), rows, {
      id: "row",
      ignore: ["site", "region"],
      holdout: 0.5,
      folds: 2,
      repeats: 1,
    }),
  );
  const [header] = readFileSync(join(folder, "rows", "splits.csv"), "utf8").split("\n");
  expect(header).toBe("row,repeat,part,fold,row.2");
  const straight = heldLines(opened, 0.5);
  const path = join(folder, "by-id.csv");
  writeFileSync(path, `row.2,probability\n${straight.map((line) => `w${line.row},${line.proba_yes}`).join("\n")}\n`);
  const { values } = (await predictionsFile(opened, path)).challenger.holdout![0];
  expect(Array.from(values).filter((_, i) => i % 2 === 1)).toEqual(straight.map((line) => line.proba_yes));
});

it("what reading a table of folds had to tell is told, and its numbers are plain", async () => {
  const rows = records(40, "binary").map(({ who: _who, site: _site, region: _region, ...row }) => row);
  const options = { target: "y", models: ["constant"], workers: 1 } as const;
  const lines = rows.map((_, i) => `${i},${i % 3},`);
  const given = Buffer.from(`row,fold\n${lines.join("\n")}\n`);
  const { artifact } = await trainBenchmark(rows, { ...options, splits: given });
  expect(artifact.warnings).toContainEqual(expect.objectContaining({ message: expect.stringMatching(/^splits: /) }));
  const odd = Buffer.from(`row;fold\n${rows.map((_, i) => `${i};${i === 3 ? "1,000" : i % 3}`).join("\n")}\n`);
  await expect(trainBenchmark(rows, { ...options, splits: odd })).rejects.toThrow(
    /fold must be a whole number from 0 .* got "1,000"/,
  );
});

it("answers of a program that are read in another way are noted too", async () => {
  const percent = (rows: Int32Array): string[] => Array.from(rows, (_, i) => `${5 * (i % 20)}%`);
  const made = await arraysChallenger(binary, {
    name: "mine",
    holdout: { probability: percent(binary.held) as never },
  });
  expect(made.notes).toEqual(["the probabilities in probability are in percent, and were divided by 100"]);
  expect(made.challenger.holdout![0].values[2 * 3 + 1]).toBe(0.15);
});
