import { expect, it } from "vitest";
import { ledgerWorth, spentSentence } from "../../src/report/gate.ts";

it("a gate says what its answers are worth, by mode", () => {
  const terms = { alpha: 0.05, runAlpha: 0.0025, runs: 1 };
  expect(ledgerWorth({ ...terms, mode: "strict" })).toMatch(/^One bit a run, each at 0\.0025, .* at most 5 %/);
  expect(ledgerWorth({ ...terms, mode: "shard" })).toContain("Fresh rows every run");
  expect(ledgerWorth({ ...terms, mode: "open" })).toContain("the 5 % holds for this run only");
  expect(ledgerWorth({ ...terms, mode: "open", runs: 2 })).toContain("the 5 % does not hold");
});

it("a spent holdout says by what", () => {
  expect(spentSentence(null, 20)).toContain("all 20 runs of its budget are used");
  expect(spentSentence(3, 20)).toContain("run 3 passed");
});
