/** `explain` as a user types it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Explained } from "../../src/report/explained.ts";
import { baseline, SHORT, table, type Ran } from "./baseline.ts";

let made: string;
const run = (...args: string[]): Promise<Ran> => baseline(args, { cwd: made });
const asked = async (...args: string[]): Promise<Explained> =>
  JSON.parse((await run("explain", ...args, "--json")).stdout) as Explained;

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "baseline-cli-"));
  writeFileSync(join(made, "data.csv"), table(200));
  writeFileSync(join(made, "numbers.csv"), table(200, "number"));
  const models = ["--models", "one-rule,naive-bayes,logistic,tree", ...SHORT];
  for (const args of [
    ["data.csv", "--out", "out", ...models],
    ["numbers.csv", "--out", "values", "--models", "linear", ...SHORT],
    ["data.csv", "--out", "secret", "--redact", ...models],
  ]) {
    const { code, stderr } = await run("train", ...args, "--quiet");
    if (code !== 0) throw new Error(stderr);
  }
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

describe("explain", () => {
  it("without a table says what the model is, as the model itself does", async () => {
    const { code, stdout, stderr } = await run("explain", "out");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^logistic predicts y: A weighted sum of/);
    expect(stdout).toContain("\nThe whole model\n");
    const { rung, model, row } = await asked("out");
    expect([rung, row]).toEqual(["logistic", undefined]);
    for (const line of model.lines) expect(stdout).toContain(line);
  });
  it("of a row says why, in parts that add up to its answer, and a change that changes it", async () => {
    const { row } = await asked("out", "data.csv", "--row", "7");
    const { sum, probabilities, changes, answer } = row!;
    const share = probabilities!.find((one) => one.class === sum!.class)!.probability;
    expect(sum!.total).toBeCloseTo(Math.log(share / (1 - share)), 9);
    expect(changes!.length).toBeGreaterThan(0);
    const [header, ...lines] = table(200).trim().split("\n");
    for (const { column, to, answer: then, exact } of changes!) {
      expect(exact).toBe(true);
      expect(then).not.toBe(answer);
      const cells = lines[7].split(",");
      cells[header.split(",").indexOf(column)] = String(to);
      writeFileSync(join(made, "changed.csv"), `${header}\n${cells.join(",")}\n`);
      const { predictions } = JSON.parse((await run("predict", "out", "changed.csv", "--json")).stdout) as {
        predictions: string[];
      };
      expect(predictions).toEqual([then]);
    }
    const { stdout } = await run("explain", "out", "data.csv", "--row", "7");
    expect(stdout).toMatch(/^Row 7: y is (yes|no) \(\d/);
    expect(stdout).toMatch(/log odds of yes against no\n/);
  });
  it("names what was searched as such, the rule and the path, and no change where there is no class", async () => {
    const searched = await run("explain", "out/models/naive-bayes.json", "data.csv", "--row", "7");
    expect(searched.stdout).toMatch(/ \* +(yes|no)\n/);
    expect(searched.stdout).toMatch(/\* the nearest of the training rows'/);
    expect((await asked("out/models/one-rule.json", "data.csv")).row!.steps[0]).toMatch(/^x .*training rows\)$/);
    expect((await asked("out/models/tree.json", "data.csv")).row!.steps.at(-1)).toMatch(/^leaf: (yes|no) /);
    const value = (await asked("values", "numbers.csv", "--row", "2")).row!;
    expect(value.changes).toBeNull();
    expect(value.sum!.total).toBeCloseTo(value.answer as number, 9);
  });
  it("explains a row of the benchmark's own table by the model that has not seen the held-out ones, and says so", async () => {
    writeFileSync(join(made, "more.csv"), table(600));
    await run("train", "more.csv", "--out", "held", "--models", "logistic", "--quiet", ...SHORT);
    const [own, trained, final] = await Promise.all(
      ["held", "held/model.json", "held/model-final.json"].map((model) => run("explain", model, "more.csv")),
    );
    expect(own.stdout).toBe(trained.stdout);
    expect(own.stdout).not.toBe(final.stdout);
    expect(own.stderr).toMatch(
      /^beware: more\.csv is a table of this benchmark: model\.json explains the row, fitted on/,
    );
    for (const { stderr } of [trained, final]) expect(stderr).not.toContain("of this benchmark");
    writeFileSync(join(made, "new.csv"), table(601));
    const fresh = await run("explain", "held", "new.csv");
    expect(fresh.stdout).toBe(final.stdout);
    expect(fresh.stderr).not.toContain("of this benchmark");
    expect((await run("explain", "out", "data.csv")).stderr).toContain("the model has seen the row");
  });
  it("works on a model without profiles", async () => {
    const { row } = await asked("secret", "data.csv", "--row", "7");
    expect(row!.changes!.length).toBeGreaterThan(0);
  });
  it("refuses a row that is not there, and a row without a table", async () => {
    const beyond = await run("explain", "out", "data.csv", "--row", "200");
    expect(beyond).toMatchObject({ code: 2, stdout: "" });
    expect(beyond.stderr).toMatch(/^baseline: data\.csv: there is no row 200; its 200 rows are numbered from 0\n$/);
    const alone = await run("explain", "out", "--row", "3");
    expect(alone).toMatchObject({ code: 2, stdout: "" });
    expect(alone.stderr).toMatch(/^baseline: --row: goes with a table/);
  });
});
