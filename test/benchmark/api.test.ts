import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareModels, findMetric, pairedT, pairedTests, seeded } from "../../src/api/compare.ts";
import { estimators, type Estimator, type Metric, type Scored } from "../../src/api/extend.ts";
import {
  inspect,
  markdownReport,
  predict,
  readBenchmark,
  train,
  writeBenchmark,
  type Benchmark,
} from "../../src/index.ts";
import { expectAllRun } from "../manuals.ts";

/** Every example of docs/api.md stands below, line by line, and is run. */

const rng = seeded("houses");
const houses = Array.from({ length: 500 }, () => {
  const area = 40 + rng.below(160);
  const town = ["Ham", "Dale", "Wick"][rng.below(3)];
  return {
    area,
    rooms: 1 + Math.round(area / 35),
    town,
    price: 2000 * area + (town === "Ham" ? 30_000 : 0) + Math.round(4000 * rng.normal()),
  };
});
const scratch = mkdtempSync(join(tmpdir(), "baseline-api-"));
const folder = join(scratch, "prices");
const seen = new Set<string>();

async function made(): Promise<Benchmark> {
  const benchmark = await train(houses, { target: "price", models: ["one-rule", "linear", "tree"], workers: 1 });
  return benchmark;
}

describe("the library", () => {
  let benchmark: Benchmark;
  beforeAll(async () => {
    benchmark = await made();
    writeBenchmark(benchmark, folder);
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it("shows nothing that is not run here", () => expectAllRun("docs/api.md", "test/benchmark/api.test.ts", 10));
  it("trains", async () => {
    const { champion, ladder, metric, warnings } = benchmark.artifact;
    expect(champion.rung).toBe("linear");
    expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(["near-perfect-column"]));
    const best = ladder.find(({ rung }) => rung === champion.rung);
    expect(best?.cv[metric.name].value).toBeLessThan(5000);
    expect(best?.cv[metric.name].value).toBeGreaterThan(3000);
  });
  it("gives held-out scores and tells how it goes", async () => {
    const { artifact } = await train(
      houses,
      { target: "price", timeLimit: 60 },
      { onProgress: ({ phase }) => seen.add(phase) },
    );
    expect([...seen]).toEqual(["reading", "splitting", "training", "measuring"]);
    const { ladder, champion, metric } = (await train(houses, { target: "price", holdout: 0.2, models: ["linear"] }))
      .artifact;
    const best = ladder.find(({ rung }) => rung === champion.rung);
    const { value, lower, upper } = best!.holdout[metric.name];
    expect(Number(lower)).toBeLessThanOrEqual(Number(value));
    expect(Number(upper)).toBeGreaterThanOrEqual(Number(value));
    expect(artifact.ladder.length).toBeGreaterThan(5);
  });
  it("writes and reads", () => {
    const elsewhere = join(scratch, "again");
    const run = (folder: string): unknown => {
      writeBenchmark(benchmark, folder);
      const again = readBenchmark(folder).artifact;
      console.log(markdownReport(again));
      return again;
    };
    const said: string[] = [];
    const console = { log: (text: string): void => void said.push(text) };
    expect(run(elsewhere)).toEqual(JSON.parse(JSON.stringify(benchmark.artifact)));
    expect(said[0]).toContain("linear");
  });
  it("predicts", async () => {
    const { answers } = await predict(folder, [{ area: 120, rooms: 4, town: "Ham" }]);
    expect(Math.abs(Number(answers[0]) - 270_000)).toBeLessThan(2000);
    expect((await predict(benchmark, [{ town: "Ham", rooms: 4, area: 120 }])).answers).toEqual(answers);
  });
  it("looks at a table", async () => {
    const { target, columns } = await inspect(new TextEncoder().encode("id;price;area\n1;3,5;70\n2;4,5;90\n"));
    expect(target.name).toBe("area");
    expect(columns.map(({ name }) => name)).toEqual(["id", "price", "area"]);
  });
  it("takes estimators of one's own", async () => {
    const always: Estimator = { ...estimators[0], name: "always", title: "Always the same", space: () => ({}) };
    const own = await train(houses, { target: "price", models: ["always"], estimators: [always], workers: 1 });
    expect(own.artifact.ladder.map(({ rung }) => rung)).toEqual(["constant", "always"]);
  });
  it("takes metrics of one's own", async () => {
    const losses = ({ truth, prediction }: Scored): Float64Array =>
      prediction.values.map((x, i) => Math.min(50_000, Math.abs(x - (truth as { values: Float64Array }).values[i])));
    const score: Metric["score"] = (scored, weights = new Float64Array(scored.prediction.values.length).fill(1)) =>
      losses(scored).reduce((sum, loss, i) => sum + loss * weights[i], 0) / weights.reduce((sum, w) => sum + w, 0);
    const capped: Metric = { ...findMetric("mae", "regression"), name: "capped", title: "Capped error", losses, score };
    const judged = await train(houses, { target: "price", metric: "capped", metrics: [capped], models: ["linear"] });
    expect(judged.artifact.metric.name).toBe("capped");
    expect(judged.artifact.champion.rung).toBe("linear");
  });
  it("compares models", () => {
    const truth = Float64Array.from(houses, ({ price }) => price);
    const noise = seeded("noise");
    const plain = truth.map((price) => price + 20_000 * noise.normal());
    const mine = truth.map((price) => price + 5000 * noise.normal());
    const comparison = compareModels({
      metric: findMetric("rmse", "regression"),
      holdout: { truth: { task: "regression", name: "price", values: truth } },
      baselines: [{ name: "linear", holdout: [{ kind: "value", values: plain }] }],
      champion: "linear",
      challengers: [{ name: "mine", holdout: [{ kind: "value", values: mine }] }],
      rng: seeded("verdict"),
    });
    const [{ verdict, gain, bounds, sentence }] = comparison.challengers;
    expect(verdict).toBe("JUSTIFIED");
    expect(gain).toBeGreaterThan(Number(bounds.lower));
    expect(sentence).toContain("mine");
    const differences = truth.map((price, i) => (plain[i] - price) ** 2 - (mine[i] - price) ** 2);
    const { p, lower } = pairedT({ differences });
    expect(p).toBeLessThan(0.001);
    expect(lower).toBeGreaterThan(0);
    expect(pairedTests.length).toBeGreaterThan(15);
  });
});
