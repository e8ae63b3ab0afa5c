import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareModels, findMetric, pairedT, pairedTests, seeded } from "../../src/api/compare.ts";
import { FitError, type Dataset, type Estimator, type Metric } from "../../src/api/extend.ts";
import type { Model, Rows, Scored } from "../../src/api/extend.ts";
import { checkEstimator, checkMetric } from "../../src/api/testing.ts";
import {
  benchmark as benchmarkOfMany,
  explain,
  findFormat,
  init,
  inspect,
  markdownReport,
  predict,
  readBenchmark,
  report,
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
    const told: object = JSON.parse(JSON.stringify(benchmark.artifact));
    expect(run(elsewhere)).toMatchObject({ ...told, environment: { folder: "again" } });
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
  it("explains and reports", async () => {
    const said: unknown[] = [];
    const console = { log: (...values: unknown[]): void => void said.push(...values) };
    const { explained } = await explain(folder, [{ area: 120, rooms: 4, town: "Ham" }], { row: 0 });
    console.log(explained.model.summary, explained.row?.answer, explained.row?.steps);
    console.log(report(folder, { format: "csv" }));
    expect(explained).toMatchObject({ rung: "linear", target: "price", fitted: { part: "all", rows: 500 } });
    expect(Math.abs(Number(said[1]) - 270_000)).toBeLessThan(2000);
    expect(said[3]).toBe(findFormat("csv")!.benchmark(benchmark.artifact, { folder }));
    const inMemory = await explain(benchmark);
    expect(inMemory.explained.model).toEqual(explained.model);
    expect(inMemory.explained.row).toBeUndefined();
    expect(() => report(folder, { format: "markdwn" })).toThrow(
      /: there is no format "markdwn" \(did you mean "markdown"\?\)/,
    );
    expect(() => report(join(scratch, "nowhere"))).toThrow(/nowhere/);
    await expect(explain(folder, houses, { rows: 1 } as never)).rejects.toThrow(
      /no option "rows" \(did you mean "row"\?\)/,
    );
    await expect(explain(7 as never)).rejects.toThrow("explain: wanted a folder, a model file or a benchmark, got 7");
    await expect(explain(folder, houses.slice(0, 3), { row: 3 })).rejects.toThrow(/there is no row 3/);
  });
  it("sets up a project", async () => {
    const project = join(scratch, "project");
    mkdirSync(project);
    const lines = houses.slice(0, 60).map(({ area, town, price }) => `${area},${town},${price}`);
    writeFileSync(join(project, "houses.csv"), `area,town,price\n${lines.join("\n")}\n`);
    const { settings, files, next } = await init({ folder: project, minGain: "1%" });
    expect(settings).toEqual({ target: "price", minGain: "1%" });
    expect(files.map(({ outcome }) => outcome)).toEqual(files.map(() => "written"));
    for (const { path } of files) expect(existsSync(join(project, path)), path).toBe(true);
    expect(next).toBe(`baseline train ${join(project, "houses.csv")}`);
    expect(new Set((await init({ folder: project })).files.map(({ outcome }) => outcome))).toEqual(
      new Set(["kept", "unchanged"]),
    );
    await expect(init({ folder: scratch })).rejects.toThrow(/wanted a table/);
    await expect(init({ targt: "price" } as never)).rejects.toThrow(/did you mean "target"/);
  });
  it("measures many tables", async () => {
    const said: unknown[] = [];
    const console = { log: (...values: unknown[]): void => void said.push(values) };
    const benchmark = benchmarkOfMany;
    const run = benchmark({
      datasets: [
        { name: "houses", data: houses, target: "price" },
        { name: "read in its turn", data: async () => houses.slice(0, 300), target: "price" },
      ],
      estimators: ["one-rule", "linear"],
      challengers: [{ builtin: "tree", trials: 5 }],
      splits: { folds: 3, repeats: 1, holdout: 0.3 },
      workers: 1,
    });
    for await (const { name, benchmark, challengers } of run)
      console.log(name, benchmark?.artifact.champion.rung, challengers[0].verdict?.verdict);
    const { failed, across } = await run.summary();
    const ranks = across?.models.contestants.map(({ name, meanRank }) => [name, meanRank]);
    expect(said).toEqual([
      ["houses", "linear", "NOT JUSTIFIED"],
      ["read in its turn", "linear", "NOT JUSTIFIED"],
    ]);
    expect(failed).toEqual([]);
    expect(ranks?.[2]).toEqual(["linear", 1]);
  });
  it("takes estimators of one's own", async () => {
    const middle = (value: number): Model =>
      Object.freeze({
        complexity: { count: 1, unit: "number" },
        notes: {},
        predict: (data: Dataset, rows?: Rows) => ({
          kind: "value" as const,
          values: new Float64Array(rows?.length ?? data.rows).fill(value),
        }),
        explain: () => ({ summary: `Always ${value}, the middle of the range.`, lines: [] }),
        toJSON: () => ({ kind: "midrange", version: 1, value }),
      });
    const midrange: Estimator = {
      name: "midrange",
      family: "constant",
      title: "Middle of the range",
      role: "baseline",
      tasks: ["regression"],
      space: () => ({}),
      fit: ({ data: { target, weights }, rows }) => {
        const used = rows.filter((row) => (weights?.[row] ?? 1) > 0);
        if (target.task !== "regression" || used.length === 0) throw new FitError("midrange: wanted rows with numbers");
        const values = Array.from(used, (row) => target.values[row]);
        return middle((Math.min(...values) + Math.max(...values)) / 2);
      },
      fromJSON: (json) => {
        const { kind, version, value } = (json ?? {}) as Record<string, unknown>;
        if (kind === "midrange" && version === 1 && typeof value === "number") return middle(value);
        throw new TypeError("midrange: wanted a saved midrange, version 1");
      },
    };
    const held = checkEstimator(midrange, { except: { signal: "it looks at no column" } });
    expect(held.length).toBeGreaterThan(15);
    const own = await train(houses, { target: "price", models: ["midrange"], estimators: [midrange], workers: 1 });
    expect(own.artifact.ladder.map(({ rung, status }) => [rung, status])).toEqual([
      ["constant", "ok"],
      ["midrange", "ok"],
    ]);
    const modules = [{ module: "examples/midrange.mjs" }];
    const shared = await train(houses, { target: "price", models: ["midrange"], estimators: modules, workers: 2 });
    expect(shared.artifact.ladder).toEqual(own.artifact.ladder);
    expect(shared.artifact.options["estimators"]).toEqual(["examples/midrange.mjs"]);
    const { explained } = await explain({ final: own.models.get("midrange")! }, houses.slice(0, 2), {}, [midrange]);
    expect(explained.row).toMatchObject({ row: 0, steps: [] });
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
    const laws = checkMetric(capped, { except: { mismatch: "it is asked about numbers alone" } });
    expect(laws).toContain("losses");
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
