import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compare } from "../../src/benchmark/compare.ts";
import { gate } from "../../src/benchmark/gate.ts";
import { openBenchmark, type OpenBenchmark } from "../../src/intake/opened.ts";
import { predict } from "../../src/answering/predict.ts";
import { predictionsCsv } from "../../src/answering/predictions-csv.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import { writeBenchmark } from "../../src/benchmark/write.ts";
import { seeded } from "../../src/numeric/rng.ts";
import type { VerdictEntry } from "../../src/report/verdict.ts";
import {
  foldLines,
  heldLines,
  makeBenchmark,
  records,
  scratch,
  truthOf,
  writeCsv,
  type Line,
} from "../benchmark/folders.ts";

const folder = scratch();
const only = async (opened: OpenBenchmark, lines: readonly Line[]): Promise<VerdictEntry> => {
  const path = writeCsv(join(folder, `file-${files++}.csv`), lines);
  return (await compare(opened, [path])).challengers[0];
};
let files = 0;
const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "it was taken",
    (error: Error) => `${error.name}: ${error.message}`,
  );

/** Many levels of few rows each: a model fitted on a row has learnt that very row. */
function levels(rows: number): Line[] {
  const rng = seeded("levels");
  return Array.from({ length: rows }, () => {
    const level = rng.below(120);
    return { k: `k${level}`, x: rng.below(100), y: Math.round(100 * (3 * Math.sin(level) + rng.normal())) / 100 };
  });
}

/** Trains on a file, so that the table is known by its bytes. */
async function fromFile(name: string, lines: readonly Line[], options: Parameters<typeof trainBenchmark>[1]) {
  const data = writeCsv(join(folder, `${name}.csv`), lines);
  const out = join(folder, name);
  writeBenchmark(await trainBenchmark(data, { target: "y", workers: 1, ...options }), out);
  return { data, out, opened: await openBenchmark(out) };
}

describe("predict, then compare", () => {
  let whole: Awaited<ReturnType<typeof fromFile>>;
  let repeated: Awaited<ReturnType<typeof fromFile>>;
  beforeAll(async () => {
    whole = await fromFile("whole", levels(700), { models: ["one-rule"] });
    repeated = await fromFile("repeated", levels(200), { models: ["one-rule"], repeats: 2 });
  });
  const save = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  it("of the benchmark's own table answers by models that have not seen the rows, says so, and is not JUSTIFIED", async () => {
    const predicted = await predict(whole.out, whole.data);
    expect(predicted.warnings[0].code).toBe("own-rows");
    expect(predicted.warnings[0].message).toMatch(
      /held-out rows are answered by model\.json, training rows by the folds/,
    );
    const trained = await predict(join(whole.out, "model.json"), whole.data);
    for (const row of whole.opened.held) expect(predicted.prediction.values[row]).toBe(trained.prediction.values[row]);
    const [v] = (await compare(whole.opened, [save("own.csv", predictionsCsv(predicted))])).challengers;
    expect(v).toMatchObject({ verdict: "NOT JUSTIFIED", sublabel: "equivalent", gain: 0, baseline: "one-rule" });
    expect(v.other).toMatchObject({ verdict: "NOT JUSTIFIED", gain: 0 });
  });
  it("of other tables answers by the model for use", async () => {
    const other = writeCsv(join(folder, "other.csv"), levels(50));
    const [a, b] = [await predict(whole.out, other), await predict(join(whole.out, "model-final.json"), other)];
    expect(a.answers).toEqual(b.answers);
    expect(a.warnings.map(({ code }) => code)).not.toContain("own-rows");
  });
  it("answers of a model to rows that it was fitted on are refused, held out or in folds", async () => {
    const final = await predict(join(whole.out, "model-final.json"), whole.data);
    const path = save("final.csv", predictionsCsv(final));
    const refused = /^ChallengerError: final: gives the answers of model-final\.json to rows that it was fitted on/;
    expect(await failure(compare(whole.opened, [path]))).toMatch(refused);
    const held = Array.from(whole.opened.held, (row) => ({ row, prediction: Number(final.answers[row]) }));
    expect(await failure(only(whole.opened, held))).toMatch(/gives the answers of model-final\.json/);
    expect(await failure(gate(whole.opened, writeCsv(join(folder, "held-final.csv"), held)))).toMatch(
      /model-final\.json/,
    );
    for (const model of ["model.json", "model-final.json"]) {
      const seen = await predict(join(repeated.out, model), repeated.data);
      const { row, repeat } = repeated.opened.folded.part;
      const lines = Array.from(row, (r, i) => ({ row: r, repeat: repeat[i], prediction: Number(seen.answers[r]) }));
      expect(await failure(only(repeated.opened, lines))).toMatch(/which proves nothing; baseline predict/);
    }
  });
  it("what the champion says without having seen the rows is no such answer", async () => {
    const champion = whole.opened.baselines.find(({ name }) => name === "one-rule")!;
    const lines = Array.from(whole.opened.held, (row, i) => ({ row, prediction: champion.holdout![0].values[i] }));
    expect((await only(whole.opened, lines)).verdict).toBe("NOT JUSTIFIED");
  });
  it("a champion that learns nothing leaves no trace", async () => {
    const { opened } = await fromFile("constant", levels(600), { models: ["constant"] });
    expect(opened.artifact.traces!.filter(({ kind }) => kind === "model")).toEqual([]);
  });
});

