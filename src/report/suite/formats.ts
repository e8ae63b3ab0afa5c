/** The ways a bench is printed. A new one: a file with a record, and a line here. */
import type { BenchDocument } from "../bench.ts";
import { comment } from "../formats/comment.ts";
import { html } from "../formats/html.ts";
import { markdown } from "../formats/markdown.ts";
import { terminal, type TerminalOptions } from "../formats/terminal.ts";
import type { BenchFormat } from "./contract.ts";
import { bencher } from "./bencher.ts";
import { benchmarkAction } from "./benchmark-action.ts";
import { benchDocument, type BenchDocumentOptions } from "./document.ts";
import { benchGithub } from "./github.ts";
import { benchJunit } from "./junit.ts";

export const benchFormats: readonly BenchFormat[] = [
  {
    name: "html",
    summary: "one page, without scripts or requests",
    file: "bench.html",
    print: (bench) => html(benchDocument(bench)),
  },
  {
    name: "markdown",
    summary: "for code hosts",
    file: "bench.md",
    print: (bench) => markdown(benchDocument(bench)),
  },
  {
    name: "comment",
    summary: "Markdown for one comment, without mentions and links",
    file: "comment.md",
    print: (bench) => comment("bench", benchDocument(bench, { times: false })), // another run, the same words
  },
  {
    name: "json",
    summary: "bench.json itself",
    file: "bench.json",
    print: (bench) => `${JSON.stringify(bench, null, 1)}\n`,
  },
  benchJunit,
  benchGithub,
  benchmarkAction,
  bencher,
];

/** @returns undefined when there is none of this name. */
export function findBenchFormat(name: string): BenchFormat | undefined {
  return benchFormats.find((format) => format.name === name);
}

/** The pages that lie beside `bench.json`, by file name; the HTML page is the last. */
export function benchPages(bench: BenchDocument): readonly (readonly [string, string])[] {
  return [...benchFormats]
    .filter(({ name }) => name === "html" || name === "markdown")
    .reverse()
    .map((format) => [format.file, format.print(bench)]);
}

/** The short answer, in lines of the terminal's width. */
export function terminalBench(bench: BenchDocument, options: TerminalOptions & BenchDocumentOptions): string {
  return terminal(benchDocument(bench, options), options);
}
