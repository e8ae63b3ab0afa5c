/** A report as Markdown, for reading on a code host or in a comment. */
import {
  legible,
  printBlock,
  printText,
  type Block,
  type BlockPrinter,
  type Document,
  type InlinePrinter,
  type Section,
  type Table,
  type Text,
} from "../document/document.ts";
import { barLine, blocks as shareBlocks, rangeLine } from "../document/spark.ts";
import { visible } from "../document/visible.ts";

/** Cost: O(size of the text). */
export function markdown(document: Document): string {
  const { badge } = document;
  const parts = [
    `# ${escaped(legible(document.title))}`,
    `${badge ? `**${escaped(badge.text)}.** ` : ""}${textOf(document.answer)}`,
    ...document.sections.map(sectionOf),
    `---\n\n${document.provenance.map(([name, value]) => `${escaped(name)}: ${escaped(value)}`).join("  \n")}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function sectionOf({ title, blocks }: Section): string {
  return [`## ${escaped(legible(title))}`, ...blocks.map(blockOf)].filter((part) => part !== "").join("\n\n");
}

/** Rows of a figure's numbers that are worth reading without the picture. */
const FIGURE_ROWS = 12;

const BLOCKS: BlockPrinter = {
  paragraph: ({ text }) => textOf(text),
  list: ({ items }) => items.map((item) => `- ${textOf(item)}`).join("\n"),
  commands: ({ lines }) => fenced("sh", lines),
  code: ({ lines }) => fenced("text", lines),
  details: ({ summary, blocks }) =>
    `<details><summary>${escaped(summary)}</summary>\n\n${blocks.map(blockOf).join("\n\n")}\n\n</details>`,
  table: tableOf,
  finding: ({ code, text }) => `- \`${visible(code)}\`: ${escaped(legible(text))}`,
  figure: ({ title, caption, draw, numbers }) => {
    const told =
      draw === undefined || numbers.rows.length <= FIGURE_ROWS
        ? `\n\n${tableOf(numbers)}`
        : " Drawn in the HTML report.";
    return `### ${escaped(legible(title))}\n\n${escaped(legible(caption))}${told}`;
  },
};

function blockOf(block: Block): string {
  return printBlock(BLOCKS, block);
}

function fenced(language: string, lines: readonly string[]): string {
  return `\`\`\`${language}\n${lines.map((line) => visible(line).replaceAll("```", "'''")).join("\n")}\n\`\`\``;
}

function tableOf({ columns, rows, marked }: Table): string {
  const cells = rows.map((row, r) =>
    row.map((cell, i) => (i === 0 && marked?.has(r) ? `**${textOf(cell)}**` : textOf(cell))),
  );
  const numeric = new Set(columns.flatMap((column, i) => (column.numeric ? [i] : [])));
  return table(
    columns.map(({ head }) => escaped(legible(head))),
    cells,
    numeric,
  );
}

const INLINES: InlinePrinter = {
  text: escaped,
  marked: {
    strong: ({ text }) => `**${escaped(text)}**`,
    code: ({ text }) => codeSpan(visible(text)),
    toned: ({ tone, text }) => (tone === "quiet" ? escaped(text) : `**${escaped(text)}**`),
    range: ({ range }) => codeSpan(rangeLine(range, 20)),
    bar: ({ bar }) => barLine(bar, 10),
    shares: ({ shares }) => shareBlocks(shares),
  },
};

function textOf(text: Text): string {
  return printText(INLINES, text);
}

/** A table of cells that are Markdown already; `numeric`: columns to be set flush right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: ReadonlySet<number>,
): string {
  return [line(head), line(head.map((_, i) => (numeric.has(i) ? "---:" : "---"))), ...rows.map(line)].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** A code span that may hold backquotes, and bars inside a table. */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const room = longest > 0 ? " " : "";
  return `${fence}${room}${text.replaceAll("|", "\\|")}${room}${fence}`;
}

/** Text as it is, whatever it holds. What only starts a heading or list is left alone elsewhere. */
export function escaped(text: string): string {
  return visible(text)
    .replace(/ +/g, " ")
    .replace(/[\\`*_[\]<>|~&$]/g, "\\$&")
    .replace(/^( ?)(#|=|[+-](?=[\s+-]|$)|\d+(?=[.)](?:\s|$)))/, (_, blank: string, mark: string) =>
      /\d/.test(mark) ? `${blank}${mark}\\` : `${blank}\\${mark}`,
    );
}
