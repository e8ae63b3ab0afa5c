/** Folds dealt several times, with an entry for each row and repeat, row by row within a repeat. */
import type { Rng } from "./api.ts";

export interface Dealt {
  /** Of each entry. */
  readonly row: Int32Array;
  readonly fold: Int32Array;
  readonly repeat: Int32Array;
  readonly testOverTrain: number;
  readonly resamples: readonly { readonly train: Int32Array; readonly test: Int32Array; readonly repeat: number }[];
}

/** @param strata The class of each row, to be spread evenly over the folds. */
export function dealt(rows: number, folds: number, repeats: number, rng: Rng, strata?: Int32Array): Dealt {
  const entries = rows * repeats;
  const [row, fold, repeat] = [new Int32Array(entries), new Int32Array(entries), new Int32Array(entries)];
  const resamples = Array.from({ length: repeats }, (_, r) => {
    const order = rng.shuffle(Int32Array.from({ length: rows }, (_row, i) => i));
    if (strata !== undefined) order.sort((i, j) => strata[i] - strata[j]);
    order.forEach((i, place) => {
      const at = r * rows + i;
      [row[at], fold[at], repeat[at]] = [i, place % folds, r];
    });
    return Array.from({ length: folds }, (_fold, k) => ({
      train: order.filter((_i, place) => place % folds !== k),
      test: order.filter((_i, place) => place % folds === k),
      repeat: r,
    }));
  }).flat();
  return { row, fold, repeat, testOverTrain: 1 / (folds - 1), resamples };
}

/** Answers to all entries, `width` numbers each. */
export function outOfFold(
  { row, resamples }: Dealt,
  width: number,
  answer: (train: Int32Array, test: Int32Array) => Float64Array,
): Float64Array {
  const rows = row.length / (1 + Math.max(...resamples.map(({ repeat }) => repeat)));
  const values = new Float64Array(row.length * width);
  for (const { train, test, repeat } of resamples) {
    const answers = answer(train, test);
    test.forEach((i, place) =>
      values.set(answers.subarray(place * width, (place + 1) * width), (repeat * rows + i) * width),
    );
  }
  return values;
}
