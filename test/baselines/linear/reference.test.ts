import { describe, expect, it } from "vitest";
import { linear } from "../../../src/baselines/linear/linear.ts";
import type { LinearParams } from "../../../src/baselines/linear/space.ts";
import { logistic } from "../../../src/baselines/logistic/logistic.ts";
import type { LogisticParams } from "../../../src/baselines/logistic/space.ts";
import { allRows } from "../../../src/frame/dataset.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { apart, coefficientsOf, linearCases, linearTable, type LinearCase } from "../../reference/linear-tables.ts";

function fitted({ table, target, weighted, params }: LinearCase): ReturnType<typeof linear.fit> {
  const data = linearTable(table, target, weighted);
  const view = { data, rows: allRows(data.rows) };
  return target === "y"
    ? linear.fit(view, params as unknown as LinearParams, seeded(1))
    : logistic.fit(view, params as unknown as LogisticParams, seeded(1));
}

describe("coefficients agree with scikit-learn", () => {
  for (const wanted of linearCases)
    it(wanted.name, () => {
      const model = fitted(wanted);
      const got = coefficientsOf(model.toJSON());
      const unit = wanted.target === "y" ? 10 : 1; // the regression target has a spread of about 30
      expect(apart(got.coefficients.flat(), wanted.coefficients.flat())).toBeLessThan(1e-6 * unit);
      expect(apart(got.intercepts, wanted.intercepts)).toBeLessThan(1e-6 * unit);
      if (wanted.scale !== undefined) expect(model.notes.scale).toBeCloseTo(wanted.scale, 5);
    });
});
