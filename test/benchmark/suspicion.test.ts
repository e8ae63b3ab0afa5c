/** What training suspected of groups and order is not forgotten by those who judge. */
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compare } from "../../src/benchmark/compare.ts";
import { gate } from "../../src/benchmark/gate.ts";
import { openBenchmark, type OpenBenchmark } from "../../src/benchmark/opened.ts";
import { suspicionOf } from "../../src/benchmark/suspicion.ts";
import type { TrainOptions } from "../../src/benchmark/options.ts";
import { heldLines, makeBenchmark, records, scratch, writeCsv } from "./folders.ts";

const folder = scratch();
/** Ninety patients, ten rows each. */
const visits = records(900, "binary").map((record, i) => ({ patient_id: `p${Math.floor(i / 10)}`, ...record }));
const make = async (name: string, options: TrainOptions = {}): Promise<OpenBenchmark> =>
  openBenchmark(await makeBenchmark(join(folder, name), visits, options));
let suspected: OpenBenchmark;
let settled: OpenBenchmark;
let predictions: string;

beforeAll(async () => {
  suspected = await make("suspected");
  settled = await make("settled", { group: "patient_id" });
  predictions = writeCsv(join(folder, "good.csv"), heldLines(suspected, 0.95));
});

describe("rows that training suspects to belong together", () => {
  it("justify nobody, and the remedy is named", async () => {
    const [v] = (await compare(suspected, [predictions])).challengers;
    expect([v.verdict, v.reason]).toEqual(["INCONCLUSIVE", "dependence-unknown"]);
    expect(v.detail).toContain("--group patient_id");
    expect(v.bounds.lower).toBeGreaterThan(v.margin.value);
  });
  it("refuse a useless challenger as ever", async () => {
    const useless = writeCsv(join(folder, "useless.csv"), heldLines(suspected, 0));
    expect((await compare(suspected, [useless])).challengers[0].verdict).toBe("NOT JUSTIFIED");
  });
  it("are taken for independent when that is said", async () => {
    const [v] = (await compare(suspected, [predictions], { independentRows: true })).challengers;
    expect(v.verdict).toBe("JUSTIFIED");
  });
  it("are no question any more once the groups are declared", async () => {
    const own = writeCsv(join(folder, "own.csv"), heldLines(settled, 0.95));
    const [v] = (await compare(settled, [own])).challengers;
    expect([v.verdict, v.units.kind]).toEqual(["JUSTIFIED", "groups"]);
  });
  it("do not wear a gate out: it says why, and charges nothing", async () => {
    const ledger = join(folder, "ledger.jsonl");
    const open = await gate(suspected, predictions, { ledger });
    expect(open).toMatchObject({ outcome: "INCONCLUSIVE", reason: "dependence-unknown", run: null, left: 20 });
    expect(open.statement).toContain("--group patient_id");
    const sure = await gate(suspected, predictions, { ledger, independentRows: true });
    expect(sure).toMatchObject({ outcome: "PASS", run: 1 });
  });
});

it("order counts too, until a time is declared", () => {
  const message = "rows that follow one another are alike";
  const warnings = [{ code: "row-order", message }];
  expect(suspicionOf({ warnings, options: {} })).toBe(message);
  expect(suspicionOf({ warnings, options: { time: "@row" } })).toBeUndefined();
  expect(suspicionOf({ warnings: [{ code: "rare-class", message }], options: {} })).toBeUndefined();
});
