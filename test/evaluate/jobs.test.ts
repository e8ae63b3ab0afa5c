import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FitError, type Estimator } from "../../src/baselines/contract.ts";
import type { Prediction } from "../../src/frame/prediction.ts";
import type { Model } from "../../src/models/contract.ts";
import { estimators } from "../../src/baselines/registry.ts";
import { defaultPoint, type Point } from "../../src/search/space.ts";
import { allRows, shapeOf, type Dataset, type Rows } from "../../src/frame/dataset.ts";
import { blockMeans, blocksOf } from "../../src/evaluate/jobs/blocks.ts";
import type { FoldScore, Work } from "../../src/evaluate/jobs/contract.ts";
import { isSample, takenOut } from "../../src/evaluate/jobs/ground.ts";
import { pooledRunner } from "../../src/evaluate/jobs/pooled.ts";
import { openSession } from "../../src/evaluate/jobs/session.ts";
import { localRunner, type Runner } from "../../src/evaluate/jobs/runner.ts";
import { merged } from "../../src/frame/rows.ts";
import { findMetric } from "../../src/metrics/registry.ts";
import { predictionAt, takeRows } from "../../src/frame/take.ts";
import { evaluateRung, type Design } from "../../src/evaluate/rung.ts";
import { objectiveOf } from "../../src/evaluate/scoring.ts";
import { memoryStorage } from "../../src/search/journal/storage.ts";
import { NothingScored } from "../../src/search/nothing-scored.ts";
import type { FoldPlan } from "../../src/evaluate/splits/contract.ts";
import { foldsOf, planOf } from "../../src/evaluate/splits/plan.ts";
import { tune, type TuneSettings } from "../../src/evaluate/tune.ts";
import { unsuitable } from "../../src/ladder/ladder.ts";
import { NO_EFFORT } from "../../src/numeric/effort.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { pathPoints } from "../../src/search/space/enumerate.ts";
import { sameValues } from "../../src/numeric/ties.ts";
import { plantedTable } from "../../src/testing/tables.ts";

const noClock = (): number => 0;

function found(name: string): Estimator {
  const estimator = estimators.find((one) => one.name === name);
  if (!estimator) throw new RangeError(name);
  return estimator;
}

/** Row i is in part i % folds. */
function dealtPlan(rows: number, folds: number, name = "repeat 0"): FoldPlan {
  return planOf(
    name,
    Int32Array.from({ length: rows }, (_, i) => i % folds),
    folds,
    "exchange",
  );
}

function workOf(data: Dataset, plans: readonly FoldPlan[], metric: string, weightMetrics = false): Work {
  return { data, metric, seed: "jobs", plans, weightMetrics };
}

/** The training rows of a fold. */
function trainRows({ parts }: FoldPlan, train: readonly number[]): Rows {
  return merged(train.map((part) => parts[part]));
}

/** The answer is one of the columns, as it is; which one is the only parameter. */
const oneColumn: Estimator = {
  name: "one-column",
  family: "test",
  title: "One column",
  role: "baseline",
  tasks: ["regression"],
  space: ({ columns }) => {
    const numbers = columns.flatMap(({ kind }, j) => (kind === "number" ? [j] : []));
    return { column: { type: "category", choices: numbers, default: numbers[0] } };
  },
  fit: (_view, { column }) => {
    const model: Model = {
      complexity: { count: 1, unit: "columns" },
      notes: {},
      predict: (data, rows = allRows(data.rows)): Prediction => {
        const source = data.columns[Number(column)];
        if (source.kind !== "number") throw new TypeError("a number wanted");
        return { kind: "value", values: Float64Array.from(rows, (row) => source.values[row]) };
      },
      explain: () => ({ summary: "One column.", lines: [] }),
      toJSON: () => ({ kind: "one-column", version: 1, column }),
    };
    return Object.freeze(model);
  },
  fromJSON: () => {
    throw new TypeError("one-column: is never saved");
  },
};

