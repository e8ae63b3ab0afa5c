import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binRows } from "../../../src/baselines/tree/bins/bins.ts";
import { MISSING_BIN, numberBins } from "../../../src/baselines/tree/bins/number-bins.ts";
import type { TreeJSON } from "../../../src/baselines/tree/model/tree-json.ts";
import { collapsePenalties } from "../../../src/baselines/tree/prune.ts";
import { PENALTIES, tree, type TreeParams } from "../../../src/baselines/tree/tree.ts";
import { allRows, shapeOf, type Column, type Dataset } from "../../../src/data/dataset.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { plantedTable } from "../../tables.ts";

const PLAIN: TreeParams = { criterion: "gini", minLeaf: 1, smoothing: 0, penalty: 0 };
const SQUARED: TreeParams = { ...PLAIN, criterion: "squared" };
const fit = (data: Dataset, params: TreeParams) => tree.fit({ data, rows: allRows(data.rows) }, params, seeded("tree"));
const grown = (data: Dataset, params: TreeParams) => (fit(data, params).toJSON() as unknown as { tree: TreeJSON }).tree;

function table(columns: readonly Column[], y: readonly number[]): Dataset {
  return { rows: y.length, columns, target: { task: "regression", name: "y", values: Float64Array.from(y) } };
}
const number = (name: string, values: readonly number[]): Column => ({
  kind: "number",
  name,
  values: Float64Array.from(values),
});
const category = (name: string, codes: readonly number[], levels: number): Column => ({
  kind: "category",
  name,
  codes: Int32Array.from(codes),
  levels: Array.from({ length: levels }, (_, i) => `l${i}`),
});
const squares = (y: readonly number[]): number => {
  const mean = y.reduce((a, b) => a + b, 0) / Math.max(1, y.length);
  return y.reduce((sum, v) => sum + (v - mean) ** 2, 0);
};

const whole = (min: number, max: number) => fc.integer({ min, max });
const rowsOf = fc.array(
  fc.record({
    x: fc.option(whole(-4, 4), { nil: Number.NaN }),
    c: whole(-1, 3),
    y: whole(-9, 9),
  }),
  { minLength: 2, maxLength: 14 },
);

describe("the first split", () => {
  it("gains as much as the best of all cuts, all subsets of levels and both ways for what is missing", () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const y = rows.map((row) => row.y);
        const data = table(
          [
            number(
              "x",
              rows.map(({ x }) => x),
            ),
            category(
              "c",
              rows.map(({ c }) => c),
              4,
            ),
          ],
          y,
        );
        const total = squares(y);
        let best = 0;
        const consider = (left: (row: (typeof rows)[number]) => boolean): void => {
          const [a, b] = [rows.filter(left), rows.filter((row) => !left(row))];
          if (a.length === 0 || b.length === 0) return;
          best = Math.max(best, total - squares(a.map((r) => r.y)) - squares(b.map((r) => r.y)));
        };
        for (let cut = -5; cut <= 4; cut++)
          for (const gone of [true, false]) consider(({ x }) => (Number.isNaN(x) ? gone : x <= cut));
        for (let set = 0; set < 32; set++) consider(({ c }) => ((set >> (c + 1)) & 1) === 1);
        const { gain, feature } = grown(data, { ...SQUARED, maxDepth: 1 });
        if (best < 1e-9 * Math.max(1, total)) expect(feature[0]).toBe(-1);
        else expect(gain[0] * total).toBeCloseTo(best, 6);
      }),
      { numRuns: 300 },
    );
  });

  it("learns where missing values go, and unseen levels go with them", () => {
    const x = [1, 2, 3, 4, Number.NaN, Number.NaN, 6, 7];
    const high = fit(table([number("x", x)], [0, 0, 0, 0, 9, 9, 9, 9]), SQUARED);
    const asked = table([number("x", [Number.NaN, 0, 10])], [0, 0, 0]);
    expect([...high.predict(asked).values]).toEqual([9, 0, 9]);
    const low = fit(table([number("x", x)], [0, 0, 0, 0, 0, 0, 9, 9]), SQUARED);
    expect([...low.predict(asked).values]).toEqual([0, 0, 9]);
    const levels = fit(table([category("c", [0, 0, 1, 1, -1, -1], 3)], [0, 0, 9, 9, 9, 9]), SQUARED);
    expect([...levels.predict(table([category("c", [0, 1, 2, -1], 3)], [0, 0, 0, 0])).values]).toEqual([0, 9, 9, 9]);
  });
});

