/**
 * A report as a tree: everything that is said, before a format prints it. Text is plain text, whatever characters it holds:
 * each format escapes it in its own way. Figures are drawn only by formats that can show them; their numbers are a table.
 */

/** What a piece of text stands for. Formats may colour it; the words alone must say it too. */
export type Tone = "good" | "bad" | "open" | "quiet";

export type Inline =
  | string
  | { readonly kind: "strong" | "code"; readonly text: string }
  | { readonly kind: "toned"; readonly tone: Tone; readonly text: string }
  | { readonly kind: "range"; readonly range: Range }
  | { readonly kind: "bar"; readonly bar: Bar }
  | { readonly kind: "shares"; readonly shares: readonly number[]; readonly label: string };

/** An interval on a scale that all ranges of a table share. */
export interface Range {
  readonly lower: number;
  readonly value: number;
  readonly upper: number;
  readonly from: number;
  readonly to: number;
}

/** A bar from 0 to a value, on a scale that all bars of a table share and that holds 0. */
export interface Bar {
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/** Where on a scale a value lies, from 0 to 1; the middle where the scale has no length. */
export function placeOn(value: number, from: number, to: number): number {
  const length = to / 2 - from / 2; // halves: no scale is too long
  return length > 0 ? Math.max(0, Math.min(1, (value / 2 - from / 2) / length)) : 0.5;
}

export type Text = Inline | readonly Inline[];

export interface Column {
  readonly head: string;
  /** Numbers are set flush right. */
  readonly numeric?: boolean;
  /** Where a table has to be narrower, columns with the largest number go first; those without one always stay. */
  readonly drop?: number;
}

export interface Table {
  readonly kind: "table";
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Text[])[];
  /** Rows that stand out. */
  readonly marked?: ReadonlySet<number>;
}

export interface Figure {
  readonly kind: "figure";
  readonly title: string;
  /** What it shows and on which rows. */
  readonly caption: string;
  /** An SVG element: a pure function of numbers; absent where the table of the numbers is the picture. */
  readonly draw?: () => string;
  /** The numbers that are drawn. */
  readonly numbers: Table;
  /** The short answer needs them: a terminal prints the numbers. */
  readonly inShort?: true;
}

/** A finding: something the reader may have to act on. */
export interface FindingBlock {
  readonly kind: "finding";
  readonly code: string;
  readonly text: string;
}

export type Block =
  | { readonly kind: "paragraph"; readonly text: Text }
  | { readonly kind: "list"; readonly items: readonly Text[] }
  | { readonly kind: "commands"; readonly lines: readonly string[] }
  | { readonly kind: "code"; readonly lines: readonly string[] }
  | { readonly kind: "details"; readonly summary: string; readonly blocks: readonly Block[] }
  | Table
  | Figure
  | FindingBlock;

export interface Section {
  /** Anchor: letters and hyphens. */
  readonly id: string;
  readonly title: string;
  /** The decision it serves, as a question of the reader's. */
  readonly serves: string;
  /** `first`: part of the short answer that a terminal shows too; `more`: for who wants to know why. */
  readonly depth: "first" | "more";
  readonly blocks: readonly Block[];
}

/** What a reader asks next, answered in a few words: a way into the section that says more. */
export interface Fact {
  readonly question: string;
  readonly answer: string;
  readonly note: string;
  /** The section's anchor. */
  readonly section: string;
}

export interface Document {
  readonly title: string;
  /** The answer in one sentence. */
  readonly answer: Text;
  /** For formats that are read at a glance; the sections say the same. */
  readonly facts?: readonly Fact[];
  /** What the answer says first, as a badge: `JUSTIFIED`, `INTERRUPTED`; empty where there is nothing to decide. */
  readonly badge?: { readonly text: string; readonly tone: Tone };
  readonly sections: readonly Section[];
  /** Where it comes from: seed, versions, digests, the command that makes it again. */
  readonly provenance: readonly (readonly [string, string])[];
}

/** How a format prints each kind of block and of text. */
export type BlockPrinter = { readonly [K in Block["kind"]]: (block: Extract<Block, { kind: K }>) => string };
type Marked = Exclude<Inline, string>;
export interface InlinePrinter {
  readonly text: (text: string) => string;
  readonly marked: { readonly [K in Marked["kind"]]: (inline: Extract<Marked, { kind: K }>) => string };
}

export function printBlock(printer: BlockPrinter, block: Block): string {
  return (printer[block.kind] as (block: Block) => string)(block);
}

/** No word of a text is longer than this: of a longer one its ends are shown. */
const LONGEST_WORD = 120;
const ENDS = { head: 80, tail: 20 };

/** A text for reading: words that nobody reads to their end are cut in the middle. */
export function legible(text: string): string {
  if (text.length <= LONGEST_WORD) return text;
  return text.split(/(\s+)/).map(legibleWord).join("");
}

function legibleWord(word: string): string {
  if (word.length <= LONGEST_WORD) return word;
  const most = 2 * LONGEST_WORD; // a sign has at most two units
  const signs = Array.from(word.length <= 2 * most ? word : word.slice(0, most) + word.slice(-most));
  if (signs.length <= LONGEST_WORD) return word;
  return `${signs.slice(0, ENDS.head).join("")}…${signs.slice(-ENDS.tail).join("")}`;
}

export function printText({ text: print, marked }: InlinePrinter, text: Text): string {
  return inlines(text)
    .map((inline) =>
      typeof inline === "string" ? print(legible(inline)) : (marked[inline.kind] as (one: Marked) => string)(inline),
    )
    .join("");
}

export function paragraph(...text: readonly Inline[]): Block {
  return { kind: "paragraph", text };
}

export function strong(text: string): Inline {
  return { kind: "strong", text };
}

export function toned(tone: Tone, text: string): Inline {
  return { kind: "toned", tone, text };
}

function inlines(text: Text): readonly Inline[] {
  return Array.isArray(text) ? (text as readonly Inline[]) : [text as Inline];
}

const PLAIN: InlinePrinter = {
  text: (text) => text,
  marked: {
    strong: ({ text }) => text,
    code: ({ text }) => text,
    toned: ({ text }) => text,
    range: () => "",
    bar: () => "",
    shares: () => "",
  },
};

/** A text without its marks and drawings. */
export function plain(text: Text): string {
  return printText(PLAIN, text);
}

/** Words of what a reader has to take in: sentences, lists and findings, not tables, figures or what is folded away. */
export function wordCount(blocks: readonly Block[]): number {
  let words = 0;
  const add = (text: string): void => {
    words += text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  };
  for (const block of blocks) {
    if (block.kind === "paragraph") add(plain(block.text));
    else if (block.kind === "list") for (const item of block.items) add(plain(item));
    else if (block.kind === "finding") add(block.text);
  }
  return words;
}
