import { describe, expect, it } from "vitest";
import { explainedDocument, type Change } from "../../src/report/explained.ts";
import { markdown } from "../../src/report/formats/markdown.ts";

const text = (changes: readonly Change[]): string =>
  markdown(
    explainedDocument({
      rung: "logistic",
      file: "model.json",
      target: "churn",
      fitted: { part: "train", rows: 100 },
      complexity: { count: 3, unit: "coefficients" },
      model: { summary: "", lines: [] },
      row: { row: 7, answer: "yes", steps: [], changes },
    }),
  );
const change = { answer: "no", exact: true, unseen: false };

describe("what would change an answer", () => {
  const seen: Change = { ...change, column: "tenure", from: 3, to: 9 };
  const unseen: Change = { ...change, column: "charges", from: 60, to: -598, unseen: true };
  it("is told within the numbers of training rows, the others by their count", () => {
    const told = text([seen, unseen]);
    expect(told).toContain("| tenure ");
    expect(told).not.toContain("charges");
    expect(told).toContain("1 other column would have to go beyond the numbers of all training rows.");
    expect(text([seen])).not.toContain("other column");
  });
  it("is nothing where only numbers beyond them do it", () => {
    for (const changes of [[], [unseen]]) {
      const told = text(changes);
      expect(told).toContain("No change of a single column within the numbers of training rows gives another class.");
      expect(told).not.toContain("charges");
    }
  });
});