describe("pruning", () => {
  /** Weakest-link pruning as the book has it: again and again the inner node with the smallest mean gain. */
  function byTheBook(column: readonly number[], gain: readonly number[], left: readonly number[]): number[] {
    const split = column.map((c) => c >= 0);
    const penalty = column.map(() => 0);
    let reached = 0;
    for (;;) {
      let weakest = -1;
      let least = Number.POSITIVE_INFINITY;
      const below = (node: number): number[] =>
        split[node] ? [node, ...below(left[node]), ...below(left[node] + 1)] : [];
      for (let node = 0; node < column.length; node++) {
        if (!split[node]) continue;
        const inside = below(node);
        const mean = inside.reduce((sum, n) => sum + gain[n], 0) / inside.length;
        if (mean < least) [weakest, least] = [node, mean];
      }
      if (weakest < 0) return penalty;
      reached = Math.max(reached, least);
      for (const node of below(weakest)) {
        penalty[node] = reached;
        split[node] = false;
      }
    }
  }

  it("agrees with the book on any tree", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(whole(0, 50), whole(0, 1000)), { minLength: 1, maxLength: 14 }), (steps) => {
        const column = [-1];
        const left = [-1];
        const gain = [0];
        for (const [pick, size] of steps) {
          const leaves = column.flatMap((c, node) => (c < 0 ? [node] : []));
          const node = leaves[pick % leaves.length];
          column[node] = 0;
          gain[node] = size + 1;
          left[node] = column.length;
          column.push(-1, -1);
          left.push(-1, -1);
          gain.push(0, 0);
        }
        const wanted = byTheBook(column, gain, left);
        collapsePenalties({ column, gain, left }).forEach((p, node) => expect(p).toBeCloseTo(wanted[node], 9));
      }),
      { numRuns: 200 },
    );
  });

  it("leaves fewer leaves the higher the penalty, and one in the end", () => {
    const data = plantedTable({ task: "multiclass", rows: 300, missing: 0.1 });
    const points = [...PENALTIES, 2].map((penalty) => ({ ...PLAIN, penalty }));
    const counts = tree.prepare!(data, [allRows(300)])
      .fit([0], points, seeded("tree"))
      .map((model) => model.complexity.count);
    counts.forEach((count, i) => expect(count).toBeLessThanOrEqual(counts[Math.max(0, i - 1)]));
    expect(counts[0]).toBeGreaterThan(20);
    expect(counts.at(-1)).toBe(1);
  });
});

it("each node's value is drawn to its parent's as if so many rows had that", () => {
  const data = table([number("x", [1, 2, 3, 4])], [0, 0, 6, 6]);
  const { values } = fit(data, { ...SQUARED, minLeaf: 2, smoothing: 2 }).predict(data);
  // The root: (12 + 2 x 3) / (4 + 2) = 3. Left: (0 + 2 x 3) / (2 + 2), right: (12 + 2 x 3) / (2 + 2).
  expect([...values]).toEqual([1.5, 1.5, 4.5, 4.5]);
});

it("a rising transformation of a column changes no prediction of its training rows", () => {
  const data = plantedTable({ task: "regression", rows: 200, missing: 0.1 });
  const bent = data.columns.map((c) => (c.kind === "number" ? { ...c, values: c.values.map((v) => Math.exp(v)) } : c));
  expect(fit({ ...data, columns: bent }, SQUARED).predict({ ...data, columns: bent })).toEqual(
    fit(data, SQUARED).predict(data),
  );
});

it("shifting and scaling the target shifts and scales the answers, in any unit", () => {
  const data = plantedTable({ task: "regression", rows: 150 });
  const { target } = data;
  if (target.task !== "regression") throw new Error("a regression table");
  const plain = fit(data, { ...SQUARED, minLeaf: 5 }).predict(data).values;
  for (const [scale, shift] of [
    [1e-9, 3e-9],
    [1024, -5],
    [-1e12, 1e13],
  ]) {
    const other = { ...data, target: { ...target, values: target.values.map((y) => scale * y + shift) } };
    const said = fit(other, { ...SQUARED, minLeaf: 5 }).predict(other).values;
    said.forEach((value, i) => expect((value - shift) / scale).toBeCloseTo(plain[i], 6));
  }
});

