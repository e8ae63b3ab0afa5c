/** What a metric promises, beginning with what its record says of it. */
import type { Task } from "../../frame/dataset.ts";
import { allRows } from "../../frame/dataset.ts";
import { bestConstant } from "../../metrics/best-constant.ts";
import type { Metric, Scored } from "../../metrics/contract.ts";
import { floorsOf, type Floor } from "../../metrics/floors.ts";
import { identity } from "../../metrics/links.ts";
import { seeded } from "../../numeric/rng.ts";
import { holds, throws, type Law } from "../law.ts";
import {
  bothWays,
  constantScored,
  everyRow,
  perfectScored,
  randomScored,
  ROWS,
  skewed,
  takeScored,
} from "../scored.ts";

export interface MetricTrial {
  readonly metric: Metric;
  readonly task: Task;
  readonly cases: readonly Scored[];
}

function near(got: number, wanted: number, what: string, tolerance = 1e-10): void {
  const off = Math.abs(got - wanted);
  holds(off <= tolerance * Math.max(1, Math.abs(wanted)), () => `${what}: wanted ${wanted}, got ${got}`);
}

const sumOf = (list: Float64Array, weights?: Float64Array): number =>
  list.reduce((sum, x, i) => sum + x * (weights?.[i] ?? 1), 0);

