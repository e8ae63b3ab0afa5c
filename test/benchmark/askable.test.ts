import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compare } from "../../src/benchmark/compare.ts";
import { gate } from "../../src/benchmark/gate.ts";
import { openBenchmark, type OpenBenchmark } from "../../src/intake/opened.ts";
import { heldLines, makeBenchmark, records, scratch, writeCsv } from "./folders.ts";

const folder = scratch();
let regression: OpenBenchmark;
let binary: OpenBenchmark;
beforeAll(async () => {
  const signed = records(600, "regression"); // targets on both sides of 0
  regression = await openBenchmark(await makeBenchmark(join(folder, "regression"), signed));
  binary = await openBenchmark(await makeBenchmark(join(folder, "binary"), records(600, "binary")));
});

const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "it was taken",
    (error: Error) => `${error.name}: ${error.message}`,
  );
let files = 0;
const answers = (opened: OpenBenchmark, skill: number): string =>
  writeCsv(join(folder, `file-${files++}.csv`), heldLines(opened, skill));

describe("what cannot be asked is refused before anything is trained", () => {
  it("metrics that this target has no place in, in the words of train", async () => {
    for (const metric of ["rmsle", "poisson_deviance"])
      expect(await failure(compare(regression, [answers(regression, 0.9)], { metric }))).toMatch(
        new RegExp(`^OptionError: metric: ${metric} needs targets of 0 or more, got -`),
      );
    const data = records(600, "regression").map((row, i) => ({ ...row, y: i % 7 === 0 ? 0 : Number(row.y) + 50 }));
    const zeros = await openBenchmark(await makeBenchmark(join(folder, "zeros"), data));
    expect(await failure(compare(zeros, [answers(zeros, 0.9)], { metric: "mape" }))).toMatch(
      /away from zero \(use wape\)/,
    );
    expect(await failure(gate(zeros, answers(zeros, 0.9), { metric: "mape" }))).toMatch(/^OptionError: metric: mape/);
  });
  it("a margin that no model could exceed, with the share that was probably meant", async () => {
    const asked = (minGain: number | string) => failure(compare(binary, [answers(binary, 0.9)], { minGain }));
    expect(await asked(2)).toMatch(
      /^OptionError: minGain: wanted a gain that can be made, got 2 where \S+ has log_loss 0\.\d+ and leaves 0\.\d+ to gain; did you mean 2%\?$/,
    );
    expect(await asked(0.05)).toBe("it was taken");
    expect(await failure(compare(binary, [answers(binary, 0.9)], { minGain: 1, metric: "accuracy" }))).toMatch(
      /leaves 0\.\d+ to gain/,
    );
    const money = { metric: "accuracy", valuePerUnit: 1, extraCost: 3 };
    expect(await failure(compare(binary, [answers(binary, 0.9)], money))).toMatch(/look at --value-per-unit/);
  });
  it("predictions too large to be scored name their row", async () => {
    const lines = heldLines(regression, 0.9).map((line, i) => (i === 4 ? { ...line, prediction: 1e308 } : line));
    const path = writeCsv(join(folder, "huge.csv"), lines);
    expect(await failure(compare(regression, [path]))).toBe(
      `ChallengerError: ${path}: 1 row has no number of a size that can be scored as prediction, first row ${lines[4].row} with "1e+308"; give a number for every row`,
    );
  });
});

describe("a benchmark that was cut short", () => {
  it("never says JUSTIFIED: what was not trained was not beaten; a NOT JUSTIFIED stands", async () => {
    const cut = await openBenchmark(
      await makeBenchmark(join(folder, "cut"), records(600, "binary"), {
        models: ["one-rule", "logistic"],
        timeLimit: 0,
      }),
    );
    expect(cut.artifact.warnings[0]).toMatchObject({ code: "ladder-incomplete", count: 2 });
    expect(cut.artifact.warnings[0].message).toContain("one-rule, logistic could not be trained");
    const [good] = (await compare(cut, [answers(cut, 0.95)])).challengers;
    expect(good).toMatchObject({ verdict: "INCONCLUSIVE", reason: "ladder-incomplete", rowsNeeded: null });
    expect(good.sentence).toContain("one-rule, logistic");
    const [bad] = (await compare(cut, [answers(cut, 0)])).challengers;
    expect(bad.verdict).toBe("NOT JUSTIFIED");
    expect(await failure(gate(cut, answers(cut, 0.95)))).toMatch(/was cut short .* train it again to the end$/);
  });
});
