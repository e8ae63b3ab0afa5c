import { describe, expect, it } from "vitest";
import { FitError } from "../../src/baselines/contract.ts";
import { statusQuo } from "../../src/baselines/status-quo.ts";
import { allRows, shapeOf, type Dataset } from "../../src/frame/dataset.ts";
import { evaluateExpression } from "../../src/expression/evaluate.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { plantedTable } from "../../src/testing/tables.ts";

type Forecast = NonNullable<Dataset["forecast"]>;
const numbers = (values: readonly (number | null)[]): Forecast => ({
  kind: "number",
  name: "forecast",
  values: Float64Array.from(values, (v) => v ?? Number.NaN),
});
const texts = (cells: readonly (string | null)[], levels: readonly string[]): Forecast => ({
  kind: "category",
  name: "forecast",
  levels,
  codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : levels.indexOf(cell))),
});
function classified(classes: readonly string[], codes: readonly number[], forecast: Forecast): Dataset {
  const task = classes.length === 2 ? "binary" : "multiclass";
  return {
    rows: codes.length,
    columns: [],
    target: { task, name: "y", classes, codes: Int32Array.from(codes) },
    forecast,
  };
}
const fitOn = (data: Dataset, rows = allRows(data.rows)) => statusQuo.fit({ data, rows }, {}, seeded("rule"));
const rowsOf = (data: Dataset): number[][] => {
  const { values } = fitOn(data).predict(data);
  const width = values.length / data.rows;
  return Array.from({ length: data.rows }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);
};

describe("regression", () => {
  it("is the forecast itself, and the training mean where it is missing", () => {
    const data: Dataset = {
      rows: 4,
      columns: [],
      target: { task: "regression", name: "y", values: Float64Array.of(1, 2, 3, 10) },
      forecast: numbers([5, null, 7, null]),
    };
    const model = fitOn(data, Int32Array.of(0, 1, 2));
    expect([...model.predict(data).values]).toEqual([5, 2, 7, 2]);
    expect(model.notes.trainingRowsWithoutForecast).toBe(1);
  });
  it("wants numbers", () => {
    const data = { ...plantedTable({ task: "regression", rows: 3 }), forecast: texts(["a", "b", "a"], ["a", "b"]) };
    expect(() => fitOn(data)).toThrow(FitError);
    const none: Dataset = plantedTable({ task: "regression", rows: 3 });
    expect(() => fitOn(none)).toThrow("rule: the table has no forecast (--rule or --rule-column)");
  });
});

describe("probabilities", () => {
  it("are taken as they are", () => {
    const data = classified(["no", "yes"], [0, 1, 1, 0], numbers([0.2, 0.9, null, 1]));
    expect(rowsOf(data)).toEqual([
      [0.8, 0.2],
      [1 - 0.9, 0.9],
      [0.5, 0.5],
      [0, 1],
    ]);
    expect(fitOn(data).explain(shapeOf(data)).summary).toBe("The status quo's own probability of yes.");
  });
  it("outside 0 and 1 are refused with the row", () => {
    const data = classified(["no", "yes"], [0, 1, 1], numbers([0.2, 7, 0.1]));
    expect(() => fitOn(data)).toThrow(
      "rule: forecasts must name a class (no, yes) or be probabilities from 0 to 1, got 7 in row 1",
    );
  });
});

describe("labels", () => {
  const codes = [0, 0, 0, 1, 1, 1, 1, 0];
  it("get the smoothed class shares behind them", () => {
    const said = ["no", "no", "no", "no", "yes", "yes", "yes", null];
    const data = classified(["no", "yes"], codes, texts(said, ["no", "yes"]));
    const no = (1 + 2 * 0.5) / (4 + 2); // one yes among four
    const yes = (3 + 2 * 0.5) / (3 + 2);
    rowsOf(data).forEach(([, p], i) => expect(p).toBeCloseTo([no, no, no, no, yes, yes, yes, 0.5][i], 12));
  });
  it("are matched as text, as numbers, and as 1 and 0", () => {
    const wanted = rowsOf(classified(["0", "1"], codes, texts(["0", "0", "0", "0", "1", "1", "1", null], ["0", "1"])));
    const values = [0, 0, 0, 0, 1, 1, 1, null];
    expect(rowsOf(classified(["0", "1"], codes, numbers(values)))).toEqual(wanted);
    expect(rowsOf(classified(["no", "yes"], codes, numbers(values)))).toEqual(wanted);
    const cells = values.map((v) => (v === null ? null : v === 1 ? "1.0" : " 0 "));
    expect(rowsOf(classified(["0", "1"], codes, texts(cells, [" 0 ", "1.0"])))).toEqual(wanted);
    const twos = values.map((v) => (v === null ? null : v + 1));
    expect(rowsOf(classified(["1", "2"], codes, numbers(twos)))).toEqual(wanted);
  });
  it("stay the arg max, even of a rule that is mostly wrong", () => {
    const said = ["b", "b", "a", "c", "c", "c", "a", "b"];
    const data = classified(["a", "b", "c"], [0, 0, 1, 1, 1, 2, 2, 0], texts(said, ["a", "b", "c"]));
    rowsOf(data).forEach((shares, i) => {
      expect(["a", "b", "c"][shares.indexOf(Math.max(...shares))]).toBe(said[i]);
      expect(shares.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    });
  });
  it("that name no class count as missing; none at all is an error", () => {
    const some = classified(
      ["no", "yes"],
      codes,
      texts(["no", "no", "no", "no", "yes", "yes", "yes", "perhaps"], ["no", "yes", "perhaps"]),
    );
    expect(rowsOf(some)[7]).toEqual([0.5, 0.5]);
    expect(fitOn(some).notes.trainingRowsWithoutForecast).toBe(1);
    const none = classified(["no", "yes"], [0, 1], texts(["perhaps", "perhaps"], ["perhaps"]));
    expect(() => fitOn(none)).toThrow("rule: none of the forecasts names a class (no, yes), got perhaps");
    const empty = classified(["no", "yes"], [0, 1], numbers([null, null]));
    expect(() => fitOn(empty)).toThrow("rule: the forecast is missing in all training rows");
  });
});

it("takes an expression's column", () => {
  const planted = plantedTable({ task: "binary", rows: 200 });
  const columns = planted.columns.filter((c) => c.kind !== "text");
  const { column } = evaluateExpression('x0 > 0 ? "yes" : "no"', columns, 200);
  const data: Dataset = { ...planted, forecast: column };
  const { values } = fitOn(data).predict(data);
  const x0 = (planted.columns[0] as { values: Float64Array }).values;
  x0.forEach((x, i) => expect(values[2 * i + 1] > 0.5).toBe(x > 0));
});
