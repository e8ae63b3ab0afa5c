import { describe, expect, it } from "vitest";
import { compare, type CompareOptions } from "../src/benchmark/compare.ts";
import { gate, type GateOptions } from "../src/benchmark/gate.ts";
import { inspect } from "../src/benchmark/inspect.ts";
import type { TrainOptions } from "../src/intake/options.ts";
import { predict } from "../src/answering/predict.ts";
import { trainBenchmark } from "../src/benchmark/train.ts";
import { commands } from "../src/cli/commands/registry.ts";
import { COMMON_OPTIONS, commanderOptions } from "../src/cli/options.ts";
import type { OptionRecord } from "../src/options/contract.ts";
import { dataOptions } from "../src/options/data.ts";
import { budgetOptions, challengerOptions, gateOptions, judgingOptions, vetoOptions } from "../src/options/judging.ts";
import { trainingOptions } from "../src/options/training.ts";
import { createStudy } from "../src/search/study.ts";
import { search } from "../src/search/search.ts";

const rows = Array.from({ length: 40 }, (_, i) => ({ x: i, y: i % 2 === 0 ? "a" : "b" }));

/** A value of the option's own kind that the API takes, and values of other kinds that nobody would mean. */
const STRANGE = [Symbol("strange"), Number.NaN, () => 1];

describe("options", () => {
  const lists: readonly (readonly [string, readonly OptionRecord[]])[] = [
    ...commands.map(({ name, options }) => [name, [...options, ...COMMON_OPTIONS]] as const),
    ["train", [...dataOptions, ...trainingOptions]],
    ["compare", [...judgingOptions, ...challengerOptions, ...vetoOptions, ...budgetOptions]],
    ["gate", [...judgingOptions, ...gateOptions]],
  ];
  it("have keys of their own in each command, and one record wherever they mean the same", () => {
    const byKey = new Map<string, Set<string>>();
    for (const [name, options] of lists) {
      expect(new Set(options.map(({ key }) => key)).size, name).toBe(options.length);
      for (const { key, kind } of options) byKey.set(key, (byKey.get(key) ?? new Set()).add(kind.wanted));
    }
    for (const [key, wanted] of byKey) expect([...wanted], key).toHaveLength(1);
  });
  it("refuse values of another kind, and read what the command line gives", () => {
    for (const [, options] of lists)
      for (const { key, kind, value, only } of options) {
        for (const strange of STRANGE) expect(kind.accepts(strange), key).toBe(false);
        if (kind.choices) expect(kind.accepts(kind.choices[0]), key).toBe(true);
        if (only !== "api") expect(kind.read === undefined, key).toBe(value === undefined);
        expect(
          commanderOptions({ key, kind, group: "g", help: "h", ...(value && { value }), ...(only && { only }) }).length,
          key,
        ).toBe(only === "api" ? 0 : 1);
      }
  });
  it("of the API's types are all in the records, and the records hold no others", () => {
    const train: Record<keyof TrainOptions, true> = {
      name: true,
      delimiter: true,
      quote: true,
      escape: true,
      skip: true,
      comment: true,
      header: true,
      names: true,
      encoding: true,
      decimal: true,
      thousands: true,
      na: true,
      defaultNa: true,
      skipBadLines: true,
      keepNa: true,
      oddRecords: true,
      types: true,
      earlier: true,
      workers: true,
      limits: true,
      signal: true,
      target: true,
      task: true,
      positive: true,
      id: true,
      group: true,
      time: true,
      weight: true,
      ruleColumn: true,
      ignore: true,
      folds: true,
      repeats: true,
      holdout: true,
      test: true,
      splits: true,
      splitKind: true,
      nested: true,
      groupDuplicates: true,
      models: true,
      estimators: true,
      rule: true,
      metric: true,
      metrics: true,
      weightMetrics: true,
      trials: true,
      sampler: true,
      racing: true,
      seed: true,
      timeLimit: true,
      redact: true,
      mute: true,
      sealHoldout: true,
    };
    const keys = (records: readonly OptionRecord[]): string[] =>
      records
        .filter(({ only }) => only !== "program")
        .map(({ key }) => key)
        .sort();
    expect(keys([...dataOptions, ...trainingOptions])).toEqual(Object.keys(train).sort());
    const compared: Record<keyof CompareOptions, true> = {
      metric: true,
      metrics: true,
      minGain: true,
      costMatrix: true,
      valuePerUnit: true,
      extraCost: true,
      alpha: true,
      against: true,
      guarantee: true,
      independentRows: true,
      sealed: true,
      seed: true,
      data: true,
      test: true,
      mustPass: true,
      workers: true,
      slices: true,
      protect: true,
      declare: true,
      maxLatencyP50: true,
      maxLatencyP95: true,
      maxSize: true,
      maxMemory: true,
      maxTrainingTime: true,
    };
    const ofCompare = keys([...judgingOptions, ...challengerOptions, ...vetoOptions, ...budgetOptions]);
    expect(ofCompare.filter((key) => key !== "trials")).toEqual(Object.keys(compared).sort());
    const gated: Record<keyof GateOptions, true> = {
      metric: true,
      metrics: true,
      minGain: true,
      costMatrix: true,
      valuePerUnit: true,
      extraCost: true,
      alpha: true,
      against: true,
      guarantee: true,
      independentRows: true,
      sealed: true,
      seed: true,
      mode: true,
      budget: true,
      ledger: true,
      requireLedger: true,
      knownRuns: true,
      anchor: true,
    };
    expect(keys([...judgingOptions, ...gateOptions])).toEqual(Object.keys(gated).sort());
  });
});

