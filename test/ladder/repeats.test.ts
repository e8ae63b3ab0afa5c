import { describe, expect, it } from "vitest";
import { trainBenchmark, type Benchmark } from "../../src/benchmark/train.ts";
import { seeded } from "../../src/numeric/rng.ts";

type Row = Readonly<Record<string, number | string>>;

/** `signal`: how much x says of the answer; the other columns say nothing. */
function table(rows: number, signal: number): Row[] {
  const rng = seeded("repeats").split(rows);
  return Array.from({ length: rows }, () => {
    const x = rng.normal();
    const noise = [rng.normal(), rng.normal(), rng.normal()];
    return { x, a: noise[0], b: noise[1], c: noise[2], y: signal * x + rng.normal() > 0 ? "yes" : "no" };
  });
}

const options = { models: ["one-rule", "naive-bayes"], workers: 1 };
const clear = table(90, 0.5);
const open = table(70, 0.5);

/** All that is said of scores and choice. */
function said({ artifact, models }: Benchmark): unknown {
  const { ladder, champion, steps, search, bar } = artifact;
  return {
    ladder,
    champion,
    steps,
    search,
    bar,
    models: [...models],
    splits: { ...artifact.splits, repeating: undefined },
  };
}

describe("repeats of small tables", () => {
  it("are few where other folds would choose the same, and more where they would not", async () => {
    const [few, many] = [await trainBenchmark(clear, options), await trainBenchmark(open, options)];
    expect(few.artifact.splits).toMatchObject({ repeats: 2, repeating: { atLeast: 2, atMost: 10, settled: true } });
    expect(few.artifact.splits.repeating!.answersSaved).toBe(8 * 5 * 3);
    const { repeats, repeating } = many.artifact.splits;
    expect(repeats).toBeGreaterThan(2);
    expect(repeating!.answersSaved).toBe((10 - repeats) * 5 * 3);
    expect(many.artifact.ladder[1].cv.log_loss.folds.length).toBe(5 * repeats);
    if (!repeating!.settled) expect(repeats).toBe(10);
  });
  it("are as good as asked for: the same answers, scores and champion to the last digit", async () => {
    for (const rows of [clear, open]) {
      const free = await trainBenchmark(rows, options);
      const asked = await trainBenchmark(rows, { ...options, repeats: free.artifact.splits.repeats });
      expect(asked.artifact.splits.repeating).toBeUndefined();
      expect(said(asked)).toEqual(said(free));
    }
  });
  it("are obeyed when their number is given", async () => {
    const { artifact } = await trainBenchmark(clear, { ...options, repeats: 4, models: ["one-rule"] });
    expect(artifact.splits.repeats).toBe(4);
    expect(artifact.ladder[1].cv.log_loss.folds.length).toBe(20);
  });
  it("are the same for any number of workers", async () => {
    const two = await trainBenchmark(open, { ...options, workers: 2 });
    expect(said(two)).toEqual(said(await trainBenchmark(open, options)));
  });
  it("that are cut short count for nothing: what was complete stands", async () => {
    const controller = new AbortController();
    const { artifact } = await trainBenchmark(open, options, {
      signal: controller.signal,
      onProgress: (progress) => {
        if (progress.phase === "training" && progress.detail === "repeat 4") controller.abort(new Error("enough"));
      },
    });
    expect(artifact).toMatchObject({ interrupted: true, splits: { repeats: 3, repeating: { settled: false } } });
    expect(artifact.ladder.every(({ status }) => status === "ok")).toBe(true);
    expect(artifact.ladder[1].cv.log_loss.folds.length).toBe(15);
  });
});
