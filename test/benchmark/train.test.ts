import type { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, it } from "vitest";
import { FitError, type Estimator } from "../../src/baselines/contract.ts";
import { constant } from "../../src/baselines/constant.ts";
import { runOf, type Benchmark } from "../../src/ladder/made.ts";
import { trainBenchmark } from "../../src/benchmark/train.ts";
import type { TrainOptions } from "../../src/intake/options.ts";
import { figure } from "../../src/words/numbers.ts";
import { checkArtifact } from "../../src/report/schema/benchmark.ts";
import { seeded } from "../../src/numeric/rng.ts";

/** A table of records: two signals, a category, an id, a constant, a copy of the target, and a target that follows from the signals. */
function records(rows: number, task: "class" | "number", seed = 1): Record<string, unknown>[] {
  const rng = seeded("records").split(seed);
  return Array.from({ length: rows }, (_, i) => {
    const x = rng.normal();
    const z = rng.below(3);
    const score = 1.5 * x + [0, 1, -1][z] + rng.normal();
    const y = task === "number" ? Math.round(100 * score) / 100 : score > 0 ? "yes" : "no";
    return {
      id: `row-${i}`,
      x: i % 17 === 0 ? null : Math.round(1000 * x) / 1000,
      noise: rng.below(50),
      z: ["a", "b", "c"][z],
      always: 1,
      y,
    };
  });
}

/** One repeat of three folds: enough of everything for what is compared byte by byte. */
const SMALL: TrainOptions = { folds: 3, repeats: 1 };
const FEW = ["one-rule", "naive-bayes", "linear", "logistic"];
const train = (data: Record<string, unknown>[], options: TrainOptions = {}): Promise<Benchmark> =>
  trainBenchmark(data, { target: "y", workers: 1, ...options });
const namesFor = (task: "class" | "number"): string[] =>
  FEW.filter(
    (name) => name !== (task === "class" ? "linear" : "naive-bayes") && (task === "class" || name !== "logistic"),
  );

/** Everything that must not depend on when, where and with how many workers it was made. */
function lasting(benchmark: Benchmark): unknown {
  const { artifact, models, final } = benchmark;
  const { timing: _t, environment: _e, ...rest } = artifact;
  return { rest, models: [...models], final, answers: runOf(benchmark).judged.answers };
}

for (const task of ["class", "number"] as const)
  describe(`a ${task} target`, () => {
    let benchmark: Benchmark;
    beforeAll(async () => {
      benchmark = await train(records(600, task), { models: namesFor(task) });
    });

    it("gives an artifact that fits its schema, all rungs well", () => {
      const artifact = checkArtifact(JSON.parse(JSON.stringify(benchmark.artifact)));
      expect(artifact.ladder.map(({ status }) => status)).toEqual(artifact.ladder.map(() => "ok"));
      expect(artifact.ladder[0].rung).toBe("constant");
      expect(artifact.splits.rows).toEqual({ train: 480, holdout: 120, test: 0, unused: 0 });
    });

    it("beats the floor with the right family, and says what each step bought", () => {
      const { champion, steps, ladder, metric } = benchmark.artifact;
      expect(champion.rung).toBe(task === "class" ? "logistic" : "linear");
      expect(steps.length).toBe(ladder.length - 1);
      expect(steps[0]).toMatchObject({ from: "constant" });
      const value = (rung: string): number =>
        ladder.find((one) => one.rung === rung)?.holdout[metric.name].value ?? Number.NaN;
      expect(value(champion.rung)).toBeLessThan(0.9 * value("constant"));
    });

    it("scores the floor of every metric with that metric's own best constant (honesty rule 3)", () => {
      const { ladder } = benchmark.artifact;
      const { holdout, cv } = ladder[0];
      if (task === "class") {
        expect(holdout.log_loss.value).toBeLessThan(0.7);
        expect(holdout.accuracy.value).toBeGreaterThanOrEqual(0.5);
        expect(holdout.roc_auc.value).toBe(0.5);
        return;
      }
      const { target } = runOf(benchmark).loaded.data;
      const values = (rows: Int32Array): number[] =>
        Array.from(rows, (row) => (target.task === "regression" ? target.values[row] : Number.NaN));
      const trained = values(runOf(benchmark).design.train).sort((a, b) => a - b);
      const median = (trained[239] + trained[240]) / 2;
      const held = values(runOf(benchmark).design.held);
      expect(holdout.mae.value).toBeCloseTo(held.reduce((sum, y) => sum + Math.abs(y - median), 0) / held.length, 9);
      expect(Math.abs(cv.r2.value ?? 1)).toBeLessThan(0.05);
    });

    it("warns of ids, constants and drops nothing else (honesty rules 8 and 9)", () => {
      const { warnings, columns } = benchmark.artifact;
      expect(warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(["id-column", "constant-column"]));
      expect(columns.map(({ name, role }) => [name, role])).toEqual([
        ["id", "id"],
        ["x", "feature"],
        ["noise", "feature"],
        ["z", "feature"],
        ["always", "dropped"],
        ["y", "target"],
      ]);
    });
  });

