import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { replaceFile } from "../../src/folder/replace.ts";

it("a file is the old one or the new one, and nothing is left beside it", () => {
  const folder = mkdtempSync(join(tmpdir(), "baseline-replace-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "kept.txt");
  replaceFile(path, "old");
  expect(() =>
    replaceFile(path, (partial) => {
      writeFileSync(partial, "ha");
      expect(readFileSync(path, "utf8")).toBe("old");
      throw new Error("no room");
    }),
  ).toThrow("no room");
  expect([readFileSync(path, "utf8"), readdirSync(folder)]).toEqual(["old", ["kept.txt"]]);
  replaceFile(path, (partial) => writeFileSync(partial, "new"));
  expect([readFileSync(path, "utf8"), readdirSync(folder)]).toEqual(["new", ["kept.txt"]]);
});
