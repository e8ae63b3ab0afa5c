/**
 * Wall seconds of 25 fits on folds of a generated table in worker threads that are already running, as JSON:
 * node workers.mjs FOLDER SIZE WORKERS. Run by main.mjs; means something on an idle machine only.
 */
import { estimators, foldPlan, makeSplits } from "tabular-baseline/extend";
import { startRunner } from "../../.cache/dist/evaluate/jobs/pooled.js";
import { readGenerated } from "./read.mjs";

const [folder, size, workers] = process.argv.slice(2);
const data = await readGenerated(folder, size, "binary");
const plan = foldPlan(makeSplits(data, { seed: "workers", folds: 5, repeats: 1 }), 0);
const work = { data, metric: "log_loss", seed: "workers", plans: [plan], weightMetrics: false };
const options = { workers: Number(workers), inRegistry: true, clock: () => performance.now() };
const runner = startRunner(work, estimators, options);
const run = (depths) =>
  Promise.all(
    depths.flatMap((maxDepth) =>
      plan.folds.map((fold) => {
        const point = { criterion: "gini", maxDepth, minLeaf: 5, smoothing: 5, penalty: 0 };
        return runner.score({ kind: "score", estimator: "tree", plan: 0, fold, points: [point] });
      }),
    ),
  );
await run([1]); // starts the threads, and has the bins made
// Cold: every thread compiles for itself. Warm: as in a search, which comes back to the same folds.
const walls = [];
for (const tried of [
  [4, 6, 8, 10, 12],
  [5, 7, 9, 11, 13],
  [4, 6, 8, 10, 12],
]) {
  const start = performance.now();
  await run(tried);
  walls.push((performance.now() - start) / 1000);
}
console.log(JSON.stringify({ cold: walls[0], warm: Math.min(...walls.slice(1)) }));
await runner.close();
