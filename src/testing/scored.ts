/** Truths and answers made from a seed: what metrics are tried on. */
import type { Target, Task } from "../frame/dataset.ts";
import type { Prediction } from "../frame/prediction.ts";
import type { Scored } from "../metrics/contract.ts";
import { seeded } from "../numeric/rng.ts";

export const ROWS = 80;
export const everyRow: readonly number[] = Array.from({ length: ROWS }, (_, i) => i);

/** Answers that know nothing; every class is there. */
export function randomScored(task: Task, seed: string | number): Scored {
  const rng = seeded("metrics").split(task).split(String(seed));
  const uniform = (): Float64Array => Float64Array.from(everyRow, () => 1 + 5 * rng.uniform());
  if (task === "regression")
    return { truth: { task, name: "y", values: uniform() }, prediction: { kind: "value", values: uniform() } };
  const classes = task === "binary" ? ["a", "b"] : ["a", "b", "c"];
  const values = new Float64Array(ROWS * classes.length);
  for (const row of everyRow) {
    const shares = classes.map(() => 0.05 + Math.round(20 * rng.uniform()) / 20);
    const sum = shares.reduce((a, b) => a + b, 0);
    values.set(
      shares.map((share) => share / sum),
      row * classes.length,
    );
  }
  const codes = Int32Array.from(everyRow, (i) => (i < 3 ? i % classes.length : rng.below(classes.length)));
  return {
    truth: { task, name: "y", classes, codes },
    prediction: { kind: "probability", classes: classes.length, values },
  };
}

/** A long tail, where mean, median and the others are far apart; classes of very unequal size. */
export function skewed(truth: Target): Target {
  if (truth.task === "regression") return { ...truth, values: truth.values.map((y) => Math.exp(y)) };
  return { ...truth, codes: truth.codes.map((code, i) => (i % 4 === 0 ? code : 0)) };
}

/** Rows in another order, or with repeats. */
export function takeScored({ truth, prediction }: Scored, order: readonly number[]): Scored {
  const width = prediction.kind === "value" ? 1 : prediction.classes;
  const values = Float64Array.from(order.flatMap((i) => [...prediction.values.subarray(i * width, (i + 1) * width)]));
  const target: Target =
    truth.task === "regression"
      ? { ...truth, values: Float64Array.from(order, (i) => truth.values[i]) }
      : { ...truth, codes: Int32Array.from(order, (i) => truth.codes[i]) };
  return { truth: target, prediction: { ...prediction, values } };
}

/** The truth as its own prediction. */
export function perfectScored({ truth }: Scored): Scored {
  if (truth.task === "regression") return { truth, prediction: { kind: "value", values: truth.values } };
  const { codes, classes } = truth;
  return { truth, prediction: sharesOf(codes.length, classes.length, (row, k) => (k === codes[row] ? 1 : 0)) };
}

/** The same answer for every row. */
export function constantScored(truth: Target, answer: Float64Array): Scored {
  if (truth.task === "regression")
    return { truth, prediction: { kind: "value", values: new Float64Array(truth.values.length).fill(answer[0]) } };
  return { truth, prediction: sharesOf(truth.codes.length, truth.classes.length, (_, k) => answer[k]) };
}

/** Answers without ties about two classes, and the same with the classes the other way round. */
export function bothWays(truth: Exclude<Target, { task: "regression" }>): readonly [Scored, Scored] {
  const share = (row: number): number => ((row * 37) % ROWS) / ROWS + 0.003;
  const scored = (turned: boolean): Scored => ({
    truth: turned ? { ...truth, codes: truth.codes.map((code) => 1 - code) } : truth,
    prediction: sharesOf(ROWS, 2, (row, k) => (k === (turned ? 0 : 1) ? share(row) : 1 - share(row))),
  });
  return [scored(false), scored(true)];
}

function sharesOf(rows: number, classes: number, share: (row: number, k: number) => number): Prediction {
  const values = new Float64Array(rows * classes);
  for (let i = 0; i < values.length; i++) values[i] = share(Math.floor(i / classes), i % classes);
  return { kind: "probability", classes, values };
}
