import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtinChallenger, type BuiltinOptions } from "../../src/challengers/builtin.ts";
import type { Entrant } from "../../src/challengers/contract.ts";
import { readCases } from "../../src/challengers/must-pass.ts";
import { reopenData } from "../../src/challengers/reopen-data.ts";
import type { Loaded } from "../../src/intake/load.ts";
import { compare } from "../../src/benchmark/compare.ts";
import { LEAST_RUNS } from "../../src/compare/budget.ts";
import type { Prediction } from "../../src/frame/prediction.ts";
import { benchmarkOnDisk, scratch, type OnDisk } from "./benchmark.ts";

type Opened = OnDisk & { loaded: Loaded };
let parent: string;
let binary: Opened;
let regression: Opened;
let small: Opened;

beforeAll(async () => {
  parent = scratch(afterAll);
  const made = async (...args: Parameters<typeof benchmarkOnDisk>): Promise<Opened> => {
    const one = await benchmarkOnDisk(...args);
    return { ...one, loaded: await reopenData(one.opened, one.data) };
  };
  binary = await made(parent, "binary", 600, { models: ["naive-bayes"] });
  regression = await made(parent, "regression", 600, { metric: "mae", models: ["linear"], nested: "never" });
  small = await made(parent, "multiclass", 150, { repeats: 2, folds: 3, models: ["naive-bayes"] });
});

const run = (on: Opened, name: string, options: Partial<BuiltinOptions> = {}): Promise<Entrant> =>
  builtinChallenger(on.opened, on.loaded, { name, workers: 1, ...options });
const largest = (a: Prediction, b: Prediction): number => {
  expect(a.values.length).toBe(b.values.length);
  return a.values.reduce((most, value, i) => Math.max(most, Math.abs(value - b.values[i])), 0);
};

describe("a built-in challenger", () => {
  it("is trained as a baseline is: the same recipe gives the baseline's own answers", async () => {
    for (const [on, name, parts] of [
      [binary, "naive-bayes", ["holdout", "folds"]],
      [regression, "linear", ["holdout", "folds"]],
      [small, "naive-bayes", ["folds"]],
    ] as const) {
      const { challenger } = await run(on, name, { folds: true });
      const own = on.opened.baselines.find((one) => one.name === name)!;
      for (const part of parts) expect(largest(challenger[part]![0], own[part]![0])).toBeLessThan(1e-6);
      if (on === small) expect(challenger.holdout).toBeUndefined();
    }
  });
  it("answers for the held-out rows only unless asked for folds", async () => {
    const { challenger } = await run(binary, "tree", { trials: 3 });
    expect([challenger.holdout?.length, challenger.folds]).toEqual([1, undefined]);
  });
  it("is searched and trained anew with every seed, and its answers do not depend on the number of workers", async () => {
    const seeds = await run(binary, "boosting", { trials: 2, seeds: 2 });
    const workers = await run(binary, "boosting", { trials: 2, workers: 2 });
    expect(seeds.challenger.holdout!.length).toBe(2);
    expect(workers.challenger.holdout![0]).toEqual(seeds.challenger.holdout![0]);
    expect((seeds.challenger.cost!.trainingTime as Float64Array).length).toBe(2);
  });
  it("is measured beside the champion, in the same run", async () => {
    const { challenger, champion, notes } = await run(binary, "boosting", { trials: 2 });
    for (const cost of [challenger.cost!, champion!]) {
      expect(cost.latency!.runs.length).toBeGreaterThan(LEAST_RUNS);
      expect(cost.latency!.batch).toBe(binary.opened.held.length);
      expect(cost.trainingTime).toBeGreaterThan(0);
    }
    expect(challenger.cost!.size).toBeGreaterThan(champion!.size!);
    expect(champion!.size).toBe(
      binary.opened.artifact.ladder.find(({ rung }) => rung === binary.opened.artifact.champion.rung)!.bytes,
    );
    expect(notes.join()).toMatch(/searched with \d+ trials/);
  });
  it("goes straight into a comparison", async () => {
    const { challengers } = await compare(binary.opened, [await run(binary, "naive-bayes")]);
    expect(challengers[0]).toMatchObject({ name: "naive-bayes", verdict: "NOT JUSTIFIED" });
  });
  it("tells how far it is", async () => {
    const details: string[] = [];
    await run(binary, "tree", {
      trials: 2,
      onProgress: ({ seed, seeds, detail }) => details.push(`${seed}/${seeds} ${detail}`),
    });
    expect(details[0]).toMatch(/^1\/1 trial 1\/2/);
  });
});

describe("must-pass cases of a built-in", () => {
  const cases = async (...rows: string[]): Promise<NonNullable<BuiltinOptions["cases"]>> => {
    const path = join(parent, "cases.csv");
    writeFileSync(path, `x,z,expected\n${rows.join("\n")}\n`);
    return readCases(binary.opened, binary.loaded, path);
  };
  it("are asked of its model; the first that fails ends the matter", async () => {
    const good = await run(binary, "naive-bayes", { cases: await cases("3,plain,yes", "-3,plain,no") });
    expect(good.challenger.failures).toEqual([]);
    const bad = await run(binary, "naive-bayes", { cases: await cases("3,plain,yes", "3,plain,no"), seeds: 3 });
    expect(bad.challenger.failures).toEqual(["case 2: wanted no, got yes"]);
    expect(bad.challenger.holdout!.length).toBe(1);
  });
});

describe("a built-in challenger is refused", () => {
  it("by a name or a task that does not exist, or seeds that are none", async () => {
    await expect(run(binary, "magic")).rejects.toThrow(
      /builtin: there is no model "magic"; the models are constant, .*boosting/,
    );
    await expect(run(binary, "linear")).rejects.toThrow("builtin: linear does not do binary");
    await expect(run(binary, "last-value")).rejects.toThrow(/builtin: last-value needs an order of time/);
    await expect(run(binary, "tree", { seeds: 1.5 })).rejects.toThrow(/seeds: wanted a whole number/);
  });
  it("when it is stopped, with the reason", async () => {
    const controller = new AbortController();
    const running = run(binary, "boosting", {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("stopped by Ctrl-C")),
    });
    await expect(running).rejects.toThrow("stopped by Ctrl-C");
  });
  it("without the champion's model", async () => {
    const other = await benchmarkOnDisk(parent, "binary", 100, { repeats: 1 });
    const loaded = await reopenData(other.opened, other.data);
    rmSync(join(other.folder, "model.json"));
    await expect(run({ ...other, loaded }, "tree")).rejects.toThrow(/model\.json: no such file/);
  });
});
