import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FitError } from "../../../src/baselines/contract.ts";
import { PENALTIES, tree } from "../../../src/baselines/tree/tree.ts";
import { allRows, shapeOf, type Column, type Dataset } from "../../../src/frame/dataset.ts";
import { measured } from "../../../src/numeric/effort.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { amounts, categoryColumn, classes, fitTree, numberColumn, tableOf } from "./fit.ts";

/** Risk of a set of rows under a criterion. */
type Risk = (rows: readonly number[]) => number;

function squaredRisk(y: readonly number[]): Risk {
  return (rows) => {
    const mean = rows.reduce((sum, row) => sum + y[row] / rows.length, 0);
    return rows.reduce((sum, row) => sum + (y[row] - mean) ** 2, 0);
  };
}

function absoluteRisk(y: readonly number[]): Risk {
  return (rows) => Math.min(...rows.map((at) => rows.reduce((sum, row) => sum + Math.abs(y[row] - y[at]), 0)));
}

function impurityRisk(codes: readonly number[], of: (shares: number[]) => number): Risk {
  return (rows) => {
    const shares = [0, 1, 2].map((k) => rows.filter((row) => codes[row] === k).length / rows.length);
    return rows.length * of(shares);
  };
}
const gini = (shares: number[]): number => 1 - shares.reduce((sum, p) => sum + p * p, 0);
const entropy = (shares: number[]): number => -shares.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0);

/** All ways to divide the rows by one column: prefixes of numbers, subsets of levels, missing on either side. */
function divisions(column: Column, rows: number): number[][] {
  const all = [...allRows(rows)];
  if (column.kind === "text") return [];
  const missing = all.filter((row) =>
    column.kind === "number" ? Number.isNaN(column.values[row]) : column.codes[row] < 0,
  );
  const lefts: number[][] = [];
  if (column.kind === "number")
    for (const cut of new Set(column.values)) lefts.push(all.filter((row) => column.values[row] <= cut));
  else
    for (let set = 1; set < 1 << column.levels.length; set++)
      lefts.push(all.filter((row) => column.codes[row] >= 0 && (set >> column.codes[row]) & 1));
  return lefts.flatMap((left) => [left, [...left, ...missing]]).filter((left) => left.length > 0 && left.length < rows);
}

function bestGain(data: Dataset, risk: Risk): number {
  const all = [...allRows(data.rows)];
  const gains = data.columns.flatMap((column) =>
    divisions(column, data.rows).map((left) => {
      const right = all.filter((row) => !left.includes(row));
      return risk(all) - risk(left) - risk(right);
    }),
  );
  return Math.max(0, ...gains);
}

const cell = fc.option(fc.integer({ min: 0, max: 5 }), { freq: 4 });
const code = fc.integer({ min: -1, max: 3 });
const smallTable = fc.integer({ min: 2, max: 12 }).chain((rows) =>
  fc.record({
    x: fc.array(cell, { minLength: rows, maxLength: rows }),
    level: fc.array(code, { minLength: rows, maxLength: rows }),
    y: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: rows, maxLength: rows }),
  }),
);

