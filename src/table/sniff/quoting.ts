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

/** Apostrophes at the ends of a few cells are no quotes: there must be a quoted cell in every second record. */
function isUsedThroughout(text: string, { quote }: Quoting, { delimiter }: Cutting, extent: Extent): boolean {
  const bare = cutRecords(text, delimiter, UNQUOTED, extent);
  const opened = bare.reduce((sum, { fields }) => sum + fields.filter((cell) => cell.startsWith(quote)).length, 0);
  const closed = bare.reduce((sum, { fields }) => sum + fields.filter((cell) => cell.endsWith(quote)).length, 0);
  return opened === closed && opened > 1 && opened >= (bare.length - 1) / 2;
}

function reasonFor({ quote, escape }: Quoting): string {
  const way =
    quote === ""
      ? "quotes are plain text"
      : `cells are quoted by ${quote}${escape === quote ? "" : `, and ${escape} makes a quote inside plain`}`;
  return `${way}: the usual way leaves malformed cells in the head`;
}
