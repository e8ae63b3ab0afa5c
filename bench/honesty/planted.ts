/**
 * Challengers that are better on most rows and far off on a few, which nothing in their answers tells from the others. The true
 * gain is just the margin, so every JUSTIFIED is wrong. A sample that holds none of those rows is drawn from the same law as one of
 * a challenger that has no such rows and is worth its cost: whoever finds that one must pass this one as often.
 */
import { findMetric, type Prediction, type Rng, type Target } from "./api.ts";
import type { Cell } from "./cell.ts";
import { atMargin, gainOf, type Population } from "./populations.ts";
import { judgeDrawn } from "./real.ts";

const ROWS = 24_000;
const SIZES: readonly number[] = [50, 114, 500, 2000];
const MARGIN = 0.01;

const numbers = (value: (row: number) => number): Float64Array =>
  Float64Array.from({ length: ROWS }, (_, i) => value(i));

/** Rows spread evenly over the population, so many that they are this share of it. */
const isPlanted = (row: number, share: number): boolean => Math.floor((row + 1) * share) > Math.floor(row * share);

/** Probabilities of 0 and 1 for the wrong class, which cost 13.8 nats each, on a share of the rows; on all others of the right one, or honest ones. */
function certain(share: number, others: "certain" | "honest", rng: Rng): Population {
  const signal = numbers(() => 2 * rng.normal());
  const chance = (logit: number): number => 1 / (1 + Math.exp(-logit));
  const codes = Int32Array.from(signal, (s) => (rng.uniform() < chance(s) ? 1 : 0));
  const answers = (positive: (row: number) => number): Prediction => {
    const values = new Float64Array(2 * ROWS);
    numbers(positive).forEach((p, i) => values.set([1 - p, p], 2 * i));
    return { kind: "probability", values, classes: 2 };
  };
  const right = (i: number): number => (others === "certain" ? codes[i] : chance(signal[i]));
  return atMargin({
    name: `${others === "certain" ? "certain of all rows, wrong" : "honest, but certain and wrong"} on ${percent(share)}`,
    metric: findMetric("log_loss", "binary"),
    truth: { task: "binary", name: "y", codes, classes: ["no", "yes"] },
    baseline: answers((i) => chance(0.5 * signal[i] + 0.5 * rng.normal())),
    challenger: answers((i) => (isPlanted(i, share) ? 1 - codes[i] : right(i))),
  });
}

const percent = (share: number): string => `${(100 * share).toPrecision(1)} %`;

/** Errors so large, on a share of the rows, that an error smaller by a third elsewhere gains 1 % in all. */
function farOff(share: number, rng: Rng): Population {
  const y = numbers(() => 2 * rng.normal());
  const truth: Target = { task: "regression", name: "y", values: y };
  const answers = (error: (row: number) => number): Prediction => ({
    kind: "value",
    values: numbers((i) => y[i] + error(i)),
  });
  const metric = findMetric("rmse", "regression");
  const baseline = answers(() => rng.normal());
  const usual = numbers(() => rng.normal() / 1.5);
  const pairWith = (size: number): Omit<Population, "gain" | "margin"> => ({
    name: `far off on ${percent(share)} of rows`,
    metric,
    truth,
    baseline,
    challenger: answers((i) => (isPlanted(i, share) ? (usual[i] > 0 ? size : -size) : usual[i])),
  });
  let [low, high] = [0, 1000];
  for (let step = 0; step < 50; step++) {
    const size = (low + high) / 2;
    if (gainOf(pairWith(size)) > MARGIN) low = size;
    else high = size;
  }
  const pair = pairWith(high);
  return { ...pair, gain: gainOf(pair), margin: MARGIN };
}

export function plantedCells(rng: Rng): Cell[] {
  return [0.002, 0.004, 0.007].flatMap((share) => {
    const cells = (population: Population, promise: Pick<Cell, "kind" | "bound">): Cell[] =>
      SIZES.map((rows) => ({
        study: `mistakes on few rows, gain at the margin: ${population.metric.name}`,
        world: population.name,
        setting: `margin ${(100 * population.margin).toPrecision(3)} %`,
        rows,
        gain: population.gain,
        wrong: "JUSTIFIED",
        blind: (1 - share) ** rows,
        ...promise,
        run: (own) => judgeDrawn(population, rows, own),
      }));
    return [
      // Answers of exactly 0 and 1 tell what they risk where they are more than the wrong ones.
      ...cells(certain(share, "certain", rng.split(`certain ${share}`)), { kind: "guaranteed", bound: 0.05 }),
      ...cells(certain(share, "honest", rng.split(`honest ${share}`)), { kind: "known-liberal" }),
      ...cells(farOff(share, rng.split(`far off ${share}`)), { kind: "known-liberal" }),
    ];
  });
}
