/**
 * Populations: the answers of two real models to many rows that neither was trained on. Held-out rows are drawn from them,
 * so the true gain is known: it is that of all rows.
 */
import {
  defaultPoint,
  estimators,
  shapeOf,
  type Dataset,
  type JudgedMetric,
  type Point,
  type Prediction,
  type Rng,
  type Scored,
  type Target,
} from "./api.ts";

export interface Population {
  readonly name: string;
  readonly metric: JudgedMetric;
  readonly truth: Target;
  readonly baseline: Prediction;
  readonly challenger: Prediction;
  /** The true gain, as a share of the baseline's metric, and the margin it is held against: at least as much. */
  readonly gain: number;
  readonly margin: number;
}

/** A learner at fixed hyperparameters; several: their mean answer. */
export type Recipe = readonly { readonly estimator: string; readonly params?: Point }[];

const BOOSTING = { estimator: "boosting" };
/** Many deep trees at a fast rate: certain, and wrong about it. */
const OVERFITTED = { estimator: "boosting", params: { rounds: 400, learningRate: 0.3, minLeaf: 1, l2: 0 } };
/** Leaves of single rows: probabilities of exactly 0 and 1. */
const FOREST = { estimator: "forest", params: { smoothing: 0, minLeaf: 1 } };

const TRAINING = 4000;
const MARGIN = 0.01;

/** The plain rung that challengers are held against. */
export function rungOf({ target }: Dataset): Recipe {
  return [{ estimator: target.task === "regression" ? "linear" : "logistic" }];
}

/** By name. */
export function challengersOf(data: Dataset): ReadonlyMap<string, Recipe> {
  return new Map([
    ["boosting", [BOOSTING]],
    ["blend", [BOOSTING, ...rungOf(data)]],
    ["overfitted", [OVERFITTED]],
    ["forest", [FOREST]],
  ]);
}

/** The challengers of a table against its logistic (or linear) rung, fitted on up to 4,000 of its rows, over all the others. */
export function populationsOf(name: string, data: Dataset, metric: JudgedMetric, rng: Rng): Population[] {
  const { training, others } = splitOf(data, rng);
  const baseline = fitted(data, training, others, rungOf(data), rng);
  const truth = targetOf(data.target, others);
  return Array.from(challengersOf(data), ([kind, recipe]) => {
    const challenger = fitted(data, training, others, recipe, rng);
    return atMargin({ name: `${name}, ${kind}`, metric, truth, baseline, challenger });
  });
}

/** Rows to train on, up to 4,000, and all the others that have a target. */
export function splitOf(data: Dataset, rng: Rng): { training: Int32Array; others: Int32Array } {
  const rows = rng.split("split").shuffle(answeredRows(data));
  const training = rows.slice(0, Math.min(TRAINING, rows.length >> 1)).sort();
  return { training, others: rows.slice(training.length).sort() };
}

export function answeredRows({ rows, target }: Dataset): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => i).filter((row) =>
    target.task === "regression" ? !Number.isNaN(target.values[row]) : target.codes[row] >= 0,
  );
}

export function fitted(data: Dataset, training: Int32Array, rows: Int32Array, recipe: Recipe, rng: Rng): Prediction {
  const answers = recipe.map(({ estimator: name, params }) => {
    const estimator = estimators.find((one) => one.name === name);
    if (estimator === undefined) throw new RangeError(`bench: no estimator ${name}`);
    const point = { ...defaultPoint(estimator.space(shapeOf(data), training.length)), ...params };
    return estimator.fit({ data, rows: training }, point, rng.split(name)).predict(data, rows);
  });
  return mixed(
    answers,
    answers.map(() => 1 / answers.length),
  );
}

/**
 * The margin at which every JUSTIFIED is wrong: the true gain itself; where that is below 1 %, the baseline is mixed with
 * the answer of a constant until it is just that.
 */
export function atMargin(pair: Omit<Population, "gain" | "margin">): Population {
  const { truth, baseline } = pair;
  const gainOver = (prediction: Prediction): number => gainOf({ ...pair, baseline: prediction });
  const first = gainOver(baseline);
  if (first >= MARGIN) return { ...pair, gain: first, margin: first };
  const flat = constantOf({ truth, prediction: baseline });
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const share = (low + high) / 2;
    if (gainOver(mixed([baseline, flat], [1 - share, share])) < MARGIN) low = share;
    else high = share;
  }
  const weakened = mixed([baseline, flat], [1 - high, high]);
  return { ...pair, baseline: weakened, gain: gainOver(weakened), margin: MARGIN };
}

/** Of the challenger, as a share of the baseline's metric. */
export function gainOf({ metric, truth, baseline, challenger }: Omit<Population, "gain" | "margin">): number {
  const value = (prediction: Prediction): number => metric.score({ truth, prediction });
  return 1 - value(challenger) / value(baseline);
}

function mixed(answers: readonly Prediction[], weights: readonly number[]): Prediction {
  const [first] = answers;
  return {
    ...first,
    values: first.values.map((_, i) => answers.reduce((sum, a, k) => sum + weights[k] * a.values[i], 0)),
  };
}

/** A constant worse than any model: the same share for each class, or the mean and two standard deviations. */
function constantOf({ truth, prediction }: Scored): Prediction {
  if (truth.task !== "regression")
    return { ...prediction, values: prediction.values.map(() => 1 / truth.classes.length) };
  const mean = truth.values.reduce((sum, y) => sum + y, 0) / truth.values.length;
  const sd = Math.sqrt(truth.values.reduce((sum, y) => sum + (y - mean) ** 2, 0) / truth.values.length);
  return { ...prediction, values: prediction.values.map(() => mean + 2 * sd) };
}

/** Some rows of a population, as a benchmark would hold them out. */
export function drawn(
  { truth, baseline, challenger }: Population,
  rows: Int32Array,
): Pick<Population, "truth" | "baseline" | "challenger"> {
  return {
    truth: targetOf(truth, rows),
    baseline: predictionOf(baseline, rows),
    challenger: predictionOf(challenger, rows),
  };
}

export function targetOf(target: Target, rows: Int32Array): Target {
  return target.task === "regression"
    ? { ...target, values: Float64Array.from(rows, (row) => target.values[row]) }
    : { ...target, codes: rows.map((row) => target.codes[row]) };
}

export function predictionOf(prediction: Prediction, rows: Int32Array): Prediction {
  const width = prediction.kind === "value" ? 1 : prediction.classes;
  const values = new Float64Array(rows.length * width);
  rows.forEach((row, i) => values.set(prediction.values.subarray(row * width, (row + 1) * width), i * width));
  return { ...prediction, values };
}
