import { describe, expect, it } from "vitest";
import { misplacedAnswers } from "../../src/compare/verdict/misplaced.ts";

const classes = ["a", "b", "c"];
const codes = Int32Array.from({ length: 60 }, (_, i) => (i * 7) % 3);

/** Answers that give the class at `place` most of the probability. */
const answers = (place: (code: number, row: number) => number) =>
  misplacedAnswers(
    { task: "multiclass", name: "y", classes, codes },
    {
      kind: "probability",
      classes: 3,
      values: Float64Array.from({ length: 180 }, (_, i) => {
        const row = Math.floor(i / 3);
        return i % 3 === place(codes[row], row) ? 0.8 : 0.1;
      }),
    },
  );

describe("answers under each other's names", () => {
  it("are told when all classes have changed places, or two of them", () => {
    expect(answers((code) => (code + 1) % 3)).toEqual([{ code: "misplaced-classes", of: "a", where: "c" }]);
    expect(answers((code) => [0, 2, 1][code])).toEqual([{ code: "misplaced-classes", of: "b", where: "c" }]);
  });
  it("are not told of right answers, of chance, or of a class that is never named", () => {
    expect(answers((code) => code)).toEqual([]);
    expect(answers((_, row) => (row * 5 + (row >> 2)) % 3)).toEqual([]);
    expect(answers((code) => (code === 0 ? 1 : code))).toEqual([]);
  });
});
