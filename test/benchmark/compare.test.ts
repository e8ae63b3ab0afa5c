import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compare, type CompareOptions } from "../../src/benchmark/compare.ts";
import { openBenchmark, type OpenBenchmark } from "../../src/intake/opened.ts";
import type { VerdictEntry } from "../../src/report/verdict.ts";
import { checkVerdict } from "../../src/report/schema/verdict.ts";
import { foldLines, heldLines, makeBenchmark, records, scratch, writeCsv, type Line } from "./folders.ts";

const folder = scratch();
let binary: OpenBenchmark;
let regression: OpenBenchmark;
let repeated: OpenBenchmark;

beforeAll(async () => {
  const make = async (name: string, ...rest: [ReturnType<typeof records>, Parameters<typeof makeBenchmark>[2]?]) =>
    openBenchmark(await makeBenchmark(join(folder, name), ...rest));
  binary = await make("binary", records(1500, "binary"));
  regression = await make("regression", records(600, "regression"), { group: "site" });
  repeated = await make("repeated", records(120, "multiclass"), { folds: 3, repeats: 3 });
});

let files = 0;
const file = (lines: readonly Line[], name = `file-${files++}`): string => writeCsv(join(folder, `${name}.csv`), lines);
const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "it was taken",
    (error: Error) => `${error.name}: ${error.message}`,
  );
async function only(opened: OpenBenchmark, lines: readonly Line[], options?: CompareOptions): Promise<VerdictEntry> {
  const { challengers } = await compare(opened, [file(lines)], options);
  expect(challengers.length).toBe(1);
  return challengers[0];
}

describe("verdicts", () => {
  it("an oracle is JUSTIFIED, a coin NOT JUSTIFIED (worse), and the sentence says so first", async () => {
    const oracle = await only(binary, heldLines(binary, 0.95));
    expect(oracle).toMatchObject({ verdict: "JUSTIFIED", part: "holdout", metric: "log_loss", rows: 300 });
    expect(oracle.sentence).toMatch(/^file-\d+ is JUSTIFIED\. Its log_loss is [\d.]+ where \S+ has [\d.]+: a gain of/);
    const coin = await only(binary, heldLines(binary, 0));
    expect(coin).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "worse", baseline: "one-rule" });
    expect(coin.sentence).toContain("What to do: stay with the simple model.");
  });
  it("the champion against itself is NOT JUSTIFIED (equivalent), from its own file of nine digits", async () => {
    const champion = binary.baselines.find(({ name }) => name === binary.artifact.champion.rung)!;
    const { values } = champion.holdout![0];
    const lines = Array.from(binary.held, (row, i) => ({
      row,
      proba_no: Number((1 - values[2 * i + 1]).toPrecision(9)),
      proba_yes: Number(values[2 * i + 1].toPrecision(9)),
    }));
    expect(await only(binary, lines)).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "equivalent", gain: 0 });
  });
  it("folds are judged where only they are given, provisionally; both where both are", async () => {
    const lines = foldLines(repeated, 0.9);
    const folds = await only(repeated, lines);
    expect(folds).toMatchObject({ verdict: "JUSTIFIED", part: "folds", provisional: true, rows: 120 });
    const both = [...foldLines(binary, 0.9), ...heldLines(binary, 0.9)];
    const { protocol, challengers } = await compare(binary, [file(both)]);
    expect(protocol).toBe("both");
    expect(challengers[0].other).toMatchObject({ part: "folds", verdict: "JUSTIFIED" });
    const torn = [...foldLines(binary, 0), ...heldLines(binary, 0.95)];
    expect(await only(binary, torn)).toMatchObject({ verdict: "INCONCLUSIVE", reason: "cv-holdout-conflict" });
  });
  it("groups of the benchmark are the witnesses", async () => {
    const v = await only(regression, heldLines(regression, 0.9));
    expect(v.units).toEqual({ kind: "groups", count: 20 });
    expect(v.verdict).toBe("JUSTIFIED");
  });
  it("several challengers share the error rate, whatever their order; the file names them", async () => {
    const [a, b] = [file(heldLines(binary, 0.95), "oracle"), file(heldLines(binary, 0), "coin")];
    const one = await compare(binary, [a, b]);
    const two = await compare(binary, [b, a]);
    expect(one.challengers.map(({ name }) => name)).toEqual(["oracle", "coin"]);
    expect(one.family.winner).toMatchObject({ name: "oracle" });
    expect(two.challengers.toReversed()).toEqual(one.challengers);
    expect(await failure(compare(binary, [a, a]))).toMatch(/two challengers have this name/);
  });
  it("the same input gives the same document, which fits its schema", async () => {
    const path = file(heldLines(binary, 0.6));
    const [one, two] = [await compare(binary, [path]), await compare(binary.folder, [path])];
    expect(two).toEqual(one);
    expect(checkVerdict(JSON.parse(JSON.stringify(one)))).toEqual(one);
    expect(one.benchmark).toBe(binary.fingerprint);
  });
  it("arrays are as good as files", async () => {
    const lines = heldLines(binary, 0.9);
    const values = Float64Array.from(lines.flatMap(({ proba_no, proba_yes }) => [Number(proba_no), Number(proba_yes)]));
    const holdout = [{ kind: "probability" as const, classes: 2, values }];
    const fromFile = await compare(binary, [file(lines, "same")]);
    const fromArrays = await compare(binary, [{ name: "same", holdout }]);
    expect(fromArrays.challengers[0].gain).toBeCloseTo(fromFile.challengers[0].gain!, 12);
    expect(
      await failure(
        compare(binary, [{ name: "a", holdout: [{ kind: "probability", classes: 2, values: values.map(() => 2) }] }]),
      ),
    ).toBe("ChallengerError: a: holdout must hold probabilities, got 2 at position 0");
    expect(await failure(compare(binary, [{ name: "a", holdout: [{ kind: "value", values }] }]))).toMatch(
      /must hold answers of kind probability, got value/,
    );
  });
});