/** Column j is wrong by off[j](row), give or take 1 %. */
function wrongBy(rows: number, off: readonly ((row: number) => number)[]): Dataset {
  const rng = seeded("wrong by");
  const y = Float64Array.from({ length: rows }, () => rng.normal());
  const columns = off.map((by, j) => ({
    kind: "number" as const,
    name: `c${j}`,
    values: y.map((value, row) => value + by(row) * (1 + 0.01 * rng.normal())),
  }));
  return { rows, columns, target: { task: "regression", name: "y", values: y } };
}

describe("nested search", () => {
  it("is a loop in a loop: what is best inside a fold's training rows predicts the fold", async () => {
    // Column 1 is better than column 2 but in part 0: better where part 0 is left out.
    const plan = dealtPlan(80, 4);
    const data = wrongBy(80, [() => 5, (row) => (row % 4 === 0 ? 4.5 : 2.5), () => 3]);
    const runner = localRunner(workOf(data, [plan], "mae"), [oneColumn], noClock);
    const metric = findMetric("mae", "regression");
    const chosen: number[] = [];
    for (const fold of plan.folds) {
      const loss = (column: number): number =>
        foldsOf(fold.train, "exchange").reduce((sum, inner) => {
          const rows = plan.parts[inner.test];
          const model = oneColumn.fit({ data, rows: trainRows(plan, inner.train) }, { column }, seeded(1));
          return sum + objectiveOf(metric, data, rows, model.predict(data, rows), false);
        }, 0);
      const best = [0, 1, 2].reduce((a, b) => (loss(b) < loss(a) ? b : a));
      const result = await runner.nested({
        kind: "nested",
        estimator: "one-column",
        plan: 0,
        fold,
        settings: { seed: "s" },
      });
      expect(result.point).toEqual({ column: best });
      const rows = plan.parts[fold.test];
      const model = oneColumn.fit({ data, rows: trainRows(plan, fold.train) }, { column: best }, seeded(1));
      expect(result.prediction).toEqual(model.predict(data, rows));
      chosen.push(best);
    }
    expect(chosen).toEqual([1, 2, 2, 2]);
    await runner.close();
  });

  for (const name of ["linear", "tree"])
    it(`of ${name} equals tuning by hand on the other folds, with models fitted one at a time`, async () => {
      const estimator = found(name);
      const data = plantedTable({ task: "regression", rows: 160, missing: 0.05 });
      const plan = dealtPlan(160, 4);
      const metric = findMetric("rmse", "regression");
      const runner = localRunner(workOf(data, [plan], "rmse"), estimators, noClock);
      const settings: TuneSettings = { seed: "by hand", trials: 3, racing: false };
      for (const fold of plan.folds.slice(0, 2)) {
        const inner = foldsOf(fold.train, "exchange");
        const train = trainRows(plan, fold.train);
        const score = (points: readonly Point[], k: number): FoldScore[] =>
          points.map((point) => {
            const rows = plan.parts[inner[k].test];
            const model = estimator.fit({ data, rows: trainRows(plan, inner[k].train) }, point, seeded(1));
            const said = model.predict(data, rows);
            const losses = metric.losses?.({ truth: truthAt(data, rows), prediction: said }) ?? new Float64Array();
            return {
              loss: objectiveOf(metric, data, rows, said, false),
              blocks: blockMeans(losses, blocksOf(data, rows)),
              effort: NO_EFFORT,
            };
          });
        const inside = { ...settings, seed: `by hand inside repeat 0 ${fold.test}` };
        const tuned = await tune(estimator, { data, rows: train.length, folds: 3 }, inside, score);
        const result = await runner.nested({ kind: "nested", estimator: name, plan: 0, fold, settings });
        expect(result.point).toEqual(tuned.point);
        expect(result.foldFits).toBe(1 + (tuned.search?.foldFits.run ?? 0));
        const wanted = estimator
          .fit({ data, rows: train }, tuned.point, seeded(1))
          .predict(data, plan.parts[fold.test]);
        for (const [i, value] of result.prediction.values.entries()) expect(value).toBeCloseTo(wanted.values[i], 8);
      }
      await runner.close();
    });

  it("never sees the fold: other targets there change neither the choice nor the answers", async () => {
    const data = plantedTable({ task: "regression", rows: 120 });
    if (data.target.task !== "regression") throw new TypeError("amounts wanted");
    for (const folds of [4, 3]) {
      // with three folds the training rows are dealt afresh
      const plan = dealtPlan(120, folds);
      const fold = plan.folds[1];
      const values = data.target.values.map((value, row) => (row % folds === 1 ? 1e3 - value : value));
      const answers = await Promise.all(
        [data, { ...data, target: { ...data.target, values } }].map((table) =>
          localRunner(workOf(table, [plan], "rmse"), estimators, noClock).nested({
            kind: "nested",
            estimator: "tree",
            plan: 0,
            fold,
            settings: { seed: "s", trials: 3 },
          }),
        ),
      );
      expect(answers[1]).toEqual(answers[0]);
    }
  });

  it("in order of time, folds inside end before the fold that is scored", async () => {
    const rows = 90;
    const data = { ...plantedTable({ task: "regression", rows }), time: Float64Array.from(allRows(rows)) };
    const plan = planOf(
      "repeat 0",
      Int32Array.from({ length: rows }, (_, i) => Math.floor(i / 30)),
      3,
      "expanding",
    );
    const read: number[] = [];
    const watched: Estimator = {
      ...oneColumn,
      fit: (view, params, rng) => {
        read.push(Math.max(...view.rows));
        const model = oneColumn.fit(view, params, rng);
        return {
          ...model,
          predict: (table, asked = allRows(table.rows)) => (read.push(Math.max(...asked)), model.predict(table, asked)),
        };
      },
    };
    const runner = localRunner(workOf(data, [plan], "rmse"), [watched], noClock);
    await runner.nested({
      kind: "nested",
      estimator: "one-column",
      plan: 0,
      fold: plan.folds[0],
      settings: { seed: "s" },
    });
    // All of the search stays within the first block; only the last answer is about the second.
    expect(read.slice(0, -1).every((row) => row < 30)).toBe(true);
    expect(read[read.length - 1]).toBe(59);
  });
});

