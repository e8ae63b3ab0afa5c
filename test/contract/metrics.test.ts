import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Prediction } from "../../src/frame/prediction.ts";
import { constant } from "../../src/baselines/constant.ts";
import { allRows, type Dataset, type Target, type Task } from "../../src/frame/dataset.ts";
import type { Metric, Scored } from "../../src/metrics/contract.ts";
import { identity } from "../../src/metrics/links.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { floorsOf, type Floor } from "../../src/metrics/floors.ts";
import { seeded } from "../../src/numeric/rng.ts";

const ROWS = 80;

function random(task: Task, seed: number): Scored {
  const rng = seeded("metrics").split(task).split(seed);
  if (task === "regression")
    return {
      truth: { task, name: "y", values: Float64Array.from({ length: ROWS }, () => 1 + 5 * rng.uniform()) },
      prediction: { kind: "value", values: Float64Array.from({ length: ROWS }, () => 1 + 5 * rng.uniform()) },
    };
  const classes = task === "binary" ? ["a", "b"] : ["a", "b", "c"];
  const values = Float64Array.from({ length: ROWS * classes.length }, () => 0.05 + Math.round(20 * rng.uniform()) / 20);
  for (let i = 0; i < ROWS; i++) {
    const row = values.subarray(i * classes.length, (i + 1) * classes.length);
    const sum = row.reduce((a, b) => a + b, 0);
    row.forEach((v, k) => (row[k] = v / sum));
  }
  return {
    truth: {
      task,
      name: "y",
      classes,
      codes: Int32Array.from({ length: ROWS }, (_, i) => (i < 3 ? i % classes.length : rng.below(classes.length))),
    },
    prediction: { kind: "probability", classes: classes.length, values },
  };
}

/** A long tail, where mean, median and the others are far apart; classes of very unequal size. */
function skewed(truth: Target): Target {
  if (truth.task === "regression") return { ...truth, values: truth.values.map((y) => Math.exp(y)) };
  return { ...truth, codes: truth.codes.map((code, i) => (i % 4 === 0 ? code : 0)) };
}

function take({ truth, prediction }: Scored, order: readonly number[]): Scored {
  const width = prediction.kind === "value" ? 1 : prediction.classes;
  const values = Float64Array.from(order.flatMap((i) => [...prediction.values.subarray(i * width, (i + 1) * width)]));
  const target: Target =
    truth.task === "regression"
      ? { ...truth, values: Float64Array.from(order, (i) => truth.values[i]) }
      : { ...truth, codes: Int32Array.from(order, (i) => truth.codes[i]) };
  return { truth: target, prediction: { ...prediction, values } };
}

function perfect({ truth }: Scored): Scored {
  const prediction: Prediction =
    truth.task === "regression"
      ? { kind: "value", values: truth.values }
      : {
          kind: "probability",
          classes: truth.classes.length,
          values: Float64Array.from(
            [...truth.codes].flatMap((code) => truth.classes.map((_, k) => (k === code ? 1 : 0))),
          ),
        };
  return { truth, prediction };
}

/** Answers without ties, and the same with the two classes the other way round. */
function bothWays({ truth }: Scored): readonly [Scored, Scored] {
  if (truth.task === "regression") throw new TypeError("two classes are wanted");
  const shares = Float64Array.from({ length: ROWS }, (_, i) => ((i * 37) % ROWS) / ROWS + 0.003);
  const scored = (codes: Int32Array, share: (p: number) => number): Scored => ({
    truth: { ...truth, codes },
    prediction: {
      kind: "probability",
      classes: 2,
      values: Float64Array.from([...shares].flatMap((p) => [1 - share(p), share(p)])),
    },
  });
  return [
    scored(truth.codes, (p) => p),
    scored(
      truth.codes.map((code) => 1 - code),
      (p) => 1 - p,
    ),
  ];
}

const everyRow = Array.from({ length: ROWS }, (_, i) => i);

