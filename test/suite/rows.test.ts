import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { openBenchmark } from "../../src/intake/opened.ts";
import { rowsOfBenchmark } from "../../src/suite/rows.ts";
import { makeBenchmark } from "../benchmark/folders.ts";

const folder = mkdtempSync(join(tmpdir(), "baseline-rows-"));
afterAll(() => rmSync(folder, { recursive: true }));

it.each([120, 600])(
  "the rows of a benchmark of %i rows have every rung's answers, of rungs that are no baselines too",
  async (rows) => {
    const data = Array.from({ length: rows }, (_, i) => ({ x: i % 7, z: (i * 5) % 11, y: i % 7 < 3 ? "no" : "yes" }));
    const opened = await openBenchmark(
      await makeBenchmark(join(folder, String(rows)), data, {
        models: ["one-rule", "boosting"],
        ignore: [],
        trials: 1,
        repeats: 2,
      }),
    );
    expect(opened.others.map(({ name }) => name)).toEqual(["boosting"]);
    const { models } = rowsOfBenchmark(opened);
    expect(models.map(({ name }) => name)).toEqual(opened.artifact.ladder.map(({ rung }) => rung));
    for (const model of models) expect(Boolean(model.holdout), model.name).toBe(rows === 600);
    for (const { folds } of models) expect(folds).toHaveLength(1);
  },
);
