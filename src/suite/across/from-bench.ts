/** What a bench found, as the comparisons over all datasets take it. */
import { defaultMargin, marginAt } from "../../compare/margin.ts";
import { findMetric } from "../../metrics/registry.ts";
import type { Metric } from "../../metrics/contract.ts";
import type { AcrossDatasets, BenchResult, BenchRung, ChallengerResult } from "../../report/bench.ts";
import { acrossDatasets } from "./across.ts";
import type { DatasetScores, Field } from "./contract.ts";
import { overall, type Entry, type Outcome } from "./overall.ts";

/** Draws of a posterior: the same for every bench. */
const SEED = 0;

/** What has to be known of a dataset. */
export interface DatasetFacts {
  readonly name: string;
  /** Null: it failed. */
  readonly result:
    | (Pick<BenchResult, "metric" | "task" | "champion"> & {
        readonly rungs: readonly Pick<BenchRung, "rung" | "status" | "scores">[];
      })
    | null;
  readonly challengers: readonly ChallengerOutcome[];
}

/** What a challenger reached on it; null: it failed. */
export interface ChallengerOutcome {
  readonly name: string;
  readonly result: Pick<
    ChallengerResult,
    "scores" | "gain" | "lower" | "upper" | "margin" | "budgets" | "refusals"
  > | null;
}

/**
 * @param own Metrics of the user's own.
 * @returns null for fewer than two datasets with a result. Cost: O(pairs of models x datasets²).
 */
export function acrossBench(datasets: readonly DatasetFacts[], own: readonly Metric[] = []): AcrossDatasets | null {
  const measured = datasets.filter((dataset): dataset is Measured => dataset.result !== null);
  if (measured.length < 2) return null;
  return { models: acrossDatasets(fieldOf(measured, own), SEED), challengers: overallOf(measured) };
}

type Measured = DatasetFacts & { readonly result: NonNullable<DatasetFacts["result"]> };

function fieldOf(datasets: readonly Measured[], own: readonly Metric[]): Field {
  const rungs = new Set(datasets.flatMap(({ result }) => result.rungs.map(({ rung }) => rung)));
  const challengers = new Set(datasets.flatMap((one) => one.challengers.map(({ name }) => challengerKey(name, rungs))));
  const contestants = [...rungs, ...challengers];
  return { contestants, datasets: datasets.map((dataset) => scoresOf(dataset, contestants, rungs, own)) };
}

/** A challenger may bear the name of a rung. */
function challengerKey(name: string, rungs: ReadonlySet<string>): string {
  return rungs.has(name) ? `${name} (challenger)` : name;
}

function scoresOf(
  { name, result, challengers }: Measured,
  contestants: readonly string[],
  rungs: ReadonlySet<string>,
  own: readonly Metric[],
): DatasetScores {
  const { task, champion } = result;
  const metric = findMetric(result.metric.name, task, own);
  const scores = new Map<string, number | null>([
    ...result.rungs.map(
      ({ rung, status, scores: found }) =>
        [rung, status === "failed" ? null : (found[metric.name]?.value ?? null)] as const,
    ),
    ...challengers.map(
      (one) => [challengerKey(one.name, rungs), one.result?.scores[metric.name]?.value ?? null] as const,
    ),
  ]);
  const margin = marginAt(metric, defaultMargin(metric), scores.get(champion) ?? 0);
  return {
    dataset: name,
    direction: metric.direction,
    margin,
    scores: contestants.map((contestant) => scores.get(contestant)),
  };
}

/** Challengers that are judged on the same datasets are judged together. */
function overallOf(datasets: readonly Measured[]): AcrossDatasets["challengers"] {
  const names = [...new Set(datasets.flatMap(({ challengers }) => challengers.map(({ name }) => name)))];
  const families = new Map<
    string,
    { readonly entry: Entry; readonly gains: AcrossDatasets["challengers"][number]["gains"] }[]
  >();
  for (const name of names) {
    const judged = datasets.flatMap((dataset) => {
      const one = dataset.challengers.find((each) => each.name === name);
      return one === undefined ? [] : [{ dataset: dataset.name, one }];
    });
    if (judged.length < 2) continue;
    const family = judged.map(({ dataset }) => dataset).join("\0");
    const outcomes = judged.map(({ dataset, one }) => outcomeOf(dataset, one));
    const gains = judged.map(({ dataset, one }) => gainsOf(dataset, one));
    families.set(family, [...(families.get(family) ?? []), { entry: { name, outcomes }, gains }]);
  }
  return [...families.values()].flatMap((family) =>
    overall(
      family.map(({ entry }) => entry),
      { seed: SEED },
    ).map((found, k) => ({ overall: found, gains: family[k].gains })),
  );
}

function outcomeOf(dataset: string, { result }: ChallengerOutcome): Outcome {
  const budgets = new Set(result?.budgets.map((one) => one.outcome));
  return {
    dataset,
    gain: inMargins(result, "gain"),
    vetoes: [...(result?.refusals ?? []), ...(budgets.has("over") ? (["over-budget"] as const) : [])],
    budgetUncertain: budgets.has("uncertain"),
  };
}

function gainsOf(
  dataset: string,
  { result }: ChallengerOutcome,
): AcrossDatasets["challengers"][number]["gains"][number] {
  const [gain, lower, upper] = (["gain", "lower", "upper"] as const).map((key) => finite(inMargins(result, key)));
  return { dataset, gain, lower, upper };
}

/** At a margin of 0 any gain is infinitely many. */
function inMargins(result: ChallengerOutcome["result"], key: "gain" | "lower" | "upper"): number | null {
  const value = result?.[key] ?? null;
  if (value === null || result === null) return null;
  return value === 0 ? 0 : value / result.margin.value;
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
