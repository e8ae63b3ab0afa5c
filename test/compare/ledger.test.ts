import { describe, expect, it } from "vitest";
import {
  fingerprint,
  LedgerError,
  openLedger,
  parseLedger,
  recordRun,
  requestRun,
  runAlpha,
  shardRows,
  type Ledger,
  type Terms,
} from "../../src/compare/ledger.ts";

const TERMS: Terms = {
  holdout: fingerprint("rows"),
  baselines: fingerprint("baselines"),
  metric: "log_loss",
  margin: { value: 0.01, kind: "relative" },
  alpha: 0.05,
  budget: 20,
  mode: "strict",
};

/** A ledger after these answers, and its text. */
function after(answers: readonly boolean[], terms: Terms = TERMS): { ledger: Ledger; text: string } {
  let { ledger, line: text } = openLedger(terms);
  answers.forEach((passed, i) => {
    const done = recordRun(ledger, `p${i}`, passed, { verdict: passed ? "JUSTIFIED" : "INCONCLUSIVE" });
    ledger = done.ledger;
    text += done.line;
  });
  return { ledger, text };
}

describe("runs", () => {
  it("the text gives the ledger back", () => {
    const { ledger, text } = after([false, false, false]);
    expect(parseLedger(text, { head: ledger.head, terms: TERMS })).toEqual(ledger);
  });
  it("strict: alpha / H each, one bit, nothing after the first pass", () => {
    expect(runAlpha(TERMS)).toBe(0.0025);
    const { ledger, text } = after([false, true]);
    expect(text).not.toContain("INCONCLUSIVE");
    expect(ledger.entries.map((e) => e.detail)).toEqual([null, null]);
    expect(requestRun(ledger, "p9")).toMatchObject({ kind: "spent" });
    expect(() => recordRun(ledger, "p9", false)).toThrow(LedgerError);
  });
  it("the same predictions get the same answer without charge, also when all is spent", () => {
    const { ledger } = after([false, true]);
    expect(requestRun(ledger, "p1")).toMatchObject({ kind: "cached", entry: { run: 2, passed: true } });
    expect(() => recordRun(ledger, "p0", true)).toThrow(/cached/);
  });
  it("the budget ends", () => {
    const { ledger } = after(Array.from({ length: 20 }, () => false));
    expect(requestRun(ledger, "new")).toEqual({ kind: "spent", passed: null });
  });
  it("open: goes on after a pass, keeps what was shown, and disclaims", () => {
    const open = { ...TERMS, mode: "open" as const };
    const { ledger } = after([true, false], open);
    expect(ledger.entries[1].detail).toEqual({ verdict: "INCONCLUSIVE" });
    expect(requestRun(ledger, "p9")).toEqual({ kind: "run", run: 3, alpha: 0.0025, shard: null });
  });
  it("shard: fresh rows and the full level every run", () => {
    const { ledger } = after([false, true], { ...TERMS, mode: "shard" });
    expect(requestRun(ledger, "p9")).toEqual({ kind: "run", run: 3, alpha: 0.05, shard: 2 });
  });
});