describe("the first split is the best of all", () => {
  const columnsOf = (x: readonly (number | null)[], level: readonly number[]): Column[] => [
    numberColumn("x", x),
    categoryColumn("level", level, 4),
  ];
  /** The gain of the only split, as a sum of risks; 0 where there is none. */
  const gainOf = (data: Dataset, criterion: "squared" | "absolute" | "gini" | "entropy", risk: Risk): number => {
    const { nodes } = fitTree(data, { criterion, maxDepth: 1 });
    return nodes.gain[0] * risk([...allRows(data.rows)]);
  };

  it("of all cuts, of all sets of levels and both sides for missing values: squared error", () =>
    fc.assert(
      fc.property(smallTable, ({ x, level, y }) => {
        const data = tableOf(columnsOf(x, level), amounts(y));
        expect(gainOf(data, "squared", squaredRisk(y))).toBeCloseTo(bestGain(data, squaredRisk(y)), 9);
      }),
      { numRuns: 150 },
    ));
  for (const [criterion, impurity] of [
    ["gini", gini],
    ["entropy", entropy],
  ] as const)
    it(`two classes by ${criterion}`, () =>
      fc.assert(
        fc.property(smallTable, ({ x, level, y }) => {
          const codes = y.map((value) => Number(value > 0));
          const data = tableOf(columnsOf(x, level), classes(codes, 2));
          const risk = impurityRisk(codes, impurity);
          expect(gainOf(data, criterion, risk)).toBeCloseTo(bestGain(data, risk), 9);
        }),
        { numRuns: 100 },
      ));
  for (const [criterion, impurity] of [
    ["gini", gini],
    ["entropy", entropy],
  ] as const)
    it(`three classes by ${criterion}, numbers`, () =>
      fc.assert(
        fc.property(smallTable, ({ x, y }) => {
          const codes = y.map((value) => (value + 4) % 3);
          const data = tableOf([numberColumn("x", x)], classes(codes, 3));
          const risk = impurityRisk(codes, impurity);
          expect(gainOf(data, criterion, risk)).toBeCloseTo(bestGain(data, risk), 9);
        }),
        { numRuns: 100 },
      ));
  it("absolute error, numbers", () =>
    fc.assert(
      fc.property(smallTable, ({ x, y }) => {
        const data = tableOf([numberColumn("x", x)], amounts(y));
        expect(gainOf(data, "absolute", absoluteRisk(y))).toBeCloseTo(bestGain(data, absoluteRisk(y)), 9);
      }),
      { numRuns: 100 },
    ));
});

describe("planted splits are found", () => {
  const rng = seeded("planted splits");
  const rows = 400;
  const draw = (count: number): number[] => Array.from({ length: rows }, () => rng.below(count));
  const noise = (size: number): number[] => Array.from({ length: rows }, () => size * rng.normal());
  const junk = numberColumn("junk", noise(1));

  it("of a number with more values than bins: within a bin of the cut", () => {
    const x = noise(1);
    const y = x.map((value, i) => (value > 0.3 ? 5 : 0) + noise(0.1)[i % 7]);
    const { nodes } = fitTree(tableOf([junk, numberColumn("x", x)], amounts(y)), { maxDepth: 1 });
    expect(nodes.feature[0]).toBe(1);
    expect(Math.abs(nodes.threshold[0] - 0.3)).toBeLessThan(0.05);
  });
  it("of a category: any set of levels, for several classes too", () => {
    const level = draw(20);
    const high = new Set([1, 4, 5, 11, 17]);
    const jitter = noise(0.1);
    const y = level.map((l, i) => (high.has(l) ? 1 : 0) + jitter[i]);
    const means = fitTree(tableOf([junk, categoryColumn("level", level, 20)], amounts(y)), { maxDepth: 1 });
    const listed = new Set(means.nodes.levels);
    expect(means.nodes.feature[0]).toBe(1);
    expect(listed.size === 5 ? listed : new Set([...Array(20).keys()].filter((l) => !listed.has(l)))).toEqual(high);
    const codes = level.map((l, i) => (high.has(l) ? 2 : i % 2));
    const shares = fitTree(tableOf([junk, categoryColumn("level", level, 20)], classes(codes, 3)), {
      criterion: "gini",
      maxDepth: 1,
    });
    const chosen = new Set(shares.nodes.levels);
    expect(chosen.size === 5 ? chosen : new Set([...Array(20).keys()].filter((l) => !chosen.has(l)))).toEqual(high);
  });
  it("of missing against known values", () => {
    const x = noise(1).map((value, i) => (i % 5 === 0 ? null : value));
    const jitter = noise(0.1);
    const y = x.map((value, i) => (value === null ? 9 : 1) + jitter[i]);
    const { nodes, model } = fitTree(tableOf([junk, numberColumn("x", x)], amounts(y)), { maxDepth: 1 });
    expect(nodes.feature[0]).toBe(1);
    expect(nodes.threshold[0]).toBe(Number.MAX_VALUE);
    expect(nodes.weight).toEqual([400, 320, 80]);
    expect(
      model
        .explain({
          task: "regression",
          target: "y",
          classes: [],
          columns: ["junk", "x"].map((name) => ({ name, kind: "number", levels: [] })),
        })
        .lines.map((line) => line.split(":")[0]),
    ).toEqual(["x is known", "x is missing"]);
  });
  it("missing values go with the values they resemble", () => {
    for (const [seat, side] of [
      [0, 1],
      [10, 0],
    ] as const) {
      const x = draw(10).map((value, i) => (i % 4 === 0 ? null : value));
      const y = x.map((value) => ((value ?? seat) >= 5 ? 1 : 0));
      expect(fitTree(tableOf([numberColumn("x", x)], amounts(y))).nodes.missingLeft[0]).toBe(side);
    }
  });
});

