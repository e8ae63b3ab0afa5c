import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compare as command } from "../../src/cli/commands/compare.ts";
import { arraysChallenger, compare, openBenchmark, type ModelFunction } from "../../src/index.ts";
import { CASE_COLUMNS } from "../../src/challengers/cases-table.ts";
import { readCases } from "../../src/challengers/must-pass.ts";
import { reopenData } from "../../src/challengers/reopen-data.ts";
import { codeBlocks, expectAllRun } from "../manuals.ts";
import { benchmarkOnDisk, scratch } from "./benchmark.ts";

/** Every example of docs/challengers.md stands below, line by line, and is run; flags are held against the command's. */
const manual = readFileSync("docs/challengers.md", "utf8");

let parent: string;
let folder: string;
let data: string;
beforeAll(async () => {
  parent = scratch(afterAll);
  ({ folder, data } = await benchmarkOnDisk(parent, "regression", 600));
});

describe("the manual of challengers", () => {
  it("shows nothing that is not run here", () =>
    expectAllRun("docs/challengers.md", "test/challengers/examples.test.ts", 2));
  it("speaks of flags that there are", () => {
    const flags = new Set(
      command.options.map(({ key }) => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`),
    );
    const train = ["--ignore"];
    const used = [...manual.matchAll(/(?<![\w-])--[a-z][a-z0-9-]*/g)].map(([flag]) => flag);
    expect(used.length).toBeGreaterThan(10);
    for (const flag of used) if (!train.includes(flag) && flag !== "--seed") expect(flags.has(flag), flag).toBe(true);
  });
  it("a function, and answers as arrays", async () => {
    const slope: ModelFunction = (train, test) => {
      const x = train.columns.get("x")!.map(Number);
      const top = x.reduce((sum, value, i) => sum + value * Number(train.target[i]), 0);
      const bottom = x.reduce((sum, value) => sum + value * value, 0);
      return test.columns.get("x")!.map((value) => (top / bottom) * Number(value));
    };
    const { challengers } = await compare(folder, [{ name: "slope", model: slope }], { data });
    expect(challengers[0].verdict).toBe("JUSTIFIED");
    const answers = Array.from({ length: 120 }, () => 0);
    const opened = await openBenchmark(folder);
    const mine = await arraysChallenger(opened, { name: "mine", holdout: answers });
    const document = await compare(opened, [mine]);
    expect(document.challengers[0].verdict).toBe("NOT JUSTIFIED");
  });
  it("must-pass cases, with every column named", async () => {
    const { opened, data: table } = await benchmarkOnDisk(parent, "binary", 100, { repeats: 1 });
    const [text] = codeBlocks("docs/challengers.md", "csv");
    const path = join(parent, "cases.csv");
    writeFileSync(path, text);
    const cases = await readCases(opened, await reopenData(opened, table), path);
    const said = { kind: "probability", classes: 2, values: Float64Array.of(0.2, 0.8, 0.9, 0.1) } as const;
    expect(cases.failures(said, false)).toEqual([
      'case "clearly yes": wanted at least 0.9 as probability of yes, got 0.8',
    ]);
    for (const column of CASE_COLUMNS) expect(manual).toContain(`\`${column}\``);
  });
});
