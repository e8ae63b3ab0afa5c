/** Verdicts on real tables, where somebody has them: BASELINE_SHARED_DATA names their folder. `bench/verdicts` does it in full. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compare } from "../../src/benchmark/compare.ts";
import type { TrainOptions } from "../../src/intake/options.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { writeBenchmark } from "../../src/benchmark/write.ts";
import type { Verdict } from "../../src/compare/verdict/contract.ts";
import { scratch } from "./folders.ts";

const shared = process.env.BASELINE_SHARED_DATA;
const folder = scratch();
const cases: readonly (readonly [string, TrainOptions, readonly Verdict[]])[] = [
  ["adult-train", { header: false, target: "c15", models: ["logistic"], trials: 2 }, ["JUSTIFIED"]],
  ["titanic", { target: "survived", ignore: ["alive"], models: ["logistic"] }, ["NOT JUSTIFIED", "INCONCLUSIVE"]],
  ["iris", { target: "species", models: ["logistic"] }, ["NOT JUSTIFIED", "INCONCLUSIVE"]],
];

describe("a boosted challenger", () => {
  it("is tried where the tables are", () => expect(shared === undefined || existsSync(shared)).toBe(true));
  for (const [name, options, verdicts] of shared === undefined ? [] : cases)
    it(`on ${name}: ${verdicts.join(" or ")}`, async () => {
      const data = join(shared!, `${name}.csv`);
      const out = join(folder, name);
      writeBenchmark(await trainBenchmark(data, { ...options, workers: 1 }), out);
      const { challengers } = await compare(out, [{ builtin: "boosting", trials: 1 }], { data, workers: 1 });
      expect(verdicts).toContain(challengers[0].verdict);
    });
});