function truthAt({ target }: Dataset, rows: Rows): Dataset["target"] {
  return target.task === "regression"
    ? { ...target, values: Float64Array.from(rows, (row) => target.values[row]) }
    : { ...target, codes: Int32Array.from(rows, (row) => target.codes[row]) };
}

describe("jobs here and in worker threads give the same bytes", () => {
  const data = plantedTable({ task: "binary", rows: 200, missing: 0.05, weights: true });
  const plans = [dealtPlan(200, 4), dealtPlan(200, 5, "repeat 1")];
  const work = workOf(data, plans, "log_loss", true);
  const names = ["logistic", "tree", "boosting", "forest", "naive-bayes"];
  let here: Runner;
  let there: Runner;
  beforeAll(() => {
    here = localRunner(work, estimators, noClock);
    there = pooledRunner(work, 2);
  });
  afterAll(async () => {
    await Promise.all([here.close(), there.close()]);
  });
  const both = async <T>(ask: (runner: Runner) => Promise<T>): Promise<T> => {
    const [a, b] = await Promise.all([ask(here), ask(there)]);
    expect(b).toEqual(a);
    return a;
  };

  for (const estimator of names)
    it(estimator, async () => {
      const space = found(estimator).space(shapeOf(data), 160);
      const point = {
        ...defaultPoint(space),
        ...(estimator === "boosting" && { rounds: 8, subsample: 0.5 }),
        ...(estimator === "forest" && { trees: 6 }),
      };
      for (const [plan, { folds }] of plans.entries()) {
        const scores = await both((runner) =>
          runner.score({ kind: "score", estimator, plan, fold: folds[1], points: [point] }),
        );
        expect(Number.isFinite(scores[0].loss)).toBe(true);
        await both((runner) => runner.predict({ kind: "predict", estimator, plan, fold: folds[1], point }));
      }
      await both(async (runner) => {
        const rows = allRows(150);
        const fit = await runner.fit({ kind: "fit", estimator, rows, point, predict: Int32Array.of(150, 160, 199) });
        return { model: JSON.stringify(fit.model), prediction: fit.prediction };
      });
    });
  it("a nested rung's out-of-fold answers are those of the searches inside its folds", async () => {
    const design: Design = {
      data,
      plans,
      repeats: 1,
      searchPlans: [0],
      nested: true,
      train: allRows(180),
      held: allRows(0),
    };
    const settings: TuneSettings = { seed: "inside", trials: 6 };
    let differs = false;
    for (const estimator of ["tree", "logistic", "boosting"]) {
      const { outOfFold, tuned } = await evaluateRung(found(estimator), design, settings, here);
      for (const fold of plans[0].folds) {
        const rows = plans[0].parts[fold.test];
        const inside = await here.nested({ kind: "nested", estimator, plan: 0, fold, settings });
        expect(predictionAt(outOfFold[0], rows).values).toEqual(inside.prediction.values);
        const outside = await here.predict({ kind: "predict", estimator, plan: 0, fold, point: tuned.point });
        differs ||= !sameValues(outside.prediction.values, inside.prediction.values);
      }
    }
    expect(differs).toBe(true); // else the same folds' choice would pass for a nested one
  });
  it.each(["tree", "boosting"])("a whole rung, search inside folds included: %s", async (name) => {
    const design: Design = {
      data,
      plans,
      repeats: 1,
      searchPlans: [0],
      nested: true,
      train: allRows(180),
      held: allRows(200).subarray(180),
    };
    const settings: TuneSettings = { seed: "rung", trials: 3 };
    const rung = async (runner: Runner): Promise<unknown> => {
      const { tuned, selection, outOfFold, final, work } = await evaluateRung(found(name), design, settings, runner);
      const trials = tuned.search?.trials.map(({ number, state, point, reports }) => ({
        number,
        state,
        point,
        reports,
      }));
      return {
        point: tuned.point,
        trials,
        selection,
        outOfFold,
        model: final.model,
        prediction: final.prediction,
        work,
      };
    };
    await both(rung);
  });
});

