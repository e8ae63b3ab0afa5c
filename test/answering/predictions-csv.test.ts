import { expect, it } from "vitest";
import { predictTable } from "../../src/answering/predict.ts";
import { predictionsCsv } from "../../src/answering/predictions-csv.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";

it("answers stand under the numbers that their rows have in the file, also behind a record that was left out", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({ x: i, y: i % 2 === 0 ? "=no" : "yes" }));
  const { final } = await trainBenchmark(rows, { target: "y", models: ["constant"], workers: 1, folds: 3, repeats: 1 });
  const text = Buffer.from("x,z\n1,a\n2,b,c\n3,d\n");
  const predicted = await predictTable(final, text, { skipBadLines: true });
  const lines = predictionsCsv(predicted).trim().split("\n");
  expect(lines[0]).toBe("row,prediction,proba_=no,proba_yes");
  expect(lines.slice(1).map((line) => line.split(",").slice(0, 2))).toEqual([
    ["0", "=no"],
    ["2", "=no"],
  ]);
  expect(predictionsCsv(predicted, true)).toContain("\n2,'=no,0.5,0.5\n");
});
