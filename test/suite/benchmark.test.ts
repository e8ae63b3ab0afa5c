/** The suite as a call: any tables, any models, results one by one and what holds over all of them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { constant } from "../../src/baselines/constant.ts";
import { FitError, type Estimator } from "../../src/baselines/contract.ts";
import type { ModelFunction } from "../../src/challengers/model-function.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { openArtifact } from "../../src/folder/open.ts";
import { OptionError } from "../../src/error.ts";
import { mae } from "../../src/metrics/errors.ts";
import type { Metric } from "../../src/metrics/contract.ts";
import { seeded } from "../../src/numeric/rng.ts";
import type { Artifact } from "../../src/report/artifact.ts";
import { benchmark, type BenchmarkRun, type DatasetResult } from "../../src/suite/benchmark.ts";
import type { BenchmarkOptions, DatasetInput } from "../../src/suite/benchmark-options.ts";

const scratch = mkdtempSync(join(tmpdir(), "baseline-runs-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Line {
  readonly x: number;
  readonly z: number;
  readonly y: number | string;
}

/** Lines whose target follows x, as a number or as one of two classes. */
function lines(task: "number" | "class", seed: string, rows = 160): Line[] {
  const rng = seeded(seed);
  return Array.from({ length: rows }, () => {
    const [x, z] = [rng.normal(), rng.normal()];
    const score = x + 0.3 * rng.normal();
    return { x, z, y: task === "number" ? score : score > 0 ? "yes" : "no" };
  });
}

/** Small and quick, but the whole way. */
const QUICK: Partial<BenchmarkOptions> = {
  splits: { folds: 3, repeats: 1, nested: "never", holdout: 0.3 },
  trials: 2,
  workers: 1,
};
const numbers = (name: string, rows?: number): DatasetInput => ({
  name,
  data: lines("number", name, rows),
  target: "y",
});
const classes = (name: string): DatasetInput => ({ name, data: lines("class", name), target: "y" });

async function all(run: BenchmarkRun): Promise<DatasetResult[]> {
  const results: DatasetResult[] = [];
  for await (const result of run) results.push(result);
  return results;
}

const artifactOf = ({ benchmark: made }: DatasetResult): Artifact => made!.artifact;
const rungsOf = (result: DatasetResult): string[] => artifactOf(result).ladder.map(({ rung }) => rung);

/** All but what is measured with a clock. */
function lasting(artifact: Artifact): unknown {
  const { timing: _t, environment: _e, options: _o, ...rest } = artifact;
  return rest;
}

const own: Estimator = { ...(constant as Estimator), name: "mine", title: "Mine" };

