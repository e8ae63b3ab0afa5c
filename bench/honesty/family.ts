/** Several challengers at once: how often is any useless one passed, and is a good one still found among them? */
import { compareModels, type Rng } from "./api.ts";
import { happened, type CellResult } from "./cell.ts";
import { directLoss } from "./judge.ts";

const ROWS = 300;

/** K challengers whose gains are correlated .5, of true gain 0 but for the first. */
function anyPassed(count: number, best: number, rng: Rng): { any: boolean; first: boolean } {
  const baseline = new Float64Array(ROWS);
  const shared = baseline.map(() => rng.normal());
  const challengers = Array.from({ length: count }, (_, k) => ({
    name: `c${k}`,
    holdout: [
      {
        kind: "value" as const,
        values: shared.map((s) => -(Math.SQRT1_2 * s + Math.SQRT1_2 * rng.normal() + (k === 0 ? best : 0))),
      },
    ],
  }));
  const { challengers: verdicts } = compareModels({
    metric: directLoss,
    holdout: { truth: { task: "regression", name: "y", values: baseline } },
    baselines: [{ name: "baseline", holdout: [{ kind: "value", values: baseline }] }],
    champion: "baseline",
    challengers,
    margin: { value: 0, kind: "absolute" },
    rng,
  });
  const passed = verdicts.map((v) => v.verdict === "JUSTIFIED");
  return { any: passed.includes(true), first: passed[0] };
}

export function familyResults(replications: number, rng: Rng): CellResult[] {
  return [1, 5, 20].flatMap((count) =>
    [0, 0.2].map((best): CellResult => {
      const runs = Math.max(50, Math.round(replications / (count > 5 ? 4 : 1)));
      const own = rng.split(`family ${count} ${best}`);
      let hits = 0;
      for (let i = 0; i < runs; i++) {
        const { any, first } = anyPassed(count, best, own.split(i));
        if (best === 0 ? any : first) hits++;
      }
      return happened({
        study: best === 0 ? "several challengers, Holm" : "several challengers, Holm: one is good",
        world: `${count} challengers, correlated .5`,
        setting: best === 0 ? "all useless: any passed" : "the good one passed",
        rows: ROWS,
        replications: runs,
        share: hits / runs,
        kind: best === 0 ? "guaranteed" : "power",
        bound: best === 0 ? 0.05 : null,
      });
    }),
  );
}
