/** The short answer for a terminal: the sections a reader needs at once, in lines that never wrap inside a table. */
import { stripVTControlCharacters } from "node:util";
import Table from "cli-table3";
import pico from "picocolors";
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import {
  legible,
  printBlock,
  printText,
  type Block,
  type BlockPrinter,
  type Column,
  type Document,
  type InlinePrinter,
  type Section,
  type Table as TableBlock,
  type Text,
  type Tone,
} from "../document/document.ts";
import { barLine, blocks as shareBlocks, rangeLine } from "../document/spark.ts";
import { visible } from "../document/visible.ts";

export interface TerminalOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Findings that are shown; the report has the others. */
const MOST_FINDINGS = 5;
/** Rows of a figure's numbers that are shown. */
const MOST_ROWS = 12;
/** Prose is not read in lines longer than this. */
const LINE = 100;
const NARROWEST = 40;

/** Cost: O(size of the text). */
export function terminal(document: Document, options: TerminalOptions): string {
  const printer = printerOf(options);
  const parts = [
    printer.answer(document),
    ...document.sections.filter(({ depth }) => depth === "first").map(printer.section),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** One block of a document. Cost: O(size of the text). */
export function terminalBlock(block: Block, options: TerminalOptions): string {
  return printerOf(options).block(block);
}

interface Printer {
  readonly answer: (document: Document) => string;
  readonly section: (section: Section) => string;
  readonly block: (block: Block) => string;
}

function printerOf({ colour, width }: TerminalOptions): Printer {
  const paint = pico.createColors(colour);
  const wide = Math.max(NARROWEST, width);
  const tones: Record<Tone, (text: string) => string> = {
    good: paint.green,
    bad: paint.red,
    open: paint.yellow,
    quiet: paint.dim,
  };
  const wrapped = (text: string, indent = ""): string => wrappedAt(text, wide, indent);
  const inline: InlinePrinter = {
    text: visible,
    marked: {
      strong: ({ text }) => paint.bold(visible(text)),
      code: ({ text }) => visible(text),
      toned: ({ tone, text }) => tones[tone](visible(text)),
      range: ({ range }) => rangeLine(range, RANGE),
      bar: ({ bar }) => barLine(bar, RANGE),
      shares: ({ shares }) => shareBlocks(shares),
    },
  };
  const textOf = (text: Text): string => printText(inline, text);
  const tableOf = (block: TableBlock): string => {
    const rows = block.rows.map((row, r) => {
      const marked = block.marked?.has(r);
      const sign = block.marked === undefined ? "" : marked ? "> " : "  ";
      return row.map((cell, i) => `${i === 0 ? sign : ""}${marked ? paint.bold(textOf(cell)) : textOf(cell)}`);
    });
    const heads = block.columns.map(
      ({ head }, i) => `${i === 0 && block.marked !== undefined ? "  " : ""}${visible(head)}`,
    );
    const kept = fitting(block.columns, [heads, ...rows], wide);
    const table = new Table({
      head: kept.map(({ index, width: most }) => clipped(heads[index], most)),
      style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
      colAligns: kept.map(({ index }) => (block.columns[index].numeric ? "right" : "left")),
      chars: { ...BORDERLESS, middle: GAP },
    });
    for (const row of rows) table.push(kept.map(({ index, width: most }) => clipped(row[index], most)));
    return table
      .toString()
      .split("\n")
      .map((line) => line.trimEnd())
      .join("\n");
  };
  const indented = ({ lines }: { readonly lines: readonly string[] }): string =>
    lines.map((line) => `  ${visible(line)}`).join("\n");
  const blocksOf: BlockPrinter = {
    paragraph: ({ text }) => wrapped(textOf(text)),
    list: ({ items }) => items.map((item) => `  - ${wrapped(textOf(item), "    ")}`).join("\n"),
    commands: ({ lines }) => indented({ lines: lines.flatMap((line) => noteAbove(line, wide - 2)) }),
    code: ({ lines }) => indented({ lines: lines.flatMap((line) => hanging(visible(line), wide - 2)) }),
    table: tableOf,
    finding: (block) => findingText(block, { colour, width }),
    details: () => "",
    figure: ({ title, numbers, inShort }) => {
      if (!inShort) return "";
      const rest = numbers.rows.length - MOST_ROWS;
      const shown = { ...numbers, rows: numbers.rows.slice(0, MOST_ROWS) };
      return `${visible(legible(title))}:\n${tableOf(shown)}${rest > 0 ? `\n  ... and ${rest} more in the report` : ""}`;
    },
  };
  return {
    answer: ({ badge, answer }) =>
      wrapped(`${badge ? `${paint.bold(tones[badge.tone](visible(badge.text)))} ` : ""}${textOf(answer)}`),
    section: ({ title, blocks }) => {
      const findings = blocks.filter(({ kind }) => kind === "finding");
      const shown = blocks.filter((block) => block.kind !== "finding" || findings.indexOf(block) < MOST_FINDINGS);
      const rest = findings.length - MOST_FINDINGS;
      const body = shown.map((block) => printBlock(blocksOf, block)).filter((text) => text !== "");
      if (rest > 0) body.push(`  ... and ${rest} more in the report`);
      return body.length === 0 ? "" : `${paint.bold(visible(legible(title)))}\n${body.join("\n")}`;
    },
    block: (block) => printBlock(blocksOf, block),
  };
}

/** No line ends between a number and its percent sign. */
const PERCENT = /(\d) %/g;

/** A command whose note does not fit beside it has the note above. Commands stay whole: they are copied. */
function noteAbove(line: string, width: number): readonly string[] {
  const [command, note] = line.split(NOTE);
  if (note === undefined || stringWidth(line) <= width) return [line];
  return [
    ...wrapAnsi(note, width - 2)
      .split("\n")
      .map((part) => `# ${part}`),
    command,
  ];
}

/** A line of a model in lines that fit, the further ones below where its words begin. */
function hanging(line: string, width: number): readonly string[] {
  if (stringWidth(line) <= width) return [line];
  const indent = line.length - line.trimStart().length;
  const [first, ...rest] = wrapAnsi(line.trimStart(), Math.max(NARROWEST / 2, width - indent - 2)).split("\n");
  return [`${" ".repeat(indent)}${first}`, ...rest.map((part) => `${" ".repeat(indent + 2)}${part}`)];
}

/** What stands between a command and a note on it. */
const NOTE = "   # ";

function wrappedAt(text: string, width: number, indent: string): string {
  const room = Math.min(Math.max(NARROWEST, width), LINE) - indent.length;
  return wrapAnsi(text.replaceAll(PERCENT, "$1\u00a0%"), room, { hard: false, trim: true })
    .replaceAll(/(?<=\d)\u00a0(?=%)/g, " ")
    .split("\n")
    .map((line, i) => (i === 0 ? line : `${indent}${line}`))
    .join("\n");
}

/** A finding with its number, its lines one below the other. */
function findingText(
  { code, text }: { readonly code: string; readonly text: string },
  { colour, width }: TerminalOptions,
): string {
  const said = wrappedAt(visible(legible(text)), width, "       ");
  return `  ${pico.createColors(colour).yellow(visible(code))} ${said}`;
}

/** Width of a drawn interval. */
const RANGE = 20;
const GAP = "  ";
/** Narrowest width a column of words is cut to. */
const SHORTEST = 8;

interface Kept {
  readonly index: number;
  readonly width: number;
}

/** The columns that fit, by the widths of their heads and cells and their order of going; if those that must stay are too wide, the widest is cut. */
function fitting(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): readonly Kept[] {
  const widths = columns.map((_, i) => rows.reduce((most, row) => Math.max(most, stringWidth(row[i])), 0));
  const total = (indices: readonly number[]): number =>
    indices.reduce((sum, i) => sum + widths[i], 0) + GAP.length * (indices.length - 1);
  let kept = columns.map((_, i) => i);
  for (const going of columns
    .map(({ drop }, i) => ({ drop, i }))
    .filter(({ drop }) => drop !== undefined)
    .sort((a, b) => b.drop! - a.drop!)) {
    if (total(kept) <= width) break;
    kept = kept.filter((i) => i !== going.i);
  }
  while (total(kept) > width) {
    const widest = kept.reduce((most, i) => (widths[i] > widths[most] ? i : most), kept[0]);
    const over = total(kept) - width;
    const cut = Math.max(SHORTEST, widths[widest] - over);
    if (cut >= widths[widest]) break; // nothing left to cut
    widths[widest] = cut;
  }
  return kept.map((index) => ({ index, width: widths[index] }));
}

/** A cell of at most `most` columns; one that is cut loses its colours. */
function clipped(text: string, most: number): string {
  if (stringWidth(text) <= most) return text;
  let kept = "";
  for (const { segment } of new Intl.Segmenter("en").segment(stripVTControlCharacters(text))) {
    if (stringWidth(kept) + stringWidth(segment) > most - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Table lines of nothing. */
const BORDERLESS: Record<string, string> = Object.fromEntries(
  [
    ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
  ]
    .flat()
    .map((name) => [name, ""]),
);
