import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Space } from "../../src/search/space.ts";
import { byFold } from "../../src/search/by-fold.ts";
import { parametersToJSON, pointFromJSON } from "../../src/search/journal/distributions.ts";
import { canonicalJournal } from "./canonical.ts";
import { formatRecord, JournalError, parseJournal } from "../../src/search/journal/records.ts";
import { decodeReport, encodeReport } from "../../src/search/journal/reports.ts";
import { memoryStorage } from "../../src/search/journal/storage.ts";
import { createStudy, type Study } from "../../src/search/study.ts";
import { goldenStudy } from "../golden/search-journal.ts";

const SPACE: Space = {
  model: { type: "category", choices: ["ridge", "tree", null, true, 7], default: "tree" },
  depth: { type: "int", low: 1, high: 10, step: 4, default: 5, when: { parameter: "model", in: ["tree"] } },
  cp: { type: "float", low: 1e-5, high: 0.1, log: true, default: 1e-3, when: { parameter: "model", in: ["tree"] } },
};
const PLAN = { space: SPACE, seed: 1, folds: 3, stop: { trials: 6, stagnation: false } } as const;
const folds = byFold(({ fold, trial }) => ({ scores: [trial + fold / 7] }));

async function written(): Promise<string> {
  const storage = memoryStorage();
  await createStudy({ ...PLAN, storage }).optimize(folds);
  return storage.read();
}
const open = (text: string, more: object = {}): Study =>
  createStudy({ ...PLAN, ...more, storage: memoryStorage(text) });
const kindOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof JournalError) return `${error.kind}: ${error.message}`;
    throw error;
  }
  return "no error";
};

describe("journal", () => {
  it("reads back what it wrote: trials equal to the bit", async () => {
    const storage = memoryStorage();
    const study = createStudy({ ...PLAN, storage });
    await study.optimize(
      byFold(({ trial, fold }) => (trial === 2 ? { scores: [Number.NaN] } : { scores: [Math.sin(trial + fold)] })),
    );
    expect(open(storage.read()).trials).toEqual(study.trials);
    expect(study.trials[2]).toMatchObject({ state: "failed" });
  });
  it("is Optuna's format: the golden file, byte for byte", async () => {
    const golden = readFileSync("test/golden/search-journal.jsonl", "utf8");
    const storage = memoryStorage();
    await goldenStudy(storage);
    expect(storage.read()).toBe(golden);
    expect(parseJournal(golden)).toMatchObject({ dropped: "", whole: golden });
  });
  it("speaks Optuna's distributions: bounds on the grid, choices by index", () => {
    const { params, distributions } = parametersToJSON(SPACE, { model: "tree", depth: 9, cp: 0.01 });
    expect(params).toEqual({ model: 1, depth: 9, cp: 0.01 });
    expect(JSON.parse(distributions["depth"])).toEqual({
      name: "IntDistribution",
      attributes: { log: false, step: 4, low: 1, high: 9 },
    });
    expect(JSON.parse(distributions["cp"])).toEqual({
      name: "FloatDistribution",
      attributes: { step: null, low: 1e-5, high: 0.1, log: true },
    });
    expect(JSON.parse(distributions["model"])).toEqual({
      name: "CategoricalDistribution",
      attributes: { choices: ["ridge", "tree", null, true, 7] },
    });
    expect(pointFromJSON(SPACE, { model: 2 })).toEqual({ model: null });
    expect(pointFromJSON(SPACE, { model: 9 })).toBeUndefined();
    expect(pointFromJSON(SPACE, { other: 1 })).toBeUndefined();
  });
  it("keeps scores of a path and block losses exactly", () => {
    const report = {
      fold: 3,
      scores: [0.1, Number.NaN, 1 / 3],
      blocks: [Float64Array.of(Math.PI, -0), Float64Array.of(1e-300), new Float64Array(0)],
    };
    expect(decodeReport(3, encodeReport(report))).toEqual(report);
    expect(kindOf(() => decodeReport(3, '{"scores":"many"}'))).toMatch(/^corrupt: .*fold 3 cannot be read/);
  });
  it("never writes a number that JSON has no word for", () => {
    const record = { op_code: 7, worker_id: "baseline", trial_id: 0, step: 0, intermediate_value: Infinity } as const;
    expect(kindOf(() => formatRecord(record))).toMatch(/^corrupt: .*must be finite, got Infinity/);
  });
  it("says the same of two runs that differ in order and times only", async () => {
    const lines = (await written()).split("\n");
    const last = lines.length - 2;
    [lines[last], lines[last - 6]] = [lines[last - 6].replace("1970", "2026"), lines[last]]; // ends of trials 5 and 4
    expect(canonicalJournal(lines.join("\n"))).not.toBe(""); // still readable as records
    const shifted = (await written()).replaceAll("1970-01-01", "2026-11-22");
    expect(canonicalJournal(shifted)).toBe(canonicalJournal(await written()));
  });
});

