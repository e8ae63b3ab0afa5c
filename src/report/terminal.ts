/** The benchmark as text for a terminal. Pure: artifact in, text out. */
import Table from "cli-table3";
import pico from "picocolors";
import type { Artifact, Rung } from "./artifact.ts";
import { challengeSentence } from "./bar.ts";
import {
  clipped,
  datasetLines,
  duration,
  figure,
  gainWords,
  interval,
  selectionWords,
  shownMetrics,
  sized,
} from "./wording.ts";

export interface TerminalOptions {
  readonly colour: boolean;
  readonly width: number;
  /** Folder the benchmark was written to. */
  readonly folder?: string;
}

/** The whole answer: the ladder, the champion and why, what to beat, what to beware of, where the files are. */
export function terminalReport(artifact: Artifact, options: TerminalOptions): string {
  const paint = pico.createColors(options.colour);
  const { champion, metric } = artifact;
  const lines: string[] = [];
  if (artifact.interrupted)
    lines.push(
      paint.yellow(`INTERRUPTED: ${artifact.interruptedBy ?? "the run was cut short"}; what is missing is marked.`),
      "",
    );
  lines.push(
    ...datasetLines(artifact),
    `decided by ${metric.name} (${metric.direction === "minimize" ? "lower" : "higher"} is better)`,
    "",
  );
  lines.push(ladderTable(artifact, options));
  const best = artifact.ladder.find((rung) => rung.rung === champion.rung);
  lines.push("", `${paint.bold(`Champion: ${champion.rung}.`)} ${champion.sentence}`);
  lines.push(`Its cross-validated score: ${selectionWords(best?.cv[metric.name])}.`);
  if (best?.explanation)
    lines.push(...best.explanation.lines.slice(0, 8).map((line) => clipped(`  ${line}`, options.width)));
  lines.push("", challengeSentence(artifact));
  lines.push(...warningLines(artifact, paint.yellow));
  if (options.folder)
    lines.push("", `Written to ${options.folder}. Next: baseline compare ${options.folder} predictions.csv`);
  return `${lines.join("\n")}\n`;
}

function ladderTable(artifact: Artifact, { colour, width }: TerminalOptions): string {
  const paint = pico.createColors(colour);
  const metrics = shownMetrics(artifact);
  const held = artifact.splits.rows.holdout + artifact.splits.rows.test > 0;
  const [main, ...others] = metrics;
  const narrow = width < 110;
  const head = [
    "rung",
    `${main}, cross-validated`,
    ...(held ? [`${main}, held out`] : []),
    ...others,
    "size",
    ...(narrow ? [] : ["per row"]),
    "bought",
  ];
  const table = new Table({
    head,
    style: { head: [], border: [], compact: true },
    colAligns: ["left", ...head.slice(1, -1).map(() => "right" as const), "left"],
    chars: BORDERLESS,
  });
  for (const rung of artifact.ladder) {
    const bold = rung.rung === artifact.champion.rung ? paint.bold : (text: string) => text;
    const deciding = held ? rung.holdout : rung.cv;
    const latency = artifact.timing.rungs[rung.rung]?.predictMicroseconds;
    const cells = [
      `${rung.rung === artifact.champion.rung ? "> " : "  "}${rung.rung}`,
      rung.status === "ok" ? interval(rung.cv[main]) : "failed",
      ...(held ? [rung.status === "ok" ? interval(rung.holdout[main]) : ""] : []),
      ...others.map((name) => figure(deciding[name]?.value)),
      sizeOf(rung),
      ...(narrow ? [] : [latency ? duration(latency.p50 / 1000) : "-"]),
      boughtOf(artifact, rung),
    ];
    table.push(cells.map(bold));
  }
  const failed = artifact.ladder.filter((rung) => rung.status === "failed");
  return [
    table.toString(),
    ...(artifact.steps.some(({ gain }) => gain !== null) ? [BOUGHT_LEGEND] : []),
    ...failed.map((rung) => paint.yellow(`${rung.rung} failed and is scored as the floor: ${rung.reason}`)),
  ].join("\n");
}

const BOUGHT_LEGEND =
  "bought: against the rung named, the last one bought, over the rows of all folds; yes: the gain is proven, open: these rows cannot tell, no: proven not to matter";

/** Table lines of nothing. */
export const BORDERLESS: Record<string, string> = Object.fromEntries(
  [
    "top",
    "top-mid",
    "top-left",
    "top-right",
    "bottom",
    "bottom-mid",
    "bottom-left",
    "bottom-right",
    "left",
    "left-mid",
    "mid",
    "mid-mid",
    "right",
    "right-mid",
  ].map((name) => [name, ""]),
);

function sizeOf({ complexity }: Rung): string {
  return complexity ? sized(complexity) : "-";
}

function boughtOf({ steps, metric }: Artifact, { rung }: Rung): string {
  const step = steps.find((one) => one.rung === rung);
  if (!step || step.gain === null) return "";
  const word = step.bought ? "yes" : step.verdict === "INCONCLUSIVE" ? "open" : "no";
  const words = gainWords(step.gain, metric.direction);
  const than = words.endsWith("times the") ? "of" : words === "as much" ? "as" : "than";
  return `${word} (${words} ${metric.name} ${than} ${step.from})`;
}

const MOST_WARNINGS = 12;

function warningLines(artifact: Artifact, paint: (text: string) => string): readonly string[] {
  const { warnings } = artifact;
  if (warnings.length === 0) return [];
  const rest = warnings.length - MOST_WARNINGS;
  return [
    "",
    paint(`Beware (${warnings.length}):`),
    ...warnings.slice(0, MOST_WARNINGS).map(({ message }) => `  - ${message}`),
    ...(rest > 0 ? [`  ... and ${rest} more in benchmark.json`] : []),
  ];
}
