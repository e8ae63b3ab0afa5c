import { describe, expect, it } from "vitest";
import { escaped } from "../../src/report/formats/markdown.ts";

describe("names in Markdown", () => {
  it("stay text where they would be marks", () => {
    expect(escaped("<script>alert(1)</script>")).toBe("\\<script\\>alert(1)\\</script\\>");
    expect(escaped("a|b")).toBe("a\\|b");
    expect(escaped("[x](http://y)")).toBe("\\[x\\](http://y)");
    expect(escaped("_a_ *b* `c` ~d~ &lt; $x$ \\")).toBe("\\_a\\_ \\*b\\* \\`c\\` \\~d\\~ \\&lt; \\$x\\$ \\\\");
  });
  it("start no heading, list or rule", () => {
    for (const text of ["# a", "- a", "+ a", "1. a", "2) a", "---", "===", "#"])
      expect(escaped(text)).toMatch(/^\d?\\/);
    expect(escaped("12) x")).toBe("12\\) x");
  });
  it("are left alone elsewhere, on one line", () => {
    expect(escaped("adult-train.csv: 32,561 rows (a+b) #1.")).toBe("adult-train.csv: 32,561 rows (a+b) #1.");
    expect(escaped("+12.3 %")).toBe("+12.3 %");
    expect(escaped("-0.5")).toBe("-0.5");
    expect(escaped("two\nlines")).toBe("two lines");
  });
});
