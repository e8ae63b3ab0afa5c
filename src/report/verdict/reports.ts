/** A verdict as text: what the public API and the command line print. */
import { html } from "../formats/html.ts";
import { markdown } from "../formats/markdown.ts";
import { terminal, type TerminalOptions } from "../formats/terminal.ts";
import type { VerdictDocument } from "../verdict.ts";
import { verdictDocument, type VerdictDocumentOptions } from "./document.ts";

/** One HTML page with figures. */
export function htmlVerdict(document: VerdictDocument): string {
  return html(verdictDocument(document));
}

/** The verdict as Markdown, for a pull request's comment. */
export function markdownVerdict(document: VerdictDocument): string {
  return markdown(verdictDocument(document));
}

/** A paragraph in plain words for each challenger, a table of them all, and the gates. */
export function terminalVerdict(document: VerdictDocument, options: TerminalOptions & VerdictDocumentOptions): string {
  return terminal(verdictDocument(document, options), options);
}
