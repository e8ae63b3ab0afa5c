import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { markdownReport, terminalReport } from "../../src/report/benchmark/reports.ts";
import { checkArtifact } from "../../src/report/schema/benchmark.ts";

/** Two benchmarks as they were once written. `npx vitest run test/report -u` takes a wanted change over. */
for (const name of ["wine", "cars"])
  describe(`the benchmark of ${name}`, () => {
    const artifact = checkArtifact(JSON.parse(readFileSync(`test/golden/${name}.benchmark.json`, "utf8")));
    it("reads the same on the terminal", async () => {
      const text = terminalReport(artifact, { colour: false, width: 140, folder: "baseline-out" });
      await expect(text).toMatchFileSnapshot(`../golden/${name}.terminal.txt`);
    });
    it("reads the same in report.md", async () => {
      await expect(markdownReport(artifact)).toMatchFileSnapshot(`../golden/${name}.report.md`);
    });
  });

it("a benchmark of version 1 is one of today's under older names", () => {
  const old = JSON.parse(readFileSync("test/golden/cars.benchmark.json", "utf8"));
  old.left = [{ rung: "curve", reason: "keeps values of single rows" }];
  expect(old.schema).toBe("tabular-baseline/benchmark/1");
  const { schema, skipped, labelMetric, ...rest } = checkArtifact(old);
  expect({ ...rest, schema: old.schema, left: skipped, label_metric: labelMetric }).toEqual(old);
  expect(schema).toBe("tabular-baseline/benchmark/2");
});
