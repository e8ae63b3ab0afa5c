import { describe, expect, it } from "vitest";
import { estimators } from "../../src/baselines/registry.ts";
import { checkEstimator, estimatorLaws } from "../../src/testing/estimator.ts";

/** What a built-in estimator need not keep, and why. */
const EXCEPT: Record<string, readonly string[]> = {
  constant: ["signal"], // it is the constant
};

for (const estimator of estimators)
  for (const task of estimator.tasks)
    describe(`${estimator.name}, ${task}`, () => {
      for (const { name, claim } of estimatorLaws)
        if (!EXCEPT[estimator.name]?.includes(name))
          it(claim, () => void checkEstimator(estimator, { tasks: [task], laws: [name] }));
    });

it("names of estimators are unique", () => expect(new Set(estimators.map((e) => e.name)).size).toBe(estimators.length));
