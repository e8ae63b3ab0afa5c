import { describe, expect, it } from "vitest";
import { premiseInWords, type Condition } from "../../../src/models/rule-list/condition.ts";
import { dataOf } from "../../../src/models/model.ts";
import { ruleListKind, takenBy } from "../../../src/models/rule-list/rule-list.ts";
import { ruleList } from "../../../src/baselines/rules/list/rule-list.ts";
import { allRows, shapeOf, type Column, type Dataset } from "../../../src/frame/dataset.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { plantedTable } from "../../../src/testing/tables.ts";

const PARAMS = { rules: 5, cover: 0.01 };
const fitOn = (data: Dataset, params: Partial<typeof PARAMS> = {}) =>
  ruleList.fit({ data, rows: allRows(data.rows) }, { ...PARAMS, ...params }, seeded("list"));
const linesOf = (data: Dataset, params: Partial<typeof PARAMS> = {}): readonly string[] =>
  fitOn(data, params).explain(shapeOf(data)).lines;

const numbers = (name: string, values: readonly number[]): Column => ({
  kind: "number",
  name,
  values: Float64Array.from(values),
});
const levels = (name: string, codes: readonly number[], names: readonly string[]): Column => ({
  kind: "category",
  name,
  codes: Int32Array.from(codes),
  levels: names,
});
function binary(columns: readonly Column[], codes: readonly number[]): Dataset {
  const target = { task: "binary", name: "y", classes: ["no", "yes"], codes: Int32Array.from(codes) } as const;
  return { rows: codes.length, columns, target };
}

describe("finds planted rules", () => {
  const rng = seeded("planted rules");
  const n = 2000;
  const age = Array.from({ length: n }, () => 18 + rng.below(70));
  const sex = Array.from({ length: n }, () => rng.below(2));
  const town = Array.from({ length: n }, () => rng.below(6));
  const noise = Array.from({ length: n }, () => rng.normal());
  const columns = [
    numbers("noise", noise),
    numbers("age", age),
    levels("sex", sex, ["f", "m"]),
    levels("town", town, ["a", "b", "c", "d", "e", "f"]),
  ];
  const chance = (i: number): number => (age[i] > 60 ? 0.95 : sex[i] === 0 && [1, 4].includes(town[i]) ? 0.9 : 0.1);

  /** How far the model is from the true chances on average, and the columns that it asks about. */
  function judged(data: Dataset, scale: number): { off: number; columns: Set<number> } {
    const model = fitOn(data);
    const { values } = model.predict(data);
    const width = values.length / n;
    const off = age.reduce((total, _, i) => total + Math.abs(values[(i + 1) * width - 1] / scale - chance(i)), 0) / n;
    const { rules } = model.toJSON() as unknown as { rules: { column: number }[][] };
    return { off, columns: new Set(rules.flat().map((condition) => condition.column)) };
  }

  it("of classes", () => {
    const data = binary(
      columns,
      age.map((_, i) => Number(rng.uniform() < chance(i))),
    );
    const { off, columns: asked } = judged(data, 1);
    expect(off).toBeLessThan(0.03);
    expect(asked).toEqual(new Set([1, 2, 3]));
  });

  it("of quantities", () => {
    const values = Float64Array.from(age, (_, i) => 100 * chance(i) + rng.normal());
    const { off, columns: asked } = judged(
      { rows: n, columns, target: { task: "regression", name: "y", values } },
      100,
    );
    expect(off).toBeLessThan(0.015); // ages are cut at 63 places
    expect(asked).toEqual(new Set([1, 2, 3]));
  });

  it("among hundreds of columns that say nothing", () => {
    const codes = age.map((_, i) => Number(rng.uniform() < chance(i)));
    const others = Array.from({ length: 300 }, (_, k) =>
      numbers(
        `other ${k}`,
        age.map(() => rng.normal()),
      ),
    );
    const { columns: asked } = judged(binary([...columns, ...others], codes), 1);
    expect(asked).toEqual(new Set([1, 2, 3]));
  });

  it("and none where there is nothing to find", () => {
    const data = binary(
      columns,
      age.map(() => rng.below(2)),
    );
    const model = fitOn(data);
    expect(model.complexity.count).toBeLessThanOrEqual(2);
    expect(model.notes.rulesGrown).toBe(5); // they were grown, and did not pay
  });
});

