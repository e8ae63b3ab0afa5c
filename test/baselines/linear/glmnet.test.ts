import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Model } from "../../../src/models/contract.ts";
import { linear } from "../../../src/baselines/linear/linear.ts";
import { logistic } from "../../../src/baselines/logistic/logistic.ts";
import type { Encoding } from "../../../src/encode/encoding.ts";
import { allRows, type Target } from "../../../src/frame/dataset.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { coefficientsOf } from "../../reference/linear-tables.ts";
import { amounts, classes, numberColumn, tableOf } from "../tree/fit.ts";

/** For each penalty of the path. */
interface Path {
  readonly intercepts: number[];
  readonly coefficients: number[][];
}
const tables = JSON.parse(readFileSync("test/reference/glmnet.json", "utf8")) as {
  readonly x: number[][];
  readonly y: number[];
  readonly yes: number[];
  readonly kind: number[];
  readonly weights: number[];
  readonly cases: {
    readonly alpha: number;
    readonly weighted: boolean;
    readonly path: number[];
    readonly gaussian: Path;
    readonly binomial: Path;
    readonly multinomial: Path[];
  }[];
}[];

/** Coefficients in the columns' own units, intercept first, by output. */
function inOwnUnits(model: Model): number[][] {
  const json = model.toJSON();
  const { numbers } = json.encoding as Encoding;
  const { coefficients, intercepts } = coefficientsOf(json);
  return coefficients.map((own, k) => [
    numbers.reduce((sum, { mean, scale }, j) => sum - (own[j] * mean) / scale, intercepts[k]),
    ...own.map((value, j) => value / numbers[j].scale),
  ]);
}

/** The largest difference in what one deviation of a column does, in units of the target. */
function apart(model: Model, wanted: readonly number[][], unit: number): number {
  const { numbers } = model.toJSON().encoding as Encoding;
  let worst = 0;
  for (const [k, own] of inOwnUnits(model).entries())
    for (let j = 1; j < own.length; j++)
      worst = Math.max(worst, (Math.abs(own[j] - wanted[k][j]) * numbers[j - 1].scale) / unit);
  return worst;
}

describe("paths agree with glmnet", () => {
  for (const { x, y, yes, kind, weights, cases } of tables)
    for (const { alpha, weighted, path, ...wanted } of cases)
      describe(`${x.length} columns, ${y.length} rows, ${alpha === 1 ? "lasso" : "elastic net"}${weighted ? ", weights" : ""}`, () => {
        const columns = x.map((values, j) => numberColumn(`x${j}`, values));
        const penalty = alpha === 1 ? "l1" : "elastic-net";
        const table = (target: Target): Parameters<typeof linear.fit>[0] => ({
          data: tableOf(columns, target, weighted ? weights : undefined),
          rows: allRows(y.length),
        });
        const at = (paths: readonly Path[], i: number): number[][] =>
          paths.map(({ intercepts, coefficients }) => [intercepts[i], ...coefficients[i]]);

        it("linear", () => {
          const { data } = table(amounts(y));
          const models =
            linear.prepare?.(data, [allRows(y.length)]).fit(
              [0],
              path.map((shrinkage) => ({ penalty, shrinkage })),
              seeded(1),
            ) ?? [];
          for (const [i, model] of models.entries()) {
            expect(model.notes.stopped).toBe("converged");
            expect(apart(model, at([wanted.gaussian], i), 5)).toBeLessThan(1e-6);
            expect(inOwnUnits(model)[0][0]).toBeCloseTo(wanted.gaussian.intercepts[i], 4);
          }
        });
        it("logistic", () => {
          for (const [i, shrinkage] of path.entries()) {
            const model = logistic.fit(table(classes(yes, 2)), { penalty, classWeight: "none", shrinkage }, seeded(1));
            expect(apart(model, at([wanted.binomial], i), 1)).toBeLessThan(2e-5);
          }
        });
        it("softmax", () => {
          for (const [i, shrinkage] of path.entries()) {
            const model = logistic.fit(table(classes(kind, 3)), { penalty, classWeight: "none", shrinkage }, seeded(1));
            // Under a lasso a column's coefficients may all be moved by what their median is not moved by: compare about it.
            const ours = inOwnUnits(model);
            const theirs = at(wanted.multinomial, i);
            const scales = (model.toJSON().encoding as Encoding).numbers.map(({ scale }) => scale);
            for (let j = 1; j < ours[0].length; j++)
              for (let k = 0; k < 3; k++)
                expect(Math.abs(ours[k][j] - ours[0][j] - theirs[k][j] + theirs[0][j]) * scales[j - 1]).toBeLessThan(
                  1e-4,
                );
          }
        });
      });
});