describe("a plan of a sample", () => {
  const rows = 90;
  const times = 5;
  /** Every fifth row of the table is one of the sample. */
  for (const task of ["regression", "binary", "multiclass"] as const)
    it(`is worked on as a table of its own: ${task}`, () => {
      const data = plantedTable({
        task,
        rows: rows * times,
        missing: 0.1,
        text: true,
        weights: true,
        time: true,
        forecast: true,
      });
      const places = Int32Array.from({ length: rows }, (_, i) => i * times);
      const plan = dealtPlan(rows, 3);
      const spread = { ...plan, parts: plan.parts.map((part) => part.map((row) => places[row])) };
      expect(isSample({ data, plan: spread })).toBe(true);
      expect(takenOut({ data, plan: spread })).toEqual({ data: takeRows(data, places), plan });
      const metric = task === "regression" ? "rmse" : "log_loss";
      const ofSample = openSession(workOf(takeRows(data, places), [plan], metric), estimators);
      const ofTable = openSession(workOf(data, [spread], metric), estimators);
      const suitable = estimators.filter((one) => one.tasks.includes(task) && unsuitable(one, data) === undefined);
      expect(suitable.length).toBeGreaterThan(4);
      for (const one of suitable) {
        const { name, looksBack } = one;
        const point = defaultPoint(one.space(shapeOf(data), 60));
        const job = { estimator: name, plan: 0, fold: plan.folds[1] };
        const score = { kind: "score", ...job, points: [point] } as const;
        const predict = { kind: "predict", ...job, point } as const;
        if (looksBack) {
          // the rows before one are those of the whole table
          const model = found(name).fit({ data, rows: trainRows(spread, [0, 2]) }, point, seeded(0));
          expect(ofTable.predict(predict).prediction, name).toEqual(model.predict(data, spread.parts[1]));
          continue;
        }
        expect(ofTable.score(score), name).toEqual(ofSample.score(score));
        expect(ofTable.predict(predict), name).toEqual(ofSample.predict(predict));
      }
    });
});

