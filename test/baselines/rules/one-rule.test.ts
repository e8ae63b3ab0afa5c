import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oneRule } from "../../../src/baselines/rules/one-rule.ts";
import { allRows, shapeOf, type Column, type Dataset } from "../../../src/frame/dataset.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { takeRows } from "../../../src/frame/take.ts";
import { plantedTable } from "../../../src/testing/tables.ts";

interface SavedTable {
  readonly classes: readonly string[];
  readonly columns: readonly { name: string; levels?: readonly string[]; values: readonly (number | null)[] }[];
  readonly codes: readonly number[];
  readonly weights: readonly number[];
}
interface Reference {
  readonly tables: Record<string, SavedTable>;
  readonly cases: readonly {
    readonly table: string;
    readonly bucket: number;
    readonly rule: { column: number; cut: number[]; labels: number[]; counts: number[][]; correct: number };
  }[];
  readonly holte_iris: number;
}
const reference = JSON.parse(readFileSync("test/reference/one-rule.json", "utf8")) as Reference;

function datasetOf({ classes, columns, codes, weights }: SavedTable): Dataset {
  return {
    rows: codes.length,
    columns: columns.map(({ name, levels, values }): Column =>
      levels === undefined
        ? { kind: "number", name, values: Float64Array.from(values, (v) => v ?? Number.NaN) }
        : { kind: "category", name, levels, codes: Int32Array.from(values, (v) => v ?? -1) },
    ),
    target: { task: "multiclass", name: "y", classes, codes: Int32Array.from(codes) },
    ...(weights.some((w) => w !== 1) && { weights: Float64Array.from(weights) }),
  };
}

const HOLTE = { bucket: 6, choose: "accuracy", smoothing: 2 } as const;

/** A table of one number column and a binary target. */
function oneColumn(values: readonly number[], codes: readonly number[]): Dataset {
  return {
    rows: values.length,
    columns: [{ kind: "number", name: "x", values: Float64Array.from(values) }],
    target: { task: "binary", name: "y", classes: ["no", "yes"], codes: Int32Array.from(codes) },
  };
}

const fitOn = (data: Dataset, params: object = HOLTE, rows = allRows(data.rows)) =>
  oneRule.fit({ data, rows }, params as typeof HOLTE, seeded("one rule"));

/** The arg max of each row, the first of ties. */
function labelsOf(data: Dataset, params: object = HOLTE, predicted = data): number[] {
  const { values, ...rest } = fitOn(data, params).predict(predicted);
  const classes = rest.kind === "probability" ? rest.classes : 1;
  return Array.from({ length: predicted.rows }, (_, i) => {
    const row = [...values.subarray(i * classes, (i + 1) * classes)];
    return row.indexOf(Math.max(...row));
  });
}

