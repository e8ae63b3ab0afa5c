import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Entrant } from "../../src/challengers/contract.ts";
import type { Answers } from "../../src/challengers/given-answers.ts";
import {
  arraysChallenger,
  functionChallenger,
  type FunctionOptions,
  type ModelFunction,
} from "../../src/challengers/model-function.ts";
import { readCases } from "../../src/challengers/must-pass.ts";
import { reopenData } from "../../src/challengers/reopen-data.ts";
import { compare } from "../../src/benchmark/compare.ts";
import type { Loaded } from "../../src/intake/load.ts";
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
  binary = await made(parent, "binary", 600);
  regression = await made(parent, "regression", 600);
  small = await made(parent, "multiclass", 120, { repeats: 2, folds: 3 });
});

/** The squashed x of each row: good answers. */
const squashed: ModelFunction = (_, test) => ({
  probability: test.columns.get("x")!.map((x) => 1 / (1 + Math.exp(-3 * Number(x ?? 0)))),
});
const run = (on: Opened, model: ModelFunction, options: Partial<FunctionOptions> = {}): Promise<Entrant> =>
  functionChallenger(on.opened, on.loaded, { name: "mine", model, ...options });

describe("a function", () => {
  it("sees the table's cells, the target apart, and nothing the benchmark ignores", async () => {
    await run(binary, (train, test, { seed, part, classes }) => {
      expect([seed, part, classes]).toEqual([0, "holdout", ["no", "yes"]]);
      expect([...train.columns.keys()]).toEqual(["id", "x", "z"]);
      expect([...test.columns.keys()]).toEqual(["id", "x", "z"]);
      expect(train.target.length).toBe(train.rows);
      expect(new Set(train.target)).toEqual(new Set(["no", "yes"]));
      const [record] = test.records();
      const row = binary.opened.held[0];
      expect(record).toEqual(Object.assign(Object.create(null), { id: `id${row}`, x: record.x, z: record.z }));
      expect(test.columns.get("x")!.includes(null)).toBe(true);
      expect(Array.from(test.numbers)).toEqual(Array.from(binary.opened.held));
      return squashed(train, test, { seed, part, classes });
    });
  });
  it("goes straight into a comparison", async () => {
    const { challengers } = await compare(binary.opened, [await run(binary, squashed)]);
    expect(challengers[0]).toMatchObject({ name: "mine", part: "holdout" });
    expect(challengers[0].gain).not.toBeNull();
  });
  it("may give values, classes, or a list of probabilities a row", async () => {
    const values = await run(regression, (_, test) => test.columns.get("x")!.map(Number));
    expect(values.challenger.holdout![0].kind).toBe("value");
    const labels = await run(binary, (_, test) => test.columns.get("x")!.map((x) => (Number(x) > 0 ? "yes" : "no")));
    expect(labels.labelsOnly).toBe(true);
    const lists = await run(small, async (_, test) => ({
      probabilities: Array.from({ length: test.rows }, () => [0.2, 0.3, 0.5]),
    }));
    const [{ values: shares }] = lists.challenger.folds!;
    expect(shares.length).toBe(3 * small.opened.folded.part.row.length);
    expect(Array.from(shares.subarray(0, 3))).toEqual([0.2, 0.3, 0.5]);
    expect(small.opened.artifact.classes).toEqual(["high", "low", "mid"]);
  });
  it("is called once a seed and part", async () => {
    const seen: string[] = [];
    const { challenger } = await run(
      binary,
      (train, test, context) => {
        seen.push(`${context.seed} ${context.part}`);
        return squashed(train, test, context);
      },
      { seeds: 2, folds: true },
    );
    expect(seen.length).toBe(12);
    expect([seen[0], seen[6]]).toEqual(["0 holdout, seed 1 of 2", "1 holdout, seed 2 of 2"]);
    expect([challenger.holdout!.length, challenger.folds!.length]).toEqual([2, 2]);
  });
  it("is asked must-pass cases in its first call", async () => {
    const path = join(parent, "cases.csv");
    writeFileSync(path, "x,z,expected_min\n3,plain,0.9\n-3,plain,0.9\n");
    const cases = await readCases(binary.opened, binary.loaded, path);
    const { challenger } = await run(binary, squashed, { cases, seeds: 3 });
    expect(challenger.failures).toEqual(["case 2: wanted at least 0.9 as probability of yes, got 0.0001234"]);
    expect(challenger.holdout).toBeUndefined();
  });
});

describe("answers of a function that cannot be used", () => {
  const refused = (answers: unknown, on = binary) => expect(run(on, () => answers as Answers)).rejects;
  it("are counted and named", async () => {
    await refused([1]).toThrow("mine (holdout): wanted 120 answers, one a row, got 1");
    await refused({ probability: Array.from({ length: 120 }, (_, i) => (i < 2 ? Number.NaN : 0.5)) }).toThrow(
      /mine \(holdout\): 2 rows have no probability from 0 to 1/,
    );
    await refused(Array.from({ length: 120 }, () => "maybe")).toThrow(/120 rows have a prediction that is none of the/);
    await refused({ probabilities: [[0.5, 0.5, 0]] }).toThrow(/wanted 2 probabilities a row.*got 3 at position 0/);
    await refused(null).toThrow(/wanted an array of answers.*got null/);
    await refused(undefined).toThrow(/wanted an array of answers.*got undefined/);
    await refused({}).toThrow(/got undefined/);
    await refused(
      Array.from({ length: 120 }, () => Infinity),
      regression,
    ).toThrow(/120 rows have no number of a size that can be scored/);
  });
  it("come with the reason when it throws, or is stopped", async () => {
    await expect(
      run(binary, () => {
        throw new TypeError("x is undefined");
      }),
    ).rejects.toThrow("mine (holdout): threw TypeError: x is undefined");
    const signal = AbortSignal.abort(new Error("stopped by Ctrl-C"));
    await expect(run(binary, squashed, { signal })).rejects.toThrow("stopped by Ctrl-C");
  });
});

describe("answers as arrays", () => {
  it("are taken for either part or both", async () => {
    const { held, folded } = binary.opened;
    const rate = (count: number): Answers => ({ probability: new Float64Array(count).fill(0.25) });
    const both = await arraysChallenger(binary.opened, {
      name: "flat",
      holdout: rate(held.length),
      folds: rate(folded.part.row.length),
    });
    expect(both.challenger.holdout![0].values[1]).toBe(0.25);
    expect(both.challenger.folds![0].values.length).toBe(2 * folded.part.row.length);
    const { challengers } = await compare(binary.opened, [both]);
    expect(challengers[0].verdict).toBe("NOT JUSTIFIED");
  });
  it("are refused when there are none, too few, or of two kinds", async () => {
    const { held, folded } = binary.opened;
    await expect(arraysChallenger(binary.opened, { name: "none" })).rejects.toThrow(/none: wanted answers in holdout/);
    await expect(arraysChallenger(binary.opened, { name: "few", holdout: ["yes"] })).rejects.toThrow(/wanted 120/);
    const labels = Array.from(held, () => "yes");
    const folds = { probability: new Float64Array(folded.part.row.length) };
    await expect(arraysChallenger(binary.opened, { name: "two", holdout: labels, folds })).rejects.toThrow(
      /two: gives probabilities for one part and classes alone for the other/,
    );
  });
});