describe("values", () => {
  const x = [1, 1, 1, 2, 2, 2, 2];
  it("are means, medians of the leaves and shares", () => {
    const y = [1, 2, 6, 10, 11, 12, 40];
    const means = fitTree(tableOf([numberColumn("x", x)], amounts(y)), { maxDepth: 1 });
    expect(means.nodes.value.map((v) => Number(v.toFixed(9)))).toEqual([Number((82 / 7).toFixed(9)), 3, 18.25]);
    const medians = fitTree(tableOf([numberColumn("x", x)], amounts(y)), { criterion: "absolute", maxDepth: 1 });
    expect(medians.nodes.value).toEqual([10, 2, 11.5]);
    const weighted = tableOf([numberColumn("x", x)], amounts(y), [1, 1, 3, 1, 1, 1, 5]);
    expect(fitTree(weighted, { criterion: "absolute", maxDepth: 1 }).nodes.value.slice(1)).toEqual([6, 40]);
    const shares = fitTree(tableOf([numberColumn("x", x)], classes([0, 0, 1, 2, 2, 2, 1], 3)), { criterion: "gini" });
    const thirds = shares.nodes.value.slice(3, 6);
    for (const [k, share] of [2 / 3, 1 / 3, 0].entries()) expect(thirds[k]).toBeCloseTo(share, 12);
  });
  it("are drawn to the parent's, and the root's shares to equal ones", () => {
    const codes = [0, 0, 0, 1, 1, 1, 1];
    const { nodes } = fitTree(tableOf([numberColumn("x", x)], classes(codes, 2)), { criterion: "gini", smoothing: 3 });
    const root = (4 + 3 * 0.5) / 10;
    expect(nodes.value[0]).toBeCloseTo(root, 12);
    expect(nodes.value[1]).toBeCloseTo((3 * root) / 6, 12);
    expect(nodes.value[2]).toBeCloseTo((4 + 3 * root) / 7, 12);
  });
  it("of levels and gaps that training rows lacked are those of the heavier side", () => {
    const level = [0, 0, 1, 1, 1, 1];
    const data = tableOf([categoryColumn("level", level, 4)], amounts([0, 0, 5, 5, 5, 5]));
    const { model } = fitTree(data);
    const asked = tableOf([categoryColumn("level", [0, 1, 2, 3, -1], 4)], amounts([0, 0, 0, 0, 0]));
    expect([...model.predict(asked).values]).toEqual([0, 5, 5, 5, 5]);
    const numbers = tableOf([numberColumn("x", [1, 1, 2, 2, 2])], amounts([0, 0, 7, 7, 7]));
    const gap = tableOf([numberColumn("x", [null])], amounts([0]));
    expect([...fitTree(numbers).model.predict(gap).values]).toEqual([7]);
  });
  it("do not depend on the unit and the zero of the target, nor on those of a column", () => {
    const rng = seeded("units");
    const a = Array.from({ length: 80 }, () => rng.normal());
    const y = a.map((value, i) => Math.sin(3 * value) + 0.1 * (i % 5));
    const plain = fitTree(tableOf([numberColumn("a", a)], amounts(y)), { minLeaf: 5, penalty: 0.01 });
    const scaled = fitTree(
      tableOf(
        [
          numberColumn(
            "a",
            a.map((value) => 8 * value),
          ),
        ],
        amounts(y.map((value) => 1e6 + 1024 * value)),
      ),
      { minLeaf: 5, penalty: 0.01 },
    );
    expect(scaled.nodes.feature).toEqual(plain.nodes.feature);
    for (const [i, value] of plain.nodes.value.entries())
      expect((scaled.nodes.value[i] - 1e6) / 1024).toBeCloseTo(value, 6);
  });
  it("stay finite at 1e308", () => {
    const y = [-1e308, -1e308, 1e308, 1.5e308];
    for (const criterion of ["squared", "absolute"] as const)
      expect([
        ...fitTree(tableOf([numberColumn("x", [-1e308, -1e308, 1e308, 1.7e308])], amounts(y)), {
          criterion,
        }).model.predict(tableOf([numberColumn("x", [-1e308, 1e308, 1.7e308])], amounts([0, 0, 0]))).values,
      ]).toEqual([-1e308, 1e308, 1.5e308]);
  });
});