export const metricLaws: readonly Law<MetricTrial>[] = [
  {
    name: "range",
    claim: "scores lie within the range of the record",
    check: ({ metric, cases }) => {
      const { range } = metric;
      for (const scored of cases) {
        const value = metric.score(scored);
        holds(value >= range[0] && value <= range[1], () => `wanted ${range[0]} to ${range[1]}, got ${value}`);
      }
    },
  },
  {
    name: "best",
    claim: "a perfect prediction has the best score of the range, any other a worse one",
    check: ({ metric, cases }) => {
      const { range, direction } = metric;
      for (const scored of cases) {
        const best = metric.score(perfectScored(scored));
        near(best, direction === "minimize" ? range[0] : range[1], "the score of a perfect prediction", 5e-6);
        const other = metric.score(scored);
        const worse = direction === "minimize" ? other > best : other < best;
        holds(
          worse,
          () => `to ${direction} it, a prediction that knows nothing scores ${other}, a perfect one ${best}`,
        );
      }
    },
  },
  {
    name: "row-order",
    claim: "the order of the rows does not matter",
    check: ({ metric, cases }) => {
      for (const scored of cases) {
        const orders = [everyRow.toReversed(), seeded("order").shuffle([...everyRow])];
        for (const order of orders)
          near(metric.score(takeScored(scored, order)), metric.score(scored), "the score of rows in another order");
      }
    },
  },
  {
    name: "weights",
    claim: "a weight of 2 is a row given twice, a weight of 0 a row left out, and only ratios of weights count",
    check: ({ metric, cases }) => {
      for (const scored of cases) {
        const weights = Float64Array.from(everyRow, (i) => (i < 4 ? 1 : i % 3));
        const copies = everyRow.flatMap((i) => Array.from({ length: weights[i] }, () => i));
        near(metric.score(scored, weights), metric.score(takeScored(scored, copies)), "the score with weights");
        const threes = new Float64Array(ROWS).fill(3);
        near(metric.score(scored, threes), metric.score(scored), "the score with all weights 3");
      }
    },
  },
  {
    name: "scorer",
    claim: "scorer gives the scores of score, to the bit",
    applies: ({ metric }) => metric.scorer !== undefined,
    check: ({ metric, cases }) => {
      for (const scored of cases) {
        const scoreWith = metric.scorer!(scored);
        const rng = seeded("weightings");
        for (let round = 0; round < 5; round++) {
          const weights = Float64Array.from(everyRow, () => rng.below(4) * (round < 3 ? 1 : rng.uniform()));
          near(scoreWith(weights), metric.score(scored, weights), "the scorer's score with weights", 0);
        }
        near(scoreWith(), metric.score(scored), "the scorer's score", 0);
      }
    },
  },
  {
    name: "losses",
    claim: "the score is what the link makes of the mean of the row losses, and its slope the link's derivative",
    applies: ({ metric }) => metric.losses !== undefined,
    check: ({ metric, cases }) => {
      const { link = identity } = metric;
      for (const scored of cases) {
        const losses = metric.losses!(scored);
        holds(losses.length === ROWS, `wanted one loss for each of ${ROWS} rows, got ${losses.length}`);
        const mean = sumOf(losses) / ROWS;
        near(link.of(mean), metric.score(scored), "the score from the mean loss");
        const step = 1e-6 * mean;
        near(link.slope(mean), (link.of(mean + step) - link.of(mean - step)) / (2 * step), "the link's slope", 1e-6);
      }
    },
  },
  {
    name: "losses-if",
    claim: "lossesIf tells what the rows would cost, were they all of one class",
    applies: ({ metric, task }) => metric.lossesIf !== undefined && task !== "regression",
    check: ({ metric, cases }) => {
      for (const scored of cases) {
        const { truth } = scored;
        if (truth.task === "regression") continue;
        const lossesIf = metric.lossesIf!(scored);
        for (const k of truth.classes.keys()) {
          const wanted = metric.losses!({ ...scored, truth: { ...truth, codes: truth.codes.map(() => k) } });
          lossesIf(k).forEach((loss, row) => near(loss, wanted[row], `the loss of row ${row} as class ${k}`, 1e-12));
        }
      }
    },
  },
  {
    name: "ratio",
    claim: "the ratio is what the score falls short of its best by",
    applies: ({ metric }) => metric.ratio !== undefined,
    check: ({ metric, cases }) => {
      for (const scored of cases)
        for (const weights of [undefined, Float64Array.from(everyRow, (i) => 1 + (i % 3))]) {
          const { losses, base } = metric.ratio!(scored, weights);
          const short = sumOf(losses, weights) / sumOf(base, weights);
          const value = metric.direction === "maximize" ? metric.range[1] - short : short;
          near(value, metric.score(scored, weights), "the score from the ratio");
        }
    },
  },
  {
    name: "influence",
    claim: "influence values add to 0 and are the score's derivative by each row's weight",
    applies: ({ metric }) => metric.influence !== undefined,
    check: ({ metric, cases }) => {
      for (const scored of cases) {
        const weights = Float64Array.from(everyRow, (i) => 0.5 + ((7 * i) % 5) / 4);
        const influence = metric.influence!.of(scored, weights);
        holds(influence.length === ROWS, `wanted a value for each of ${ROWS} rows, got ${influence.length}`);
        near(sumOf(influence) / ROWS, 0, "the mean influence");
        if (metric.influence!.estimated) continue;
        for (const row of [0, 5, 17, ROWS - 1]) {
          const moved = (step: number): number =>
            metric.score(
              scored,
              weights.map((w, i) => (i === row ? w * (1 + step) : w)),
            );
          near(influence[row], (ROWS * (moved(1e-5) - moved(-1e-5))) / 2e-5, `the influence of row ${row}`, 5e-6);
        }
      }
    },
  },
  {
    name: "lacking-class",
    claim:
      "on rows without the last class it has a score, or its record says when it has none; none there flatters a constant",
    applies: ({ task }) => task !== "regression",
    check: ({ metric, cases }) => {
      for (const { truth, prediction } of cases) {
        if (truth.task === "regression") continue;
        const last = truth.classes.length - 1;
        const lacking = { ...truth, codes: truth.codes.map((code) => (code === last ? 0 : code)) };
        const value = metric.score({ truth: lacking, prediction });
        const told = metric.undefinedWhen !== undefined && metric.undefinedWhen.length > 3;
        holds(told || !Number.isNaN(value), "it has no score, and undefinedWhen does not say so");
        if (metric.losses !== undefined || metric.needs !== "label") continue;
        const first = truth.classes.map((_, k) => (k === 0 ? 1 : 0));
        const ofConstant = metric.score(constantScored(lacking, Float64Array.from(first)));
        holds(!(ofConstant >= 0.75), `a constant scores ${ofConstant}`);
      }
    },
  },
  {
    name: "positive-class",
    claim: "of two classes it speaks of both alike, unless its record says that it speaks of the positive one",
    applies: ({ task }) => task === "binary",
    check: ({ metric, cases: [{ truth }] }) => {
      if (truth.task === "regression") return;
      const [one, other] = bothWays(truth).map((scored) => metric.score(scored));
      if (!metric.ofPositive) near(one, other, "the score with the classes the other way round");
      else holds(Math.abs(one - other) > 1e-3, "the score is the same with the classes the other way round");
    },
  },
  {
    name: "floor",
    claim: "no other constant scores better than that of its floor",
    check: ({ metric, task, cases }) => {
      const truths = cases.map(({ truth }) => truth);
      for (const truth of [...truths, ...[6, 7].map((seed) => skewed(randomScored(task, seed).truth))]) {
        const sign = metric.direction === "minimize" ? 1 : -1;
        const scoreOf = (floor: Floor): number => {
          const made = { floor, quantile: metric.quantile ?? 0.5 };
          return (
            sign *
            metric.score(
              constantScored(
                truth,
                bestConstant(truth, allRows(ROWS), () => 1, ROWS, made),
              ),
            )
          );
        };
        const best = scoreOf(metric.floor);
        for (const floor of floorsOf(task)) {
          const other = scoreOf(floor);
          holds(
            other >= best - 1e-12 * Math.abs(best),
            () => `${metric.floor} scores ${sign * best}, ${floor} ${sign * other}`,
          );
        }
      }
    },
  },
  {
    name: "mismatch",
    claim: "a prediction of another kind or length is refused by a TypeError",
    check: ({ metric, task, cases: [scored] }) => {
      const { prediction } = randomScored(task === "regression" ? "binary" : "regression", 1);
      throws(() => metric.score({ truth: scored.truth, prediction }), TypeError, "a prediction of another kind");
      const short = takeScored(scored, [0, 1]).prediction;
      throws(() => metric.score({ truth: scored.truth, prediction: short }), Error, "a prediction of fewer rows");
    },
  },
];
