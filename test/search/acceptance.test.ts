import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Reached } from "../../bench/search/measures.ts";

/**
 * The gates of the acceptance table, on fewer seeds than bench/search/accept.ts prints them for. Compiled and run in a
 * process of its own: the numbers are the same in here, but take several times as long.
 * Real grids are looked at where BASELINE_SHARED_DATA names the folder that holds hpo-grids.
 */
const folder = mkdtempSync(join(tmpdir(), "acceptance-"));
afterAll(() => rmSync(folder, { recursive: true }));
const program = join(folder, "bench/search/accept.js");
const run = (...args: string[]): readonly Reached[] => {
  const out = join(folder, "out.json");
  try {
    execFileSync(process.execPath, [program, ...args, "--json", out], { stdio: "pipe" });
  } catch (error) {
    if ((error as { status?: number }).status !== 1) throw error; // 1: a gate does not hold, and the rows say which
  }
  return (JSON.parse(readFileSync(out, "utf8")) as { figures: Reached[] }).figures;
};
const misses = (rows: readonly Reached[]): readonly string[] =>
  rows
    .filter(({ reached, gate, better }) => (better === "below" ? !(reached <= gate) : !(reached >= gate)))
    .map(({ what, reached, gate }) => `${what}: ${reached}, gate ${gate}`);

describe("acceptance", () => {
  it("every gate holds", { timeout: 600_000 }, () => {
    execFileSync(process.execPath, [
      "node_modules/typescript/bin/tsc",
      "-p",
      "bench/tsconfig.json",
      "--outDir",
      folder,
    ]);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    const rows = run("--quick");
    expect(rows.length).toBeGreaterThan(20);
    expect(misses(rows)).toEqual([]);
  });
  const shared = process.env["BASELINE_SHARED_DATA"];
  if (shared !== undefined)
    it("on real grids too", { timeout: 1_200_000 }, () => {
      const rows = run("--seeds", "10", "--only", "grids", "--grids", join(shared, "hpo-grids"));
      expect(rows.length).toBe(4);
      expect(misses(rows)).toEqual([]);
    });
});
