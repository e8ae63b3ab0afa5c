/** How cells are quoted: by `"` or `'` or not at all, a quote inside doubled or behind `\`. */
import { bestCut, cutWith, type Cutting } from "./delimiter.ts";
import { cutRecords, MARKS, type Extent, type Quoting } from "./records.ts";

const USUAL: Quoting = { quote: '"', escape: '"' };
const UNQUOTED: Quoting = { quote: "", escape: "" };
/** Other ways, in order of preference. */
const OTHERS: readonly Quoting[] = [
  { quote: '"', escape: "\\" },
  { quote: "'", escape: "'" },
  { quote: "'", escape: "\\" },
  UNQUOTED,
];

/** What a cell or two weigh. */
const FEW = 6;

/** What the user says of it. */
export interface Asked {
  readonly delimiter?: string;
  readonly quote?: string;
  readonly escape?: string;
}

export interface QuotedCut {
  readonly quoting: Quoting;
  /** undefined: nothing separates cells. */
  readonly cut: Cutting | undefined;
  /** Why it is not the usual way, in words. */
  readonly reason?: string;
}

/**
 * The quoting, and the delimiter with it, that leave the fewest malformed cells: text after a closing quote, lines
 * swallowed by it, quotes left around a cell or at one end of it. The usual way where nothing speaks against it.
 */
export function detectQuoting(text: string, asked: Asked, extent: Extent): QuotedCut {
  const cutOf = (quoting: Quoting): Cutting | undefined =>
    asked.delimiter === undefined ? bestCut(text, quoting, extent) : cutWith(text, asked.delimiter, quoting, extent);
  const usual = { quote: asked.quote ?? USUAL.quote, escape: asked.escape ?? asked.quote ?? USUAL.escape };
  const first: QuotedCut = { quoting: usual, cut: cutOf(usual) };
  const against = first.cut?.malformed ?? malformedCells(text, usual, asked, extent);
  if (against === 0) return first;
  let best = first;
  let least = against;
  for (const quoting of OTHERS) {
    if (asked.quote !== undefined && asked.quote !== quoting.quote) continue;
    if (asked.escape !== undefined && asked.escape !== quoting.escape) continue;
    if (!occurs(text, quoting)) continue;
    const cut = cutOf(quoting);
    if (cut === undefined || cut.malformed >= least || cut.malformed > against / 2) continue;
    if (quoting.quote === "" && against < FEW) continue; // a cell or two are taken as they stand in any case
    if (quoting.quote === "'" && !isUsedThroughout(text, quoting, cut, extent)) continue;
    best = { quoting, cut, reason: reasonFor(quoting) };
    least = cut.malformed;
  }
  return best;
}

/** Malformed cells where no delimiter fits; a quote that is never closed is one. */
function malformedCells(text: string, quoting: Quoting, { delimiter = "," }: Asked, extent: Extent): number {
  const records = cutRecords(text, delimiter, quoting, extent);
  const open = extent.whole && records.length < extent.records && (records.at(-1)?.end ?? 0) < text.trimEnd().length;
  return records.reduce((sum, record) => sum + record.malformed, open ? 2 : 0);
}

function occurs(text: string, { quote, escape }: Quoting): boolean {
  if (quote === "") return MARKS.some((mark) => text.includes(mark));
  return text.includes(escape === quote ? quote : escape + quote);
}

/** Apostrophes at the ends of a few cells are no quotes: there must be a quoted cell in every second record, and no half of one. */
function isUsedThroughout(text: string, { quote }: Quoting, { delimiter }: Cutting, extent: Extent): boolean {
  const bare = cutRecords(text, delimiter, UNQUOTED, extent);
  const { whole, halves } = quotedCells(
    bare.map(({ fields }) => fields),
    quote,
  );
  return halves === 0 && whole > 1 && whole >= (bare.length - 1) / 2;
}

/**
 * Quoted cells of records that were cut as if nothing were quoted, so that one may go over several cells and lines. A cell
 * that is the quote alone may be one end of such a cell; beside no other end in its record it is a text of its own.
 */
function quotedCells(records: readonly (readonly string[])[], quote: string): { whole: number; halves: number } {
  let whole = 0;
  let halves = 0;
  let open: "no" | "by its text" | "by a quote alone" = "no";
  for (const fields of records) {
    for (const cell of fields) {
      if (cell === quote) {
        if (open === "by its text") whole++;
        open = open === "no" ? "by a quote alone" : "no";
        continue;
      }
      const opens = cell.startsWith(quote);
      const closes = cell.endsWith(quote);
      if (open === "no" && opens) open = "by its text";
      if (!closes) continue;
      if (open === "no") halves++;
      else whole++;
      open = "no";
    }
    if (open === "by a quote alone") open = "no";
  }
  return { whole, halves: open === "no" ? halves : halves + 1 };
}

function reasonFor({ quote, escape }: Quoting): string {
  const way =
    quote === ""
      ? "quotes are read as plain characters"
      : `cells are read as quoted by ${quote}${escape === quote ? "" : ` with ${escape} as escape character`}`;
  return `${way}, because the usual quoting (" doubled inside cells) leaves malformed cells in the first rows`;
}
