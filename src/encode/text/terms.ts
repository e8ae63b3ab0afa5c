/** Kinds of terms a text is split into. */
export type TermKind = "words" | "characters";

/** Terms are told apart by hash: 2^20 buckets, so that a few in a hundred of 50,000 terms share one. */
export const BUCKETS: number = 1 << 20;

/** Runs of this many characters, blanks at word borders included. */
const RUN = 4;
/** Longer texts are read up to here. */
const MOST_UNITS = 20_000;

const WORD = /[\p{L}\p{N}_]{2,}/gu;

/**
 * Calls `visit` with the bucket of each term of a normalised text, in order, and where it stands there.
 * Words: runs of two or more letters, digits or underscores. Characters: every run of 4 inside a word of the text cut
 * at blanks and padded with one on both sides; a shorter padded word is one term. Case is ignored.
 */
export function eachTerm(
  text: string,
  kind: TermKind,
  visit: (bucket: number, from: number, to: number) => void,
): void {
  if (kind === "words") {
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const end = index + word.length;
      visit(hashOf(text, index, end, 1), index, end);
    }
    return;
  }
  for (let start = 1; start < text.length - 1;) {
    const end = text.indexOf(" ", start); // `normalised` ends in a blank
    const last = Math.max(start - 1, end + 1 - RUN);
    for (let from = start - 1; from <= last; from++) {
      const to = Math.min(from + RUN, end + 1);
      visit(hashOf(text, from, to, 2), from, to);
    }
    start = end + 1;
  }
}

/** Lower case, white space as single blanks, one blank at both ends; cut to a stated length. */
export function normalised(text: string): string {
  return ` ${text.slice(0, MOST_UNITS).toLowerCase().replace(/\s+/gu, " ").trim()} `;
}

/** FNV-1a over UTF-16 units from a starting point of its own for each kind, mixed down to a bucket. */
function hashOf(text: string, from: number, to: number, kind: number): number {
  let h = Math.imul(0x811c9dc5 ^ kind, 0x01000193);
  for (let i = from; i < to; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 12)) >>> 12;
}
