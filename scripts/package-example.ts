/** A program of a user in TypeScript, compiled by scripts/check-package.sh against the packed package. */
import {
  benchmark,
  compare,
  explain,
  predict,
  train,
  type Benchmark,
  type DatasetResult,
  type TrainOptions,
  type VerdictDocument,
} from "tabular-baseline";
import { compareModels, findMetric, pairedT, seeded, type Evidence } from "tabular-baseline/compare";
import { FitError, type Dataset, type Estimator, type Model, type Rows } from "tabular-baseline/extend";
import { createStudy, type Space, type Study } from "tabular-baseline/search";
import { checkEstimator, checkMetric, LawError } from "tabular-baseline/testing";

interface House {
  readonly area: number;
  readonly price: number;
}

const houses: readonly House[] = [{ area: 70, price: 100 }];
const options: TrainOptions = { target: "price", folds: 3 };
const made: Benchmark = await train(houses, options);
const champion: string = made.artifact.champion.rung;
const { answers } = await predict(made, [{ area: 80 }]);
const { explained } = await explain(made, houses, { row: 0 });
const verdict: VerdictDocument = await compare("baseline-out", [{ builtin: "boosting" }], { minGain: "2%" });

const model = (value: number): Model =>
  Object.freeze({
    complexity: { count: 1, unit: "number" },
    notes: {},
    predict: (data: Dataset, rows?: Rows) => ({
      kind: "value" as const,
      values: new Float64Array(rows?.length ?? data.rows).fill(value),
    }),
    explain: () => ({ summary: `Always ${value}.`, lines: [] }),
    toJSON: () => ({ kind: "first", version: 1, value }),
  });
const first: Estimator = {
  name: "first",
  family: "constant",
  title: "First",
  role: "baseline",
  tasks: ["regression"],
  space: () => ({}),
  fit: ({ data: { target }, rows }) => {
    if (target.task !== "regression" || rows.length === 0) throw new FitError("first: wanted rows with numbers");
    return model(target.values[rows[0] ?? 0] ?? 0);
  },
  fromJSON: (json) => model((json as { value: number }).value),
};

async function measured(signal: AbortSignal): Promise<readonly DatasetResult[]> {
  const run = benchmark({
    datasets: [
      { name: "houses", data: houses, target: "price" },
      { name: "columns", data: { area: [1, 2], price: [3, 4] }, target: "price" },
      { data: "wine.csv", challengers: ["forest.csv"] },
      { name: "later", data: () => Promise.resolve(houses) },
    ],
    estimators: ["linear", first],
    metrics: ["mae"],
    splits: { folds: 5 },
    seed: 1,
    signal,
  });
  const results: DatasetResult[] = [];
  for await (const result of run) results.push(result);
  const { across } = await run.summary();
  console.log(across?.models.contestants[0]?.meanRank);
  return results;
}

try {
  checkEstimator(first, { except: { signal: "it looks at no column" } });
  checkMetric(findMetric("rmse", "regression"));
} catch (error) {
  if (error instanceof LawError) console.log(error.law, error.message);
}

const space: Space = { x: { type: "float", low: -5, high: 5, default: 0 } };
const study: Study = createStudy({ space });
const evidence: Evidence = pairedT({ differences: Float64Array.of(1, 2, 3) });
const values = Float64Array.of(1, 2, 3);
const comparison = compareModels({
  metric: findMetric("rmse", "regression"),
  holdout: { truth: { task: "regression", name: "price", values } },
  baselines: [{ name: "linear", holdout: [{ kind: "value", values }] }],
  champion: "linear",
  challengers: [{ name: "mine", holdout: [{ kind: "value", values }] }],
  rng: seeded("verdict"),
});
console.log(
  champion,
  answers,
  explained.row?.steps,
  verdict.challengers,
  evidence.p,
  comparison.family,
  study,
  measured,
);