describe("Holte's 1R", () => {
  for (const { table, bucket, rule } of reference.cases)
    it(`agrees with a second implementation: ${table}, bucket ${bucket}`, () => {
      const data = datasetOf(reference.tables[table]);
      const model = fitOn(data, { ...HOLTE, bucket });
      const json = model.toJSON() as unknown as { cut: { column: number; bounds?: number[] }; weights: number[] };
      expect(json.cut.column).toBe(rule.column);
      expect(json.weights).toEqual(rule.counts.map((counts) => counts.reduce((a, b) => a + b, 0)));
      if (json.cut.bounds)
        expect(json.cut.bounds.map((b) => b.toPrecision(12))).toEqual(rule.cut.map((b) => b.toPrecision(12)));
      const total = (data.weights ?? new Float64Array(data.rows).fill(1)).reduce((a, b) => a + b, 0);
      expect(model.notes.trainingAccuracy).toBeCloseTo(rule.correct / total, 12);
    });

  it("gives the rules that the literature gives for the weather and the iris table", () => {
    const rule = (table: string, bucket: number) => {
      const data = datasetOf(reference.tables[table]);
      return fitOn(data, { ...HOLTE, bucket }).explain(shapeOf(data)).summary;
    };
    expect(rule("tennis", 3)).toBe("By humidity alone: up to 82.5: yes; up to 95.5: no; above 95.5: yes."); // 11 of 14
    expect(rule("tennis", 6)).toBe("By outlook alone: overcast: yes; rainy: yes; sunny: no."); // 10 of 14
    expect(rule("iris", 6)).toBe(
      "By petal width (cm) alone: up to 0.8: setosa; up to 1.75: versicolor; above 1.75: virginica.",
    );
  });

  it("reaches Holte's published 93.5 % on iris in his protocol, within its noise", () => {
    const data = datasetOf(reference.tables.iris);
    const codes = reference.tables.iris.codes;
    let right = 0;
    for (let run = 0; run < 25; run++) {
      const order = seeded(run).shuffle(allRows(150));
      const model = fitOn(data, HOLTE, order.slice(0, 100).sort());
      const test = order.slice(100);
      const { values } = model.predict(data, test);
      test.forEach((row, i) => {
        const shares = [...values.subarray(3 * i, 3 * i + 3)];
        if (shares.indexOf(Math.max(...shares)) === codes[row]) right++;
      });
    }
    expect(Math.abs(right / (25 * 50) - 0.935)).toBeLessThan(0.015);
  });

  it("keeps equal values together, grows past the minimum while the class stays, and merges neighbours", () => {
    // Six yes and a no at 1..7, four more yes: one bucket; then ten no.
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ...Array.from({ length: 10 }, (_, i) => 20 + i)];
    const codes = [1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, ...Array.from({ length: 10 }, () => 0)];
    const data = oneColumn(values, codes);
    expect(fitOn(data).explain(shapeOf(data)).summary).toBe("By x alone: up to 15.5: yes; above 15.5: no.");
    // The value 6 holds both classes and cannot be cut through: the first bucket only closes after it, as a no.
    const tied = oneColumn(
      [1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 8],
      [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    );
    expect(fitOn(tied).explain(shapeOf(tied)).summary).toBe("By x alone: with any value: no.");
  });

  it("never changes a label by smoothing", () => {
    // In the small bucket the rare class leads; the prior says the other one.
    const values = [...Array.from({ length: 200 }, (_, i) => i), ...Array.from({ length: 6 }, (_, i) => 500 + i)];
    const codes = values.map((v) => (v >= 500 ? 1 : 0));
    const data = oneColumn(values, codes);
    for (const smoothing of [2, 50, 1000]) expect(labelsOf(data, { ...HOLTE, smoothing })).toEqual(codes);
  });

  it("does not fall for an identifier", () => {
    const planted = plantedTable({ task: "binary", rows: 300 });
    const id: Column = {
      kind: "category",
      name: "id",
      codes: allRows(300),
      levels: Array.from({ length: 300 }, (_, i) => `p${i}`),
    };
    const model = fitOn({ ...planted, columns: [id, ...planted.columns] });
    expect(model.explain(shapeOf({ ...planted, columns: [id, ...planted.columns] })).summary).not.toContain("By id");
  });

  it("gives missing values a bucket, unseen levels the overall shares", () => {
    const codes = Int32Array.from([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
    const column: Column = {
      kind: "category",
      name: "c",
      codes: Int32Array.from([0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1]),
      levels: ["a", "never"],
    };
    const data: Dataset = {
      rows: 13,
      columns: [column],
      target: { task: "binary", name: "y", classes: ["n", "y"], codes },
    };
    expect(labelsOf(data)).toEqual([...codes]);
    const other: Dataset = { ...data, columns: [{ ...column, codes: new Int32Array(13).fill(1) }] };
    expect(fitOn(data).predict(other).values[1]).toBeCloseTo(7 / 13, 12);
  });

  it("gives the same labels after any rising change of the columns", () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.boolean()), { minLength: 1 }), (list) => {
        const data = oneColumn(
          list.map(([x]) => x),
          list.map(([, y]) => Number(y)),
        );
        const cubed = oneColumn(
          list.map(([x]) => x ** 3 + 7 * x),
          list.map(([, y]) => Number(y)),
        );
        expect(labelsOf(cubed)).toEqual(labelsOf(data));
      }),
    ));

  it("gets at least as many training rows right as the majority class does", () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double({ noNaN: true }), fc.boolean()), { minLength: 1 }), (list) => {
        const codes = list.map(([, y]) => Number(y));
        const finite = list.map(([x]) => (Number.isFinite(x) ? x : 0));
        const ones = codes.filter((c) => c === 1).length;
        const accuracy = fitOn(oneColumn(finite, codes)).notes.trainingAccuracy as number;
        expect(accuracy).toBeGreaterThanOrEqual(Math.max(ones, codes.length - ones) / codes.length - 1e-12);
      }),
    ));

  it("finds the planted column among many on a table large enough to be screened", () => {
    const rng = seeded("screened");
    const rows = 120_000;
    const columns: Column[] = Array.from({ length: 6 }, (_, j) => ({
      kind: "number",
      name: `x${j}`,
      values: Float64Array.from({ length: rows }, () => rng.uniform()),
    }));
    const { values } = columns[4] as Column & { kind: "number" };
    const codes = Int32Array.from(values, (v) => (rng.uniform() < (v > 0.7 ? 0.8 : 0.3) ? 1 : 0));
    const data: Dataset = { rows, columns, target: { task: "binary", name: "y", classes: ["n", "y"], codes } };
    const model = fitOn(data, { ...HOLTE, bucket: 1280 });
    expect(model.explain(shapeOf(data)).summary).toMatch(/^By x4 alone: up to 0\.[67]\d+: n; above 0\.[67]\d+: y\.$/);
  });
});