describe("a score job", () => {
  const data = plantedTable({ task: "regression", rows: 90, weights: true });
  const plan = dealtPlan(90, 3);

  it("is the metric of a model of the other parts, with weights where asked for", async () => {
    const linear = found("linear");
    const point = { penalty: "l2", loss: "squared", l2: 1 };
    const rows = plan.parts[2];
    const model = linear.fit({ data, rows: trainRows(plan, [0, 1]) }, point, seeded(1));
    for (const weighted of [false, true]) {
      const runner = localRunner(workOf(data, [plan], "mae", weighted), estimators, noClock);
      const [{ loss, blocks }] = await runner.score({
        kind: "score",
        estimator: "linear",
        plan: 0,
        fold: plan.folds[2],
        points: [point],
      });
      const wanted = objectiveOf(findMetric("mae", "regression"), data, rows, model.predict(data, rows), weighted);
      expect(loss).toBeCloseTo(wanted, 9);
      expect(blocks?.length).toBe(30);
    }
  });
  it("asks a model that points share once", () => {
    const data = wrongBy(12, [() => 1, () => 2]);
    let asked = 0;
    const counting: Estimator = {
      ...oneColumn,
      prepare: () => ({
        fit: (_train, points) => {
          const models = [0, 1].map((column): Model => {
            const model = oneColumn.fit({ data, rows: allRows(12) }, { column }, seeded(0));
            return { ...model, predict: (...of) => (asked++, model.predict(...of)) };
          });
          return points.map(({ column }) => models[Number(column) % 2]);
        },
      }),
    };
    const plan = dealtPlan(12, 3);
    const session = openSession(workOf(data, [plan], "mae"), [counting]);
    const points = [0, 1, 2, 3].map((column) => ({ column }));
    const job = { kind: "score", estimator: "one-column", plan: 0, fold: plan.folds[0] } as const;
    const together = session.score({ ...job, points });
    expect(asked).toBe(2);
    expect(together).toEqual(points.flatMap((point) => session.score({ ...job, points: [point] })));
  });

  it("of further steps goes on where an earlier one stopped, and scores what a model fitted at once does", async () => {
    const boosting = found("boosting");
    const work = workOf(data, [plan], "rmse");
    const at = (rounds: readonly number[], minLeaf: number): Point[] =>
      rounds.map((count) => ({ ...defaultPoint(boosting.space(shapeOf(data), 60)), minLeaf, rounds: count }));
    const job = { kind: "score", estimator: "boosting", plan: 0, fold: plan.folds[1], steps: "rounds" } as const;
    const rows = trainRows(plan, plan.folds[1].train);
    for (const runner of [localRunner(work, estimators, noClock), pooledRunner(work, 2)]) {
      const found: number[] = [];
      // two fits in turn, and one asked to go back
      for (const [rounds, minLeaf] of [
        [[2, 5], 3],
        [[4], 9],
        [[8], 3],
        [[9, 12], 9],
        [[5, 20], 3],
      ] as const)
        for (const { loss } of await runner.score({ ...job, points: at(rounds, minLeaf) })) found.push(loss);
      const wanted = [...at([2, 5], 3), ...at([4], 9), ...at([8], 3), ...at([9, 12], 9), ...at([5, 20], 3)].map(
        (point) => {
          const rng = seeded("jobs").split("fit").split("boosting").split(plan.name).split(plan.folds[1].train.join());
          const model = boosting.fit({ data, rows }, point, rng);
          const test = plan.parts[plan.folds[1].test];
          return objectiveOf(findMetric("rmse", "regression"), data, test, model.predict(data, test), false);
        },
      );
      expect(found).toEqual(wanted);
      await runner.close();
    }
  });
  it("along a path are the same whatever was asked before, and near those of models fitted alone", async () => {
    const logistic = found("logistic");
    const labels = plantedTable({ task: "multiclass", rows: 90 });
    const work = workOf(labels, [plan], "log_loss");
    const space = logistic.space(shapeOf(labels), 60);
    const along = pathPoints(space, { penalty: "l1", classWeight: "none" });
    const job = { kind: "score", estimator: "logistic", plan: 0, fold: plan.folds[1] } as const;
    const runs: number[][] = [];
    for (const asked of [[along], along.map((point) => [point]), [along.slice(3, 5), along.slice(0, 3), along]])
      for (const runner of [localRunner(work, estimators, noClock), pooledRunner(work, 2)]) {
        const losses = new Map<Point, number>();
        for (const points of asked)
          for (const [i, { loss }] of (await runner.score({ ...job, points, along })).entries())
            losses.set(points[i], loss);
        runs.push(along.map((point) => losses.get(point) as number));
        await runner.close();
      }
    for (const run of runs) expect(run).toEqual(runs[0]);
    const alone = await localRunner(work, estimators, noClock).score({ ...job, points: along });
    for (const [i, { loss }] of alone.entries()) expect(runs[0][i]).toBeCloseTo(loss, 4);
  });
  it("that cannot be fitted says why; a fault of ours is thrown", async () => {
    const failing = (error: Error): Estimator => ({
      ...oneColumn,
      fit: () => {
        throw error;
      },
    });
    const job = {
      kind: "score",
      estimator: "one-column",
      plan: 0,
      fold: plan.folds[0],
      points: [{ column: 0 }, { column: 1 }],
    } as const;
    const work = workOf(data, [plan], "mae");
    const scores = await localRunner(work, [failing(new FitError("one-column: no"))], noClock).score(job);
    expect(scores).toEqual([1, 2].map(() => ({ loss: Number.NaN, effort: NO_EFFORT, error: "one-column: no" })));
    await expect(localRunner(work, [failing(new TypeError("a fault"))], noClock).score(job)).rejects.toThrow("a fault");
    const runner = localRunner(work, [oneColumn], noClock);
    await expect(runner.score({ ...job, estimator: "other" })).rejects.toThrow(/no estimator "other"/);
    await expect(runner.score({ ...job, plan: 7 })).rejects.toThrow(/no plan 7/);
  });
  it("blocks are whole groups, runs of neighbours in time, or dealt round", () => {
    const rows = allRows(90);
    const dealt = blocksOf(data, rows);
    expect(new Set(dealt.of).size).toBe(40);
    expect([...dealt.sizes]).toEqual(Array.from({ length: 40 }, (_, k) => dealt.of.filter((one) => one === k).length));
    const grouped = { ...data, groups: Int32Array.from(rows, (row) => Math.floor(row / 6)) };
    const byGroup = blocksOf(grouped, rows).of;
    expect(rows.every((row) => byGroup[row] === byGroup[6 * Math.floor(row / 6)])).toBe(true);
    const timed = { ...data, time: Float64Array.from(rows, (row) => -row) };
    const byTime = [...blocksOf(timed, rows).of].toReversed();
    expect(byTime.every((block, i) => i === 0 || block === byTime[i - 1] || block === byTime[i - 1] + 1)).toBe(true);
    expect([
      ...blockMeans(Float64Array.of(1, 2, 3, 10), { of: Int32Array.of(0, 1, 0, 1), sizes: Int32Array.of(2, 2) }),
    ]).toEqual([2, 6]);
  });
  it("jobs wait for one another, and none starts after the signal", async () => {
    const stop = new AbortController();
    const runner = localRunner(workOf(data, [plan], "mae"), [oneColumn], noClock, { signal: stop.signal });
    const job = {
      kind: "predict",
      estimator: "one-column",
      plan: 0,
      fold: plan.folds[0],
      point: { column: 1 },
    } as const;
    const first = runner.predict(job);
    const second = first.then(() => {
      stop.abort(new Error("enough"));
      return runner.predict(job);
    });
    expect((await first).prediction.values.length).toBe(30);
    await expect(second).rejects.toThrow("enough");
    await runner.close();
  });
});

