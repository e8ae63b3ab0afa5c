/** README.md is what a stranger sees first: every command and program of it runs, and prints what is shown. */
import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

it("README.md shows what its commands print", { timeout: 300_000 }, () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["scripts/readme.mjs", "--check"], {
    encoding: "utf8",
  });
  expect([stderr, status]).toEqual(["", 0]);
  expect(stdout).toMatch(/README\.md: [6-9] blocks were run/);
});
