import { describe, expect, it } from "vitest";
import { championSentence, stepSentence } from "../../src/report/ladder-sentences.ts";
import { figure } from "../../src/words/numbers.ts";

const evidence = (["constant", "tree", "linear"] as const).map((rung, i) => ({
  rung,
  difference: [0.5, 1.5e-6, 0][i],
  standardError: [0.01, 2.5e-6, 0][i],
  within: i > 0,
}));

describe("the champion's sentence", () => {
  it("says why it is the plainest that is good enough, with the figures that the report prints", () => {
    expect(championSentence({ rung: "tree", best: "linear", evidence }, { unit: "rmse²", others: false })).toBe(
      `linear has the smallest loss, but tree is plainer and only ${figure(1.5e-6)} worse in rmse², within one standard error (${figure(2.5e-6)}).`,
    );
  });
  it("says that few rows carry the gain on the plainest", () => {
    const few = [
      { rung: "constant", difference: 0.002, standardError: 0.001, allowed: 0.0025, within: true },
      { rung: "tree", difference: 0, standardError: 0, within: true },
    ];
    expect(championSentence({ rung: "constant", best: "tree", evidence: few }, { others: false })).toBe(
      `tree has the smallest loss, but so few rows carry its gain on constant that it may be luck: constant is ${figure(0.002)} worse, ${figure(0.0025)} is allowed.`,
    );
  });
  it("says that it is the best, and of whom", () => {
    expect(championSentence({ rung: "linear", best: "linear", evidence }, { others: true })).toBe(
      "linear has the smallest loss of the baselines, and no plainer rung comes within one standard error of it.",
    );
    expect(championSentence({ rung: "constant", best: "constant", evidence }, { others: false })).toBe(
      "constant has the smallest loss and is the plainest.",
    );
    expect(championSentence({ rung: "tree", best: "tree", evidence: [evidence[1]] }, { others: true })).toBe(
      "tree is the only baseline.",
    );
  });
});

describe("a step's sentence", () => {
  const step = { rung: "tree", from: "constant", level: 0.9, verdict: "INCONCLUSIVE" as const, bought: false };
  const ladder = [
    { rung: "constant", complexity: { count: 1, unit: "values" } },
    { rung: "tree", complexity: { count: 4, unit: "leaves" } },
  ];
  const metric = { name: "rmse", direction: "minimize" as const };
  it.each([
    ["worse", "it is worse"],
    ["equivalent", "it bought nothing"],
    ["gain-too-small", "too little to matter"],
    [null, "not settled"],
  ] as const)("%s: %s", (sublabel, end) =>
    expect(stepSentence({ ...step, gain: 0.1234, lower: -0.1, upper: 0.3 }, sublabel, metric, ladder)).toBe(
      `tree (4 leaves) against constant (1 value): 12.3 % less rmse (90 % interval of the gain: -10 % to 30 %); ${end}.`,
    ),
  );
  it("says where there is no gain to tell, and no model", () => {
    const facts = { ...step, gain: null, lower: null, upper: null };
    expect(stepSentence(facts, null, metric, [])).toBe(
      "tree (no model) against constant (no model): rmse is not defined; not settled.",
    );
  });
});
