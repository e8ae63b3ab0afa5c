/** What a figure of a model is drawn from says the same as the model. */
import { describe, expect, it } from "vitest";
import { curve } from "../../src/baselines/curve/curve.ts";
import { linear } from "../../src/baselines/linear/linear.ts";
import { logistic } from "../../src/baselines/logistic/logistic.ts";
import { oneRule } from "../../src/baselines/rules/one-rule.ts";
import { ruleList } from "../../src/baselines/rules/list/rule-list.ts";
import type { Estimator } from "../../src/baselines/contract.ts";
import { defaultPoint } from "../../src/search/space.ts";
import { allRows, shapeOf, type Dataset, type Task } from "../../src/frame/dataset.ts";
import type { Drawing } from "../../src/models/drawing.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { amounts, fitTree, numberColumn, tableOf } from "../baselines/tree/fit.ts";
import { plantedTable } from "../../src/testing/tables.ts";

type Drawn<K extends Drawing["kind"]> = Extract<Drawing, { kind: K }>;

function drawn<K extends Drawing["kind"]>(kind: K, estimator: Estimator, data: Dataset): Drawn<K> {
  const point = defaultPoint(estimator.space(shapeOf(data), data.rows));
  const { drawing } = estimator.fit({ data, rows: allRows(data.rows) }, point, seeded("drawn")).explain(shapeOf(data));
  expect(drawing?.kind).toBe(kind);
  return drawing as Drawn<K>;
}

const tableFor = (task: Task): Dataset => plantedTable({ task, rows: 300, missing: 0.05 });

describe("a drawn tree", () => {
  for (const task of ["regression", "binary", "multiclass"] as const)
    it(`${task}: its ends hold the rows that get each answer`, () => {
      const data = tableFor(task);
      const { model } = fitTree(data, { criterion: task === "regression" ? "squared" : "gini", minLeaf: 40 });
      const { nodes } = model.explain(shapeOf(data)).drawing as Drawn<"tree">;
      const parents = new Set(nodes.map(({ parent }) => parent));
      const ends = nodes.filter((_, i) => !parents.has(i));
      expect(ends.every(({ leaves }) => leaves === 1)).toBe(true);
      expect(ends.length).toBe(nodes[0].leaves);
      nodes.forEach(({ rows }, i) => {
        const below = nodes.filter(({ parent }) => parent === i);
        if (below.length > 0) expect(below.reduce((sum, one) => sum + one.rows, 0)).toBe(rows);
      });
      const { values, ...said } = model.predict(data);
      const width = said.kind === "value" ? 1 : said.classes;
      const answers = Array.from({ length: data.rows }, (_, row) => {
        const own = [...values.subarray(row * width, (row + 1) * width)];
        return width === 2 ? own[1] : Math.max(...own);
      });
      const wanted = answers.toSorted((a, b) => a - b);
      const got = ends.flatMap(({ value, rows }) => Array.from({ length: rows }, () => value)).sort((a, b) => a - b);
      expect(got).toEqual(wanted);
    });
  it("shows of a large one the nodes of the most rows, and the mean of what is below", () => {
    const x = Array.from({ length: 400 }, (_, i) => i);
    const y = x.map((value) => (value * 7919) % 101);
    const { model } = fitTree(tableOf([numberColumn("x", x)], amounts(y)));
    const { nodes } = model.explain(shapeOf(tableOf([numberColumn("x", x)], amounts(y)))).drawing as Drawn<"tree">;
    expect(nodes.length).toBe(15);
    expect(nodes[0].value).toBeCloseTo(y.reduce((sum, value) => sum + value, 0) / y.length, 9);
    const parents = new Set(nodes.map(({ parent }) => parent));
    const smallestOpen = Math.min(...nodes.filter((_, i) => parents.has(i)).map(({ rows }) => rows));
    for (const { rows, leaves } of nodes.filter((one, i) => !parents.has(i) && one.leaves > 1)) {
      expect(leaves).toBeGreaterThan(1);
      expect(rows).toBeLessThanOrEqual(smallestOpen);
    }
  });
});

describe("drawn terms", () => {
  it("of a regression are the coefficients, the largest effect first", () => {
    const data = tableFor("regression");
    const { terms, outputs, unit } = drawn("terms", linear, data);
    expect([unit, outputs]).toEqual(["y", [""]]);
    const sizes = terms.map(({ values }) => Math.abs(values[0]));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    const x0 = terms.find(({ name }) => name === "x0")!;
    expect(x0.values[0] / x0.spread!).toBeGreaterThan(1.5); // planted: 2
    expect(x0.values[0] / x0.spread!).toBeLessThan(2.5);
    expect(terms.find(({ name }) => name.startsWith("signal = "))?.spread).toBeNull();
  });
  it("of several classes have a value for each", () => {
    const { terms, outputs } = drawn("terms", logistic, tableFor("multiclass"));
    expect(outputs.length).toBeGreaterThan(2);
    for (const { values } of terms) expect(values.length).toBe(outputs.length);
  });
});

describe("drawn rules", () => {
  for (const estimator of [oneRule, ruleList])
    it(`${estimator.name}: every row is in one of them`, () => {
      for (const task of ["regression", "binary", "multiclass"] as const) {
        const { rules, more } = drawn("rules", estimator, tableFor(task));
        expect(more).toBe(0);
        expect(rules.reduce((sum, { rows }) => sum + rows, 0)).toBe(300);
      }
    });
});

it("a drawn curve runs over the training range", () => {
  const x = Array.from({ length: 60 }, (_, i) => i);
  const { points, column } = drawn(
    "curve",
    curve,
    tableOf([numberColumn("x", x)], amounts(x.map((value) => value * value))),
  );
  expect([column, points[0][0], points.at(-1)![0]]).toEqual(["x", 0, 59]);
  expect(points.at(-1)![1]).toBeGreaterThan(points[0][1]);
});
