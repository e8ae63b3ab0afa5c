/** A benchmark as text: what the public API and the command line print. */
import type { Artifact } from "../artifact.ts";
import { html } from "../formats/html.ts";
import { markdown } from "../formats/markdown.ts";
import { terminal, type TerminalOptions } from "../formats/terminal.ts";
import { benchmarkDocument, type BenchmarkDocumentOptions } from "./document.ts";

/** One HTML page with figures. */
export function htmlReport(artifact: Artifact, options: BenchmarkDocumentOptions = {}): string {
  return html(benchmarkDocument(artifact, options));
}

/** The content of `report.md`. */
export function markdownReport(artifact: Artifact, options: BenchmarkDocumentOptions = {}): string {
  return markdown(benchmarkDocument(artifact, options));
}

/** The short answer, in lines of the terminal's width. */
export function terminalReport(artifact: Artifact, options: TerminalOptions & BenchmarkDocumentOptions): string {
  return terminal(benchmarkDocument(artifact, options), options);
}
