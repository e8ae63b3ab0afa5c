import { describe, expect, it } from "vitest";
import { alike, figure } from "../../src/words/numbers.ts";
import {
  classWords,
  clipped,
  gainBeside,
  gainRange,
  gainWords,
  selectionWords,
  sized,
} from "../../src/report/wording.ts";

it("a gain is said in few words where the metric is clear", () => {
  expect(gainBeside(0.225, "minimize", "constant")).toBe("22.5 % less than constant");
  expect(gainBeside(-1.2, "minimize", "linear")).toBe("2.2 times that of linear");
  expect(gainBeside(0, "maximize", "one-rule")).toBe("as much as one-rule");
  expect(gainBeside(-0.012, "maximize", "one-rule")).toBe("0.012 less than one-rule");
});

describe("numbers under each other", () => {
  const shown = (...values: (number | null)[]): string[] => values.map(alike(values));
  it("have the same decimals, those that the longest of them needs", () => {
    expect(shown(0.5, 0.8079, 0.317)).toEqual(["0.5000", "0.8079", "0.3170"]);
    expect(shown(916, 454.5, 1035.04)).toEqual(["916", "455", "1,035"]);
    expect(shown(3, 12, 100)).toEqual(["3", "12", "100"]);
    expect(shown(0, -0.00001, 0.25, null)).toEqual(["0", "-1.00e-5", "0.25", "-"]);
    expect(shown(0, -0.0004, 0.25)).toEqual(["0.0000", "-0.0004", "0.2500"]);
  });
  it("show at most five digits of the largest, and are left as they are where sizes differ too much", () => {
    expect(shown(0.66274, 0.01839)).toEqual(["0.6627", "0.0184"]);
    expect(shown(1.099, 0.09514)).toEqual(["1.0990", "0.0951"]);
    expect(shown(7.151, 0.000031)).toEqual(["7.151", "3.10e-5"]);
    expect(shown()).toEqual([]);
  });
  it("are rounded as everywhere else", () => {
    expect(shown(6.6175, 3.475)).toEqual([figure(6.6175), "3.475"]);
  });
});

describe("words of reports", () => {
  it("say one of a thing in the singular", () => {
    const one = ["leaves", "values", "coefficients", "buckets", "rules", "entries"].map((unit) =>
      sized({ count: 1, unit }),
    );
    expect(one).toEqual(["1 leaf", "1 value", "1 coefficient", "1 bucket", "1 rule", "1 entry"]);
    expect(sized({ count: 1200, unit: "leaves" })).toBe("1,200 leaves");
  });
  it("say by how much being chosen flatters a champion's score", () => {
    const champion = {
      value: 1,
      lower: 0,
      upper: 2,
      level: 0.95,
      method: "",
      pooled: 1,
      folds: [],
      selection: "champion",
    } as const;
    expect(selectionWords(champion, 0.00352)).toBe(
      "Its cross-validated score is optimistic by about 0.00352, because the champion was chosen by it",
    );
    expect(selectionWords(champion, 0)).toMatch(/not optimistic: .* the choice was clear$/);
    expect(selectionWords(champion, 7.35e-8)).toMatch(/optimistic by too little to matter/);
    expect(selectionWords({ ...champion, value: 12_340 }, 0.4)).toMatch(/too little to matter/);
    expect(selectionWords({ ...champion, value: 0.01 }, 7.35e-5)).toMatch(/about 7\.35e-5/);
    expect(selectionWords(champion, null)).toMatch(/optimistic, because the champion was chosen by it$/);
  });
  it("say a gain with its unit: a share of the other's loss, or points of a score", () => {
    expect(gainWords(0.4946, "minimize")).toBe("49.5 % less");
    expect(gainWords(-0.037, "minimize")).toBe("3.7 % more");
    expect(gainWords(-10.14, "minimize")).toBe("11.14 times the");
    expect(gainWords(-1.2e-15, "minimize")).toBe("as much");
    expect(gainWords(0.012, "maximize")).toBe("0.012 more");
    expect(gainRange(-133.2, 0.5643, "minimize")).toBe("-13,300 % to 56.4 %");
  });
  it("cut what no reader takes in", () => {
    expect(clipped("abcdef", 6)).toBe("abcdef");
    expect(clipped("abcdefg", 6)).toBe("abc...");
  });
  it("name classes on one line, however long their texts and however many they are", () => {
    expect(classWords(["no", "yes"], 6)).toBe("no, yes");
    expect(classWords(["a", "b", "c"], 2)).toBe("a, b, ...");
    const said = classWords([`first line\nsecond line, ${"on and on ".repeat(20)}`], 6);
    expect(said).toBe('"first line second line, on and on on an…"');
  });
});
