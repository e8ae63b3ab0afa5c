/** What no estimator may take without a word: targets that are not there, impossible weights, numbers at the end of the range. */
import { describe, expect, it } from "vitest";
import { FitError, type Estimator } from "../../src/baselines/contract.ts";
import { estimators } from "../../src/baselines/registry.ts";
import { defaultPoint } from "../../src/search/space.ts";
import { allRows, shapeOf, type Dataset, type Task } from "../../src/frame/dataset.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { takeRows } from "../../src/frame/take.ts";
import { plantedTable } from "../../src/testing/tables.ts";

function tableFor({ needs = [] }: Estimator, task: Task, rows = 60): Dataset {
  const [forecast, text, groups, time] = (["forecast", "text", "groups", "time"] as const).map((need) =>
    needs.includes(need),
  );
  return plantedTable({ task, rows, forecast, text, groups, time });
}

/** The answers for all rows, or the named error. */
function answered(estimator: Estimator, data: Dataset): Float64Array | string {
  const rows = allRows(data.rows);
  try {
    const model = estimator.fit({ data, rows }, defaultPoint(estimator.space(shapeOf(data), data.rows)), seeded("bad"));
    return model.predict(data).values;
  } catch (error) {
    if (!(error instanceof FitError)) throw error;
    expect(error.message.startsWith(`${estimator.name}: `)).toBe(true);
    return error.message;
  }
}

function withoutTarget(data: Dataset, row: number): Dataset {
  const { target } = data;
  if (target.task === "regression")
    return { ...data, target: { ...target, values: target.values.with(row, Number.NaN) } };
  return { ...data, target: { ...target, codes: target.codes.with(row, -1) } };
}

const finite = (values: Float64Array): boolean => values.every(Number.isFinite);

for (const estimator of estimators)
  for (const task of estimator.tasks)
    describe(`${estimator.name}, ${task}`, () => {
      const data = tableFor(estimator, task);
      const weighted = (weights: (i: number) => number): Dataset => ({
        ...data,
        weights: Float64Array.from({ length: data.rows }, (_, i) => weights(i)),
      });
      it("a training row without a target is named, or as good as not there", () => {
        const got = answered(estimator, withoutTarget(data, 7));
        if (typeof got === "string") expect(got).toMatch(/row 7/);
        else expect(finite(got)).toBe(true);
      });
      it("weights below 0 or not finite are named", () => {
        if (estimator.name === "rule") return; // what it says does not follow from rows
        for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY])
          expect(
            answered(
              estimator,
              weighted((i) => (i === 7 ? bad : 1)),
            ),
          ).toMatch(/row 7/);
      });
      it("weights that are all 0 give a named error or a stated answer", () => {
        const got = answered(
          estimator,
          weighted(() => 0),
        );
        expect(typeof got === "string" || finite(got)).toBe(true);
      });
      it("one row with a weight of 1e-300, or of 1e15, among others is no harm", () => {
        for (const odd of [1e-300, 1e15]) {
          const got = answered(
            estimator,
            weighted((i) => (i === 3 ? odd : 1)),
          );
          expect(typeof got === "string" || finite(got)).toBe(true);
        }
      });
      it("columns and targets of 1e308 give a named error or finite answers", () => {
        const huge = data.columns.map((column) =>
          column.kind === "number" ? { ...column, values: column.values.map((v) => Math.sign(v) * 1e308) } : column,
        );
        const wide = answered(estimator, { ...data, columns: huge });
        expect(typeof wide === "string" || finite(wide)).toBe(true);
        const { target } = data;
        if (target.task !== "regression") return;
        const far = answered(estimator, {
          ...data,
          target: { ...target, values: target.values.map((v) => Math.sign(v) * 1e308) },
        });
        expect(typeof far === "string" || finite(far)).toBe(true);
      });
      it("a level of its own for every row is no harm", () => {
        const own = takeRows(data, allRows(data.rows));
        const levels = Array.from({ length: data.rows }, (_, i) => `row ${i}`);
        const columns = [{ kind: "category" as const, name: "id", codes: allRows(data.rows), levels }, ...own.columns];
        const got = answered(estimator, { ...own, columns });
        expect(typeof got === "string" || finite(got)).toBe(true);
      });
    });