describe("benchmark", () => {
  it("takes rows, columns, files and readers, and gives a result each, in order", async () => {
    const path = join(scratch, "from-file.csv");
    const rows = lines("number", "file");
    writeFileSync(path, `x,z,y\n${rows.map(({ x, z, y }) => `${x},${z},${y}`).join("\n")}\n`);
    const columns = { x: rows.map(({ x }) => x), z: rows.map(({ z }) => z), y: rows.map(({ y }) => y) };
    const run = benchmark({
      ...QUICK,
      datasets: [
        numbers("rows"),
        { name: "columns", data: columns },
        { data: path },
        { name: "reader", data: async () => lines("class", "reader") },
      ],
      estimators: ["linear", "logistic", own],
    });
    const results = await all(run);
    expect(results.map(({ name, status, reason }) => [name, status, reason])).toEqual([
      ["rows", "ok", null],
      ["columns", "ok", null],
      ["from-file", "ok", null],
      ["reader", "ok", null],
    ]);
    expect(results.map(rungsOf)).toEqual([
      ["constant", "linear", "mine"],
      ["constant", "linear", "mine"],
      ["constant", "linear", "mine"],
      ["constant", "logistic", "mine"],
    ]);
    expect(artifactOf(results[2]).ladder).toEqual(artifactOf(results[1]).ladder);
    const { datasets, failed, across } = await run.summary();
    expect([datasets.length, failed]).toEqual([4, []]);
    const ranks = new Map(across!.models.contestants.map(({ name, meanRank }) => [name, meanRank]));
    expect(ranks.get("linear")).toBe(1);
    expect(ranks.get("constant")).toBe(ranks.get("mine"));
  });

  it("is the same engine as train, for any number of workers", async () => {
    const options = { ...QUICK, datasets: [classes("one")], estimators: ["logistic"], seed: 3 };
    const [one] = await all(benchmark(options));
    const [two] = await all(benchmark({ ...options, workers: 2 }));
    const { artifact } = await trainBenchmark(lines("class", "one"), {
      ...QUICK.splits,
      target: "y",
      models: ["logistic"],
      trials: 2,
      seed: 3,
      workers: 1,
    });
    expect(lasting(artifactOf(one))).toEqual(lasting(artifact));
    expect(lasting(artifactOf(two))).toEqual(lasting(artifact));
  });

  describe("estimators in modules", () => {
    /** A copy of the tree under another name, which writes down the threads that it was fitted in. */
    const module = join(scratch, "mine.mjs");
    const extend = pathToFileURL(resolve("dist/api/extend.js")).href;
    writeFileSync(
      module,
      `import { appendFileSync } from "node:fs";
       import { threadId } from "node:worker_threads";
       import { estimators } from ${JSON.stringify(extend)};
       const { prepare, ...tree } = estimators.find(({ name }) => name === "tree");
       const fit = (...given) => {
         appendFileSync(import.meta.dirname + "/threads", threadId + ",");
         return tree.fit(...given);
       };
       const mine = { ...tree, name: "mine", fit };
       delete mine.fitSteps;
       export default mine;
       export const other = { ...mine, name: "other" };
       export const nothing = 5;`,
    );
    const options = { ...QUICK, datasets: [numbers("one"), classes("two")], seed: 5 };
    const threads = (): string[] => {
      const path = join(scratch, "threads");
      const seen = new Set(readFileSync(path, "utf8").split(",").filter(Boolean));
      rmSync(path);
      return [...seen];
    };

    /** The built package: the module's estimator is made of its parts. */
    let built: typeof benchmark;
    beforeAll(async () => {
      const path: string = resolve("dist/index.js");
      ({ benchmark: built } = (await import(path)) as { benchmark: typeof benchmark });
    });

    it("are trained in worker threads, to the same bytes for any number of them", async () => {
      const run = async (workers: number): Promise<unknown[]> => {
        const estimators = ["one-rule", { module }, { module, export: "other" }];
        const results = await all(built({ ...options, workers, estimators }));
        expect(results.map(({ reason }) => reason)).toEqual([null, null]);
        return results.map((result) => [lasting(artifactOf(result)), artifactOf(result).work]);
      };
      const one = await run(1);
      const [main] = threads();
      expect(one).toMatchObject([[{ ladder: [{}, {}, { rung: "mine" }, { rung: "other" }] }, {}], {}]);
      for (const workers of [2, 3]) {
        expect(await run(workers)).toEqual(one);
        expect(threads()).not.toContain(main);
      }
      const { default: mine } = (await import(module)) as { default: Estimator };
      const [record] = await all(built({ ...options, workers: 2, estimators: ["one-rule", mine] }));
      const [{ rung: _, ...alone }] = artifactOf(record).ladder.slice(-1);
      const [both] = one as [[Artifact]];
      expect(both[0].ladder.find(({ rung }) => rung === "mine")).toMatchObject({ holdout: alone.holdout });
      expect(threads()).toEqual([main]);
    });

    it("that are not what they should be are refused in a sentence", async () => {
      const broken = join(scratch, "broken.mjs");
      writeFileSync(broken, "export default {");
      for (const [given, sentence] of [
        [{ module: join(scratch, "gone.mjs") }, /estimators: file:.*gone\.mjs cannot be imported \(/],
        [{ module: broken }, /broken\.mjs cannot be imported \(/],
        [{ module, export: "othr" }, /exports no othr \(did you mean "other"\?\); it exports default, other, nothing/],
        [{ module, export: "nothing" }, /estimators: number 1: wanted an estimator \(a record\), got number/],
        [{ module: 5 }, /estimators: wanted a file or URL as module, got 5/],
        [{ module, export: "" }, /estimators: wanted the name of an export, got ""/],
      ] as const) {
        const run = benchmark({ ...options, estimators: [given as { module: string }] });
        await expect(run.summary()).rejects.toThrow(sentence);
        await expect(all(benchmark({ ...options, estimators: [given as { module: string }] }))).rejects.toThrow(
          OptionError,
        );
      }
      const twice = benchmark({ ...options, estimators: [{ module }, { module }] });
      await expect(twice.summary()).rejects.toThrow(/there is an estimator "mine" already/);
      await expect(benchmark({ ...options, estimators: ["min", { module }] }).summary()).rejects.toThrow(
        /estimators: there is no model "min" \(did you mean "mine"\?\)/,
      );
    });
  });

  it("decides by the first metric that suits a table, unless the table says otherwise", async () => {
    const { title, tasks, needs, direction, range, unit, floor } = mae;
    const score: Metric["score"] = (scored, weights) => 2 * mae.score(scored, weights);
    const twice: Metric = { name: "twice", title, tasks, needs, direction, range, unit, floor, score };
    const results = await all(
      benchmark({
        ...QUICK,
        datasets: [numbers("n"), classes("c"), { ...numbers("asked"), metric: "r2" }],
        estimators: ["one-rule"],
        metrics: [twice, "accuracy"],
      }),
    );
    expect(results.map((result) => artifactOf(result).metric.name)).toEqual(["twice", "accuracy", "r2"]);
  });

  it("judges challengers of all tables and of one, each by itself, and over all tables", async () => {
    const slope: ModelFunction = (train, test) => {
      const x = train.columns.get("x")!.map(Number);
      const top = x.reduce((sum, value, i) => sum + value * Number(train.target[i]), 0);
      const bottom = x.reduce((sum, value) => sum + value * value, 0);
      return test.columns.get("x")!.map((value) => (top / bottom) * Number(value));
    };
    const broken: ModelFunction = () => {
      throw new RangeError("no luck");
    };
    const run = benchmark({
      ...QUICK,
      datasets: [
        numbers("a", 500),
        { ...numbers("b", 500), challengers: [{ name: "broken", model: broken }] },
        numbers("c", 500),
      ],
      estimators: ["constant"],
      challengers: [{ name: "slope", model: slope }],
      judge: { minGain: "1%" },
    });
    const [a, b] = await all(run);
    expect(a.challengers.map(({ name, verdict, reason }) => [name, verdict?.verdict, reason])).toEqual([
      ["slope", "JUSTIFIED", null],
    ]);
    expect(a.challengers[0].verdict!.margin).toMatchObject({ value: 0.01, assumed: false });
    expect(b.status).toBe("failed");
    expect(b.reason).toMatch(/^broken: .*no luck/);
    expect(b.challengers.map(({ name, verdict }) => [name, verdict?.verdict])).toEqual([
      ["slope", "JUSTIFIED"],
      ["broken", undefined],
    ]);
    const { across, failed } = await run.summary();
    expect(failed).toEqual(["b"]);
    const [{ overall }] = across!.challengers;
    expect(overall).toMatchObject({ name: "slope", datasets: 3, wins: 3, reason: "too-few-datasets" });
  });

  it("goes on when a table fails, and says why", async () => {
    const failing: Estimator = {
      ...own,
      name: "failing",
      fit: () => {
        throw new FitError("failing: nothing to learn");
      },
    };
    const run = benchmark({
      ...QUICK,
      datasets: [
        { name: "gone", data: join(scratch, "gone.csv") },
        { ...numbers("odd"), target: "price" },
        {
          name: "unreadable",
          data: () => {
            throw new TypeError("no table today");
          },
        },
        numbers("fine"),
      ],
      estimators: ["linear", failing],
    });
    const results = await all(run);
    expect(results.map(({ status }) => status)).toEqual(["failed", "failed", "failed", "ok"]);
    expect(results.slice(0, 3).map(({ reason }) => reason)).toEqual([
      expect.stringContaining("gone.csv"),
      expect.stringContaining("price"),
      "TypeError: no table today",
    ]);
    expect(artifactOf(results[3]).ladder.at(-1)).toMatchObject({ rung: "failing", status: "failed" });
    expect(await run.summary()).toMatchObject({ failed: ["gone", "odd", "unreadable"], across: null });
  });

  it("keeps benchmarks where it is told to, and leaves nothing behind elsewhere", async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith("baseline-"));
    const out = join(scratch, "kept");
    const run = benchmark({ ...QUICK, datasets: [numbers("a/b"), classes("c")], estimators: ["one-rule"], out });
    await run.summary();
    expect(readdirSync(out).sort()).toEqual(["a%2Fb", "c"]);
    expect(openArtifact(join(out, "c")).artifact.target.name).toBe("y");
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith("baseline-"))).toEqual(before);
  });
});

