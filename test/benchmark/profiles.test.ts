/** Profiles travel with models, and new rows are held against them. */
import { describe, expect, it } from "vitest";
import { predictTable } from "../../src/answering/predict.ts";
import { runOf, type Benchmark } from "../../src/ladder/made.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import type { TrainOptions } from "../../src/intake/options.ts";
import type { ModelFile } from "../../src/report/model-file.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { numbersProfile } from "../../src/schema/training-profile.ts";

const ROWS = 120;
const rng = seeded("profiles");
const rows = Array.from({ length: ROWS }, (_, i) => ({
  x: Math.round(1000 * rng.uniform()) / 1000,
  gaps: i % 9 === 0 ? null : rng.below(50),
  word: ["a", "b", "c"][rng.below(3)],
  when: new Date(Date.UTC(2020, 0, 1 + rng.below(300))).toISOString().slice(0, 10),
  source: "web",
  y: rng.normal(),
}));
const options: TrainOptions = { target: "y", models: ["linear"], folds: 3, repeats: 1, nested: "never", trials: 2 };
const made = (more: TrainOptions = {}): Promise<Benchmark> => trainBenchmark(rows, { ...options, workers: 1, ...more });
const saved = ({ final }: Pick<Benchmark, "final">): ModelFile => JSON.parse(JSON.stringify(final)) as ModelFile;

describe("profiles", () => {
  it("of the training rows stand in the benchmark and its models, whatever held-out rows hold", async () => {
    const one = await made({ holdout: 0.25 });
    const held = new Set(runOf(one).design.held);
    const wild = rows.map((row, i) => (held.has(i) ? { ...row, x: 0.5 + row.x / 10, gaps: 7 } : row));
    const other = await trainBenchmark(wild, { ...options, workers: 1, holdout: 0.25 });
    expect([...runOf(other).design.held]).toEqual([...held]);
    const profileOf = (columns: readonly { name: string; profile?: unknown }[], name: string): unknown =>
      columns.find((column) => column.name === name)?.profile;
    for (const name of ["x", "gaps", "word", "when", "source", "y"]) {
      const profile = profileOf(one.artifact.columns, name);
      expect(profile).toBeDefined();
      expect(profileOf(other.artifact.columns, name)).toEqual(profile);
      for (const model of one.models.values()) expect(profileOf(model.columns.columns, name)).toEqual(profile);
    }
    const plain = numbersProfile(Float64Array.from(runOf(one).design.train, (row) => rows[row].x));
    expect(profileOf(one.artifact.columns, "x")).toEqual(plain);
    expect(profileOf(one.final.columns.columns, "x")).toEqual(numbersProfile(Float64Array.from(rows, ({ x }) => x)));
  });
  it("are the same for any number of workers", async () => {
    const [one, two] = [await made(), await made({ workers: 2 })];
    expect(two.artifact.columns).toEqual(one.artifact.columns);
    expect(two.artifact.champion).toEqual(one.artifact.champion);
  });
  it("of the champion's answers and losses are of rows it was not fitted on", async () => {
    const held = await made({ holdout: 0.25 });
    const { profile, rung } = held.artifact.champion;
    const answers = runOf(held).judged.answers.find((one) => one.rung === rung)!.held.values;
    const losses = Float64Array.from(answers, (value, i) => (value - rows[runOf(held).design.held[i]].y) ** 2);
    expect(profile).toEqual({
      part: "holdout",
      rows: answers.length,
      predictions: [{ name: "y", profile: numbersProfile(answers) }],
      losses: numbersProfile(losses),
    });
    expect(held.final.answers).toEqual(profile);
    expect((await made()).artifact.champion.profile).toMatchObject({ part: "folds", rows: ROWS });
  });
  it("tell nothing of held-out rows that are sealed", async () => {
    const { artifact, final, models } = await made({ holdout: 0.25, sealHoldout: true });
    expect(artifact.champion.profile).toMatchObject({ part: "folds", rows: 90 });
    expect(final.columns.columns).toEqual(models.get(final.rung)!.columns.columns);
  });
  it("hold neither levels nor values when redacted", async () => {
    const { artifact, models, final } = await made({ redact: true, holdout: 0.25 });
    const all = [
      artifact.columns,
      final.columns.columns,
      ...[...models.values()].map((model) => model.columns.columns),
    ];
    const profiles = all.flat().flatMap(({ profile }) => profile ?? []);
    expect(profiles.length).toBeGreaterThan(10);
    for (const profile of profiles) expect(Object.keys(profile)).toEqual(["missing"]);
    const { predictions, losses } = artifact.champion.profile!;
    expect([losses, ...predictions.map(({ profile }) => profile)]).toEqual([{ missing: 0 }, { missing: 0 }]);
  });
});