describe("limits", () => {
  const rng = seeded("limits");
  const rows = 300;
  const a = Array.from({ length: rows }, () => rng.normal());
  const b = Array.from({ length: rows }, () => rng.below(12));
  const y = a.map((value, i) => Math.sin(2 * value) + 0.2 * b[i] + 0.3 * rng.normal());
  const weights = Array.from({ length: rows }, () => 0.5 + rng.uniform());
  const columns = [numberColumn("a", a), numberColumn("b", b)];

  it("no leaf is lighter than the least, none deeper than the most, no split gains less than asked", () => {
    for (const minLeaf of [1, 7.5, 40]) {
      const { nodes } = fitTree(tableOf(columns, amounts(y), weights), { minLeaf });
      expect(Math.min(...nodes.weight)).toBeGreaterThanOrEqual(minLeaf);
      expect(nodes.feature.length).toBeGreaterThan(3);
    }
    for (const maxDepth of [0, 1, 3])
      expect(fitTree(tableOf(columns, amounts(y)), { maxDepth }).model.notes.depth).toBe(maxDepth);
    const { nodes } = fitTree(tableOf(columns, amounts(y)), { minGain: 0.01 });
    const gains = nodes.gain.filter((_, node) => nodes.feature[node] >= 0);
    expect(gains.length).toBeGreaterThan(1);
    expect(Math.min(...gains)).toBeGreaterThan(0.01);
  });
  it("predictions follow the direction asked for, for every criterion", () => {
    const grid = Array.from({ length: 41 }, (_, i) => -2 + i / 10);
    const yes = y.map((value) => Number(value > 1.2));
    for (const sign of [1, -1] as const)
      for (const [target, criterion] of [
        [amounts(y), "squared"],
        [amounts(y), "absolute"],
        [classes(yes, 2), "gini"],
        [classes(yes, 2), "entropy"],
      ] as const) {
        const data = tableOf(columns, target);
        const monotone = JSON.stringify({ a: sign });
        for (const smoothing of [0, 5]) {
          const { model } = fitTree(data, { criterion, monotone, smoothing, minLeaf: 5 });
          expect(model.complexity.count).toBeGreaterThan(4);
          for (const level of [0, 5, 11]) {
            const asked = tableOf(
              [
                numberColumn("a", grid),
                numberColumn(
                  "b",
                  grid.map(() => level),
                ),
              ],
              amounts(grid),
            );
            const { values } = model.predict(asked);
            const said =
              criterion === "gini" || criterion === "entropy" ? values.filter((_, i) => i % 2 === 1) : values;
            for (let i = 1; i < said.length; i++) expect(sign * (said[i] - said[i - 1])).toBeGreaterThanOrEqual(0);
          }
        }
        const free = fitTree(data, { criterion, minLeaf: 5 }).nodes;
        expect(fitTree(data, { criterion, minLeaf: 5, monotone: '{"a":0}' }).nodes).toEqual(free);
      }
  });
  it("constraints that cannot be meant are named", () => {
    const data = tableOf([...columns, categoryColumn("c", b, 12)], amounts(y));
    for (const monotone of ["a", "[1]", '{"a":2}', '{"c":1}', '{"nowhere":1}'])
      expect(() => fitTree(data, { monotone })).toThrow(FitError);
    const three = tableOf(
      columns,
      classes(
        b.map((level) => level % 3),
        3,
      ),
    );
    expect(() => fitTree(three, { criterion: "gini", monotone: '{"a":1}' })).toThrow(/binary/);
  });
  it("criteria that do not suit the task, and parameters below 0, are named", () => {
    expect(() => fitTree(tableOf(columns, amounts(y)), { criterion: "gini" })).toThrow(FitError);
    expect(() =>
      fitTree(
        tableOf(
          columns,
          classes(
            [...allRows(rows)].map((i) => i % 2),
            2,
          ),
        ),
      ),
    ).toThrow(/gini or entropy/);
    expect(() => fitTree(tableOf(columns, amounts(y)), { minLeaf: -1 })).toThrow(RangeError);
  });
  it("all settings of a path come from one growth and equal single fits", () => {
    for (const criterion of ["squared", "absolute", "gini", "entropy"] as const) {
      const isClass = criterion === "gini" || criterion === "entropy";
      for (const count of isClass ? [2, 3] : [1])
        for (const given of [undefined, weights]) {
          const codes = y.map((value, i) => (Math.floor(Math.abs(value)) + (i % 5 === 0 ? 1 : 0)) % count);
          const data = tableOf(columns, isClass ? classes(codes, count) : amounts(y), given);
          const parts = [allRows(rows).subarray(0, 120), allRows(rows).subarray(120)];
          const points = [0, 0.0003, 0.001, 0.004, 0.01, 0.05, 0.2].flatMap((penalty) =>
            [1, 25].map((smoothing) => ({ criterion, minLeaf: 2, smoothing, penalty })),
          );
          const models = tree.prepare!(data, parts).fit([0, 1], points, seeded("path"));
          expect(models.length).toBe(points.length);
          for (const [i, point] of points.entries())
            expect(models[i].toJSON()).toEqual(fitTree(data, point).model.toJSON());
        }
    }
  });
  it("what pruning would take back is not grown", () => {
    const data = tableOf(columns, amounts(y));
    const grown = (penalty: number): number => measured(() => fitTree(data, { penalty })).effort.treeNodes;
    expect(grown(0.01)).toBeLessThan(grown(0) / 2);
  });
  it("settings that cut a tree alike share one model, others do not", () => {
    const data = tableOf(columns, amounts(y));
    const points = PENALTIES.flatMap((penalty) =>
      [1, 5].map((smoothing) => ({ criterion: "squared" as const, minLeaf: 40, smoothing, penalty })),
    );
    const models = tree.prepare?.(data, [allRows(rows)]).fit([0], points, seeded("alike")) ?? [];
    const cuts = models.map((model, i) => `${points[i].smoothing} ${JSON.stringify(model)}`);
    expect(new Set(models).size).toBe(new Set(cuts).size);
    expect(new Set(models).size).toBeLessThan(points.length);
    for (const [i, cut] of cuts.entries()) expect(models[i]).toBe(models[cuts.indexOf(cut)]);
  });
});