describe("a benchmark that is not run to the end", () => {
  /** Readers that tell which tables were asked for. */
  function watched(...names: string[]): { datasets: DatasetInput[]; read: string[] } {
    const read: string[] = [];
    const datasets = names.map((name) => ({
      name,
      target: "y",
      data: () => {
        read.push(name);
        return lines("number", name);
      },
    }));
    return { datasets, read };
  }

  it("does nothing before it is asked, and nothing more once the loop is left", async () => {
    const { datasets, read } = watched("a", "b", "c");
    const run = benchmark({ ...QUICK, datasets, estimators: ["one-rule"] });
    expect(read).toEqual([]);
    for await (const { name } of run) if (name === "b") break;
    expect(read).toEqual(["a", "b"]);
    expect((await run.summary()).datasets).toEqual(["a", "b"]);
    expect(read).toEqual(["a", "b"]);
  });

  it("ends at once with the signal's reason, in the middle of a table too", async () => {
    const { datasets, read } = watched("a", "b");
    const controller = new AbortController();
    let fits = 0;
    const stopping: Estimator = {
      ...own,
      fit: (view, params, rng) => {
        if (++fits === 2) controller.abort(new Error("enough"));
        return own.fit(view, params, rng);
      },
    };
    const run = benchmark({ ...QUICK, datasets, estimators: ["constant", stopping], signal: controller.signal });
    await expect(all(run)).rejects.toThrow("enough");
    expect(fits).toBe(2);
    expect(read).toEqual(["a"]);
    expect((await run.summary()).datasets).toEqual([]);
    const late = benchmark({ ...QUICK, datasets, signal: controller.signal });
    await expect(all(late)).rejects.toThrow("enough");
    expect(read).toEqual(["a"]);
  });
});