describe("tuning", () => {
  const data = plantedTable({ task: "regression", rows: 150 });
  const plan = dealtPlan(150, 5);
  const work = workOf(data, [plan], "rmse");
  const runner = localRunner(work, [...estimators, oneColumn], noClock);
  const score =
    (estimator: string) =>
    (points: readonly Point[], fold: number): Promise<readonly FoldScore[]> =>
      runner.score({ kind: "score", estimator, plan: 0, fold: plan.folds[fold], points });
  const table = { data, rows: 120, folds: 5 };
  const settings: TuneSettings = { seed: "tuning", trials: 4 };

  it("with a journal, without one, and from half of one comes to the same", async () => {
    const tree = found("tree");
    const plain = await tune(tree, table, settings, score("tree"));
    const storage = memoryStorage();
    const kept = await tune(tree, table, settings, score("tree"), { storage });
    expect(kept.point).toEqual(plain.point);
    expect(kept.search?.trials.map(({ reports }) => reports)).toEqual(
      plain.search?.trials.map(({ reports }) => reports),
    );
    const lines = storage.read().split("\n");
    const half = memoryStorage(`${lines.slice(0, lines.length >> 1).join("\n")}\n`);
    let fits = 0;
    const resumed = await tune(tree, table, settings, (points, fold) => (fits++, score("tree")(points, fold)), {
      storage: half,
    });
    expect(resumed.point).toEqual(plain.point);
    expect(resumed.search?.trials.map(({ reports }) => reports)).toEqual(
      plain.search?.trials.map(({ reports }) => reports),
    );
    expect(fits).toBeLessThan(plain.search?.foldFits.run ?? 0);
    expect(fits).toBeGreaterThan(0);
  });
  it("racing leaves out folds of what cannot win, and changes no score that it keeps", async () => {
    const columns = wrongBy(
      200,
      [5, 1, 8, 2, 9, 4, 3, 7, 10, 6].map((size) => () => size),
    );
    const parts = dealtPlan(200, 5);
    const own = localRunner(workOf(columns, [parts], "mae"), [oneColumn], noClock);
    const ask = (points: readonly Point[], fold: number): Promise<readonly FoldScore[]> =>
      own.score({ kind: "score", estimator: "one-column", plan: 0, fold: parts.folds[fold], points });
    const run = (racing: boolean): ReturnType<typeof tune> =>
      tune(oneColumn, { data: columns, rows: 160, folds: 5 }, { seed: "race", racing }, ask);
    const [on, off] = [await run(true), await run(false)];
    expect(on.point).toEqual({ column: 1 });
    expect(off.point).toEqual({ column: 1 });
    expect(off.search?.foldFits).toEqual({ run: 50, saved: 0 });
    expect(on.search?.foldFits.saved).toBeGreaterThan(0);
    expect((on.search?.foldFits.run ?? 0) + (on.search?.foldFits.saved ?? 0)).toBe(50);
    for (const { point, reports } of on.search?.trials ?? []) {
      const whole = off.search?.trials.find((trial) => trial.point.column === point.column)?.reports ?? [];
      for (const { fold, scores } of reports) expect(whole.find((one) => one.fold === fold)?.scores).toEqual(scores);
    }
  });
  it("folds computed at once change nothing", async () => {
    const tree = found("tree");
    const one = await tune(tree, table, settings, score("tree"), { atOnce: 1 });
    const four = await tune(tree, table, settings, score("tree"), { atOnce: 4 });
    expect(four.point).toEqual(one.point);
    expect(four.search?.trials.map(({ reports }) => reports)).toEqual(one.search?.trials.map(({ reports }) => reports));
  });
  it("with nothing to choose there is no search; fixed parameters are held, and unknown names passed over", async () => {
    const fixed = { column: 2, nowhere: 5 };
    const asked: Point[] = [];
    const none = await tune(oneColumn, table, { ...settings, fixed }, (points) => (asked.push(...points), []));
    expect(none.point).toEqual({ column: 2 });
    expect(none.search).toBeUndefined();
    expect(asked).toEqual([]);
    const held = await tune(found("linear"), table, { ...settings, fixed: { penalty: "l1" } }, score("linear"));
    expect(Object.keys(held.point)).toEqual(["penalty", "shrinkage"]); // loss and l2 are of the other penalty
    expect(held.point.penalty).toBe("l1");
  });
  it("when nothing can be fitted it says so with the reason", async () => {
    const nothing = (points: readonly Point[]): FoldScore[] =>
      points.map(() => ({ loss: Number.NaN, effort: NO_EFFORT, error: "one-column: no" }));
    const tuned = tune(oneColumn, table, settings, nothing);
    await expect(tuned).rejects.toThrow(NothingScored);
    await expect(tuned).rejects.toThrow(/one-column: no/);
  });
});

