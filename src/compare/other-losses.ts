/** What the same answers would have cost, had the truth been another. */
import type { Scored } from "../metrics/contract.ts";
import { probabilityOf } from "../metrics/scored.ts";

export type OtherLosses =
  | {
      readonly kind: "labels";
      readonly classes: number;
      /** Losses of all rows, were each of this class. */
      readonly losses: (label: number) => Float64Array;
      /** How probable each row is of this class, by the model itself. */
      readonly chances: (label: number) => Float64Array;
      /** Of an answer that is certain of a wrong class. */
      readonly most: () => number;
    }
  | {
      readonly kind: "numbers";
      /** Of an answer that is as far off as the targets reach. */
      readonly most: () => number;
    };

/**
 * @param lossesOf Row losses of the metric. @param lossesIf Those of all rows, were each of one class, where that is cheaper.
 * Cost: O(rows); each label's losses are made when asked for.
 */
export function otherLosses(
  scored: Scored,
  lossesOf: (scored: Scored) => Float64Array,
  lossesIf?: (scored: Scored) => (label: number) => Float64Array,
): OtherLosses {
  const { truth } = scored;
  if (truth.task === "regression") {
    const ends = Float64Array.from(endsOf(truth.values));
    const prediction = { kind: "value", values: ends.slice().reverse() } as const;
    return { kind: "numbers", most: () => largest(lossesOf({ truth: { ...truth, values: ends }, prediction })) };
  }
  const classes = truth.classes.length;
  const certain = (): Scored => {
    const codes = Int32Array.from({ length: classes }, (_, k) => k);
    const values = new Float64Array(classes * classes);
    for (const k of codes) values[k * classes + ((k + 1) % classes)] = 1;
    return { truth: { ...truth, codes }, prediction: { kind: "probability", values, classes } };
  };
  let ready: ((label: number) => Float64Array) | undefined;
  return {
    kind: "labels",
    classes,
    losses: (label) =>
      (ready ??= lossesIf?.(scored))?.(label) ??
      lossesOf({ ...scored, truth: { ...truth, codes: new Int32Array(truth.codes.length).fill(label) } }),
    chances: (label) => probabilityOf(scored.prediction.values, classes, label),
    most: () => largest(lossesOf(certain())),
  };
}

function endsOf(values: Float64Array): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const y of values) {
    if (y < low) low = y;
    if (y > high) high = y;
  }
  return [low, high];
}

function largest(losses: Float64Array): number {
  return losses.reduce((most, loss) => (Number.isFinite(loss) && loss > most ? loss : most), 0);
}
