import { describe, expect, it } from "vitest";
import { DEALING_SHARE, dealingOf, type DealtRung } from "../../src/compare/dealing.ts";
import { seeded } from "../../src/numeric/rng.ts";

const ROWS = 200;
const FOLDS = 5;

interface World {
  readonly seed: string;
  readonly repeats: number;
  /** Mean loss of a plain and of a better rung, and the spread of a row's difference. */
  readonly gap: number;
  readonly spread: number;
  /** What a fold's model adds to the losses of all its rows. */
  readonly luck: number;
}

/** A plain rung whose answers no deal changes, and one whose models differ from fold to fold. */
function world({ seed, repeats, gap, spread, luck }: World): { rungs: DealtRung[]; folds: Int32Array[] } {
  const rng = seeded(seed);
  const folds = Array.from({ length: repeats }, () =>
    rng.shuffle(Int32Array.from({ length: ROWS }, (_, i) => i % FOLDS)),
  );
  const plain = Float64Array.from({ length: ROWS }, () => 1 + Math.abs(rng.normal()));
  const differences = Float64Array.from({ length: ROWS }, () => spread * rng.normal());
  const centre = differences.reduce((sum, x) => sum + x, 0) / ROWS;
  const tuned = folds.map((fold) => {
    const lucks = Array.from({ length: FOLDS }, () => luck * rng.normal());
    return plain.map((loss, row) => loss - gap + differences[row] - centre + lucks[fold[row]]);
  });
  return {
    rungs: [
      { name: "plain", losses: folds.map(() => plain) },
      { name: "tuned", losses: tuned },
    ],
    folds,
  };
}

const STANDARD_ERROR = 0.5 / Math.sqrt(ROWS);

describe("what dealing the folds decides", () => {
  it("is nothing where every deal gives the same losses, however close the choice", () => {
    const { rungs, folds } = world({ seed: "same", repeats: 2, gap: STANDARD_ERROR, spread: 0.5, luck: 0 });
    expect(dealingOf(rungs, folds)).toEqual({ settled: true });
  });
  it("is open where the choice is close and models differ from deal to deal, and more repeats settle it", () => {
    const close = { seed: "close", gap: STANDARD_ERROR, spread: 0.5, luck: 2.5 * STANDARD_ERROR };
    const few = world({ ...close, repeats: 2 });
    const early = dealingOf(few.rungs, few.folds);
    expect(early.settled).toBe(false);
    expect(early.open).toMatchObject({ rung: "plain", against: "tuned" });
    const many = world({ ...close, repeats: 40 });
    const late = dealingOf(many.rungs, many.folds);
    expect(late.settled).toBe(true);
    if (late.open) expect(late.open.dealingError).toBeLessThanOrEqual(DEALING_SHARE * late.open.standardError);
  });
  it("is nothing where no deal could turn the choice", () => {
    const { rungs, folds } = world({
      seed: "clear",
      repeats: 2,
      gap: 20 * STANDARD_ERROR,
      spread: 0.5,
      luck: 4 * STANDARD_ERROR,
    });
    expect(dealingOf(rungs, folds)).toEqual({ settled: true });
  });
  it("is measured by the error of the mean over repeats that independent folds have", () => {
    const luck = 1000 * STANDARD_ERROR; // so large that every choice is open
    for (const repeats of [2, 5, 20]) {
      const told = Array.from({ length: 60 }, (_, k) => {
        const { rungs, folds } = world({ seed: `error ${repeats} ${k}`, repeats, gap: 0, spread: 0.5, luck });
        return dealingOf(rungs, folds).open?.dealingError ?? 0;
      });
      const variance = told.reduce((sum, error) => sum + error ** 2, 0) / told.length;
      expect(variance / (luck ** 2 / FOLDS / repeats)).toBeGreaterThan(0.85);
      expect(variance / (luck ** 2 / FOLDS / repeats)).toBeLessThan(1.15);
    }
  });
  it("does not depend on how folds are numbered, nor on the unit of the loss", () => {
    const { rungs, folds } = world({
      seed: "close",
      repeats: 2,
      gap: STANDARD_ERROR,
      spread: 0.5,
      luck: 2.5 * STANDARD_ERROR,
    });
    const found = dealingOf(rungs, folds);
    expect(
      dealingOf(
        rungs,
        folds.map((fold) => fold.map((k) => FOLDS - 1 - k)),
      ).open?.dealingError,
    ).toBeCloseTo(found.open!.dealingError, 12);
    const scaled = rungs.map(({ name, losses }) => ({ name, losses: losses.map((one) => one.map((x) => 8 * x)) }));
    const other = dealingOf(scaled, folds);
    expect(other.settled).toBe(found.settled);
    expect(other.open!.dealingError).toBeCloseTo(8 * found.open!.dealingError, 12);
  });
});