for (const metric of metrics)
  for (const task of metric.tasks)
    describe(`${metric.name}, ${task}`, () => {
      const cases = [1, 2, 3, 4, 5].map((seed) => random(task, seed));
      it("stays within its declared range", () => {
        for (const s of cases) {
          expect(metric.score(s)).toBeGreaterThanOrEqual(metric.range[0]);
          expect(metric.score(s)).toBeLessThanOrEqual(metric.range[1]);
        }
      });
      it("gives a perfect prediction the best score, and a random one a worse", () => {
        for (const s of cases) {
          const best = metric.score(perfect(s));
          const bound = metric.direction === "minimize" ? metric.range[0] : metric.range[1];
          expect(best).toBeCloseTo(bound, 5);
          if (metric.direction === "minimize") expect(metric.score(s)).toBeGreaterThan(best);
          else expect(metric.score(s)).toBeLessThan(best);
        }
      });
      it("does not depend on the order of the rows", () => {
        for (const s of cases) {
          const order = seeded("order").shuffle(everyRow.slice());
          expect(metric.score(take(s, order))).toBeCloseTo(metric.score(s), 10);
        }
      });
      it("takes a weight of 2 as a row given twice and 0 as a row left out", () => {
        for (const s of cases) {
          const weights = Float64Array.from(everyRow, (i) => (i < 4 ? 1 : i % 3));
          const repeated = everyRow.flatMap((i) => Array.from({ length: weights[i] }, () => i));
          expect(metric.score(s, weights)).toBeCloseTo(metric.score(take(s, repeated)), 10);
          expect(metric.score(s, new Float64Array(ROWS).fill(3))).toBeCloseTo(
            metric.score(s, new Float64Array(ROWS).fill(1)),
            10,
          );
        }
      });
      it("scores one prediction under many weightings to the same bits", () => {
        for (const s of cases) {
          const scoreWith = metric.scorer?.(s);
          if (scoreWith === undefined) continue;
          const rng = seeded("weightings");
          for (let round = 0; round < 5; round++) {
            const weights = Float64Array.from(everyRow, () => rng.below(4) * (round < 3 ? 1 : rng.uniform()));
            expect(scoreWith(weights)).toBe(metric.score(s, weights));
          }
          expect(scoreWith()).toBe(metric.score(s));
        }
      });
      it("tells what all rows would cost, were they of one class", () => {
        for (const s of cases) {
          const { truth } = s;
          if (metric.lossesIf === undefined || truth.task === "regression") continue;
          const lossesIf = metric.lossesIf(s);
          for (const k of truth.classes.keys()) {
            const told = lossesIf(k);
            const asked = metric.losses!({ ...s, truth: { ...truth, codes: truth.codes.map(() => k) } });
            for (const i of everyRow) expect(told[i]).toBeCloseTo(asked[i], 12);
          }
        }
      });
      if (task === "multiclass" && metric.needs === "label")
        it("takes no table of classes x classes", () => {
          const classes = Array.from({ length: 60_000 }, (_, k) => String(k));
          const values = new Float64Array(2 * classes.length);
          values.set([1], 0);
          values.set([1], values.length - 1);
          const truth = { task, name: "y", classes, codes: Int32Array.of(0, classes.length - 2) } as const;
          const score = metric.score({ truth, prediction: { kind: "probability", classes: classes.length, values } });
          expect(Number.isNaN(score) || (score >= metric.range[0] && score <= metric.range[1])).toBe(true);
        });
      it("says in exactly one way how its rows contribute", () => {
        const ways = ["losses", "ratio", "influence"].filter((way) => way in metric);
        expect(ways).toHaveLength(1);
        if (metric.link) expect(ways).toEqual(["losses"]);
      });
      it("is what its record makes of its row losses, and the link's slope is its derivative", () => {
        const { link = identity } = metric;
        for (const s of cases) {
          const list = metric.losses?.(s);
          if (!list) return;
          const mean = list.reduce((a, b) => a + b, 0) / ROWS;
          expect(list.length).toBe(ROWS);
          expect(link.of(mean)).toBeCloseTo(metric.score(s), 10);
          const step = 1e-6 * mean;
          expect(link.slope(mean)).toBeCloseTo((link.of(mean + step) - link.of(mean - step)) / (2 * step), 6);
        }
      });
      it("falls short of its best value by the ratio of its record", () => {
        if (!metric.ratio) return;
        for (const s of cases)
          for (const weights of [undefined, Float64Array.from(everyRow, (i) => 1 + (i % 3))]) {
            const { losses, base } = metric.ratio(s, weights);
            const sum = (list: Float64Array): number => list.reduce((all, x, i) => all + x * (weights?.[i] ?? 1), 0);
            const short = sum(losses) / sum(base);
            const value = metric.direction === "maximize" ? metric.range[1] - short : short;
            expect(value).toBeCloseTo(metric.score(s, weights), 10);
          }
      });
      it("has influence values that add to 0 and are its derivative by each row's weight", () => {
        if (!metric.influence) return;
        for (const s of cases) {
          const weights = Float64Array.from(everyRow, (i) => 0.5 + ((7 * i) % 5) / 4);
          const influence = metric.influence.of(s, weights);
          expect(influence.length).toBe(ROWS);
          expect(influence.reduce((a, b) => a + b, 0) / ROWS).toBeCloseTo(0, 10);
          if (metric.influence.estimated) continue;
          for (const i of [0, 5, 17, ROWS - 1]) {
            const moved = (step: number): number =>
              metric.score(
                s,
                weights.map((w, k) => (k === i ? w * (1 + step) : w)),
              );
            expect(influence[i]).toBeCloseTo((ROWS * (moved(1e-5) - moved(-1e-5))) / 2e-5, 5);
          }
        }
      });
      it("has a value on rows without the last class unless its record says when it has none, and none there flatters a constant", () => {
        if (task === "regression") return;
        for (const { truth, prediction } of cases) {
          if (truth.task === "regression" || prediction.kind === "value") throw new TypeError("classes are wanted");
          const last = truth.classes.length - 1;
          const lacking = { ...truth, codes: truth.codes.map((code) => (code === last ? 0 : code)) };
          const value = metric.score({ truth: lacking, prediction });
          if (Number.isNaN(value)) expect(metric.undefinedWhen).toMatch(/rows|one class|constant/);
          else expect(value).toBeLessThanOrEqual(metric.range[1]);
          if (metric.losses !== undefined || metric.needs !== "label") continue;
          const constant = Float64Array.from(prediction.values, (_, i) => (i % (last + 1) === 0 ? 1 : 0));
          const ofConstant = metric.score({ truth: lacking, prediction: { ...prediction, values: constant } });
          if (!Number.isNaN(ofConstant)) expect(ofConstant).toBeLessThan(0.75);
        }
      });
      it("says so when, of two classes, it speaks of the positive one", () => {
        if (task !== "binary") return;
        const [one, other] = bothWays(cases[0]).map((s) => metric.score(s));
        if (metric.ofPositive) expect(Math.abs(one - other)).toBeGreaterThan(1e-3);
        else expect(one).toBeCloseTo(other, 10);
      });
      it("has the floor that no other statistic's constant beats", () => {
        for (const s of [
          ...cases.map(({ truth }) => truth),
          ...[6, 7].map((seed) => skewed(random(task, seed).truth)),
        ]) {
          const data: Dataset = { rows: ROWS, columns: [], target: s };
          const scoreOf = (statistic: Floor): number => {
            const fitted = constant.fit(
              { data, rows: allRows(ROWS) },
              { statistic, quantile: metric.quantile ?? 0.5 },
              seeded(0),
            );
            return metric.score({ truth: s, prediction: fitted.predict(data) });
          };
          const sign = metric.direction === "minimize" ? 1 : -1;
          const floor = sign * scoreOf(metric.floor);
          for (const statistic of floorsOf(task))
            expect(sign * scoreOf(statistic), statistic).toBeGreaterThanOrEqual(floor - 1e-12 * Math.abs(floor));
        }
      });
      it("refuses a prediction of another kind or length by name", () => {
        const other = random(task === "regression" ? "binary" : "regression", 1);
        expect(() => metric.score({ truth: cases[0].truth, prediction: other.prediction })).toThrow(TypeError);
        const short = take(cases[0], [0, 1]).prediction;
        expect(() => metric.score({ truth: cases[0].truth, prediction: short })).toThrow(/rows of truth/);
      });
    });

it("every exported metric is in the registry, and names are unique", async () => {
  expect(new Set(metrics.map((m) => m.name)).size).toBe(metrics.length);
  const files = readdirSync("src/metrics").filter((file) => file !== "registry.ts");
  const modules = await Promise.all(
    files.map((file) => import(`../../src/metrics/${file}`) as Promise<Record<string, unknown>>),
  );
  const exported = modules
    .flatMap((module) => Object.values(module))
    .filter((value): value is Metric => {
      return typeof value === "object" && value !== null && "score" in value && "floor" in value;
    });
  expect(exported.length).toBeGreaterThan(15);
  for (const metric of exported) expect(metrics).toContain(metric);
});
