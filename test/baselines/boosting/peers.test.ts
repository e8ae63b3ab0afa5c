import { describe, expect, it } from "vitest";
import { boosting, type BoostingParams } from "../../../src/baselines/boosting/boosting.ts";
import type { Dataset } from "../../../src/frame/dataset.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { reference, referenceTable, trainingRows } from "../tree/tables.ts";

/** Poisson wants targets of 0 or more: the ones the reference took. */
function shifted(data: Dataset, loss: string | undefined): Dataset {
  if (loss !== "poisson" || data.target.task !== "regression") return data;
  const values = data.target.values.map((y) => Math.round(100 * Math.exp(y / 4)) / 100);
  return { ...data, target: { ...data.target, values } };
}

for (const { task, loss, predictions, ...shape } of reference.boosting)
  describe(`scikit-learn's histogram boosting: ${task}, ${loss ?? "usual loss"}, ${shape.rounds} rounds`, () => {
    const data = shifted(referenceTable(task), loss);
    // A row counts by its curvature here and as one there, so classes and counts are compared without a least leaf.
    const minLeaf = task === "regression" && loss === undefined ? shape.minLeaf : 0;
    const params = { ...shape, minLeaf, learningRate: 0.1, columnSample: 1, ...(loss && { loss }) } as BoostingParams;
    const model = boosting.fit({ data, rows: trainingRows }, params, seeded("boosting"));

    it("says the same of its training rows", () => {
      // Of others it may not: cuts lie between the values of a node here, between those of the table there.
      const { values } = model.predict(data, trainingRows);
      const wanted = predictions.flat();
      const scale = Math.max(1, ...wanted.map(Math.abs));
      const worst = wanted.reduce((top, value, i) => Math.max(top, Math.abs(values[i] - value)), 0);
      expect(worst / scale).toBeLessThan(1e-5);
    });
  });
