import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lastValue, type LastValueParams } from "../../src/baselines/last-value/last-value.ts";
import { momentsOf, predecessors } from "../../src/models/last-value/moments.ts";
import { allRows, type Dataset, type Rows } from "../../src/frame/dataset.ts";
import { seeded } from "../../src/numeric/rng.ts";

const gap = Number.NaN;

function series(y: readonly number[], more: { time?: readonly number[]; groups?: readonly number[] } = {}): Dataset {
  return {
    rows: y.length,
    columns: [],
    target: { task: "regression", name: "y", values: Float64Array.from(y) },
    time: Float64Array.from(more.time ?? y.keys()),
    ...(more.groups && { groups: Int32Array.from(more.groups) }),
  };
}

function classSeries(codes: readonly number[], classes: readonly string[] = ["a", "b"]): Dataset {
  const task = classes.length === 2 ? "binary" : "multiclass";
  return { ...series([...codes]), target: { task, name: "y", classes, codes: Int32Array.from(codes) } };
}

function predicted(data: Dataset, params: LastValueParams, train: Rows = allRows(data.rows)): number[] {
  return [...lastValue.fit({ data, rows: train }, params, seeded("last")).predict(data).values];
}

describe("values", () => {
  it("are those of the row before; the first row gets the training mean", () => {
    const data = series([10, 20, 40, 80]);
    expect(predicted(data, { lag: 1 }, Int32Array.of(0, 1))).toEqual([15, 10, 20, 40]);
  });
  it("come in order of time, whatever the order of rows", () => {
    const data = series([40, 10, 80, 20], { time: [2, 0, 3, 1] });
    expect(predicted(data, { lag: 1 })).toEqual([20, 37.5, 40, 10]);
  });
  it("stay within the group", () => {
    const data = series([1, 100, 2, 200], { groups: [0, 1, 0, 1] });
    expect(predicted(data, { lag: 1 })).toEqual([75.75, 75.75, 1, 100]);
  });
  it("of rows at one time are averaged, and never used for each other", () => {
    const data = series([1, 3, 10, 20, 5], { time: [0, 0, 1, 1, 2] });
    expect(predicted(data, { lag: 1 })).toEqual([7.8, 7.8, 2, 2, 15]);
  });
  it("that are unknown are passed over for the last known one", () => {
    const data = series([gap, 5, gap, gap, 8, gap]);
    expect(predicted(data, { lag: 1 }, Int32Array.of(1, 4))).toEqual([6.5, 6.5, 5, 5, 5, 8]);
  });
  it("of a season ago: one, two, ... lags back, then the last known one, then the mean", () => {
    const data = series([1, 2, 3, gap, 5, 6, 7, 8]);
    //          lag 3:                 mean mean mean  1  2  3  (3: unknown -> 0)  4
    expect(predicted(data, { lag: 3 }, Int32Array.of(0, 1, 2))).toEqual([2, 1, 2, 1, 2, 3, 1, 5]);
  });
  it("of training go on where a table's target is not known", () => {
    const data = series([1, 2, 3, 4]);
    const model = lastValue.fit({ data, rows: Int32Array.of(0, 1, 2) }, { lag: 1 }, seeded(1));
    expect([...model.predict(series([gap, gap])).values]).toEqual([3, 3]);
  });
});

describe("classes", () => {
  it("are the one before, with the smoothed shares of what followed it in training", () => {
    const data = classSeries([0, 0, 1, 0, 0, 0, 1, 1]);
    // After a: a a . b twice of 5; after b: a, b of 2. Prior: 5 of 8 are a.
    const afterA = [3, 2].map((count, k) => (count + 2 * [5 / 8, 3 / 8][k]) / 7);
    const afterB = [1, 1].map((count, k) => (count + 2 * [5 / 8, 3 / 8][k]) / 4);
    const likeliest = predicted(data, { lag: 1, answer: "likeliest" });
    [[5 / 8, 3 / 8], afterA, afterA, afterB].flat().forEach((p, i) => expect(likeliest[i]).toBeCloseTo(p, 12));
    const last = predicted(data, { lag: 1, answer: "last" });
    expect(last.slice(2, 4)).toEqual(likeliest.slice(2, 4));
    expect(last[6]).toBeCloseTo(0.5, 6); // b follows b less often than a does: levelled, a hair above
    expect(last[7]).toBeGreaterThan(last[6]);
  });
  it("keep the label of the row before for every class", () => {
    const codes = Array.from({ length: 200 }, (_, i) => [0, 1, 2, 1, 0, 2, 2][(i * i + 3 * i) % 7]);
    const values = predicted(classSeries(codes, ["a", "b", "c"]), { lag: 1, answer: "last" });
    for (let i = 1; i < 200; i++) {
      const shares = values.slice(3 * i, 3 * i + 3);
      expect(shares.indexOf(Math.max(...shares))).toBe(codes[i - 1]);
    }
  });
});

it("looking back step by step gives the same predecessors", () =>
  fc.assert(
    fc.property(
      fc.array(fc.record({ y: fc.constantFrom(1, 2, 3, gap), time: fc.nat(8), group: fc.nat(2) }), { minLength: 1 }),
      fc.integer({ min: 1, max: 4 }),
      (list, lag) => {
        const data = series(
          list.map((row) => row.y),
          { time: list.map((row) => row.time), groups: list.map((row) => row.group) },
        );
        const moments = momentsOf(data, allRows(data.rows), data.time!);
        const found = predecessors(moments, lag);
        for (const [row, { time, group }] of list.entries()) {
          const times = [...new Set(list.filter((r) => r.group === group && r.time < time).map((r) => r.time))].sort(
            (a, b) => b - a,
          );
          const valueAt = (at: number): number | undefined => {
            const known = list.filter((r) => r.group === group && r.time === at && !Number.isNaN(r.y)).map((r) => r.y);
            return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0) / known.length;
          };
          const values = times.map(valueAt);
          const wanted =
            values.filter((_, back) => (back + 1) % lag === 0).find((v) => v !== undefined) ??
            values.find((v) => v !== undefined);
          const moment = found[moments.of[row]];
          if (wanted === undefined) expect(moment).toBe(-1);
          else expect(moments.target[moment]).toBeCloseTo(wanted, 12);
        }
      },
    ),
  ));
