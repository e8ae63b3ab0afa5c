import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { writeInto } from "../../src/benchmark/write.ts";
import { openWriter } from "../../src/benchmark/writer.ts";
import { scratch, tableText } from "../challengers/benchmark.ts";

it("rows exported for challengers hold what a baseline may read, the target in training alone", async () => {
  const out = join(scratch(), "benchmark");
  const table = new TextEncoder().encode(tableText("binary", 600));
  const options = { target: "y", ignore: ["copy"], models: ["constant"], workers: 1 };
  const inputs = { sha256: "", target: "" };
  const writer = openWriter({ out, resume: false, redact: false, exportSplits: true, inputs });
  writeInto(writer, await trainBenchmark(table, options));
  const [train, holdout] = ["train.csv", "holdout.csv"].map((file) =>
    readFileSync(join(out, file), "utf8").trimEnd().split("\n"),
  );
  expect([train[0], holdout[0]]).toEqual(["row,id,x,z,y", "row,id,x,z"]);
  expect([train.length, holdout.length]).toEqual([481, 121]);
  const numbers = [...train.slice(1), ...holdout.slice(1)].map((line) => Number(line.split(",")[0]));
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 600 }, (_, i) => i));
});
