import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Artifact } from "../../src/report/artifact.ts";
import { challengeSentence } from "../../src/report/bar.ts";
import { checkArtifact } from "../../src/report/schema/benchmark.ts";

const wine = checkArtifact(JSON.parse(readFileSync("test/golden/wine.benchmark.json", "utf8")));
const bar: NonNullable<Artifact["bar"]> = {
  part: "holdout",
  rows: 178,
  baseline: "logistic",
  baselineScore: 0.378,
  score: 0.31,
  power: 0.8,
  gain: 0.18,
  margin: { value: 0.01, kind: "relative", assumed: true },
  rowsForTwice: 14_321,
  reason: null,
  detail: null,
};
const said = (changes: Partial<typeof bar> = {}): string =>
  challengeSentence(checkArtifact({ ...wine, bar: { ...bar, ...changes } }));

describe("what a challenger needs", () => {
  it("is a number, with the hardest baseline, the gains that can be seen, and the remedy", () => {
    expect(said()).toBe(
      "To be JUSTIFIED with 80 % power, a challenger needs log_loss of about 0.31 or less on these 178 held-out rows; a gain is hardest to prove over logistic, which has 0.378. That is a gain of about 18 %: more than 1 % is asked, but smaller gains cannot be told from chance on so few rows. Showing a gain of 2 % takes about 14,000 held-out rows; with fewer, set --min-gain to the gain that matters.",
    );
    expect(said({ gain: 0.015, rowsForTwice: 100 })).toMatch(/cannot be told from chance on so few rows\.$/);
  });
  it("says when nobody can be judged, nothing is left to gain, or there is no other rung to tell from", () => {
    expect(said({ score: null, reason: "too-few-rows", detail: "8 groups, at least 10 are needed" })).toBe(
      "No challenger can be judged on these 178 held-out rows: 8 groups, at least 10 are needed; hold out more rows (--holdout), or none (--holdout 0) to judge on repeated folds.",
    );
    expect(said({ score: null, part: "folds" })).toMatch(
      /^Hardly any challenger .* on these 178 rows in folds: .* \(--repeats\)\.$/,
    );
    expect(
      said({ score: null, reason: "too-few-rows", detail: "8 groups, at least 10 are needed", part: "folds" }),
    ).toBe("No challenger can be judged on these 178 rows in folds: 8 groups, at least 10 are needed.");
    const wild = "mad errs 8.6 times as much as its own probabilities allow for";
    expect(said({ score: null, reason: "overconfident-baseline", detail: wild, part: "folds" })).toBe(
      `No challenger can be judged on these 178 rows in folds: ${wild}; hold rows out (--holdout), or leave that model out (--models).`,
    );
    expect(said({ score: null, gain: null, rowsForTwice: null })).toMatch(/^Hardly any challenger /);
    const none = { score: 0.378, gain: null, rowsForTwice: null };
    expect(said(none)).toBe(
      "A challenger has to beat logistic, which has log_loss 0.378 on these 178 held-out rows, by more than 1 %. How small a gain these rows can see cannot be told: all baselines give the same answers, and that takes two that differ.",
    );
    const alone = checkArtifact({
      ...wine,
      ladder: wine.ladder.filter(({ rung }) => rung === wine.champion.rung),
      bar: { ...bar, ...none },
    });
    expect(challengeSentence(alone)).toMatch(/there is only one baseline, and that takes two that differ\.$/);
  });
});
