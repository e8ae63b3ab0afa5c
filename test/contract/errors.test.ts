import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { failureText } from "../../src/cli/failure.ts";
import { OptionError, StatedError } from "../../src/error.ts";
import * as main from "../../src/index.ts";
import * as search from "../../src/api/search.ts";
import * as comparing from "../../src/api/compare.ts";
import * as extend from "../../src/api/extend.ts";
import * as testing from "../../src/api/testing.ts";

/** Errors that are no sentence for users: they are caught where they are thrown for, or are faults of ours. */
const INTERNAL = new Set(["Breach", "NotPositiveDefinite", "NotUtf8", "UnfittableError", "WorkerError"]);

const sources = readdirSync(resolve("src"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith(".ts"))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
const classes = sources.flatMap((text) =>
  Array.from(text.matchAll(/class (\w+) extends (\w*Error)\b/g), ([, name, base]) => ({ name, base })),
);

describe("errors", () => {
  it("are stated ones, but for those that never reach a user", () => {
    expect(classes.length).toBeGreaterThan(10);
    const others = classes.filter(({ name, base }) => base !== "StatedError" && name !== "StatedError");
    expect(others.map(({ name }) => name).toSorted()).toEqual([...INTERNAL].toSorted());
  });
  it("have a name and a code of their own", () => {
    const named = sources.flatMap((text) =>
      Array.from(
        text.matchAll(
          /class (\w+) extends StatedError \{\s+override readonly name = "(\w+)";\s+override readonly code = "([a-z-]+)";/g,
        ),
        ([, name, said, code]) => ({ name, said, code }),
      ),
    );
    expect(named.filter(({ name, said }) => name !== said)).toEqual([]);
    expect(named.map(({ name }) => name).toSorted()).toEqual(
      classes.flatMap(({ name, base }) => (base === "StatedError" ? [name] : [])).toSorted(),
    );
    expect(new Set(named.map(({ code }) => code)).size).toBe(named.length);
  });
  it("are one family for users of the library", () => {
    for (const [name, value] of [main, search, comparing, extend, testing].flatMap((entry) =>
      Object.entries<unknown>(entry),
    ))
      if (name.endsWith("Error") && name !== "StatedError")
        expect((value as typeof Error).prototype).toBeInstanceOf(StatedError);
  });
  it("are told in a sentence; anything else is called a fault of the program", () => {
    expect(failureText(new OptionError("folds: wanted 2, got 1"), false)).toBe("baseline: folds: wanted 2, got 1\n");
    expect(failureText(new RangeError("Invalid array length"), false)).toMatch(/^baseline: internal error: Invalid/);
    expect(failureText(undefined, false)).toMatch(/internal error/);
  });
});
