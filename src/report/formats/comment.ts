/**
 * A report as one comment on a code host: Markdown that can neither call people nor link anywhere, whatever the texts in it say,
 * with a mark by which the next run finds it.
 */
import type { Document } from "../document/document.ts";
import { markdown } from "./markdown.ts";

/** GitHub refuses more than 65,536 characters. */
const MOST = 60_000;

/** Escaped characters and code, which are left alone; then what a code host would make a mention, a reference or a link of. */
const LIVE = /\\.|(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)|@(?=\w)|#(?=\d)|GH-(?=\d)|:\/\/(?=\S)|www\.(?=\S)/gi;

/** @param kind What it is of, for the mark: `verdict`. Cost: O(size of the text). */
export function comment(kind: string, document: Document): string {
  const text = markdown(document).replace(LIVE, (found, fence?: string) =>
    fence !== undefined || found.startsWith("\\") ? found : `${found}<!-- -->`,
  );
  return `${markOf(kind)}\n${cut(text)}`;
}

/** The first line of a comment: what the next one is found by. */
export function markOf(kind: string): string {
  return `<!-- baseline ${kind} -->`;
}

function cut(text: string): string {
  if (text.length <= MOST) return text;
  const whole = text.slice(0, text.lastIndexOf("\n\n", MOST));
  return `${whole}\n\nThe rest was too long for a comment; the whole report is in the artifact of the run.\n`;
}
