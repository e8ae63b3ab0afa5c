/** What training suspected of groups and order is not forgotten by those who judge. */
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compare } from "../../src/benchmark/compare.ts";
import { gate } from "../../src/benchmark/gate.ts";
import { openBenchmark, type OpenBenchmark } from "../../src/intake/opened.ts";
import { suspicionOf } from "../../src/report/suspicion.ts";
import type { TrainOptions } from "../../src/intake/options.ts";
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
  expect(suspicionOf({ warnings, options: {} })?.message).toBe(message);
  expect(suspicionOf({ warnings, options: { time: "@row" } })).toBeUndefined();
  expect(suspicionOf({ warnings: [{ code: "rare-class", message }], options: {} })).toBeUndefined();
});

describe("rows that training has too", () => {
  let doubled: OpenBenchmark;
  beforeAll(async () => {
    const once = records(900, "binary", 2);
    doubled = await openBenchmark(await makeBenchmark(join(folder, "doubled"), [...once, ...once.slice(0, 500)]));
  });
  const judged = async (name: string, onTwins: number, elsewhere: number) => {
    const twins = doubled.holdout!.twins!;
    const [high, low] = [heldLines(doubled, onTwins), heldLines(doubled, elsewhere)];
    const path = writeCsv(
      join(folder, `${name}.csv`),
      high.map((line, i) => (twins[i] === 1 ? line : low[i])),
    );
    return (await compare(doubled, [path], { independentRows: true })).challengers[0];
  };
  it("a gain that is shown on them alone stays open, and both gains are told", async () => {
    const v = await judged("memory", 0.99, 0.35);
    expect([v.verdict, v.reason]).toEqual(["INCONCLUSIVE", "twins"]);
    expect(v.sentence).toContain("train the benchmark again with --group-duplicates");
    expect(v.sentence).not.toContain("--independent-rows"); // which was said, and does not lift this
    const told = v.caveats.find(({ code }) => code === "twins");
    expect(told).toMatchObject({ rows: doubled.holdout!.twins!.reduce((sum, x) => sum + x, 0), kind: "relative" });
  });
  it("a gain that is shown on the others too passes", async () => {
    expect((await judged("skill", 0.97, 0.97)).verdict).toBe("JUSTIFIED");
  });
});
