/** The verdict as text for a terminal. Pure: document in, text out. */
import Table from "cli-table3";
import pico from "picocolors";
import type { ChallengerVerdict, Verdict, VerdictDocument } from "../compare/verdict/contract.ts";
import { BORDERLESS, type TerminalOptions } from "./terminal.ts";
import {
  boundsFigure,
  budgetLine,
  familyLine,
  gainFigure,
  marginFigure,
  questionLine,
  verdictWords,
} from "./verdict.ts";
import { figure } from "./wording.ts";

/** A paragraph in plain words for each challenger, then a table of them all. */
export function terminalVerdict(document: VerdictDocument, options: TerminalOptions): string {
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
    ...document.challengers.flatMap(costLines),
    ...(family === "" ? [] : [wrapped(family, width)]),
    ...(options.folder === undefined ? [] : [`Written to ${options.folder}.`]),
  ].join("\n\n")}\n`;
}

function summary({ challengers }: VerdictDocument): string {
  const head = ["challenger", "verdict", "score", "hardest baseline", "gain", "interval", "needed", "p"];
  const table = new Table({
    head,
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "left", "right", "left", "right", "right", "right", "right"],
    chars: BORDERLESS,
  });
  for (const one of challengers) {
    const score = one.against.find(({ baseline }) => baseline === one.baseline)?.score;
    table.push([
      one.name,
      verdictWords(one),
      figure(one.score),
      `${one.baseline} ${figure(score)}`,
      gainFigure(one.gain, one.margin),
      boundsFigure(one.bounds, one.margin),
      marginFigure(one.margin),
      one.test.p < 1e-4 ? "<0.0001" : figure(one.test.p),
    ]);
  }
  return table.toString();
}

function costLines({ name, cost }: ChallengerVerdict): string[] {
  if (cost.length === 0) return [];
  return [[`Cost of ${name}:`, ...cost.map((one) => `  - ${budgetLine(one)}`)].join("\n")];
}

/** The verdict stands after the name, which may read like one; a line may end between them. */
function painted(text: string, { name, verdict }: ChallengerVerdict, shown: string): string {
  const at = text.indexOf(verdict, Math.min(name.length, text.length));
  return at < 0 ? text : `${text.slice(0, at)}${shown}${text.slice(at + verdict.length)}`;
}

/** Lines of at most `width` characters, broken at blanks. */
function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
