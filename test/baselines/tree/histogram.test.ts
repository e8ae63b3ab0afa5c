/** Histograms against sums written plainly, for as many rows as make each kernel's ends and chunks meet. */
import { describe, expect, it } from "vitest";
import { addClasses4, addPairs4, addSingles4 } from "../../../src/baselines/tree/grow/histogram.ts";
import { seeded } from "../../../src/numeric/rng.ts";

const COUNT = 12_000; // training rows, of which a call sees every other one at most
const GROUPS = 2;
const CLASSES = 3;
const rng = seeded("histogram");
const words = Uint32Array.from({ length: COUNT * GROUPS }, () => rng.below(2 ** 16) * 2 ** 16 + rng.below(2 ** 16));
const g = Float64Array.from({ length: COUNT }, () => rng.below(1000) - 500);
const h = Float64Array.from({ length: COUNT }, () => 1 + rng.below(9));
const codes = Int32Array.from({ length: COUNT }, () => rng.below(CLASSES));
const order = Int32Array.from({ length: COUNT / 2 }, (_, i) => 2 * i + rng.below(2));

/** Sums by column and bin, `width` numbers each; `add` says to which of them what of a row is added. */
function plainly(width: number, rows: Int32Array, add: (row: number) => readonly [at: number, value: number][]) {
  const sums = new Float64Array(GROUPS * 4 * 256 * width);
  for (const row of rows)
    for (let column = 0; column < 4 * GROUPS; column++) {
      const bin = (words[(column >> 2) * COUNT + row] >>> (8 * (column & 3))) & 255;
      for (const [at, value] of add(row)) sums[(column * 256 + bin) * width + at] += value;
    }
  return sums;
}

const KINDS: readonly [
  name: string,
  width: number,
  add: (row: number) => readonly [number, number][],
  kernel: (histogram: Float64Array, start: number, end: number, sign: 1 | -1) => void,
][] = [
  [
    "singles",
    1,
    (row) => [[0, g[row]]],
    (histogram, start, end, sign) => addSingles4(histogram, words, GROUPS, order, start, end, g, sign),
  ],
  [
    "pairs",
    2,
    (row) => [
      [0, g[row]],
      [1, h[row]],
    ],
    (histogram, start, end, sign) => addPairs4(histogram, words, GROUPS, order, start, end, g, h, sign),
  ],
  [
    "classes",
    CLASSES,
    (row) => [[codes[row], h[row]]],
    (histogram, start, end, sign) => addClasses4(histogram, words, GROUPS, order, start, end, codes, h, CLASSES, sign),
  ],
];

describe.each(KINDS)("a histogram of %s", (_, width, add, kernel) => {
  it.each([0, 1, 3, 1023, 1024, 1027, 4095, 4096, 4097, 5119, 5125])("has the sums of %i rows", (rows) => {
    const start = 7;
    const expected = plainly(width, order.subarray(start, start + rows), add);
    const histogram = new Float64Array(expected.length);
    kernel(histogram, start, start + rows, 1);
    expect(histogram).toEqual(expected);
    kernel(histogram, start, start + rows, -1);
    expect(histogram.every((sum) => sum === 0)).toBe(true);
  });
});
