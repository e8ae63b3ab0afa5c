/** The verdict as text for a terminal. Pure: document in, text out. */
import Table from "cli-table3";
import pico from "picocolors";
import type { Verdict } from "../compare/verdict/contract.ts";
import { allVisible, visible } from "./document/visible.ts";
import { BORDERLESS, type TerminalOptions } from "./formats/terminal.ts";
import { checksOf } from "./verdict-checks.ts";
import { familyLine, questionLine, summaryTable, type VerdictDocument, type VerdictEntry } from "./verdict.ts";

/** A paragraph in plain words for each challenger, then a table of them all. */
export function terminalVerdict(
  given: VerdictDocument,
  options: TerminalOptions & { readonly folder?: string },
): string {
  const document = allVisible(given);
  const paint = pico.createColors(options.colour);
  const colours: Record<Verdict, (text: string) => string> = {
    JUSTIFIED: paint.green,
    "NOT JUSTIFIED": paint.red,
    INCONCLUSIVE: paint.yellow,
  };
  const width = Math.max(40, Math.min(options.width, 110));
  const paragraphs = document.challengers.map((one) => {
    const text = wrapped(one.sentence, width);
    return painted(text, one, paint.bold(colours[one.verdict](one.verdict)));
  });
  const family = familyLine(document);
  return `${[
    ...paragraphs,
    `${questionLine(document)}\n${summary(document)}`,
    ...document.challengers.flatMap((one) => checkLines(one, width)),
    ...(family === "" ? [] : [wrapped(family, width)]),
    ...(options.folder === undefined ? [] : [`Written to ${visible(options.folder)}.`]),
  ].join("\n\n")}\n`;
}

function summary(document: VerdictDocument): string {
  const { head, rows, numeric } = summaryTable(document);
  const table = new Table({
    head: head.slice(),
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, k) => (numeric.has(k) ? "right" : "left")),
    chars: BORDERLESS,
  });
  for (const row of rows) table.push(row.slice());
  return table.toString();
}

function checkLines(one: VerdictEntry, width: number): string[] {
  return checksOf(one).map(({ title, lines }) =>
    [
      `${title} of ${one.name}:`,
      ...lines.map((line) => wrapped(`- ${line}`, width - 4, "    ").replace(/^/, "  ")),
    ].join("\n"),
  );
}

/** The verdict stands after the name, which may read like one; a line may end between them. */
function painted(text: string, { name, verdict }: VerdictEntry, shown: string): string {
  const at = text.indexOf(verdict, Math.min(name.length, text.length));
  return at < 0 ? text : `${text.slice(0, at)}${shown}${text.slice(at + verdict.length)}`;
}

/** Lines of at most `width` characters, broken at blanks; all but the first begin with `indent`. */
function wrapped(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${indent}`);
}
