/** The ways a benchmark or a verdict is printed. A new one: a file with a record, and a line here. */
import { benchmarkDocument } from "../benchmark/document.ts";
import type { Format } from "./contract.ts";
import { verdictDocument } from "../verdict/document.ts";
import { comment } from "./comment.ts";
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
    verdict: (document) => html(verdictDocument(document)),
  },
  {
    name: "markdown",
    summary: "for code hosts",
    file: "report.md",
    benchmark: (artifact, options) => markdown(benchmarkDocument(artifact, options)),
    verdict: (document) => markdown(verdictDocument(document)),
  },
  {
    name: "comment",
    summary: "Markdown for one comment, without mentions and links",
    file: "comment.md",
    benchmark: (artifact, options) => comment("benchmark", benchmarkDocument(artifact, options)),
    verdict: (document) => comment("verdict", verdictDocument(document)),
  },
  {
    name: "json",
    summary: "the artifact itself",
    file: "benchmark.json",
    benchmark: json,
    verdict: json,
  },
  csvFormat,
  junitFormat,
  githubFormat,
];

function json(artifact: object): string {
  return `${JSON.stringify(artifact, null, 1)}\n`;
}

/** @returns undefined when there is none of this name. */
export function findFormat(name: string): Format | undefined {
  return formats.find((format) => format.name === name);
}