describe("answers that look better than honest ones", () => {
  /** `early` is a rough forecast that is left out, `later` nearly the target. */
  const leaky = (rows: number): Record<string, unknown>[] =>
    records(rows, "regression").map((row, i) => {
      const rng = seeded("leaky").split(i);
      return { ...row, early: Math.round(100 * (Number(row.y) + 0.4 * rng.normal())) / 100 };
    });
  let left: OpenBenchmark;
  let long: OpenBenchmark;
  let near: OpenBenchmark;
  beforeAll(async () => {
    const leavingOut = { models: ["linear"], ignore: ["early", "who", "site", "region"] };
    left = await openBenchmark(await makeBenchmark(join(folder, "left"), leaky(700), leavingOut));
    long = await openBenchmark(await makeBenchmark(join(folder, "long"), leaky(1400), leavingOut));
    const data = leaky(3000).map((row) => ({ ...row, later: Math.round(2 * Number(row.y)), early: 1 }));
    near = await openBenchmark(await makeBenchmark(join(folder, "near"), data, { models: ["tree"] }));
  });
  const columnOf = (opened: OpenBenchmark, change: (early: number) => number): Line[] => {
    const table = leaky(opened.artifact.dataset.rows);
    return Array.from(opened.held, (row) => ({ row, prediction: change(Number(table[row].early)) }));
  };
  it("a left-out column, as it is or changed in any one-to-one way, is named, and never a plain take it", async () => {
    for (const change of [(x: number) => x, (x: number) => 3 - x, (x: number) => 0.9 * x + 0.05]) {
      const v = await only(left, columnOf(left, change));
      expect(v.findings).toContainEqual({ code: "repeats-column", column: "early" });
      expect(v.sentence).toContain("Beware: its answers repeat the column early.");
      expect(v.sentence).not.toContain("take it; its complexity is paid for");
    }
    const honest = await only(
      long,
      columnOf(long, (x) => x + 0.3 * Math.sin(50 * x)),
    );
    expect(honest.findings).toEqual([]);
    expect(honest.sentence).toContain("take it; its complexity is paid for");
  });
  it("what train was warned of is told with a JUSTIFIED", async () => {
    expect(near.artifact.warnings[0]).toMatchObject({ code: "near-perfect-column", column: "later" });
    const lines = Array.from(near.held, (row) => ({
      row,
      prediction: Number(truthOf(near, row)) + (row % 2 === 0 ? 0.01 : -0.01),
    }));
    const v = await only(near, lines);
    expect(v.verdict, v.sentence).toBe("JUSTIFIED");
    expect(v.findings.map(({ code }) => code)).toContain("near-perfect-column");
    expect(v.sentence).toMatch(
      /What to do: before you take it, make sure that later is known when a prediction is made/,
    );
    const bad = await only(
      near,
      lines.map((line) => ({ ...line, prediction: 0 })),
    );
    expect(bad.findings.map(({ code }) => code)).not.toContain("near-perfect-column");
  });
  it("almost all of what the best baseline leaves is too much", async () => {
    const lines = Array.from(left.held, (row) => ({ row, prediction: Number(truthOf(left, row)) + 1e-3 * (row % 3) }));
    const v = await only(left, lines);
    expect(v.findings).toEqual([{ code: "almost-perfect", share: expect.any(Number) }]);
    expect(v.sentence).toContain(
      "before you take it, look for the target, or what is known only after it, among its inputs",
    );
  });
  it("the same answers in every repeat, and folds far above the holdout, were fitted on the rows", async () => {
    const repeated = await openBenchmark(
      await makeBenchmark(join(folder, "thrice"), records(150, "binary"), { folds: 3, repeats: 3 }),
    );
    const v = await only(repeated, foldLines(repeated, 0.9));
    expect(v.findings).toContainEqual({ code: "same-in-every-repeat", repeats: 3 });
    expect(v.sentence).toContain("the same in all 3 repeats");
    const anew = foldLines(repeated, 0.9).map((line, i) => ({
      ...line,
      proba_no: 1 - (line.proba_yes as number) * (1 - i * 1e-5),
      proba_yes: (line.proba_yes as number) * (1 - i * 1e-5),
    }));
    expect((await only(repeated, anew)).findings).toEqual([]);
    const torn = await openBenchmark(await makeBenchmark(join(folder, "torn"), records(900, "binary")));
    const both = await only(torn, [...heldLines(torn, 0.55), ...foldLines(torn, 0.9)]);
    expect(both.findings.map(({ code }) => code)).toContain("folds-above-holdout");
    expect((await only(torn, [...heldLines(torn, 0.9), ...foldLines(torn, 0.9)])).findings).toEqual([]);
    const folds = await only(torn, foldLines(torn, 0.9));
    expect(folds.findings).toEqual([{ code: "folds-alone", heldOut: torn.held.length }]);
    expect(folds.sentence).toContain("before you take it, make sure that it was not fitted on the rows it answers for");
    const turned = heldLines(torn, 0.9).map(({ row, proba_no, proba_yes }) => ({
      row,
      proba_no: proba_yes,
      proba_yes: proba_no,
    }));
    const swapped = await only(torn, turned);
    expect(swapped).toMatchObject({
      sublabel: "worse",
      findings: [{ code: "misplaced-classes", of: "no", where: "yes" }],
    });
    expect(swapped.sentence).toContain("What to do: check which of its columns is of which class, and compare again.");
  });
  it("numbers in another unit or scale are told, bad ones are not", async () => {
    const answers = (of: (truth: number) => number): Line[] =>
      Array.from(left.held, (row) => ({ row, prediction: of(Number(truthOf(left, row))) }));
    for (const of of [(y: number) => 1000 * y, (y: number) => Math.exp(y / 4) + 50, (y: number) => 100 - y]) {
      const v = await only(left, answers(of));
      expect(v.findings.map(({ code }) => code)).toEqual(["other-scale"]);
      expect(v.sentence).toContain("What to do: check that it predicts the target itself, in its unit");
    }
    expect(
      (
        await only(
          left,
          answers((y) => 100 * Math.sin(1000 * y)),
        )
      ).findings,
    ).toEqual([]);
    expect(
      (
        await only(
          left,
          answers(() => 50),
        )
      ).findings,
    ).toEqual([]);
  });
});
