import { beforeAll, afterAll, describe, expect, it } from "vitest";
import type { Prediction } from "../../src/frame/prediction.ts";
import { answeredFailures, readCases, type AskedCases } from "../../src/challengers/must-pass.ts";
import { reopenData } from "../../src/challengers/reopen-data.ts";
import type { Sourced } from "../../src/challengers/source.ts";
import type { Loaded } from "../../src/intake/load.ts";
import type { MemoryTable } from "../../src/table/sources/memory.ts";
import { benchmarkOnDisk, scratch, type OnDisk } from "./benchmark.ts";

type Opened = OnDisk & { loaded: Loaded };
const made = {} as Record<"binary" | "multiclass" | "regression", Opened>;
let repeated: Opened;
beforeAll(async () => {
  const parent = scratch(afterAll);
  const open = async (...args: Parameters<typeof benchmarkOnDisk>): Promise<Opened> => {
    const one = await benchmarkOnDisk(...args);
    return { ...one, loaded: await reopenData(one.opened, one.data) };
  };
  for (const task of ["binary", "multiclass", "regression"] as const) made[task] = await open(parent, task, 500);
  repeated = await open(parent, "regression", 60, { repeats: 2, folds: 3, id: "id" });
});

const cases = ({ opened, loaded }: Opened, records: MemoryTable): Promise<AskedCases> =>
  readCases(opened, loaded, records);
const shares = (classes: number, ...values: number[]): Prediction => ({
  kind: "probability",
  classes,
  values: Float64Array.from(values),
});
const values = (...list: number[]): Prediction => ({ kind: "value", values: Float64Array.from(list) });
const input = { x: 1, z: "plain" };

describe("what a case expects", () => {
  it("of classes: the most probable one", async () => {
    const asked = await cases(made.binary, [
      { ...input, expected: "yes" },
      { ...input, expected: "no" },
    ]);
    expect(asked.count).toBe(2);
    expect(asked.failures(shares(2, 0.4, 0.6, 0.6, 0.4), false)).toEqual([]);
    expect(asked.failures(shares(2, 0.6, 0.4, 0.4, 0.6), false)).toEqual([
      "case 1: wanted yes, got no",
      "case 2: wanted no, got yes",
    ]);
  });
  it("of two classes: bounds on the probability of the positive one, both included", async () => {
    const asked = await cases(made.binary, [{ ...input, expected_min: 0.25, expected_max: 0.5 }]);
    for (const inside of [0.25, 0.4, 0.5]) expect(asked.failures(shares(2, 1 - inside, inside), false)).toEqual([]);
    expect(asked.failures(shares(2, 0.4, 0.6), false)).toEqual([
      "case 1: wanted 0.25 to 0.5 as probability of yes, got 0.6",
    ]);
  });
  it("of several classes: bounds on the one that is expected or named", async () => {
    const asked = await cases(made.multiclass, [
      { ...input, case: "sure", expected: "mid", expected_min: 0.9 },
      { ...input, case: "not low", expected_class: "low", expected_max: 0.1 },
    ]);
    const { classes } = made.multiclass.opened.artifact;
    expect(classes).toEqual(["high", "low", "mid"]);
    expect(asked.failures(shares(3, 0.05, 0, 0.95, 0.9, 0.1, 0), false)).toEqual([]);
    expect(asked.failures(shares(3, 0.4, 0, 0.6, 0.5, 0.5, 0), false)).toEqual([
      'case "sure": wanted at least 0.9 as probability of mid, got 0.6',
      'case "not low": wanted at most 0.1 as probability of low, got 0.5',
    ]);
  });
  it("of a number: a range, or a value and how far off it may be", async () => {
    const asked = await cases(made.regression, [
      { ...input, expected_min: -1, expected_max: 2 },
      { ...input, expected: 5, tolerance: 0.5 },
      { ...input, expected_max: 0 },
    ]);
    expect(asked.failures(values(0, 5.5, -3), false)).toEqual([]);
    expect(asked.failures(values(3, 4, Number.NaN), false)).toEqual([
      "case 1: wanted -1 to 2, got 3",
      "case 2: wanted 4.5 to 5.5, got 4",
      "case 3: wanted at most 0, got -",
    ]);
  });
  it("has inputs like the benchmark's table, in any order, levels it does not know missing", async () => {
    const asked = await cases(made.binary, [
      { expected: "yes", z: "with, comma", extra: 1, x: -2.5 },
      { expected: "yes", z: "never seen", extra: 1, x: null },
    ]);
    const [x, z] = asked.data.columns;
    expect(asked.data.columns.map(({ name }) => name)).toEqual(["x", "z"]);
    expect(x.kind === "number" && Array.from(x.values)).toEqual([-2.5, Number.NaN]);
    expect(z.kind === "category" && Array.from(z.codes, (code) => z.levels[code])).toEqual(["with, comma", undefined]);
    expect(asked.data.target).toMatchObject({ codes: Int32Array.of(-1, -1) });
  });
});

