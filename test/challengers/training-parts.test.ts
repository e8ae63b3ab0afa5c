import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, afterAll, describe, expect, it } from "vitest";
import { functionChallenger, type ModelFunction } from "../../src/challengers/model-function.ts";
import { reopenData } from "../../src/challengers/reopen-data.ts";
import { trainingParts, whole } from "../../src/challengers/training-parts.ts";
import { openBenchmark, type OpenBenchmark } from "../../src/intake/opened.ts";
import type { TrainOptions } from "../../src/intake/options.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { writeInto } from "../../src/benchmark/write.ts";
import { openWriter } from "../../src/benchmark/writer.ts";
import { benchmarkOnDisk, scratch, tableText } from "./benchmark.ts";

let parent: string;
beforeAll(() => {
  parent = scratch(afterAll);
});

/** A benchmark of a text of one's own. */
async function benchmarkOf(name: string, text: string, options: TrainOptions): Promise<[OpenBenchmark, string]> {
  const data = join(parent, `${name}.csv`);
  const out = join(parent, name);
  writeFileSync(data, text);
  const writer = openWriter({ out, resume: false, redact: false, inputs: { sha256: "", target: "" } });
  writeInto(writer, await trainBenchmark(data, { target: "y", models: ["constant"], workers: 1, ...options }));
  return [await openBenchmark(out), data];
}

describe("the parts that a challenger is trained on", () => {
  it("keep every held-out row and every row of the scored fold out of training", async () => {
    const { opened } = await benchmarkOnDisk(parent, "binary", 600);
    const parts = trainingParts(opened, { folds: true });
    expect(parts.map(({ title }) => title)).toEqual(["holdout", ...[1, 2, 3, 4, 5].map((k) => `fold ${k} of 5`)]);
    for (const { train, asked } of parts) {
      const held = new Set(opened.held);
      const own = new Set(asked);
      expect(Array.from(train).filter((row) => held.has(row) || own.has(row))).toEqual([]);
    }
    expect(trainingParts(opened, {}).length).toBe(1);
    expect(whole(opened).train).toEqual(parts[0].train);
  });
  it("look back only, where rows have a time", async () => {
    const [opened, data] = await benchmarkOf("timed", tableText("regression", 120), {
      time: "@row",
      repeats: 1,
      ignore: ["copy"],
    });
    const loaded = await reopenData(opened, data);
    const seen: string[] = [];
    const latest: ModelFunction = (train, test, { part }) => {
      seen.push(part);
      expect(Math.max(...train.numbers)).toBeLessThan(Math.min(...test.numbers));
      return new Float64Array(test.rows).fill(Number(train.target.at(-1)));
    };
    const { challenger } = await functionChallenger(opened, loaded, { name: "latest", model: latest, folds: true });
    expect(seen.filter((title) => title.startsWith("fold"))[0]).toMatch(/^fold 2 of/);
    expect(challenger.folds![0].values.length).toBe(opened.folded.part.row.length);
    expect(challenger.folds![0].values.includes(Number.NaN)).toBe(false);
  });
  it("leave out rows without a target, and keep the numbers of the file", async () => {
    const [header, ...rows] = tableText("regression", 120).trimEnd().split("\n");
    const gaps = rows.map((line, i) => (i % 10 === 3 ? `${line.split(",").slice(0, -2).join(",")},,` : line));
    const [opened, data] = await benchmarkOf("gaps", [header, ...gaps, ""].join("\n"), {
      folds: 3,
      repeats: 1,
      ignore: ["copy"],
    });
    const loaded = await reopenData(opened, data);
    const asked = new Set<number>();
    const zero: ModelFunction = (train, test) => {
      for (const number of [...train.numbers, ...test.numbers]) expect(number % 10).not.toBe(3);
      for (const number of test.numbers) asked.add(number);
      return new Float64Array(test.rows);
    };
    await functionChallenger(opened, loaded, { name: "zero", model: zero });
    expect(asked.size).toBe(108);
  });
});