describe("labels", () => {
  it("are judged by the label metric, with a note, and all others with them", async () => {
    const path = file(heldLines(binary, 0.9, true), "labels");
    const { labelMetric } = binary.artifact;
    const { challengers } = await compare(binary, [path, file(heldLines(binary, 0.9))]);
    expect(challengers.map(({ metric }) => metric)).toEqual([labelMetric!.name, labelMetric!.name]);
    expect(challengers[0].notes.join()).toContain("since labels gives classes without probabilities");
    expect(challengers[1].sentence).toContain("to be comparable");
  });
  it("cannot be judged by a metric of probabilities", async () => {
    const path = file(heldLines(binary, 0.9, true), "bare");
    expect(await failure(compare(binary, [path], { metric: "log_loss" }))).toBe(
      "ChallengerError: bare: gives classes without probabilities, and log_loss needs them; add columns proba_<class>, or judge it by --metric accuracy",
    );
    expect(await failure(compare(binary, [path], { metric: "roc_auc" }))).toMatch(/^ChallengerError/);
  });
});

describe("what decides", () => {
  it("another metric, with the floor that suits it", async () => {
    const v = await only(regression, heldLines(regression, 0.9), { metric: "mae" });
    expect(v.metric).toBe("mae");
    const constant = v.against.find(({ baseline }) => baseline === "constant")!;
    expect(constant.score).toBeCloseTo(regression.artifact.ladder[0].holdout.mae.value!, 6);
    const { target } = regression.data;
    const held = Array.from(regression.held, (row) => (target.task === "regression" ? target.values[row] : 0));
    const mean = regression.baselines[0].holdout![0].values[0];
    const byMean = held.reduce((sum, y) => sum + Math.abs(y - mean), 0) / held.length;
    expect(constant.score).not.toBeCloseTo(byMean, 6);
  });
  it("a margin in the metric's unit, a share of what is left, or money", async () => {
    const lines = heldLines(binary, 0.9);
    const margin = async (options: CompareOptions) => (await only(binary, lines, options)).margin;
    expect(await margin({})).toEqual({ value: 0.01, kind: "relative", assumed: true });
    expect(await margin({ minGain: "5%" })).toEqual({ value: 0.05, kind: "relative", assumed: false });
    expect(await margin({ minGain: 0.02 })).toEqual({ value: 0.02, kind: "absolute", assumed: false });
    const money = { valuePerUnit: 50, extraCost: 1 };
    expect(await margin(money)).toEqual({ value: 0.02, kind: "absolute", assumed: false, money });
  });
  it("costs of decisions, inline or from a file, classes in any order", async () => {
    const lines = heldLines(binary, 0.97);
    const inline = await only(binary, lines, { costMatrix: "fp=1, fn=5" });
    expect(inline).toMatchObject({ metric: "expected_cost", verdict: "JUSTIFIED" });
    const path = join(folder, "costs.csv");
    writeFileSync(path, "decision,yes,no\nyes,0,1\nno,5,0\n");
    expect((await only(binary, lines, { costMatrix: path })).gain).toBe(inline.gain);
    expect(
      (
        await only(binary, lines, {
          costMatrix: [
            [0, 5],
            [1, 0],
          ],
        })
      ).gain,
    ).toBe(inline.gain);
    expect((await only(binary, lines, { costMatrix: "fp=1,fn=5", extraCost: 0.1 })).margin.value).toBe(0.1);
  });
  it("the champion only, on request", async () => {
    const v = await only(binary, heldLines(binary, 0.9), { against: "champion" });
    expect(v.against.map(({ baseline }) => baseline)).toEqual([binary.artifact.champion.rung]);
  });
  it("a guarantee for any number of rows widens the interval", async () => {
    const lines = heldLines(binary, 0.9);
    const options = { metric: "brier", minGain: 0 };
    const [usual, sure] = [
      await only(binary, lines, options),
      await only(binary, lines, { ...options, guarantee: "finite-sample" }),
    ];
    expect(sure.test.name).toBe("betting");
    expect(sure.bounds.upper! - sure.bounds.lower!).toBeGreaterThan(usual.bounds.upper! - usual.bounds.lower!);
  });
  it("budgets: a size or a time that nobody measured leaves it open, never green", async () => {
    const v = await only(binary, heldLines(binary, 0.95), { maxSize: "5MB", maxLatencyP50: "2x" });
    expect(v).toMatchObject({ verdict: "INCONCLUSIVE", reason: "budget-uncertain" });
    expect(v.cost.map(({ limit, unit }) => [limit, unit])).toEqual([
      [2, "times the champion"],
      [5e6, "bytes"],
    ]);
    const lines = heldLines(binary, 0.95);
    const values = Float64Array.from(lines.flatMap(({ proba_no, proba_yes }) => [Number(proba_no), Number(proba_yes)]));
    const sized = (size: number, options: CompareOptions) =>
      compare(
        binary,
        [{ name: "sized", holdout: [{ kind: "probability", classes: 2, values }], cost: { size } }],
        options,
      );
    expect((await sized(6e6, { maxSize: "5 MB" })).challengers[0]).toMatchObject({ sublabel: "over-budget" });
    expect((await sized(4e6, { maxSize: "5MB" })).challengers[0].verdict).toBe("JUSTIFIED");
    const { bytes } = binary.artifact.ladder.find(({ rung }) => rung === binary.artifact.champion.rung)!;
    expect((await sized(3 * bytes!, { maxSize: "2x" })).challengers[0]).toMatchObject({ sublabel: "over-budget" });
  });
});