describe("the regression twin", () => {
  const VALUES = { buckets: 4, smoothing: 2 };
  it("predicts bucket means drawn towards the overall mean", () => {
    const values = Float64Array.from([1, 1, 2, 2, 3, 3, 4, 4]);
    const y = Float64Array.from([0, 2, 10, 12, 20, 22, 30, 32]);
    const data: Dataset = {
      rows: 8,
      columns: [{ kind: "number", name: "x", values }],
      target: { task: "regression", name: "y", values: y },
    };
    const wanted = [1, 11, 21, 31].map((mean) => 16 + ((mean - 16) * 2) / (2 + 2));
    const got = fitOn(data, VALUES).predict(data).values;
    expect([...got].map((v) => v.toFixed(9))).toEqual(wanted.flatMap((v) => [v, v]).map((v) => v.toFixed(9)));
  });

  it("reports the error of each row predicted without itself", () => {
    const data = plantedTable({ task: "regression", rows: 60, missing: 0.1 });
    const model = fitOn(data, VALUES);
    const { cut } = model.toJSON() as unknown as { cut: { column: number; bounds: number[]; missing: number } };
    const column = data.columns[cut.column] as Column & { kind: "number" };
    const bucket = (row: number): number =>
      Number.isNaN(column.values[row]) ? -1 : cut.bounds.filter((bound) => bound < column.values[row]).length;
    const y = (data.target as { values: Float64Array }).values;
    const mean = y.reduce((a, b) => a + b, 0) / 60;
    const error = [...y.keys()].reduce((sum, row) => {
      const others = [...y.keys()].filter((other) => other !== row && bucket(other) === bucket(row));
      const estimate = mean + others.reduce((s, other) => s + y[other] - mean, 0) / (others.length + VALUES.smoothing);
      return sum + (y[row] - estimate) ** 2;
    }, 0);
    expect(model.notes.leaveOneOutRmse).toBeCloseTo(Math.sqrt(error / 60), 9);
  });

  it("does not fall for an identifier, and follows shift and scale of the target", () => {
    const planted = plantedTable({ task: "regression", rows: 200 });
    const id: Column = {
      kind: "category",
      name: "id",
      codes: allRows(200),
      levels: Array.from({ length: 200 }, String),
    };
    const data: Dataset = { ...planted, columns: [id, ...planted.columns] };
    expect(fitOn(data, VALUES).explain(shapeOf(data)).summary).toMatch(/^By x0 alone/);
    const y = (planted.target as { values: Float64Array }).values;
    const moved: Dataset = { ...planted, target: { task: "regression", name: "y", values: y.map((v) => 1e6 - 3 * v) } };
    const before = fitOn(planted, VALUES).predict(planted).values;
    const after = fitOn(moved, VALUES).predict(moved).values;
    after.forEach((v, i) => expect(Math.abs(v - (1e6 - 3 * before[i]))).toBeLessThan(1e-6));
  });

  it("duplicating all rows changes the smoothing only", () => {
    const data = plantedTable({ task: "regression", rows: 150 });
    const twice = takeRows(data, [...allRows(150), ...allRows(150)]);
    const a = fitOn(data, { buckets: 8, smoothing: 2 }).predict(data).values;
    const b = fitOn(twice, { buckets: 8, smoothing: 4 }).predict(data).values;
    a.forEach((v, i) => expect(Math.abs(v - b[i])).toBeLessThan(1e-9));
  });
});

describe("many buckets of many classes", () => {
  it("are counted beside rows without a value", () => {
    const [rows, classes] = [2000, 500];
    const values = Float64Array.from({ length: rows }, (_, i) => (i < 20 ? Number.NaN : i));
    const data: Dataset = {
      rows,
      columns: [{ kind: "number", name: "x", values }],
      target: {
        task: "multiclass",
        name: "y",
        classes: Array.from({ length: classes }, (_, k) => `c${k}`),
        codes: Int32Array.from({ length: rows }, (_, i) => (i * 7) % classes),
      },
    };
    const point = { bucket: 1, choose: "accuracy", smoothing: 1 } as const;
    const model = oneRule.fit({ data, rows: allRows(rows) }, point, seeded("many"));
    const { values: said } = model.predict(data, Int32Array.of(0, 700));
    for (const row of [0, 1])
      expect(said.subarray(row * classes, (row + 1) * classes).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });
});