it("lets go of all that training prepared of a large table before it is measured", async () => {
  const rng = seeded("large");
  const rows = 100_000;
  const column = (): Float64Array => Float64Array.from({ length: rows }, () => rng.uniform());
  const features = Array.from({ length: 41 }, (_, k) => [`x${k}`, column()] as const);
  const table = { ...Object.fromEntries(features), y: column() };
  const threads: { ended: boolean }[] = [];
  const note = (thread: Worker): void => {
    const at = { ended: false };
    threads.push(at);
    thread.once("exit", () => (at.ended = true));
  };
  process.on("worker", note);
  let running = 0;
  try {
    const options = { target: "y", models: ["constant"], workers: 2 };
    await trainBenchmark(table, options, {
      onProgress: ({ phase }) => void (phase === "measuring" && (running = threads.length)),
    });
  } finally {
    process.off("worker", note);
  }
  expect(running).toBe(2);
  expect(threads.map(({ ended }) => ended)).toEqual([true, true, true, true]);
});

describe("the same bytes", () => {
  const options = { ...SMALL, models: ["one-rule", "logistic", "naive-bayes"] };
  it("from two runs, from one worker and from two", async () => {
    const data = records(300, "class");
    const [a, b, c] = [
      await train(data, options),
      await train(data, options),
      await train(data, { ...options, workers: 2 }),
    ];
    expect(lasting(b)).toEqual(lasting(a));
    expect(lasting(c)).toEqual(lasting(a));
  });
  it("of every rung when another one joins the ladder (honesty rule 10)", async () => {
    const data = records(300, "class");
    const less = await train(data, { ...SMALL, models: ["one-rule", "logistic"] });
    const more = await train(data, { ...SMALL, models: ["one-rule", "naive-bayes", "logistic", "tree"] });
    for (const rung of ["one-rule", "logistic"]) {
      expect(more.models.get(rung)).toEqual(less.models.get(rung));
      const of = (benchmark: Benchmark) => runOf(benchmark).judged.answers.find((one) => one.rung === rung);
      expect(of(more)).toEqual(of(less));
    }
  });
  it("but others from another seed", async () => {
    const data = records(300, "class");
    const [a, b] = [await train(data, options), await train(data, { ...options, seed: 1 })];
    expect(b.artifact.splits.fingerprint).not.toBe(a.artifact.splits.fingerprint);
  });
});

