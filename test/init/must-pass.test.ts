import { expect, it } from "vitest";
import { mustPassDraft } from "../../src/init/must-pass.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { madeBy, runOf, type Benchmark } from "../../src/ladder/made.ts";
import { tableOf } from "../report/artifacts.ts";

/** The same benchmark, some rungs of which have failed: they answer as the constant does. */
function failing(benchmark: Benchmark, ...rungs: readonly string[]): Benchmark {
  const run = runOf(benchmark);
  const floor = run.judged.answers.find(({ rung }) => rung === "constant")!;
  const judged = {
    ...run.judged,
    ladder: run.judged.ladder.map((one) => (rungs.includes(one.rung) ? { ...one, status: "failed" as const } : one)),
    answers: run.judged.answers.map((one) => (rungs.includes(one.rung) ? { ...floor, rung: one.rung } : one)),
  };
  return madeBy({ ...benchmark }, { ...run, judged });
}

it("cases are drafted from the models that were fitted; a failed one does not vote", async () => {
  const options = { target: "y", folds: 3, trials: 1, nested: "never", workers: 1, seed: "0" } as const;
  const both = await trainBenchmark(tableOf("binary", 200), { ...options, models: ["logistic", "tree"] });
  const alone = await trainBenchmark(tableOf("binary", 200), { ...options, models: ["tree"] });
  expect(mustPassDraft(failing(both, "logistic"))).toEqual(mustPassDraft(alone));
  expect(mustPassDraft(alone)!.text.split("\n").length).toBeGreaterThan(5);
  expect(mustPassDraft(failing(both, "logistic", "tree"))).toBeUndefined();
});