describe("costs that are declared", () => {
  const asked = (options: CompareOptions) => only(binary, heldLines(binary, 0.95), options);
  it("are taken at their word, marked, and compared with the limits", async () => {
    const kept = await asked({ maxSize: "5MB", maxLatencyP95: "10ms", declare: "size=3MB,latency-p95=4ms" });
    expect(kept.verdict).toBe("JUSTIFIED");
    expect(kept.cost.map(({ quantity, measured, declared }) => [quantity, measured, declared])).toEqual([
      ["latency-p95", 4000, true],
      ["size", 3e6, true],
    ]);
    const over = await asked({ maxMemory: "1GB", declare: ["memory=2GB"] });
    expect(over).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "over-budget" });
    expect(over.sentence).toContain("Cost: memory 2 GB (declared), at most 1 GB: over.");
    const half = await asked({ maxSize: "5MB", maxMemory: "1GB", declare: "size=3MB" });
    expect(half).toMatchObject({ verdict: "INCONCLUSIVE", reason: "budget-uncertain" });
  });
  it("need a quantity, a unit and one challenger; what was measured stands", async () => {
    for (const declare of ["weight=3kg", "size", "size=3", "size=0MB", "size=3ms"])
      expect(await failure(asked({ declare }))).toMatch(/^OptionError: declare: wanted .* such as size=/);
    const two = [file(heldLines(binary, 0.9)), file(heldLines(binary, 0.8))];
    expect(await failure(compare(binary, two, { declare: "size=3MB" }))).toMatch(/declare: wanted one challenger/);
    const values = Float64Array.from(
      heldLines(binary, 0.95).flatMap(({ proba_no, proba_yes }) => [Number(proba_no), Number(proba_yes)]),
    );
    const measured = {
      name: "m",
      holdout: [{ kind: "probability" as const, classes: 2, values }],
      cost: { size: 6e6 },
    };
    const { challengers } = await compare(binary, [measured], { maxSize: "5MB", declare: "size=3MB" });
    expect(challengers[0].cost[0]).toMatchObject({ measured: 6e6, declared: false, outcome: "over" });
  });
});

