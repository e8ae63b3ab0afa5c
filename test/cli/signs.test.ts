import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { hasSigns, plainSigns } from "../../src/cli/signs.ts";
import { barLine, rangeLine } from "../../src/report/document/spark.ts";

describe("signs beyond ASCII", () => {
  const tty = { isTTY: true };
  it.each([
    [{}, "linux", true],
    [{ LANG: "en_GB.UTF-8" }, "linux", true],
    [{ LANG: "de_DE.utf8" }, "darwin", true],
    [{ LANG: "C" }, "linux", false],
    [{ LANG: "C.UTF-8" }, "linux", true],
    [{ LANG: "en_GB.UTF-8", LC_ALL: "POSIX" }, "linux", false],
    [{ LC_CTYPE: "ja_JP.eucJP" }, "linux", false],
    [{ LANG: "en_GB.UTF-8", TERM: "linux" }, "linux", false],
    [{}, "win32", false],
    [{ WT_SESSION: "1" }, "win32", true],
  ] as const)("are in a terminal of %o on %s: %s", (env, platform, wanted) => {
    expect(hasSigns(tty, env, platform)).toBe(wanted);
    expect(hasSigns({}, env, platform), "in files and pipes").toBe(true);
  });
  it("are replaced by ASCII of the same width, and nothing else is", () => {
    const drawn = [
      rangeLine({ lower: -1, value: 0.5, upper: 2, from: 0, to: 1 }, 20),
      rangeLine({ lower: 0.2, value: 0.5, upper: 0.7, from: 0, to: 1 }, 20),
      barLine({ value: 3, from: 0, to: 4 }, 20),
      "██░░ 4 s",
      "cut…",
    ].join("\n");
    const plain = plainSigns(drawn);
    expect(plain).toMatch(/^[\n\x20-\x7e]+$/);
    expect(plain.split("\n").map((line) => stringWidth(line))).toEqual(
      drawn.split("\n").map((line) => stringWidth(line)),
    );
    expect(plainSigns("年齢 é 😀")).toBe("年齢 é 😀");
  });
});