describe("a journal that cannot be used is refused by name", () => {
  it("corrupt: a line in the middle is no JSON, or no record", async () => {
    const lines = (await written()).split("\n");
    expect(kindOf(() => open(lines.with(5, "{half").join("\n")))).toBe("corrupt: journal: line 6 is not JSON: {half");
    expect(kindOf(() => open(lines.with(5, "[1]").join("\n")))).toBe("corrupt: journal: line 6 is not a record: [1]");
  });
  it("corrupt: records that speak of trials that have not begun or have ended", async () => {
    const text = await written();
    const stray = (id: number): string =>
      `${text}{"op_code":7,"worker_id":"baseline","trial_id":${id},"step":1,"intermediate_value":1}\n`;
    expect(kindOf(() => open(stray(99)))).toMatch(/^corrupt: .*speaks of trial 99/);
    expect(kindOf(() => open(stray(0)))).toMatch(/^corrupt: .*changes trial 0, which has ended/);
  });
  it("foreign: another space, seed, sampler, direction or name; the message has the difference", async () => {
    const text = await written();
    expect(kindOf(() => open(text, { seed: 2 }))).toBe(
      'foreign: journal: holds another study: seed was "1", wanted "2"',
    );
    expect(kindOf(() => open(text, { sampler: "tpe" }))).toMatch(/sampler was "auto", wanted "tpe"/);
    expect(kindOf(() => open(text, { folds: 5 }))).toMatch(/folds was 3, wanted 5/);
    expect(kindOf(() => open(text, { racing: false }))).toMatch(/racing was "futility", wanted null/);
    expect(kindOf(() => open(text, { direction: "maximize" }))).toMatch(/^foreign: .*to minimize, wanted to maximize/);
    expect(kindOf(() => open(text, { name: "other" }))).toMatch(/^foreign: .*holds the study study, wanted other/);
    const wider = { ...SPACE, k: { type: "int", low: 1, high: 2, default: 1 } };
    expect(kindOf(() => open(text, { space: wider }))).toMatch(/space was/);
    expect(kindOf(() => open(text, { stop: { trials: 9 } }))).toBe("no error");
  });
  it("foreign: not written by baseline, or written on by somebody else", async () => {
    const text = await written();
    const study = '{"op_code":0,"worker_id":"x","study_name":"study","directions":[1]}\n';
    const trial = '{"op_code":4,"worker_id":"x","study_id":0,"datetime_start":null}\n';
    expect(kindOf(() => open(study + trial))).toMatch(/^foreign: .*was not written by baseline/);
    expect(kindOf(() => open(text + trial))).toMatch(/^foreign: .*holds a trial that baseline did not write/);
    expect(kindOf(() => open(text + study))).toMatch(/^foreign: .*holds a second study/);
    expect(kindOf(() => open(trial))).toMatch(/^foreign: .*does not begin with a study/);
    expect(kindOf(() => open(`${text}{"op_code":5,"trial_id":1}\n`))).toMatch(/^foreign: .*record of kind 5/);
  });
  it.each([
    ["older", 1],
    ["newer", 3],
  ])("%s: a version that this program does not read", async (kind, version) => {
    const text = (await written()).replace('"baseline:journal":"2"', `"baseline:journal":"${version}"`);
    expect(kindOf(() => open(text))).toBe(
      `${kind}: journal: written in version ${version}, this program reads version 2; begin the search anew`,
    );
  });
});