describe("a rung that fails", () => {
  const broken = (name: string, fail: () => never): Estimator => ({
    ...(constant as Estimator),
    name,
    title: name,
    space: () => ({}),
    fit: fail,
    fromJSON: fail,
  });
  it("is reported and scored as the floor, never dropped (honesty rule 6)", async () => {
    const stated = broken("stated", () => {
      throw new FitError("stated: there is nothing to learn");
    });
    const crashing = broken("crashing", () => {
      throw new Error("null has no member");
    });
    const { artifact } = await train(records(600, "class"), {
      models: ["logistic", "stated", "crashing"],
      estimators: [stated, crashing],
    });
    const [floor, , one, other] = artifact.ladder;
    expect([one.rung, one.status, one.reason]).toEqual(["stated", "failed", "stated: there is nothing to learn"]);
    expect(other).toMatchObject({
      rung: "crashing",
      status: "failed",
      reason: expect.stringContaining("null has no member"),
    });
    expect(one.cv).toEqual(floor.cv);
    expect(one.holdout).toEqual(floor.holdout);
    expect(artifact.champion.rung).toBe("logistic");
  });
  it("differs from an estimator that is none, which is refused before anything is trained", async () => {
    const fine = broken("fine", () => {
      throw new FitError("fine: there is nothing to learn");
    });
    const asked = (...estimators: object[]): Promise<unknown> =>
      train(records(60, "class"), { estimators: estimators as Estimator[] });
    await expect(asked(fine, fine)).rejects.toThrow('estimators: there is an estimator "fine" already');
    await expect(asked({ ...fine, name: "linear" })).rejects.toThrow('there is an estimator "linear" already');
    await expect(asked({ ...fine, name: "../fine" })).rejects.toThrow('"../fine": wanted a name of letters');
    await expect(asked({ name: "half" })).rejects.toThrow('estimators: "half": wanted a text as family');
  });
});

describe("the champion", () => {
  it("is plainer than the best within its error, in the unit that was averaged", async () => {
    const weak = records(60, "number").map((row, i) => ({ ...row, y: Number(row.y) + 6 * Math.sin(i * i) }));
    const { artifact } = await train(weak, { ...SMALL, models: ["linear"] });
    expect(artifact.champion).toMatchObject({ rung: "constant", best: "linear" });
    const { difference, standardError } = artifact.champion.evidence[0];
    const losses = artifact.ladder.map(({ cv }) => Number(cv.rmse.pooled) ** 2);
    expect(difference).toBeCloseTo(losses[0] - losses[1], 9);
    expect(artifact.champion.sentence).toBe(
      `linear has the smallest loss, but constant is plainer and only ${figure(Number(difference))} worse in rmse², within one standard error (${figure(Number(standardError))}).`,
    );
  });
});

describe("leakage", () => {
  it("names a column that alone nearly decides the target, with the score without it", async () => {
    const noise = seeded("leak");
    const data = records(600, "class").map((row) => ({
      ...row,
      settled: row.y === "yes" && noise.uniform() < 0.97 ? 1 : 0,
    }));
    const { artifact } = await train(data, { models: ["logistic"] });
    const found = artifact.warnings.find(({ code }) => code === "near-perfect-column");
    expect(found).toMatchObject({
      column: "settled",
      message: expect.stringMatching(/without it logistic gets log_loss 0\.[3-6]\d* instead of 0\.0/),
    });
  });
  it("says once what is left without several, beside the worst of them", async () => {
    const noise = seeded("leaks");
    const settled = (y: unknown, share: number): number => (y === "yes" && noise.uniform() < share ? 1 : 0);
    const data = records(600, "class").map((row) => ({ ...row, most: settled(row.y, 0.97), all: settled(row.y, 1) }));
    const { artifact } = await train(data, { models: ["logistic"] });
    const found = artifact.warnings.filter(({ code }) => code === "near-perfect-column");
    expect(found.map(({ column }) => column)).toEqual(["all", "most"]);
    expect(found[0].message).toMatch(/; without the 2 such columns logistic gets log_loss 0\.[3-6]\d* instead of /);
    expect(found[1].message).toMatch(/\(--ignore most\)$/);
  });
  it("names a date by its column, which is what --ignore takes", async () => {
    const data = records(600, "class").map((row, i) => ({
      ...row,
      settled: `${row.y === "yes" ? 2031 : 2024}-0${1 + (i % 9)}-1${i % 7}`,
    }));
    const { artifact } = await train(data, { models: ["one-rule"] });
    const found = artifact.warnings.filter(({ code }) => code === "near-perfect-column");
    expect(found.map(({ column }) => column)).toEqual(["settled"]);
    expect(found[0].message).toMatch(/--ignore settled\); without it one-rule gets log_loss 0\.[3-7]/);
    expect(artifact.warnings[0]).toBe(found[0]);
  });
  it("counts identical rows on both sides of a split, and --group-duplicates keeps them together", async () => {
    const half = records(300, "class").map((row) => ({ ...row, id: null }));
    const plain = await train([...half, ...half], { models: ["one-rule"] });
    const codes = plain.artifact.warnings.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(["duplicates-across-holdout", "duplicates-across-folds"]));
    const grouped = await train([...half, ...half], { models: ["one-rule"], groupDuplicates: true });
    expect(grouped.artifact.warnings.some(({ code }) => code.startsWith("duplicates-across"))).toBe(false);
    expect(grouped.artifact.splits.kind).toBe("group");
  });
});