describe("what is not the ledger that was written", () => {
  const { ledger, text } = after([false, false, false]);
  const lines = text.trimEnd().split("\n");
  const joined = (list: readonly string[]): string => `${list.join("\n")}\n`;
  for (const [what, wrong, message] of [
    ["a changed answer", joined(lines.map((l) => l.replace("p1", "px"))), /line 3 was changed/],
    [
      "a pass made of a fail",
      joined([...lines.slice(0, 2), lines[2].replace("false", "true"), lines[3]]),
      /line 3 was changed/,
    ],
    ["a line taken out", joined([lines[0], lines[2], lines[3]]), /line 2 does not follow line 1/],
    ["lines turned round", joined([lines[0], lines[2], lines[1], lines[3]]), /line 2 does not follow/],
    ["a line twice", joined([...lines, lines[3]]), /line 5 does not follow/],
    ["blanks added", joined([...lines.slice(0, 3), lines[3].replace(",", ", ")]), /line 4 was changed/],
    ["cut off in a line", text.slice(0, -20), /line 4 is cut off/],
    ["cut off at its end", text.slice(0, -1), /line 4 is cut off/],
    ["nothing", "", /line 1 is cut off/],
    ["no JSON", "hello\n", /line 1 is not JSON/],
    ["no record", "17\n", /line 1 is not a record/],
    ["something else", '{"a":1}\n', /not the beginning of a ledger/],
    ["another version", text.replace('"ledger":1', '"ledger":2'), /not the beginning of a ledger, version 1/],
    ["a larger budget", text.replace('"budget":20', '"budget":99'), /line 1 was changed/],
    ["impossible terms", text.replace('"budget":20', '"budget":0'), /impossible terms/],
    ["an entry that is no JSON", `${joined(lines)}{"run":\n`, /line 5 is not JSON/],
  ] as const)
    it(what, () => expect(() => parseLedger(wrong)).toThrow(message));
  it("lines cut off at the end are betrayed by the head kept elsewhere", () => {
    const shorter = joined(lines.slice(0, 3));
    expect(parseLedger(shorter).entries).toHaveLength(2);
    expect(() => parseLedger(shorter, { head: ledger.head })).toThrow(/lines are missing or changed/);
  });
  it("a chain that breaks its own rules, though every hash fits", () => {
    const passed = after([true], { ...TERMS, mode: "open" });
    const strict = openLedger(TERMS);
    const first = recordRun(strict.ledger, "p0", true);
    // Forged: a run after the pass, sealed as the rules would have sealed it.
    const body = { run: 2, predictions: "p1", alpha: 0.0025, passed: true, detail: null, previous: first.entry.hash };
    const forged = `${JSON.stringify({ ...body, hash: fingerprint(JSON.stringify(body)) })}\n`;
    expect(() => parseLedger(strict.line + first.line + forged)).toThrow("line 3 is a run that was not allowed");
    expect(passed.ledger.entries).toHaveLength(1);
  });
  it("other terms are another ledger", () => {
    expect(() => parseLedger(text, { terms: { ...TERMS, metric: "accuracy" } })).toThrow(
      'ledger: it was opened with metric "log_loss", this run has "accuracy": start a new one',
    );
    expect(() => parseLedger(text, { terms: { ...TERMS, margin: { value: 0, kind: "relative" } } })).toThrow(/margin/);
  });
  it("terms that are none", () => {
    expect(() => openLedger({ ...TERMS, alpha: 0.7 })).toThrow(/alpha must be between 0 and 0.5, got 0.7/);
    expect(() => openLedger({ ...TERMS, budget: 2.5 })).toThrow(/budget must be a whole number of runs/);
  });
});

describe("shards", () => {
  const strata = Int32Array.from({ length: 103 }, (_, i) => (i < 23 ? 1 : 0));
  const parts = Array.from({ length: 4 }, (_, k) => shardRows(103, 4, k, "seed", { strata }));
  it("are disjoint, cover all rows, and share classes evenly", () => {
    expect(parts.flatMap((p) => [...p]).sort((a, b) => a - b)).toEqual(Array.from({ length: 103 }, (_, i) => i));
    for (const part of parts) {
      expect(Math.abs(part.length - 103 / 4)).toBeLessThan(1);
      expect(Math.abs(part.filter((row) => strata[row] === 1).length - 23 / 4)).toBeLessThan(1);
    }
  });
  it("are the same for the same holdout, others for another", () => {
    expect(shardRows(103, 4, 1, "seed", { strata })).toEqual(parts[1]);
    expect(shardRows(103, 4, 1, "other", { strata })).not.toEqual(parts[1]);
  });
  it("keep groups whole", () => {
    const groups = Int32Array.from({ length: 60 }, (_, i) => Math.floor(i / 5));
    const all = Array.from(
      { length: 3 },
      (_, k) => new Set(Array.from(shardRows(60, 3, k, "g", { groups }), (row) => groups[row])),
    );
    expect(all.map((s) => s.size)).toEqual([4, 4, 4]);
    expect(new Set(all.flatMap((s) => [...s])).size).toBe(12);
  });
  it("there is no shard 4 of 4", () => expect(() => shardRows(10, 4, 4, "s")).toThrow("shard must be 0 to 3, got 4"));
});
