import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binRows } from "../../src/bins/bins.ts";
import { levelBins } from "../../src/bins/level-bins.ts";
import { EDGE_SAMPLE, middle, numberBins, sampledPositions } from "../../src/bins/number-bins.ts";
import { allRows } from "../../src/frame/dataset.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { amounts, categoryColumn, fitTree, numberColumn, tableOf } from "../baselines/tree/fit.ts";

/** The bin of each row of the j-th binned column. */
function binsOf(bins: ReturnType<typeof binRows>, j: number): number[] {
  const rows = bins.rows.length;
  return Array.from({ length: rows }, (_, i) => (bins.words[(j >> 2) * rows + i] >>> ((j & 3) * 8)) & 255);
}

describe("numbers", () => {
  it("have a bin a distinct value where there are at most 255, cut in the middle", () => {
    const values = Float64Array.of(3, 1, Number.NaN, -0, 0, 3, 8);
    const { edges, lows, highs } = numberBins(values, allRows(7));
    expect([...lows]).toEqual([0, 1, 3, 8]);
    expect([...highs]).toEqual([0, 1, 3, 8]);
    expect([...edges]).toEqual([0.5, 2, 5.5]);
  });
  it("are cut into bins that hold all values in order, at most 255 and about equally heavy", () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4000 }), fc.nat(), fc.constantFrom(0.5, 3, 40), (rows, seed, spread) => {
        const rng = seeded(seed);
        const values = Float64Array.from({ length: rows }, () => Math.exp(spread * rng.normal()));
        const { edges, lows, highs } = numberBins(values, allRows(rows));
        expect(lows.length).toBeLessThanOrEqual(255);
        for (let b = 0; b < lows.length; b++) {
          expect(lows[b]).toBeLessThanOrEqual(highs[b]);
          if (b > 0) expect(edges[b - 1] >= highs[b - 1] && edges[b - 1] < lows[b]).toBe(true);
        }
        const held = Array.from(lows, (low, b) => values.filter((v) => v >= low && v <= highs[b]).length);
        expect(held.reduce((a, b) => a + b, 0)).toBe(rows);
        if (rows > 255) expect(Math.max(...held)).toBeLessThanOrEqual(2 * Math.ceil(rows / 255));
      }),
      { numRuns: 30 },
    ));
  it("that are common keep a bin to themselves", () => {
    const rng = seeded("common");
    const values = Float64Array.from({ length: 5000 }, (_, i) => (i % 3 === 0 ? 0 : rng.normal()));
    const { lows, highs } = numberBins(values, allRows(5000));
    const zero = lows.findIndex((low, b) => low <= 0 && highs[b] >= 0);
    expect([lows[zero], highs[zero]]).toEqual([0, 0]);
  });
  it("beyond the sample still have exact bins where values are few", () => {
    const rows = 3 * EDGE_SAMPLE;
    const values = Float64Array.from({ length: rows }, (_, i) => (i === 77 ? -5 : i % 200));
    expect(numberBins(values, allRows(rows)).lows.slice(0, 2)).toEqual(Float64Array.of(-5, 0));
  });
  it("sampled places are one from each of as many equal stretches", () => {
    expect([...sampledPositions(5)]).toEqual([0, 1, 2, 3, 4]);
    for (const rows of [EDGE_SAMPLE + 1, 123_457]) {
      const places = sampledPositions(rows);
      const stretch = rows / EDGE_SAMPLE;
      expect(places.length).toBe(EDGE_SAMPLE);
      expect(places.every((place, i) => place + 1 > i * stretch && place < (i + 1) * stretch)).toBe(true);
    }
  });
  it("a middle lies between its neighbours, however close or far", () => {
    expect(middle(1, 1 + Number.EPSILON)).toBe(1);
    expect(middle(-1.7e308, 1.7e308)).toBe(0);
    expect(middle(1.6e308, 1.7e308)).toBeCloseTo(1.65e308, -300);
    expect(middle(0, Number.MIN_VALUE)).toBe(0);
  });
});

describe("levels", () => {
  it("get a bin each, the 255 heaviest where there are more", () => {
    const codes = Int32Array.from({ length: 900 }, (_, i) => (i < 600 ? i % 300 : i % 30));
    expect(levelBins(codes, 400, allRows(20)).length).toBe(20);
    const kept = levelBins(codes, 400, allRows(900));
    expect([...kept]).toEqual(Array.from({ length: 255 }, (_, i) => i)); // 30 .. 299 tie: the lower code first
    const weights = new Float64Array(900).fill(1);
    weights[299] = 5;
    expect(levelBins(codes, 400, allRows(900), weights)).toContain(299);
  });
  it("100,000 of them are fitted, those without a bin as missing", () => {
    const rows = 100_000;
    const codes = Array.from({ length: rows }, (_, i) => i);
    const y = codes.map((code) => (code === 5 ? 900 : 0));
    const data = tableOf([categoryColumn("id", codes, rows)], amounts(y));
    const { model } = fitTree(data, { maxDepth: 1 });
    expect([...model.predict(data, Int32Array.of(5, 6, 99_999)).values]).toEqual([900, 0, 0]);
  });
});

it("cells, four columns to a word: numbers by their edges, gaps in 255, constant columns left out", () => {
  const rng = seeded("words");
  const rows = 700;
  const columns = ["e", "d", "c", "b", "a"].map((name, j) =>
    numberColumn(
      name,
      Array.from({ length: rows }, (_, i) => ((i + j) % 11 === 0 ? null : rng.normal())),
    ),
  );
  const data = tableOf(
    [
      ...columns,
      numberColumn("constant", Array<number>(rows).fill(3)),
      numberColumn("empty", Array<null>(rows).fill(null)),
    ],
    amounts(Array<number>(rows).fill(0)),
  );
  const chosen = allRows(rows).filter((row) => row % 3 > 0);
  const bins = binRows(data, chosen);
  expect(bins.columns.map(({ index }) => data.columns[index].name)).toEqual(["a", "b", "c", "d", "e"]);
  for (const [j, column] of bins.columns.entries()) {
    const source = data.columns[column.index];
    if (source.kind !== "number" || column.kind !== "number") throw new TypeError("numbers wanted");
    const wanted = Array.from(chosen, (row) => {
      const value = source.values[row];
      return Number.isNaN(value) ? 255 : column.edges.filter((edge) => value > edge).length;
    });
    expect(binsOf(bins, j)).toEqual(wanted);
  }
});