describe("options", () => {
  it("repeats cross-validation and holds nothing out below 500 rows", async () => {
    const { artifact } = await train(records(120, "number"), { models: ["linear"], repeats: 3 });
    expect(artifact.splits).toMatchObject({ folds: 5, repeats: 3, rows: { train: 120, holdout: 0 } });
    expect(artifact.ladder[1].cv.rmse.folds.length).toBe(15);
    expect(artifact.ladder[1].holdout).toEqual({});
  });
  it("marks how the parameters behind a score were chosen", async () => {
    const of = async (nested: "always" | "never") => {
      const { artifact } = await train(records(600, "number"), { models: ["one-rule", "linear"], nested });
      return artifact.ladder.map(({ rung, cv }) => [rung, cv.rmse.selection]);
    };
    expect(await of("always")).toEqual([
      ["constant", "none"],
      ["one-rule", "nested"],
      ["linear", "champion"],
    ]);
    expect(await of("never")).toEqual([
      ["constant", "none"],
      ["one-rule", "same-folds"],
      ["linear", "champion"],
    ]);
  });
  it("judges the user's own rule as a rung", async () => {
    const { artifact, final } = await train(records(600, "class"), { models: ["rule"], rule: 'x > 0 ? "yes" : "no"' });
    expect(artifact.ladder[1]).toMatchObject({ rung: "rule", status: "ok" });
    expect(artifact.ladder[1].holdout.accuracy.value).toBeGreaterThan(0.65);
    expect(final.rule).toBe('x > 0 ? "yes" : "no"');
  });
  it("scores on a test table, numbered in its own file", async () => {
    const benchmark = await train(records(600, "number"), {
      models: ["linear"],
      test: records(80, "number", 2),
    });
    const { artifact } = benchmark;
    const { loaded, splits } = runOf(benchmark);
    expect(artifact.splits.rows).toEqual({ train: 600, holdout: 0, test: 80, unused: 0 });
    expect(artifact.dataset.test).toMatchObject({ rows: 80 });
    expect(splits.part[600]).toBe("test");
    expect(loaded.rowNumber(600)).toBe(0);
    expect(artifact.ladder[1].holdout.rmse.value).toBeLessThan(1.3);
  });
  it("counts rows without a target as unused", async () => {
    const data = records(600, "number").map((row, i) => (i < 10 ? { ...row, y: null } : row));
    const { artifact } = await train(data, { models: ["linear"] });
    expect(artifact.splits.rows.unused).toBe(10);
  });
  it("stops at the time limit and says so, with what is known", async () => {
    const { artifact } = await train(records(600, "class"), { timeLimit: 0.001 });
    expect(artifact.interrupted).toBe(true);
    expect(artifact.interruptedBy).toMatch(/time limit of 0.001 s/);
    expect(
      artifact.ladder
        .filter(({ status }) => status === "failed")
        .every(({ reason }) => /time limit/.test(reason ?? "")),
    ).toBe(true);
  });
  const refused: [string, TrainOptions, RegExp][] = [
    ["an unknown model", { models: ["svm"] }, /there is no model "svm"; the models are constant/],
    ["a model of another task", { models: ["linear"] }, /linear does not do binary/],
    ["a model that needs a time", { models: ["last-value"] }, /needs an order of time/],
    ["an unknown metric", { metric: "auc" }, /"auc" is not a metric; choose one of log_loss/],
    ["more folds than rows", { folds: 5000 }, /5000 folds need at least/],
    ["an unknown target", { target: "z9" }, /z9/],
  ];
  for (const [what, options, message] of refused)
    it(`refuses ${what}`, () => expect(train(records(600, "class"), options)).rejects.toThrow(message));
});
