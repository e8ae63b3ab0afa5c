/** The verdict as Markdown: `verdict.md`. Pure: document in, text out. */
import type { ChallengerVerdict, VerdictDocument } from "../compare/verdict/contract.ts";
import { escaped, table } from "./markdown.ts";
import {
  boundsFigure,
  budgetLine,
  familyLine,
  gainFigure,
  marginFigure,
  questionLine,
  verdictWords,
} from "./verdict.ts";
import { figure, whole } from "./wording.ts";

export function markdownVerdict(document: VerdictDocument): string {
  const family = familyLine(document);
  const sections = [
    `# Verdict\n\n${escaped(questionLine(document))}`,
    summary(document),
    ...(family === "" ? [] : [escaped(family)]),
    ...document.challengers.map(section),
    `---\n\nBenchmark \`${document.benchmark}\`.`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function summary({ challengers }: VerdictDocument): string {
  const head = ["challenger", "verdict", "score", "gain", "interval", "needed", "p"];
  const rows = challengers.map((one) => [
    escaped(one.name),
    `**${escaped(verdictWords(one))}**`,
    figure(one.score),
    escaped(gainFigure(one.gain, one.margin)),
    escaped(boundsFigure(one.bounds, one.margin)),
    escaped(marginFigure(one.margin)),
    figure(one.test.p),
  ]);
  return table(head, rows, new Set([2, 3, 4, 5, 6]));
}

function section(one: ChallengerVerdict): string {
  const rivals = one.against.map(({ baseline, score, gain, bounds, p }) => [
    escaped(baseline),
    figure(score),
    escaped(gainFigure(gain, one.margin)),
    escaped(boundsFigure(bounds, one.margin)),
    figure(p),
  ]);
  const parts = [
    `## ${escaped(one.name)}`,
    escaped(one.sentence),
    table(["baseline", `its ${escaped(one.metric)}`, "gain over it", "interval", "p"], rivals, new Set([1, 2, 3, 4])),
    list(
      "Cost",
      one.cost.map((budget) => escaped(budgetLine(budget))),
    ),
    list(
      "Slices",
      one.slices.map(
        ({ slice, rows, gain, outcome, detail }) =>
          `${escaped(slice)}: ${whole(rows)} rows, gain ${figure(gain)}, ${escaped(detail === "" ? outcome : `${outcome} (${detail})`)}`,
      ),
    ),
    list("Protected groups", fairnessLines(one)),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function fairnessLines({ fairness }: ChallengerVerdict): string[] {
  return fairness.flatMap(({ column, rates }) =>
    rates.map(({ rate, difference, baseline, outcome }) => {
      const range = (of: typeof difference): string =>
        of === null ? "-" : `${figure(of.value)} (${figure(of.lower)} to ${figure(of.upper)})`;
      return `${escaped(rate)} by ${escaped(column)}: largest difference ${escaped(range(difference))}, of the champion ${escaped(range(baseline.difference))}; ${escaped(outcome)}`;
    }),
  );
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `${title}:\n\n${lines.map((line) => `- ${line}`).join("\n")}`;
}
