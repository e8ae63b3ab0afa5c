import { describe, expect, it } from "vitest";
import { estimators } from "../../src/baselines/registry.ts";
import { estimatorChecks } from "./estimator-checks.ts";

for (const estimator of estimators)
  for (const task of estimator.tasks)
    describe(`${estimator.name}, ${task}`, () => {
      for (const [claim, check] of Object.entries(estimatorChecks)) it(claim, () => check(estimator, task));
    });

it("names are unique", () => expect(new Set(estimators.map((e) => e.name)).size).toBe(estimators.length));
