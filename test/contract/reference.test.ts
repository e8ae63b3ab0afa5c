/** The manual's tables of what there is, printed from the registries: `npx vitest run test/contract/reference.test.ts -u`. */
import { expect, it } from "vitest";
import { estimators } from "../../src/baselines/registry.ts";
import { commands } from "../../src/cli/commands/registry.ts";
import { pairedTests } from "../../src/compare/registry.ts";
import type { Metric } from "../../src/metrics/contract.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { formats } from "../../src/report/formats/registry.ts";
import { benchFormats } from "../../src/report/suite/formats.ts";
import { racingRules } from "../../src/search/racing/registry.ts";
import { samplers } from "../../src/search/samplers/registry.ts";
import { readable } from "../../src/words/numbers.ts";

/** Rows of cells, laid out as the formatter does. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, c) => Math.max(3, ...cells.map((row) => row[c].length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, c) => cell.padEnd(widths[c])).join(" | ")} |`;
  return [line(cells[0]), line(widths.map((width) => "-".repeat(width))), ...cells.slice(1).map(line)].join("\n");
}

const code = (text: string): string => `\`${text}\``;

function gainsBy(metric: Metric): string {
  if ("losses" in metric) return "row losses";
  if ("ratio" in metric) return "ratio of sums";
  return "influence" in metric ? "influence values" : "leaving rows out";
}

function referencePage(): string {
  return [
    "# What there is",
    "Printed from the program's own registries.",
    "## Commands",
    table(
      ["command", "what it does"],
      commands.map(({ name, arguments: given, summary }) => {
        const words = given.map(({ name: what, many, optional }) => {
          const word = `${what}${many ? "..." : ""}`;
          return optional ? `[${word}]` : `<${word}>`;
        });
        return [code(["baseline", name, ...words].join(" ")), summary];
      }),
    ),
    "## Models",
    "Plainest first: the order of the ladder. Those of role `baseline` are trained unless `--models` says otherwise, references only when they are named; challengers are for `compare --builtin`.",
    table(
      ["name", "model", "role", "tasks", "needs"],
      estimators.map(({ name, title, role, tasks, needs = [] }) => [
        code(name),
        title,
        role,
        tasks.join(", "),
        needs.join(", "),
      ]),
    ),
    "## Metrics",
    table(
      ["name", "metric", "tasks", "better", "range", "best constant", "gains are tested by"],
      metrics.map((metric) => [
        code(metric.name),
        metric.title,
        metric.tasks.join(", "),
        metric.direction === "minimize" ? "lower" : "higher",
        metric.range.map((end) => readable(end).replace("Infinity", "∞")).join(" to "),
        metric.floor,
        gainsBy(metric),
      ]),
    ),
    "## Formats of reports",
    "Of `baseline report <benchmark>`:",
    table(
      ["--format", "what it is"],
      formats.map(({ name, summary }) => [code(name), summary]),
    ),
    "Of `baseline report bench.json` and `baseline bench`:",
    table(
      ["--format", "what it is"],
      benchFormats.map(({ name, summary }) => [code(name), summary]),
    ),
    "## Searching",
    table(
      ["sampler", "what it is"],
      samplers.map(({ name, title }) => [code(name), title]),
    ),
    table(
      ["racing rule", "when a configuration is given up"],
      racingRules.map(({ name, title }) => [code(name), title]),
    ),
    "## Paired tests",
    table(
      ["test", "what it answers", "when its error rate holds"],
      pairedTests.map(({ name, question, honest }) => [code(name), question, honest]),
    ),
    "",
  ].join("\n\n");
}

it("docs/reference.md has all that the registries have, in their order", async () =>
  expect(referencePage().trimEnd() + "\n").toMatchFileSnapshot("../../docs/reference.md"));
