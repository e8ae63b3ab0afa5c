/** README.md is what a stranger sees first: every command and program of it runs, and prints what is shown. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

it("README.md shows what its commands print", { timeout: 300_000 }, () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["scripts/readme.mjs", "--check"], {
    encoding: "utf8",
  });
  expect([stderr, status]).toEqual(["", 0]);
  expect(stdout).toMatch(/README\.md: [6-9] blocks were run/);
});

describe("measured figures of README.md", () => {
  const MEASURED = "## What it costs\n";
  const prose = readFileSync("README.md", "utf8").replaceAll(/```[^]*?```|`[^`\n]*`/g, "");
  const from = prose.indexOf(MEASURED);
  const to = prose.indexOf("\n## ", from + 1);
  const figures = (text: string): string[] =>
    (text.match(/(?<![\w.])\d[\d,]*(?:\.\d+)?/g) ?? []).map((figure) => figure.replaceAll(",", ""));

  it("are those of bench/RESULTS.md", () => {
    expect(from).toBeGreaterThan(0);
    const known = new Set(figures(readFileSync("bench/RESULTS.md", "utf8")));
    const quoted = figures(prose.slice(from + MEASURED.length, to));
    expect(quoted.length).toBeGreaterThan(5);
    for (const figure of quoted) expect(known, figure).toContain(figure);
  });
  it("stand in one place", () => {
    const elsewhere = prose.slice(0, from) + prose.slice(to);
    expect(elsewhere.match(/\d (?:µs|ms|s|seconds|minutes|times as|MB|GB|MB\/s|rows a second)(?!\w)/g)).toBeNull();
  });
});
