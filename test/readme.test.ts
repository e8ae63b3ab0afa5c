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

it("error rates of README.md are those of docs/error-rates.md", () => {
  const page = readFileSync("docs/error-rates.md", "utf8");
  const told = readFileSync("README.md", "utf8").replaceAll("\n", " ");
  /** The cells of a line of one of the page's tables. */
  const line = (section: string, first: string): string[] => {
    const [, body] = page.split(`## ${section}\n`);
    const found = body
      .split("\n## ")[0]
      .split("\n")
      .find((one) => one.startsWith(`| ${first}`));
    return found!.split("|").map((cell) => cell.trim());
  };
  const rates = (study: string): string[] => line("In short", `${study} `);
  const [, , cells, mean, most, stated] = rates("real losses, gain at the margin: log_loss");
  expect(told).toContain(
    `in ${mean} of samples on average and in ${most} at the most, over ${cells} kinds of sample of 50 to 20,000 rows, at a stated ${stated};`,
  );
  const folds = rates("folds of real tables, 2 x 5, gain at the margin ");
  expect(told).toContain(`on folds of real tables in ${folds[3]} and ${folds[4]}, at a stated ${folds[5]};`);
  const gate = rates("strict gate, real forests, none better than the margin");
  expect(told).toContain(`a useless forest in ${gate[3]} and ${gate[4]} of histories of 20 or 200 tries.`);
  expect(page).toContain("; 0 of them exceed it by more than 2.58 standard errors");
  const [, world, , some, more] = line("Real losses, power at a margin of 1 %", "adult-train, blend");
  expect(told).toContain(
    `adult that gains ${/gain (.+)$/.exec(world)![1]} is found by ${some} of samples of 500 rows, and by ${more} of 2,000.`,
  );
});
