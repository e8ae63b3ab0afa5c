import { describe, expect, it } from "vitest";
import { few, flagItem, flagValue, quoted } from "../../src/words/texts.ts";

describe("advice that can be pasted into a shell", () => {
  it("leaves plain names alone", () => {
    for (const name of ["age", "fixed_acidity", "Größe", "@row", "id=number", "a.b/c"])
      expect(flagValue(name)).toBe(name);
  });
  it("quotes blanks and what a shell would run", () => {
    expect(flagValue("concave points error=0")).toBe("'concave points error=0'");
    expect(flagValue("$(rm x)")).toBe("'$(rm x)'");
    expect(flagValue("it's")).toBe("'it'\\''s'");
    expect(flagValue("")).toBe("''");
  });
  it("quotes items of lists as CSV does, too", () => {
    expect(flagItem("a,b=number")).toBe(`'"a,b=number"'`);
    expect(flagItem('say "x"')).toBe(`'"say ""x"""'`);
    expect(flagItem("Cost: Total $")).toBe("'Cost: Total $'");
  });
});

describe("lists of names", () => {
  it("put a name in quotes where it would read as two, or as none", () => {
    expect(few(["Fox", "Fox, updated", ""])).toBe('Fox, "Fox, updated", ""');
    expect(quoted(["Fox", "Fox, updated"])).toBe('"Fox", "Fox, updated"');
  });
  it("end in how many more there are", () => {
    expect(few(["a", "b", "c", "d", "e"])).toBe("a, b, c and 2 more");
    expect(few(["a", "b", "c"], 2)).toBe("a and 2 more");
  });
});