describe("predict tells what training rows never held", () => {
  const found = async (more: object): Promise<readonly object[]> => {
    const model = saved(await made());
    const row = { ...rows[1], gaps: 3 };
    const { warnings } = await predictTable(model, [row, { ...row, ...more }, { ...row, ...more }]);
    return warnings.map(({ code, column, count }) => ({ code, column, count }));
  };
  const twice = (code: string, column: string): object => ({ code, column, count: 2 });
  it("nothing, of rows like those of training", async () => {
    expect(await found({})).toEqual([]);
    expect((await predictTable(saved(await made()), rows)).warnings).toEqual([]);
  });
  it("beyond the range of numbers and dates", async () => {
    expect(await found({ x: 9e9 })).toEqual([twice("beyond-range", "x")]);
    expect(await found({ x: -0.001 })).toEqual([twice("beyond-range", "x")]);
    expect(await found({ when: "2021-06-01" })).toEqual([twice("beyond-range", "when")]);
  });
  it("fractions among whole numbers: a digit group may have been read as one", async () => {
    expect(await found({ gaps: 1.234 })).toEqual([twice("newly-fractional", "gaps")]);
  });
  it("levels that no row had", async () => {
    expect(await found({ word: "new" })).toEqual([twice("unseen-levels", "word")]);
  });
  it("levels that only rows outside training had", async () => {
    const own = rows.map((row, i) => (i === 0 ? { ...row, word: "rare" } : row));
    const splits = {
      part: own.map((_, i) => (i < 30 ? "holdout" : "train")),
      fold: own.map((_, i) => (i < 30 ? -1 : i % 3)),
    };
    const { models } = await trainBenchmark(own, { ...options, workers: 1, splits });
    const { warnings } = await predictTable(models.get("linear")!, [own[0]]);
    expect(warnings).toMatchObject([{ code: "unseen-levels", column: "word", count: 1 }]);
  });
  it("gaps where there were none, and not where there were some", async () => {
    expect(await found({ x: null })).toEqual([twice("newly-missing", "x")]);
    expect(await found({ word: null })).toEqual([twice("newly-missing", "word")]);
    expect(await found({ when: null })).toEqual([twice("newly-missing", "when")]);
    expect(await found({ gaps: null })).toEqual([]);
  });
  it("a constant that varies", async () => {
    expect(await found({ source: "app" })).toEqual([twice("varying-constant", "source")]);
  });
});

it("weights are not looked at when predicting", async () => {
  const weighed = rows.map((row, i) => ({ ...row, w: 1 + (i % 3) }));
  const { final } = await trainBenchmark(weighed, { ...options, workers: 1, weight: "w" });
  const plain = await predictTable(final, rows);
  for (const w of [0, -1, null, "heavy"])
    expect(
      (
        await predictTable(
          final,
          rows.map((row) => ({ ...row, w })),
        )
      ).answers,
    ).toEqual(plain.answers);
});

it("a row to predict may lack its time, where the model does not look back", async () => {
  const timed = await trainBenchmark(rows, { ...options, workers: 1, time: "when", models: ["linear", "last-value"] });
  const asked = [rows[1], { ...rows[2], when: null }];
  const { answers, warnings } = await predictTable(timed.models.get("linear")!, asked);
  expect(answers.length).toBe(2);
  expect(warnings).toContainEqual(expect.objectContaining({ code: "no-order", column: "when" }));
  await expect(predictTable(timed.models.get("last-value")!, asked)).rejects.toThrow(/no order in time/);
});

describe("a test table", () => {
  const test = rows.map(({ y, ...row }) => ({ ...row, y: y > 0 ? "yes" : "no" }));
  const trained = (table: readonly object[]): Promise<Benchmark> =>
    trainBenchmark(test, { ...options, models: ["constant"], workers: 1, test: table as Record<string, unknown>[] });
  it("without one usable row is refused before anything is trained", async () => {
    await expect(trained(test.map((row) => ({ ...row, y: `${row.y}.` })))).rejects.toThrow(
      /none of its 120 rows has a class of the training table \(no, yes\) as y; row 0 has "(no|yes)\."/,
    );
    await expect(trained(test.map((row) => ({ ...row, y: null })))).rejects.toThrow(/y is missing in all 120 rows/);
    await expect(trained(test.map(({ y: _y, ...row }) => row))).rejects.toThrow(/has no column "y", the target/);
  });
  it("with some is scored on these, and the others are counted", async () => {
    const { artifact } = await trained(test.map((row, i) => (i < 5 ? { ...row, y: "maybe" } : row)));
    expect(artifact.splits.rows).toMatchObject({ test: 115, unused: 5 });
    expect(artifact.warnings).toContainEqual(expect.objectContaining({ code: "unseen-classes", count: 5 }));
  });
  it("tells of the columns it lacks, and what that means", async () => {
    const full = rows.map((row, i) => ({ ...row, w: 1 + (i % 2), g: `g${i % 20}`, rule: row.x }));
    const roles = { ...options, workers: 1, weight: "w", group: "g", ruleColumn: "rule" };
    const less = full.map(({ w: _w, g: _g, ...row }) => row);
    const { artifact } = await trainBenchmark(full, { ...roles, test: less });
    const absent = artifact.warnings.filter(({ code }) => code === "absent-column");
    expect(absent.map(({ column }) => column)).toEqual(["w", "g"]);
    const bare = less.map(({ rule: _rule, ...row }) => row);
    await expect(trainBenchmark(full, { ...roles, test: bare })).rejects.toThrow(/no column "rule", the rule column/);
  });
  it("has its weights on the scale of the table's", async () => {
    const weighed = rows.map((row) => ({ ...row, w: 10 }));
    const benchmark = await trainBenchmark(weighed, {
      ...options,
      workers: 1,
      weight: "w",
      test: weighed.slice(0, 9),
    });
    const [weight, ...others] = new Set(runOf(benchmark).loaded.data.weights);
    expect(weight).toBeCloseTo(1, 12);
    expect(others).toEqual([]);
  });
});
