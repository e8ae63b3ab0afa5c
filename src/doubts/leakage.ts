/** Columns that give the target away by themselves: said, with the score that is left without them. */
import type { Dataset } from "../frame/dataset.ts";
import type { Schema } from "../schema/schema.ts";
import type { Warning } from "../frame/warning.ts";
import { flagItem } from "../words/texts.ts";
import { localRunner } from "../evaluate/jobs/runner.ts";
import type { Metric } from "../metrics/contract.ts";
import { predictionAt } from "../frame/take.ts";
import { type Design } from "../evaluate/rung.ts";
import { scoreRows } from "../evaluate/scoring.ts";
import { singleColumnShares } from "../evaluate/single-column.ts";
import { seeded } from "../numeric/rng.ts";
import { clock } from "../evaluate/clock.ts";
import type { Judged } from "../ladder/judge.ts";
import type { Trained } from "../ladder/ladder.ts";
import type { TrainOptions } from "../intake/options.ts";
import { figure, percent } from "../words/numbers.ts";

/**
 * Share of the constant's loss that one column may remove before it is worth a word. Of squared errors 0.9: a diamond's
 * weight, which is no leak, explains 0.87 of its price; the total of a score with the target in it explains 0.92.
 */
const NEAR_PERFECT = { classification: 0.8, regression: 0.9 } as const;

export interface LeakageInput {
  readonly data: Dataset;
  readonly schema: Schema;
  readonly design: Design;
  readonly metric: Metric;
  readonly trained: readonly Trained[];
  readonly judged: Judged;
  readonly seed: string;
  readonly options: TrainOptions;
  /** The champion is not fitted again. */
  readonly hurried: boolean;
}

/** One warning a suspicious column, the worst first: it says what the champion gets without all of them, cross-validated once more. */
export async function leakageWarnings(input: LeakageInput): Promise<readonly Warning[]> {
  const { data, design, seed } = input;
  const task = data.target.task === "regression" ? "regression" : "classification";
  const shares = singleColumnShares(data, design.train, seeded(seed).split("leakage"));
  const sources = sourceColumns(input.schema);
  const sourceOf = (feature: string): string => sources.get(feature) ?? feature;
  const best = new Map<string, number>();
  for (const { column, share } of shares) {
    const source = sourceOf(column);
    if (share >= NEAR_PERFECT[task]) best.set(source, Math.max(share, best.get(source) ?? 0));
  }
  if (best.size === 0) return [];
  const suspects = data.columns.map(({ name }) => name).filter((name) => best.has(sourceOf(name)));
  const without = input.hurried ? "" : await scoreWithout(input, new Set(suspects), best.size);
  const worst = Array.from(best).sort(([, a], [, b]) => b - a);
  return worst.map(([column, share], i) => ({
    code: "near-perfect-column",
    column,
    message: `${column} alone removes ${percent(share)} of the constant's loss; if it is known only after the event, this is leakage (--ignore ${flagItem(column)})${i === 0 ? without : ""}`,
    evidence: { share: Number(share.toPrecision(4)) },
  }));
}

/** The table's column behind a feature that is one part of a date. */
function sourceColumns({ columns }: Schema): ReadonlyMap<string, string> {
  return new Map(columns.flatMap(({ name, parts = [] }) => parts.map((part) => [`${name}.${part}`, name] as const)));
}

/** `; without the 3 such columns linear gets rmse 12.3 instead of 4.5`, or nothing where no column would be left. */
async function scoreWithout(
  { data, design, metric, trained, judged, seed, options }: LeakageInput,
  columns: ReadonlySet<string>,
  sources: number,
): Promise<string> {
  const champion = trained.find((rung) => rung.estimator.name === judged.champion.rung);
  const rest = data.columns.filter((column) => !columns.has(column.name));
  if (champion?.status !== "ok" || rest.length === 0) return "";
  const reduced = { ...data, columns: rest };
  const work = {
    data: reduced,
    metric: metric.name,
    seed,
    plans: design.plans,
    weightMetrics: options.weightMetrics ?? false,
  };
  const runner = localRunner(work, [champion.estimator], clock, { metrics: [metric] });
  const { name } = champion.estimator;
  const { point } = champion.result.tuned;
  const { parts, folds } = design.plans[0];
  const scores: number[] = [];
  const before: number[] = [];
  for (const fold of folds) {
    const rows = parts[fold.test];
    const { prediction } = await runner.predict({ kind: "predict", estimator: name, plan: 0, fold, point });
    scores.push(scoreRows(metric, reduced, rows, prediction, work.weightMetrics));
    before.push(scoreRows(metric, data, rows, predictionAt(champion.result.outOfFold[0], rows), work.weightMetrics));
  }
  const mean = (values: readonly number[]): string => figure(values.reduce((a, b) => a + b, 0) / values.length);
  const which = sources === 1 ? "it" : `the ${sources} such columns`;
  return `; without ${which} ${name} gets ${metric.name} ${mean(scores)} instead of ${mean(before)}`;
}