describe("what benchmark refuses, before anything is done", () => {
  it.each<[options: object, sentence: string]>([
    [{ dataset: [] }, 'benchmark: there is no option "dataset" (did you mean "datasets"?)'],
    [{ datasets: [] }, "datasets: wanted at least one table"],
    [{ datasets: "wine.csv" }, 'datasets: wanted a list of tables, got "wine.csv"'],
    [{ datasets: ["wine.csv"] }, 'datasets[0]: wanted a table as { name, data }, got "wine.csv"'],
    [{ datasets: [{ name: "a" }] }, "datasets[0]: wanted its data"],
    [{ datasets: [{ data: [] }] }, "datasets[0]: wanted a name, got undefined"],
    [{ datasets: [numbers("a"), numbers("a")] }, 'datasets[1]: there is a table "a" already; rename one'],
    [
      { datasets: [{ ...numbers("a"), tagret: "y" }] },
      'datasets[0] (a): there is no option "tagret" (did you mean "target"?)',
    ],
    [{ datasets: [{ ...numbers("a"), folds: 1 }] }, "folds: wanted a whole number from 2, got 1"],
    [
      { datasets: [numbers("a")], estimators: ["linaer"] },
      'estimators: there is no model "linaer" (did you mean "linear"?)',
    ],
    [{ datasets: [numbers("a")], estimators: [{ ...own, name: "tree" }] }, 'there is an estimator "tree" already'],
    [
      { datasets: [numbers("a")], metrics: ["acuracy"] },
      'metrics: there is no metric "acuracy" (did you mean "accuracy"?)',
    ],
    [{ datasets: [numbers("a")], splits: { fold: 3 } }, 'splits: there is no option "fold" (did you mean "folds"?)'],
    [{ datasets: [numbers("a")], splits: { test: "b.csv" } }, 'splits: there is no option "test"'],
    [
      { datasets: [numbers("a")], judge: { mingain: "1%" } },
      'judge: there is no option "mingain" (did you mean "minGain"?)',
    ],
    [{ datasets: [numbers("a")], signal: true }, "signal: wanted an AbortSignal, got true"],
    [{ datasets: [numbers("a")], workers: 0 }, "workers: wanted a whole number from 1, got 0"],
  ])("%#", (options, sentence) => {
    const act = (): unknown => benchmark(options as BenchmarkOptions);
    expect(act).toThrow(OptionError);
    expect(act).toThrow(sentence);
  });
});