describe("conditions", () => {
  const data = binary([numbers("x", [1, 2, 3, Number.NaN]), levels("c", [0, 1, 2, -1], ["p", "q", "r"])], [0, 1, 0, 1]);
  const takes = (...premise: Condition[]): number[] =>
    Array.from(takenBy([premise], data, allRows(4)), (rule) => Number(rule === 0));
  it("hold for values, and never for a missing one but for `missing`", () => {
    expect(takes({ kind: "bound", column: 0, above: false, bound: 2 })).toEqual([1, 1, 0, 0]);
    expect(takes({ kind: "bound", column: 0, above: true, bound: 2 })).toEqual([0, 0, 1, 0]);
    expect(takes({ kind: "levels", column: 1, without: false, levels: [0, 2] })).toEqual([1, 0, 1, 0]);
    expect(takes({ kind: "levels", column: 1, without: true, levels: [0, 2] })).toEqual([0, 1, 0, 0]);
    expect(takes({ kind: "missing", column: 0 })).toEqual([0, 0, 0, 1]);
    expect(takes({ kind: "missing", column: 1 })).toEqual([0, 0, 0, 1]);
  });
  it("must all hold, and the first rule decides", () => {
    const low: Condition = { kind: "bound", column: 0, above: false, bound: 2 };
    const p: Condition = { kind: "levels", column: 1, without: false, levels: [0] };
    expect(takes(low, p)).toEqual([1, 0, 0, 0]);
    expect([...takenBy([[p], [low]], data, allRows(4))]).toEqual([0, 1, 2, 2]);
  });
  it("read as a person would say them", () => {
    const shape = shapeOf(data);
    const x = (above: boolean, bound: number): Condition => ({ kind: "bound", column: 0, above, bound });
    expect(premiseInWords([x(false, 60), x(true, 20)], shape)).toBe("x is above 20 and up to 60");
    expect(premiseInWords([{ kind: "levels", column: 1, without: true, levels: [0, 1] }, x(true, 2)], shape)).toBe(
      "x is above 2 and c is not p or q",
    );
    expect(premiseInWords([{ kind: "missing", column: 1 }], shape)).toBe("c is missing");
  });
});

it("learns that missing itself tells", () => {
  const rng = seeded("missing");
  const x = Array.from({ length: 500 }, () => (rng.uniform() < 0.3 ? Number.NaN : rng.normal()));
  const data = binary(
    [numbers("x", x)],
    x.map((v) => Number(Number.isNaN(v) ? rng.uniform() < 0.9 : rng.uniform() < 0.1)),
  );
  expect(linesOf(data)[0]).toMatch(/^If x is missing: yes/);
});

it("fewer rules are the first of more", () => {
  const data = plantedTable({ task: "regression", rows: 400 });
  const path = [1, 2, 3, 4, 5, 6, 7].map((rules) => ({ rules, cover: 0.01 }));
  const models = ruleList.prepare!(data, [allRows(400)]).fit([0], path, seeded(1));
  const rulesOf = (i: number) => (models[i].toJSON() as unknown as { rules: unknown[] }).rules;
  for (let i = 1; i < path.length; i++) expect(rulesOf(i).slice(0, rulesOf(i - 1).length)).toEqual(rulesOf(i - 1));
  path.forEach((point, i) => expect(models[i].toJSON()).toEqual(fitOn(data, point).toJSON()));
});

it("searches a large table on a sample, and learns what rules say from all rows", () => {
  const rng = seeded("large");
  const x = Array.from({ length: 30_000 }, () => rng.uniform());
  const data = binary(
    [numbers("x", x)],
    x.map((v) => Number(v > 0.5)),
  );
  const model = fitOn(data);
  expect(model.notes.rowsSearched).toBe(10_000);
  const { weights } = model.toJSON() as unknown as { weights: number[] };
  expect(weights.reduce((a, b) => a + b, 0)).toBe(30_000);
});

it("refuses a saved condition that does not fit the table", () => {
  const data = plantedTable({ task: "binary", rows: 300 });
  const json = fitOn(data).toJSON() as unknown as { rules: object[][] };
  for (const wrong of [
    { kind: "bound", column: 9, above: true, bound: 1 },
    { kind: "bound", column: 3, above: true, bound: 1 },
    { kind: "levels", column: 3, without: false, levels: [7] },
    { kind: "levels", column: 3, without: false, levels: [] },
    { kind: "odd", column: 0 },
    null,
  ])
    expect(() => ruleList.fromJSON({ ...json, rules: [[wrong], ...json.rules.slice(1)] }, shapeOf(data))).toThrow(
      /^rule-list: the saved model's rules/,
    );
});

describe("what is prepared for parts of the rows", () => {
  it("gives the same lists in any order of asking as fits afresh", () => {
    const data = plantedTable({ task: "binary", rows: 300 });
    const parts = [0, 1, 2].map((part) => allRows(data.rows).filter((row) => row % 3 === part));
    const points = [0.01, 0.05].flatMap((cover) => [5, 1, 7].map((rules) => ({ rules, cover })));
    const prepared = ruleList.prepare!(data, parts);
    for (const train of [
      [0, 1],
      [1, 2],
      [0, 1],
    ])
      for (const params of points) {
        const [kept] = prepared.fit(train, [params], seeded("list"));
        const rows = Int32Array.from(train.flatMap((part) => [...parts[part]])).sort();
        expect(kept.toJSON()).toEqual(ruleList.fit({ data, rows }, params, seeded("list")).toJSON());
      }
  });
  it("is grown once for shares that ask for the same few rows, and gives the lists of each", () => {
    for (const [rows, shared] of [
      [90, true],
      [300, false],
    ] as const) {
      const data = plantedTable({ task: "binary", rows, weights: true });
      const all = allRows(rows);
      const points = [0.01, 0.05].map((cover) => ({ rules: 5, cover }));
      const lists = ruleList.prepare!(data, [all]).fit([0], points, seeded("list"));
      const [one, other] = lists.map((list) => dataOf(ruleListKind, list).rules[0]);
      expect(one === other).toBe(shared);
      for (const [k, list] of lists.entries())
        expect(list.toJSON()).toEqual(ruleList.fit({ data, rows: all }, points[k], seeded("list")).toJSON());
    }
  });
});
