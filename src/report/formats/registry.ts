/** The ways a benchmark is printed. A new one: a file with a record, and a line here. */
import { benchmarkDocument } from "../benchmark/document.ts";
import type { Format } from "./contract.ts";
import { csvFormat } from "./csv.ts";
import { githubFormat } from "./github.ts";
import { html } from "./html.ts";
import { junitFormat } from "./junit.ts";
import { markdown } from "./markdown.ts";

export const formats: readonly Format[] = [
  {
    name: "html",
    summary: "one page with figures, without scripts or requests",
    file: "report.html",
    benchmark: (artifact, options) => html(benchmarkDocument(artifact, options)),
  },
  {
    name: "markdown",
    summary: "for code hosts and comments",
    file: "report.md",
    benchmark: (artifact, options) => markdown(benchmarkDocument(artifact, options)),
  },
  {
    name: "json",
    summary: "the artifact itself",
    file: "benchmark.json",
    benchmark: (artifact) => `${JSON.stringify(artifact, null, 1)}\n`,
  },
  csvFormat,
  junitFormat,
  githubFormat,
];

/** @returns undefined when there is none of this name. */
export function findFormat(name: string): Format | undefined {
  return formats.find((format) => format.name === name);
}
