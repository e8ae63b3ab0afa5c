import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { expect, it } from "vitest";

it("nothing is built for a test when no source has changed", () => {
  const times = (): readonly number[] =>
    ["dist/index.js", ".cache/dist/index.js", ".cache/dist.sha256"].map((file) => statSync(file).mtimeMs);
  const before = times();
  execFileSync(process.execPath, ["scripts/build.mjs", "--if-changed"], { stdio: "inherit" });
  expect(times()).toEqual(before);
});
