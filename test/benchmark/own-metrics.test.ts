/** A metric of one's own is a record: it decides in training, scores a folder that is opened again, and is what gains are tested in. */
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compare } from "../../src/benchmark/compare.ts";
import { openBenchmark } from "../../src/intake/opened.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import type { Metric, Scored } from "../../src/metrics/contract.ts";
import { heldLines, makeBenchmark, records, scratch, writeCsv } from "./folders.ts";

function errors({ truth, prediction }: Scored): Float64Array {
  if (truth.task !== "regression") throw new TypeError("wanted numbers");
  return truth.values.map((y, i) => Math.abs(y - prediction.values[i]));
}

function average(values: Float64Array, weights?: Float64Array): number {
  const total = weights ? weights.reduce((sum, w) => sum + w, 0) : values.length;
  return values.reduce((sum, x, i) => sum + x * (weights?.[i] ?? 1), 0) / total;
}

const huber = (scored: Scored): Float64Array => errors(scored).map((e) => (e < 1 ? (e * e) / 2 : e - 0.5));

const facts = {
  tasks: ["regression"],
  needs: "value",
  direction: "minimize",
  range: [0, Infinity],
  unit: "none",
} as const;

const score = (scored: Scored, weights?: Float64Array): number => average(huber(scored), weights);
const mean: Metric = { ...facts, name: "huber", title: "Huber loss", floor: "median", losses: huber, score };

/** The same as a ratio to 1, and without a word on its rows. */
const ratio: Metric = {
  ...facts,
  name: "huber_ratio",
  title: "Huber loss over 1",
  floor: "median",
  ratio: (scored) => ({ losses: huber(scored), base: huber(scored).fill(1) }),
  score,
};
const bare: Metric = { ...facts, name: "huber_bare", title: "Huber", floor: "median", score };
const metrics = [mean, ratio, bare];

describe("a metric of one's own", () => {
  const folder = scratch();
  let out: string;
  let predictions: string;
  beforeAll(async () => {
    const options = { metric: "huber", metrics, holdout: 0.5, models: ["one-rule", "linear"] };
    out = await makeBenchmark(join(folder, "out"), records(500, "regression"), options);
    predictions = writeCsv(join(folder, "rival.csv"), heldLines(await openBenchmark(out, { metrics }), 0.9));
  });

  it("decides, and stands in the artifact beside the others", async () => {
    const { artifact } = await openBenchmark(out, { metrics });
    expect(artifact.metric).toMatchObject({ name: "huber", direction: "minimize" });
    expect(artifact.options.metrics).toEqual(["huber", "huber_ratio", "huber_bare"]);
    for (const { cv } of artifact.ladder) expect(Object.keys(cv)).toEqual(expect.arrayContaining(["huber", "rmse"]));
  });
  it("is judged row by row as its record says, each way to the same end", async () => {
    const ask = async (metric: string) => (await compare(out, [predictions], { metric, metrics })).challengers[0];
    const [own, over, blind] = [await ask("huber"), await ask("huber_ratio"), await ask("huber_bare")];
    expect(own).toMatchObject({ verdict: "JUSTIFIED", metric: "huber", test: { name: "paired-t and hall" } });
    for (const other of [over, blind]) {
      expect(other.verdict).toBe("JUSTIFIED");
      expect(other.gain).toBeCloseTo(own.gain!, 9);
      expect(other.score).toBeCloseTo(own.score!, 9);
    }
    expect(over.bounds.lower).toBeCloseTo(own.bounds.lower!, 6);
  });
  it("is asked for by its name where its record was not given", async () => {
    await expect(compare(out, [predictions])).rejects.toThrow(
      `${out}: is judged by huber, a metric of its own; give its record in metrics`,
    );
  });
  it("changes no byte with the number of workers", async () => {
    const run = async (workers: number) => {
      const options = { target: "y", metric: "huber", metrics, models: ["tree"], trials: 4, workers };
      const { artifact } = await trainBenchmark(records(120, "regression"), options);
      return JSON.stringify(artifact.ladder);
    };
    expect(await run(2)).toBe(await run(1));
  });
  it("is refused by name and member when a piece is missing or does not fit", async () => {
    const asked = (...own: object[]): Promise<unknown> =>
      trainBenchmark(records(60, "regression"), { metrics: own as Metric[] });
    await expect(asked({ ...mean, score: undefined })).rejects.toThrow('metrics: "huber": wanted a function as score');
    await expect(asked(mean, mean)).rejects.toThrow('metrics: there is a metric "huber" already; choose another name');
    await expect(asked({ ...mean, name: "rmse" })).rejects.toThrow('there is a metric "rmse" already');
    await expect(asked({ ...mean, floor: "prior" })).rejects.toThrow('"huber": wanted a floor, one of mean, median');
    await expect(asked({ ...mean, ratio: huber })).rejects.toThrow("wanted one of losses, ratio and influence");
    await expect(asked({ ...bare, link: {} })).rejects.toThrow("a link goes with losses, which it lacks");
    await expect(asked({ ...mean, range: [1, 0] })).rejects.toThrow("the lowest and the highest value there can be");
    await expect(asked(5 as never)).rejects.toThrow("metrics: number 1: wanted a metric (a record), got number");
  });
});
