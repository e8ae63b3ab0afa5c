import { describe, expect, it } from "vitest";
import { seeded } from "../../../src/numeric/rng.ts";
import { timeChanges } from "../../../src/suite/against/times.ts";
import { THRESHOLDS } from "../../../src/suite/contract.ts";

/** Seconds of seven rounds: what else the machine does doubles some rounds of both programs. */
function rounds(seed: number, ratio: number, noise = 0.1): { before: number[]; after: number[] } {
  const rng = seeded(seed);
  const busy = Array.from({ length: 7 }, () => 1 + rng.below(2));
  const took = (seconds: number): number[] => busy.map((factor) => seconds * factor * Math.exp(noise * rng.normal()));
  return { before: took(1), after: took(ratio) };
}

const outcomes = (ratio: number, noise?: number): (string | undefined)[] =>
  Array.from({ length: 200 }, (_, seed) => timeChanges("d", rounds(seed, ratio, noise), THRESHOLDS)[0]?.outcome);
const share = (list: readonly unknown[], what: unknown): number =>
  list.filter((one) => one === what).length / list.length;

describe("times of two programs in turn", () => {
  it("that are alike are never told, and rarely where they differ by just what is accepted", () => {
    expect(outcomes(1)).toEqual(Array(200).fill(undefined));
    expect(share(outcomes(1.5), "worse")).toBeLessThan(0.1);
    expect(share(outcomes(1 / 1.5), "better")).toBeLessThan(0.1);
  });
  it("that differ by more are told, however busy the machine is", () => {
    expect(share(outcomes(2), "worse")).toBeGreaterThan(0.98);
    expect(share(outcomes(0.5), "better")).toBeGreaterThan(0.98);
    expect(share(outcomes(3, 0.3), "worse")).toBeGreaterThan(0.95);
  });
  it("say by how much", () => {
    const [change] = timeChanges("d", rounds(1, 2, 0), THRESHOLDS);
    expect(change).toMatchObject({ kind: "time", p: 2 ** -7 });
    expect(change.sentence).toMatch(
      /^takes 2 times as long as before \(\S+ s instead of \S+ s of CPU, the median of 7 runs in turn, p = 0\.0078\)$/,
    );
  });
  it("are left alone where any growth is accepted", () =>
    expect(timeChanges("d", rounds(1, 9), { ...THRESHOLDS, time: null })).toEqual([]));
});
