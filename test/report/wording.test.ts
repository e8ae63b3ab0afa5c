import { describe, expect, it } from "vitest";
import { classWords, clipped, gainRange, gainWords, selectionWords, sized } from "../../src/report/wording.ts";

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
      "Its cross-validated score is flattered by about 0.00352, because the champion was chosen by it",
    );
    expect(selectionWords(champion, 0)).toMatch(/not flattered: .* the choice is clear$/);
    expect(selectionWords(champion, 7.35e-8)).toMatch(/flattered by too little to matter/);
    expect(selectionWords({ ...champion, value: 12_340 }, 0.4)).toMatch(/too little to matter/);
    expect(selectionWords({ ...champion, value: 0.01 }, 7.35e-5)).toMatch(/about 7\.35e-5/);
    expect(selectionWords(champion, null)).toMatch(/flattered, because the champion was chosen by it$/);
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
    expect(said).toBe("first line second line, on and on on an…");
  });
});
