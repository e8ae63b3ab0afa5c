/** What a program of the bench found: tables of text, printed, kept and put together in the same way for all of them. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

export interface Table {
  readonly caption?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Answer {
  readonly question: string;
  /** How much was run: seeds, rows, replications. */
  readonly size: string;
  readonly tables: readonly Table[];
  /** What the tables say, in sentences. */
  readonly notes?: readonly string[];
  /** What was promised and does not hold, in sentences; none: all of it does. */
  readonly broken: readonly string[];
  /** The figures behind the tables. */
  readonly figures: unknown;
}

/** Prints the answer, writes it as JSON where asked, and has the program end with 1 when something is broken. */
export function tell(answer: Answer, json: string | undefined): void {
  const { question, size, tables, notes = [], broken } = answer;
  const warnings = broken.map((one) => `BROKEN: ${one}`);
  console.log([`${question} (${size})`, ...tables.map(asText), ...notes, ...warnings].join("\n\n"));
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(answer, null, 1)}\n`);
  if (broken.length > 0) process.exitCode = 1;
}

/** Columns side by side; those of figures are aligned to the right. */
export function asText({ caption, head, rows }: Table): string {
  const widths = head.map((text, k) => Math.max(text.length, ...rows.map((row) => row[k].length)));
  const right = head.map((_, k) => rows.every((row) => isFigure(row[k])));
  const line = (row: readonly string[]): string =>
    row
      .map((text, k) => (right[k] ? text.padStart(widths[k]) : text.padEnd(widths[k])))
      .join("  ")
      .trimEnd();
  return [...(caption === undefined ? [] : [caption]), line(head), ...rows.map(line)].join("\n");
}

export function asMarkdown({ caption, head, rows }: Table): string {
  const right = head.map((_, k) => rows.every((row) => isFigure(row[k])));
  const cells = (row: readonly string[]): string => `| ${row.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = cells(right.map((one) => (one ? "--:" : ":--")));
  return [...(caption === undefined ? [] : [caption, ""]), cells(head), rule, ...rows.map(cells)].join("\n");
}

function isFigure(text: string): boolean {
  return text === "" || /^[-<]?\s?[\d.]/.test(text);
}

/** What figures depend on, and nothing that names a place. */
export function machine(): string {
  const all = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${all.length} cores (${all[0]?.model.trim() ?? "unknown"}), ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.version}`;
}

/** CPU seconds of this process so far, its threads included. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** CPU seconds of all that this process has started and that has ended, where /proc tells. */
export function childCpuSeconds(): number | undefined {
  if (!existsSync("/proc/self/stat")) return undefined;
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100; // ticks
}

/** Slope of log y against log x by least squares: y grows as x to this power. */
export function exponentOf(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (k: 0 | 1): number => logs.reduce((sum, point) => sum + point[k], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  let across = 0;
  let squares = 0;
  for (const point of logs) {
    across += (point[0] - x) * (point[1] - y);
    squares += (point[0] - x) ** 2;
  }
  return squares === 0 ? 0 : across / squares;
}