describe("the programming interface", () => {
  const odd = (options: object): never => options as never;
  it("refuses options that nobody knows, and says which was meant", async () => {
    const known = 'there is no option "traget" (did you mean "target"?)';
    await expect(trainBenchmark(rows, odd({ traget: "y" }))).rejects.toThrow(`train: ${known}`);
    await expect(inspect(rows, odd({ traget: "y" }))).rejects.toThrow(`inspect: ${known}`);
    await expect(predict("nowhere", rows, odd({ delimeter: ";" }))).rejects.toThrow(
      'predict: there is no option "delimeter" (did you mean "delimiter"?)',
    );
    await expect(compare("nowhere", [], odd({ mingain: 1 }))).rejects.toThrow('(did you mean "minGain"?)');
    await expect(gate("nowhere", "p.csv", odd({ bugdet: 1 }))).rejects.toThrow(
      'gate: there is no option "bugdet" (did you mean "budget"?)',
    );
  });
  it("refuses values that the command line refuses", async () => {
    await expect(inspect(rows, odd({ task: "banana" }))).rejects.toThrow(
      'task: wanted one of binary, multiclass, regression, got "banana"',
    );
    await expect(trainBenchmark(rows, odd({ folds: 1 }))).rejects.toThrow("folds: wanted a whole number from 2, got 1");
    await expect(trainBenchmark(rows, odd({ holdout: 1.5 }))).rejects.toThrow("holdout: wanted a share from 0 up to 1");
    await expect(trainBenchmark(rows, odd({ ignore: "x" }))).rejects.toThrow('ignore: wanted a list of texts, got "x"');
    await expect(trainBenchmark(rows, odd({ types: { x: "nummer" } }))).rejects.toThrow(
      "types: wanted kinds by column",
    );
    await expect(trainBenchmark(rows, odd({ metric: "log_los" }))).rejects.toThrow('did you mean "log_loss"?');
    await expect(trainBenchmark(rows, odd({ models: ["logistik"] }))).rejects.toThrow('did you mean "logistic"?');
    await expect(trainBenchmark(rows, odd({ target: "yy" }))).rejects.toThrow('did you mean "y"?');
    await expect(trainBenchmark(rows, odd({ target: "y", positive: "A" }))).rejects.toThrow('did you mean "a"?');
  });
  it("takes options that are undefined for left out", async () => {
    expect((await inspect(rows, odd({ target: undefined, task: undefined }))).target.name).toBe("y");
  });
  it("refuses a study's misspelt options and directions, and says why it has no best", async () => {
    const space = { x: { type: "float", low: 0, high: 1, default: 0.5 } } as const;
    expect(() => createStudy(odd({ space, direktion: "minimize" }))).toThrow('did you mean "direction"?');
    expect(() => createStudy(odd({ space, direction: "minimise" }))).toThrow(
      'direction must be minimize or maximize, got "minimise" (did you mean "minimize"?)',
    );
    const study = createStudy({ space });
    expect(() => study.select()).toThrow("none of 0 trials could be scored; no trial was run");
    study.tell(study.ask()!, { failed: "the disk was full" });
    expect(study.best()).toBeUndefined();
    expect(() => study.select()).toThrow("trial 0 failed: the disk was full");
    await expect(search(() => 1, odd({ space, worker: 2 }))).rejects.toThrow('did you mean "workers"?');
  });
});
