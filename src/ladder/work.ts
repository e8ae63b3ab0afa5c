import type { Work, WorkCounts } from "../report/artifact.ts";
import type { Trained } from "./ladder.ts";

const NOTHING: WorkCounts = {
  foldFits: 0,
  trials: 0,
  cells: 0,
  solverSteps: 0,
  histogramPasses: 0,
  treeNodes: 0,
  modelBytes: 0,
};

/** What the rungs that were trained took, together and one by one. @param bytes Size of a rung's model. */
export function workOf(trained: readonly Trained[], bytes: (rung: string) => number | null): Work {
  const rungs = trained.flatMap((rung): [string, WorkCounts][] => {
    if (rung.status === "failed") return [];
    const { name } = rung.estimator;
    return [[name, { ...rung.result.work, modelBytes: bytes(name) ?? 0 }]];
  });
  const total: { -readonly [K in keyof WorkCounts]: number } = { ...NOTHING };
  for (const [, counts] of rungs)
    for (const key of Object.keys(NOTHING) as (keyof WorkCounts)[]) total[key] += counts[key];
  return { version: 1, total, rungs: Object.fromEntries(rungs) };
}