describe("options that cannot be used end in a sentence", () => {
  const cases: readonly (readonly [CompareOptions, RegExp])[] = [
    [{ metric: "rmse" }, /^OptionError: metric "rmse" is not a metric for a binary target; choose one of/],
    [
      { minGain: "a lot" },
      /^OptionError: minGain: wanted a gain such as 0.01, or a share below 100 % such as 1%, got a lot$/,
    ],
    [{ minGain: "100%" }, /^OptionError: minGain/],
    [{ minGain: -0.1 }, /^OptionError: minGain/],
    [{ minGain: 0.1, extraCost: 1, valuePerUnit: 2 }, /^OptionError: minGain: the margin follows from/],
    [{ extraCost: 1 }, /^OptionError: extraCost: wanted --value-per-unit too/],
    [{ valuePerUnit: 1 }, /^OptionError: valuePerUnit: wanted --extra-cost too/],
    [{ valuePerUnit: 0, extraCost: 1 }, /^OptionError: valuePerUnit: wanted a number above 0, got 0$/],
    [{ alpha: 0.5 }, /^OptionError: alpha: wanted a level between 0 and 0.5, got 0.5$/],
    [{ costMatrix: "fx=1" }, /^OptionError: costMatrix: wanted costs of outcomes such as fp=1,fn=5 .* got fx=1$/],
    [{ costMatrix: "nowhere.csv" }, /^OptionError: costMatrix: .* there is no file nowhere.csv$/],
    [{ costMatrix: [[0, 1]] }, /^OptionError: costMatrix: wanted 2 x 2 finite numbers/],
    [{ costMatrix: "fp=1", metric: "brier" }, /exclude each other/],
    [{ guarantee: "finite-sample", metric: "roc_auc" }, /^OptionError: guarantee: .* got roc_auc$/],
    [{ maxSize: "5" }, /^OptionError: maxSize: wanted a limit with its unit \(B, .* such as 5MB, .* got 5$/],
    [{ maxLatencyP95: "0ms" }, /^OptionError: maxLatencyP95/],
    [{ maxTrainingTime: "soon" }, /^OptionError: maxTrainingTime/],
  ];
  for (const [options, message] of cases)
    it(JSON.stringify(options), async () => {
      expect(await failure(compare(binary, [file(heldLines(binary, 0.9))], options))).toMatch(message);
    });
  it("no challenger at all; challengers of different rows", async () => {
    expect(await failure(compare(binary, []))).toMatch(/^OptionError: compare: wanted at least one challenger/);
    const [a, b] = [file(heldLines(binary, 0.9), "held"), file(foldLines(binary, 0.9), "folded")];
    expect(await failure(compare(binary, [a, b]))).toBe(
      "ChallengerError: the challengers answer for different rows (held answers for held-out rows; folded answers for out-of-fold rows); compare them one by one",
    );
    const both = file([...heldLines(binary, 0.9), ...foldLines(binary, 0.9)], "both");
    const { challengers, protocol } = await compare(binary, [a, both]);
    expect(protocol).toBe("holdout");
    expect(challengers[1].sentence).toContain("its out-of-fold rows were not judged");
  });
});