describe("a rung", () => {
  it("runs the leaders of a long search on fresh folds before one is chosen, and those of a short one not", async () => {
    const data = plantedTable({ task: "binary", rows: 150 });
    const plans = [dealtPlan(150, 3), dealtPlan(149, 3, "fresh")];
    const base = { data, plans, repeats: 1, searchPlans: [0], nested: false, train: allRows(150), held: allRows(0) };
    const runner = localRunner(workOf(data, plans, "log_loss"), estimators, noClock);
    const settings: TuneSettings = { seed: "fresh", trials: 6 };
    const run = (name: string, design: Design) => evaluateRung(found(name), design, settings, runner);
    const plain = await run("forest", base);
    const fresh = await run("forest", { ...base, freshPlan: 1 });
    const { search } = fresh.tuned;
    expect(plain.tuned.search?.extraFits).toBe(0);
    expect(search?.extraFits).toBe(4 * 3); // the default and three others
    expect(fresh.work.foldFits).toBe(plain.work.foldFits + 12);
    expect(search?.trials).toEqual(plain.tuned.search?.trials);
    const repeated = search?.candidates.filter(({ repeats }) => repeats.length === 3) ?? [];
    expect(new Set(repeated.map(({ trial }) => trial)).size).toBe(4);
    for (const { repeats, folds } of repeated) expect(repeats).not.toEqual(folds);
    expect((await run("naive-bayes", { ...base, freshPlan: 1 })).tuned.search?.extraFits).toBe(0);
  });
  it("has its model of all rows fitted while folds are answered; what fails in a fold is told first", async () => {
    const data = plantedTable({ task: "regression", rows: 60 });
    const plans = [dealtPlan(60, 3)];
    const design = { data, plans, repeats: 1, searchPlans: [], nested: false, train: allRows(60), held: allRows(0) };
    const runner = localRunner(workOf(data, plans, "rmse"), estimators, noClock);
    let isFitting = (): void => undefined;
    const fitting = new Promise<void>((resolve) => (isFitting = resolve));
    const side: Runner = {
      ...runner,
      fit: (job) => (isFitting(), runner.fit(job)),
      predict: async (job) => (await fitting, runner.predict(job)),
    };
    const rung = await evaluateRung(found("linear"), design, { seed: "s" }, side);
    expect(rung).toEqual(await evaluateRung(found("linear"), design, { seed: "s" }, runner));
    const failing: Runner = {
      ...runner,
      fit: () => Promise.reject(new FitError("of all rows")),
      predict: () => Promise.reject(new FitError("of a fold")),
    };
    await expect(evaluateRung(found("linear"), design, { seed: "s" }, failing)).rejects.toThrow("of a fold");
  });
  it("answers every row of a scored fold once a repeat, others with NaN, and counts its fits", async () => {
    const data = plantedTable({ task: "multiclass", rows: 100 });
    const parts = Int32Array.from({ length: 100 }, (_, i) => (i < 90 ? i % 3 : -1));
    const plans = [
      planOf("repeat 0", parts, 3, "exchange"),
      planOf(
        "repeat 1",
        parts.map((part) => (part < 0 ? -1 : 2 - part)),
        3,
        "exchange",
      ),
    ];
    const runner = localRunner(workOf(data, plans, "log_loss"), estimators, noClock);
    const design: Design = {
      data,
      plans,
      repeats: 2,
      searchPlans: [0],
      nested: false,
      train: allRows(90),
      held: allRows(100).subarray(90),
    };
    const rung = await evaluateRung(found("constant"), design, { seed: "s" }, runner);
    expect(rung.outOfFold.length).toBe(2);
    for (const { values } of rung.outOfFold) {
      expect(values.length).toBe(300);
      for (let i = 0; i < 300; i++) expect(Number.isNaN(values[i])).toBe(i >= 270);
    }
    expect(rung.final.prediction.values.length).toBe(30);
    expect(rung.work.foldFits).toBe(6 + (rung.tuned.search?.foldFits.run ?? 0));
    expect(rung.selection).toBe(rung.tuned.search ? "same-folds" : "none");
    const some = predictionAt(rung.outOfFold[0], Int32Array.of(4, 80));
    expect([...some.values]).toEqual([
      ...rung.outOfFold[0].values.subarray(12, 15),
      ...rung.outOfFold[0].values.subarray(240, 243),
    ]);
  });
});
