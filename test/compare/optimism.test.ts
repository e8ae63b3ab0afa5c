import { describe, expect, it } from "vitest";
import { chooseChampion } from "../../src/compare/champion.ts";
import { independence } from "../../src/compare/independence.ts";
import { championOptimism } from "../../src/compare/optimism.ts";
import { seeded } from "../../src/numeric/rng.ts";

/** Rungs whose true mean losses are known, on rows of paired noise; in groups of a size where asked for. */
function world(means: readonly number[], rows: number, seed: number, size = 1) {
  const rng = seeded("optimism").split(seed);
  const groups = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / size));
  const common = Array.from({ length: rows }, () => rng.normal());
  const rungs = means.map((mean, k) => {
    const effect = Array.from({ length: Math.ceil(rows / size) }, () => 0.3 * rng.normal());
    return {
      name: `rung ${k}`,
      losses: Float64Array.from(
        common,
        (c, row) => 2 + mean + c + 0.3 * rng.normal() + (size > 1 ? effect[groups[row]] : 0),
      ),
    };
  });
  return { rungs, dependence: size > 1 ? { groups } : {}, rng };
}

function averages(means: readonly number[], rows: number, size = 1): { estimated: number; true: number } {
  let [estimated, real] = [0, 0];
  const runs = 150;
  for (let run = 0; run < runs; run++) {
    const { rungs, dependence, rng } = world(means, rows, run, size);
    const champion = chooseChampion(rungs, dependence);
    const at = rungs.findIndex(({ name }) => name === champion.rung);
    const { loss } = champion.rungs[at];
    estimated += championOptimism(rungs, independence(rows, dependence), rng) / runs;
    const drift = rungs.reduce((sum, _, k) => sum + (champion.rungs[k].loss - 2 - means[k]) / rungs.length, 0); // of the rows that all share
    real += (2 + means[at] + drift - loss) / runs;
  }
  return { estimated, true: real };
}

describe("the optimism of a champion's score", () => {
  it("is what choosing cost, on average over worlds, where rungs are close", () => {
    for (const [means, rows, size] of [
      [[0.02, 0.01, 0, 0, 0.01], 200, 1],
      [[0.06, 0.04, 0.02, 0, 0, 0.01], 200, 1],
      [[0.1, 0.05, 0, 0], 300, 10],
    ] as const) {
      const found = averages(means, rows, size);
      expect(found.estimated).toBeGreaterThan(0.75 * found.true);
      expect(found.estimated).toBeLessThan(1.3 * found.true);
    }
  });
  it("is nothing where the choice is clear, and nothing to be said of fewer than five groups", () => {
    const { rungs, rng } = world([1, 0.5, 0], 300, 1);
    expect(championOptimism(rungs, independence(300), rng)).toBeCloseTo(0, 12);
    const groups = Int32Array.from({ length: 300 }, (_, row) => row % 4);
    expect(championOptimism(rungs, independence(300, { groups }), rng)).toBeNaN();
  });
});