describe("a table of cases is refused", () => {
  const refused = (on: Opened, records: MemoryTable) => expect(cases(on, records)).rejects;
  it("when it says nothing, or something else than the benchmark knows", async () => {
    await refused(made.binary, [input]).toThrow(/wanted a column expected, expected_min or expected_max.*found x, z/);
    await refused(made.binary, [{ ...input, expected: null, expected_min: 0.1 }, { ...input }]).toThrow(
      /case 2: says nothing of what is expected/,
    );
    await refused(made.binary, [{ ...input, expected: "maybe" }]).toThrow(
      /there is no class "maybe"; the classes are no, yes/,
    );
    await refused(made.binary, [{ ...input, expected_min: "high" }]).toThrow(/bounds are numbers, got "high"/);
    await refused(made.binary, [{ ...input, expected_min: 0.6, expected_max: 0.5 }]).toThrow(
      /0.6 is above expected_max 0.5/,
    );
    await refused(made.multiclass, [{ ...input, expected_min: 0.6 }]).toThrow(/name it in expected_class/);
    await refused(made.regression, [{ ...input, expected: 1 }]).toThrow(
      /case 1: a value is never met exactly.*tolerance/,
    );
    await refused(made.regression, [{ ...input, expected: 1, tolerance: -1 }]).toThrow(
      /tolerance must not be negative/,
    );
  });
  it("when it lacks an input", async () => {
    await refused(made.binary, [{ x: 1, expected: "yes" }]).toThrow(
      /the model needs 1 column that the table does not have: "z"/,
    );
  });
  it("when it bounds probabilities and there are labels only", async () => {
    const asked = await cases(made.binary, [{ ...input, expected_min: 0.5 }]);
    expect(() => asked.failures(shares(2, 0, 1), true)).toThrow(/case 1: bounds a probability.*labels only/);
  });
});

describe("cases of a predictions file", () => {
  const flat = (on: Opened, part: "holdout" | "folds", value: (i: number) => number): Sourced => {
    const count = part === "holdout" ? on.opened.held.length : on.opened.folded.part.row.length;
    const prediction: Prediction = { kind: "value", values: Float64Array.from({ length: count }, (_, i) => value(i)) };
    return { challenger: { name: "file", [part]: [prediction] }, notes: [] };
  };
  it("name held-out rows by their number", async () => {
    const on = made.regression;
    const [first, second] = on.opened.held;
    const table = [
      { row: second, expected_min: 1, expected_max: 1 },
      { row: first, expected_min: 5 },
    ];
    const { asked, failures } = await answeredFailures(
      on.opened,
      table,
      flat(on, "holdout", (i) => i),
    );
    expect([asked, failures]).toEqual([2, ["case 2: wanted at least 5, got 0"]]);
  });
  it("name out-of-fold rows by their id; answers of repeats are averaged", async () => {
    const { row } = repeated.opened.folded.part;
    const half = row.length / 2;
    const { asked, failures } = await answeredFailures(
      repeated.opened,
      [{ id: `id${row[3]}`, expected: 2, tolerance: 0.01 }],
      flat(repeated, "folds", (i) => (i < half ? 1 : 3)),
    );
    expect([asked, failures]).toEqual([1, []]);
  });
  it("are refused for rows that it has no answer for, or that are none", async () => {
    const on = made.regression;
    const file = flat(on, "holdout", () => 0);
    const trained = on.opened.known.splits.part.indexOf("train");
    const asked = (table: MemoryTable) => expect(answeredFailures(on.opened, table, file)).rejects;
    await asked([{ row: trained, expected_min: 0 }]).toThrow(/case 1: file has no answer for its row/);
    await asked([{ row: 9999, expected_min: 0 }]).toThrow(/case 1: the benchmark has no row 9999; it has 500 rows/);
    await asked([{ x: 1, expected_min: 0 }]).toThrow(
      /a predictions file cannot be asked about new inputs; name its rows/,
    );
  });
});
