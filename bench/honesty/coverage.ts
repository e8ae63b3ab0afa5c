/** Do the printed 95 % intervals hold the truth? Scores of real models on rows drawn from their populations. */
import { findMetric, scoreInterval, type JudgedMetric, type Prediction, type Rng, type Target } from "./api.ts";
import { coverageResult, type CellResult } from "./cell.ts";
import { predictionOf, targetOf, type Population } from "./populations.ts";

const SIZES: readonly number[] = [50, 114, 500, 2000, 20_000];
const METRICS = {
  binary: ["log_loss", "brier", "accuracy", "roc_auc"],
  multiclass: ["log_loss", "brier", "accuracy"],
  regression: ["rmse", "mae", "r2"],
} as const;

/** One model over all rows of a population. */
interface Answered {
  readonly name: string;
  readonly truth: Target;
  readonly prediction: Prediction;
}

/** The plain rung, boosting and the forest of each table. */
function modelsOf(populations: readonly Population[]): Answered[] {
  return populations.flatMap(({ name, truth, baseline, challenger }) => [
    ...(name.endsWith(", boosting")
      ? [{ name: name.replace(/boosting$/, "plain rung"), truth, prediction: baseline }]
      : []),
    ...(/, (boosting|forest)$/.test(name) ? [{ name, truth, prediction: challenger }] : []),
  ]);
}

export function coverageResults(populations: readonly Population[], replications: number, rng: Rng): CellResult[] {
  return modelsOf(populations).flatMap((model) =>
    METRICS[model.truth.task].flatMap((name) =>
      SIZES.map((rows) => {
        const runs = Math.round(replications / (rows > 5000 ? 4 : 1));
        return covering(findMetric(name, model.truth.task), model, rows, runs, rng);
      }),
    ),
  );
}

function covering(
  metric: JudgedMetric,
  { name, truth, prediction }: Answered,
  rows: number,
  runs: number,
  rng: Rng,
): CellResult {
  const own = rng.split(`coverage ${metric.name} ${name} ${rows}`);
  const wanted = metric.score({ truth, prediction });
  const total = truth.task === "regression" ? truth.values.length : truth.codes.length;
  let [given, held] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const stream = own.split(run);
    const drawn = Int32Array.from({ length: rows }, () => stream.below(total));
    const scored = { truth: targetOf(truth, drawn), prediction: predictionOf(prediction, drawn) };
    const { lower, upper } = scoreInterval(metric, scored);
    if (lower === null && upper === null) continue;
    given++;
    if ((lower ?? -Infinity) <= wanted && wanted <= (upper ?? Infinity)) held++;
  }
  return coverageResult({ study: `95 % intervals of ${metric.name}`, world: name, setting: "", rows, given, held });
}
