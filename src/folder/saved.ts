/** What a run has left behind, by what it says of itself: a benchmark, a verdict, or the bench of a suite; and how it is told. */
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { terminalReport } from "../report/benchmark/reports.ts";
import { formats } from "../report/formats/registry.ts";
import type { TerminalOptions } from "../report/formats/terminal.ts";
import { checkBench } from "../report/schema/bench.ts";
import { checkVerdict } from "../report/schema/verdict.ts";
import { benchFormats, benchPages, terminalBench } from "../report/suite/formats.ts";
import { htmlVerdict, markdownVerdict, terminalVerdict } from "../report/verdict/reports.ts";
import { openArtifact } from "./open.ts";
import { readJson } from "./read-json.ts";
import { reportFiles } from "./reports.ts";
import { besideVerdict } from "./verdict-files.ts";

export interface SavedReport {
  /** Texts by the name of their format, made when asked for. */
  readonly formats: ReadonlyMap<string, () => string>;
  /** The short answer for a terminal. */
  readonly short: (options: TerminalOptions) => string;
  /** The reports for people that lie beside it, by path; the HTML page is the last. */
  readonly files: readonly (readonly [path: string, text: () => string])[];
}

/**
 * @param path A benchmark folder, its `benchmark.json`, the file of a verdict or a bench, or a folder with `verdict.json` or
 *   `bench.json` and no benchmark. @throws FolderError, ArtifactError
 */
export function openReport(path: string): SavedReport {
  const file = fileOf(path);
  const saved = isFile(file) ? readJson(file, (value) => savedAt(file, value)) : undefined;
  return saved ?? benchmarkAt(path);
}

function fileOf(path: string): string {
  const inside = ["benchmark.json", "verdict.json", "bench.json"].map((name) => join(path, name)).find(isFile);
  return inside === undefined || inside.endsWith("benchmark.json") ? path : inside;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function savedAt(path: string, value: unknown): SavedReport | undefined {
  const schema = typeof value === "object" && value !== null && "schema" in value ? value.schema : undefined;
  const kind = typeof schema === "string" ? schema.split("/")[1] : undefined;
  if (kind === "verdict") return verdictAt(path, value);
  return kind === "bench" ? benchAt(path, value) : undefined;
}

function benchmarkAt(path: string): SavedReport {
  const { folder, artifact } = openArtifact(path);
  return {
    formats: new Map(formats.map((one) => [one.name, () => one.benchmark(artifact, {})])),
    short: (options) => terminalReport(artifact, { ...options, folder: path }),
    files: reportFiles(artifact).map(([name, text]) => [join(folder, name), () => text]),
  };
}

function verdictAt(path: string, value: unknown): SavedReport {
  const document = checkVerdict(value);
  return {
    formats: new Map(formats.map((one) => [one.name, () => one.verdict(document)])),
    short: (options) => terminalVerdict(document, { ...options, folder: path }),
    files: [
      [besideVerdict(path, "md"), () => markdownVerdict(document)],
      [besideVerdict(path, "html"), () => htmlVerdict(document)],
    ],
  };
}

function benchAt(path: string, value: unknown): SavedReport {
  const bench = checkBench(value);
  const folder = dirname(path);
  return {
    formats: new Map(benchFormats.map((one) => [one.name, () => one.print(bench)])),
    short: (options) => terminalBench(bench, { ...options, folder }),
    files: benchPages(bench).map(([name, text]) => [join(folder, name), () => text]),
  };
}
