import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compare } from "../../src/benchmark/compare.ts";
import { load, type Loaded } from "../../src/intake/load.ts";
import { openBenchmark, type OpenBenchmark } from "../../src/intake/opened.ts";
import { rowLevels } from "../../src/benchmark/row-levels.ts";
import { allRows } from "../../src/frame/dataset.ts";
import { heldLines, makeBenchmark, records, scratch, writeCsv, type Line } from "./folders.ts";

const folder = scratch();

describe("the levels of rows", () => {
  let loaded: Loaded;
  beforeAll(async () => {
    const lines = Array.from({ length: 40 }, (_, i) => ({
      age: i === 7 ? "" : i,
      rank: i % 3,
      place: i === 3 ? "" : i % 2 === 0 ? "north" : "10",
      code: `c${i}`,
      y: i % 2,
    }));
    loaded = await load(writeCsv(join(folder, "levels.csv"), lines), { target: "y" });
  });
  it("texts as they are, missing apart, in the order of classes", () => {
    const { levels, codes } = rowLevels(loaded, Int32Array.of(0, 1, 3, 4), "place", "slices");
    expect(levels).toEqual(["10", "north"]);
    expect([...codes]).toEqual([1, 0, -1, 1]);
  });
  it("few numbers by value, many in quarters of equal size", () => {
    expect(rowLevels(loaded, allRows(40), "rank", "slices").levels).toEqual(["0", "1", "2"]);
    const { levels, codes } = rowLevels(loaded, allRows(40), "age", "slices");
    expect(levels).toEqual(["below 10", "10 to 20", "20 to 30", "from 30"]);
    expect(codes[7]).toBe(-1);
    const counts = levels.map((_, level) => codes.filter((code) => code === level).length);
    expect(counts).toEqual([9, 10, 10, 10]);
  });
  it("an unknown column is a sentence", () => {
    expect(() => rowLevels(loaded, allRows(40), "shoe", "slices")).toThrow(
      'slices: there is no column "shoe"; the columns are age, rank, place, code, y',
    );
  });
});

describe("vetoes", () => {
  let opened: OpenBenchmark;
  const data = records(2500, "binary");
  beforeAll(async () => {
    opened = await openBenchmark(await makeBenchmark(join(folder, "bench"), data));
  });
  /** Good answers everywhere but in the north. */
  const lopsided = (): Line[] =>
    heldLines(opened, 0.95).map((line) =>
      data[Number(line.row)].region === "north"
        ? { ...line, proba_no: line.proba_yes, proba_yes: line.proba_no }
        : line,
    );
  it("a slice that is proven to lose takes the yes away", async () => {
    const path = writeCsv(join(folder, "lopsided.csv"), lopsided());
    const plain = await compare(opened, [path], { metric: "accuracy", minGain: 0, against: "champion" });
    const sliced = await compare(opened, [path], { metric: "accuracy", minGain: 0, slices: ["region"], data });
    expect(plain.challengers[0].slices).toEqual([]);
    expect(sliced.challengers[0].vetoes.map(({ kind }) => kind)).toEqual(["slice"]);
    expect(sliced.challengers[0].verdict).not.toBe("JUSTIFIED");
    expect(sliced.challengers[0].sentence).toContain("worse for region = north");
  });
  it("a limit on the difference between groups does too", async () => {
    const lines = heldLines(opened, 0.95).map((line) =>
      data[Number(line.row)].region === "north" ? { ...line, proba_no: 0.05, proba_yes: 0.95 } : line,
    );
    const path = writeCsv(join(folder, "partial.csv"), lines);
    const protect = [{ column: "region", difference: 0.1 }];
    const { challengers } = await compare(opened, [path], { protect, data });
    expect(challengers[0].fairness[0].rates[0].outcome).toBe("beyond the limit");
    expect(challengers[0].vetoes.some(({ kind }) => kind === "fairness")).toBe(true);
  });
  it("rates need two classes; columns need the table", async () => {
    const path = writeCsv(join(folder, "fine.csv"), heldLines(opened, 0.95));
    await expect(compare(opened, [path], { slices: ["region"] })).rejects.toThrow(
      "data: --slices or --protect needs the table that the benchmark was trained on; give it with --data",
    );
    const numbers = records(600, "regression");
    const regression = await openBenchmark(await makeBenchmark(join(folder, "regression"), numbers));
    const answers = writeCsv(join(folder, "numbers.csv"), heldLines(regression, 0.9));
    await expect(compare(regression, [answers], { protect: ["region"], data: numbers })).rejects.toThrow(
      "protect: rates of groups need a binary target, this one is regression",
    );
  });
});
