import { describe, expect, it } from "vitest";
import { limitOf } from "../../bench/honesty/cell.ts";
import { noiseTable, noiseWorlds, wonByRounding } from "../../bench/honesty/noise/tables.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";

const SEEDS = 5;

describe("noise makes no champions", () => {
  it("none by rounding, and hardly any by luck: a bounded version of bench/honesty/noise", async () => {
    const champions = [];
    for (const world of noiseWorlds)
      for (let seed = 0; seed < SEEDS; seed++) {
        const { artifact } = await trainBenchmark(noiseTable(world, seed, 60), {
          target: "y",
          task: world.task,
          seed,
          workers: 1,
          repeats: 2,
          models: ["one-rule", "rule-list"],
        });
        champions.push(artifact.champion);
      }
    expect(champions.filter(wonByRounding)).toEqual([]);
    const lucky = champions.filter(({ rung }) => rung !== "constant").length / champions.length;
    expect(lucky).toBeLessThanOrEqual(limitOf(0.05, champions.length));
  }, 120_000);
});
