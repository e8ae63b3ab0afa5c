import { describe, expect, it } from "vitest";
import type { BinnedColumn } from "../../../src/baselines/rules/list/bins.ts";
import { evidenceOf } from "../../../src/baselines/rules/list/evidence.ts";
import { offerQuestions, type Asked } from "../../../src/baselines/rules/list/questions.ts";
import { shortlist } from "../../../src/baselines/rules/list/shortlist.ts";
import { binSums } from "../../../src/baselines/rules/list/sums.ts";
import { allRows, type Dataset } from "../../../src/frame/dataset.ts";
import { seeded, type Rng } from "../../../src/numeric/rng.ts";

const COVER = 5;
const BINS = 9;

/** A number column of which some bins, the first among them, and now and then all gaps, are empty. */
function someColumn(rng: Rng, rows: number): BinnedColumn {
  const first = rng.below(4);
  const gaps = rng.below(2) * 0.4;
  const bin = Uint8Array.from({ length: rows }, () =>
    rng.uniform() < gaps ? BINS : Math.min(BINS - 1, first + 2 * rng.below(4)),
  );
  return { column: 0, bin, bins: BINS, bounds: Float64Array.from({ length: BINS - 1 }, (_, b) => b) };
}

function someTarget(rng: Rng, rows: number, classes: number): Dataset["target"] {
  if (classes === 1)
    return { task: "regression", name: "y", values: Float64Array.from({ length: rows }, () => rng.normal()) };
  const names = Array.from({ length: classes }, (_, k) => `k${k}`);
  const codes = Int32Array.from({ length: rows }, () => rng.below(classes));
  return { task: classes === 2 ? "binary" : "multiclass", name: "y", classes: names, codes };
}

describe("the best question about a number column", () => {
  const rng = seeded("best question");
  for (const classes of [1, 2, 4, 40])
    it(`is the first of the best, asked row by row (${classes === 1 ? "a quantity" : `${classes} classes`})`, () => {
      for (let round = 0; round < 60; round++) {
        const rows = 20 + rng.below(60);
        const column = someColumn(rng, rows);
        const data: Dataset = { rows, columns: [], target: someTarget(rng, rows, classes) };
        const evidence = evidenceOf(data, { rows: allRows(rows), total: rows });
        const sumsOf = (holds: (bin: number) => boolean): Float64Array =>
          binSums(
            [column],
            allRows(rows).filter((row) => holds(column.bin[row])),
            evidence,
          ).total();
        const whole = sumsOf(() => true);
        const before = evidence.loss(whole, 0);
        const conditions = Array.from({ length: BINS - 1 }, (_, b) => [
          (bin: number) => bin <= b,
          (bin: number) => bin > b && bin < BINS,
        ]).flat();
        let expected: { gain: number; holds: string } | undefined;
        for (const holds of [...conditions, (bin: number) => bin === BINS]) {
          const inside = sumsOf(holds);
          const outside = sumsOf((bin) => !holds(bin));
          if (evidence.weight(inside, 0) < COVER || evidence.weight(outside, 0) < COVER) continue;
          const share = (before - evidence.loss(inside, 0) - evidence.loss(outside, 0)) / before;
          const gain = Math.round(1e9 * share);
          const own = Array.from({ length: BINS + 1 }, (_, bin) => Number(holds(bin))).join("");
          if (gain > (expected?.gain ?? 0)) expected = { gain, holds: own };
        }
        const best = shortlist<Asked>(1);
        const asking = { evidence, whole, before, cover: COVER };
        offerQuestions(column, binSums([column], allRows(rows), evidence).of(0), asking, best);
        const [found] = best.entries.map(({ gain, what }) => ({ gain, holds: what().holds.join("") }));
        expect(found).toEqual(expected);
      }
    });
});

describe("a shortlist", () => {
  it("keeps the best, of equals the one offered first, and lets only better ones in once full", () => {
    const best = shortlist<string>(2);
    for (const [gain, what] of [
      [0, "nothing"],
      [3, "a"],
      [3, "b"],
      [3, "c"],
      [5, "d"],
      [Number.NaN, "undefined"],
    ] as const)
      if (best.takes(gain)) best.put(gain, what);
    expect(best.entries).toEqual([
      { gain: 5, what: "d" },
      { gain: 3, what: "a" },
    ]);
  });
});
