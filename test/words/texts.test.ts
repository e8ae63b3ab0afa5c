import { describe, expect, it } from "vitest";
import { flagItem, flagValue } from "../../src/words/texts.ts";

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
