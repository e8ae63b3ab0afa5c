import { describe, expect, it } from "vitest";
import type { BinnedColumn } from "../../../src/baselines/rules/list/bins.ts";
import { evidenceOf, type Evidence } from "../../../src/baselines/rules/list/evidence.ts";
import { growList } from "../../../src/baselines/rules/list/grow.ts";
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

/** A category of so many levels. */
function someLevels(rng: Rng, rows: number, levels: number): BinnedColumn {
  const bin = Uint8Array.from({ length: rows }, () => rng.below(levels + 1));
  return { column: 1, bin, bins: levels, levels: Int32Array.from({ length: levels }, (_, level) => level) };
}

describe("what a column can gain at most", () => {
  const rng = seeded("most gain");
  for (const classes of [1, 2, 3]) {
    const kind = classes === 1 ? "a quantity" : `${classes} classes`;
    it(`is no less than what its questions gain, also where only some rows are asked about (${kind})`, () => {
      for (let round = 0; round < 60; round++) {
        const rows = 20 + rng.below(60);
        const columns = [someColumn(rng, rows), someLevels(rng, rows, 2 + rng.below(8))];
        const data: Dataset = { rows, columns: [], target: someTarget(rng, rows, classes) };
        const evidence = evidenceOf(data, { rows: allRows(rows), total: rows });
        const whole = binSums(columns, allRows(rows), evidence).total();
        const before = evidence.loss(whole, 0);
        const asked = allRows(rows).filter(() => round % 3 === 0 || rng.uniform() < 0.6);
        const sums = binSums(columns, asked, evidence);
        for (const [at, column] of columns.entries()) {
          const all = shortlist<Asked>(1000);
          offerQuestions(column, sums.of(at), { evidence, whole, before, cover: 1 }, all);
          const most = evidence.mostGain(sums.of(at), column.bins, whole, before);
          for (const { gain } of all.entries) expect(gain).toBeLessThanOrEqual(most);
        }
      }
    });
    it(`changes no list when columns are passed over for it (${kind})`, () => {
      for (let round = 0; round < 20; round++) {
        const rows = 60 + rng.below(60);
        const columns = [
          someColumn(rng, rows),
          someLevels(rng, rows, 5),
          someColumn(rng, rows),
          someLevels(rng, rows, 3),
        ];
        const data: Dataset = { rows, columns: [], target: someTarget(rng, rows, classes) };
        const evidence = evidenceOf(data, { rows: allRows(rows), total: rows });
        const listOf = (own: Evidence): unknown => growList(columns, allRows(rows), own, { rules: 5, cover: COVER });
        expect(listOf(evidence)).toEqual(listOf({ ...evidence, mostGain: () => Infinity }));
      }
    });
  }
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
    const high = shortlist<string>(2, 4);
    expect([3, 4, 5].filter((gain) => high.takes(gain))).toEqual([4, 5]);
  });
});