describe("explains itself", () => {
  it("as indented rules with numbers, levels, missing values and weights", () => {
    const data = tableOf(
      [
        numberColumn("age", [1, 1, 1, 1, 9, 9, 9, 9, 9, null, null]),
        categoryColumn("town", [0, 0, 1, 1, 0, 0, 1, 1, 2, 1, 1], 3),
      ],
      classes([0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], 2),
    );
    const { model } = fitTree(data, { criterion: "gini" });
    const { summary, lines, importance } = model.explain(shapeOf(data));
    expect(summary).toBe(
      "At most 2 questions lead to one of 3 leaves, which gives the class shares of t of its training rows.",
    );
    expect(lines).toEqual([
      "town is not level 0: class 0 100 % (weight 7)",
      "town is level 0",
      "|  age <= 5 or missing: class 0 100 % (weight 2)",
      "|  age > 5: class 1 100 % (weight 2)",
    ]);
    expect(importance?.map(({ column }) => column)).toEqual(["age", "town"]);
  });
  it("a tree of one leaf says so", () => {
    const data = tableOf([numberColumn("x", [1, 2, 3])], amounts([4, 4, 4]));
    const { summary, lines, importance } = fitTree(data).model.explain(shapeOf(data));
    expect(summary).toContain("no split is worth its leaf");
    expect(lines).toEqual(["all rows: 4 (weight 3)"]);
    expect(importance).toBeUndefined();
  });
  it("a large tree is cut at the depth that fits", () => {
    const x = Array.from({ length: 200 }, (_, i) => i);
    const data = tableOf([numberColumn("x", x)], amounts(x.map((value) => (value * 7919) % 101)));
    const { lines } = fitTree(data).model.explain(shapeOf(data));
    expect(lines.length).toBeLessThanOrEqual(100);
    expect(lines.some((line) => /\d+ leaves below\)$/.test(line))).toBe(true);
  });
});
