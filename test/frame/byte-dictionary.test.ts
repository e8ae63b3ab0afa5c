import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteDictionary, hashBytes } from "../../src/frame/byte-dictionary.ts";
import { levelText, levelTexts } from "../../src/frame/table.ts";

describe("ByteDictionary", () => {
  it("gives each distinct text the next code, in order of first appearance, as a Map does", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 6 }), { maxLength: 300 }), (texts) => {
        const dictionary = new ByteDictionary();
        const map = new Map<string, number>();
        for (const text of texts) {
          if (!map.has(text)) map.set(text, map.size);
          expect(dictionary.addText(text)).toBe(map.get(text));
        }
        const levels = dictionary.levels();
        expect(levelTexts(levels)).toEqual([...map.keys()]);
        for (const [text, code] of map) expect(levelText(levels, code)).toBe(text);
        expect(dictionary.size).toBe(map.size);
      }),
      { seed: 1 },
    );
  });
  it("grows past its first tables without losing a text", () => {
    const dictionary = new ByteDictionary();
    for (let i = 0; i < 50_000; i++) expect(dictionary.addText(`level ${i}`)).toBe(i);
    for (let i = 0; i < 50_000; i += 997) expect(dictionary.addText(`level ${i}`)).toBe(i);
  });
  it("finds what is there and nothing else", () => {
    const dictionary = new ByteDictionary();
    dictionary.addText("a");
    const find = (text: string): number => {
      const bytes = Buffer.from(text);
      return dictionary.find(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
    };
    expect([find("a"), find("b"), find("")]).toEqual([0, -1, -1]);
  });
  it("maps another dictionary's codes to its own", () => {
    const a = new ByteDictionary();
    const b = new ByteDictionary();
    for (const text of ["x", "y", ""]) a.addText(text);
    for (const text of ["y", "z", "", "x"]) b.addText(text);
    expect([...a.addAll(b.levels())]).toEqual([1, 3, 2, 0]);
    expect(levelTexts(a.levels())).toEqual(["x", "y", "", "z"]);
  });
});