it("answers keep the direction that was asked for, whatever the data say", () => {
  const data = plantedTable({ task: "regression", rows: 300 });
  const model = fit(data, { ...SQUARED, minLeaf: 3, smoothing: 5, monotone: '{"x0": -1, "x1": 1}' });
  const steps = Array.from({ length: 41 }, (_, i) => (i - 20) / 8);
  for (const [moved, sign] of [
    ["x0", -1],
    ["x1", 1],
  ] as const)
    for (let row = 0; row < 20; row++) {
      const columns = data.columns.map((column): Column => {
        if (column.kind === "number")
          return number(column.name, column.name === moved ? steps : steps.map(() => column.values[row]));
        if (column.kind === "category") return { ...column, codes: new Int32Array(41).fill(column.codes[row]) };
        return column;
      });
      const { values } = model.predict(table(columns, steps));
      values.forEach((value, i) => {
        if (i > 0) expect(sign * (value - values[i - 1])).toBeGreaterThanOrEqual(0);
      });
    }
});

describe("bins", () => {
  it("are exact up to 255 distinct values, and hold about equal shares beyond", () => {
    const few = numberBins(
      Float64Array.from({ length: 1000 }, (_, i) => (i * 7) % 255),
      allRows(1000),
    );
    expect([...few.lows]).toEqual(Array.from({ length: 255 }, (_, i) => i));
    expect(few.edges[10]).toBe(10.5);
    const stream = seeded("bins");
    const values = Float64Array.from({ length: 5000 }, () => stream.normal() ** 3);
    const many = numberBins(values, allRows(5000));
    expect(many.lows.length).toBeGreaterThan(250);
    many.lows.forEach((low, b) => {
      const inside = values.filter((v) => v >= low && v <= many.highs[b]).length;
      expect(Math.abs(inside - 5000 / 255)).toBeLessThan(6);
    });
  });

  it("put every cell between its edges, and what is missing apart", () => {
    const stream = seeded("cells");
    const values = Array.from({ length: 3000 }, (_, i) => (i % 11 === 0 ? Number.NaN : Math.exp(3 * stream.normal())));
    const data = table(
      [number("x", values)],
      values.map(() => 0),
    );
    const bins = binRows(data, allRows(3000));
    const [column] = bins.columns;
    if (column.kind !== "number") throw new Error("a number column");
    const { edges } = column;
    values.forEach((value, i) => {
      const wanted = Number.isNaN(value) ? MISSING_BIN : edges.filter((edge) => edge < value).length;
      expect(bins.words[i] & 255).toBe(wanted);
    });
  });
});

describe("saved trees", () => {
  const data = plantedTable({ task: "binary", rows: 120, missing: 0.1 });
  const saved = JSON.parse(JSON.stringify(fit(data, { ...PLAIN, minLeaf: 10 }).toJSON())) as { tree: TreeJSON };
  const broken: readonly [string, (tree: { -readonly [K in keyof TreeJSON]: number[] }) => void][] = [
    ["a node that points past the end", (t) => (t.right[0] = t.right.length)],
    ["a node that points back", (t) => (t.right[0] = 0)],
    ["arrays of different lengths", (t) => t.threshold.pop()],
    ["a column that is not there", (t) => (t.feature[0] = 99)],
    ["a threshold that is no number", (t) => (t.threshold[0] = Number.NaN)],
    ["values missing", (t) => t.value.pop()],
  ];
  for (const [what, harm] of broken)
    it(`are refused with ${what}`, () => {
      const copy = structuredClone(saved);
      harm(copy.tree as never);
      expect(() => tree.fromJSON(copy, shapeOf(data))).toThrow(TypeError);
    });
});

it("parameters out of range and criteria of another task are refused", () => {
  const data = plantedTable({ task: "binary", rows: 40 });
  expect(() => fit(data, { ...PLAIN, minLeaf: -1 })).toThrow("tree: minLeaf must be at least 0, got -1");
  expect(() => fit(data, SQUARED)).toThrow("tree: for binary the criterion must be gini or entropy, got squared");
  expect(() => fit(data, { ...PLAIN, monotone: "nonsense" })).toThrow(/^tree: monotone/);
});
