/** What was read, as text: columns, kinds, roles, target, warnings. */
import pico from "picocolors";
import type { Schema } from "../schema/schema.ts";
import type { Origin } from "../frame/table.ts";
import { byBearing } from "./findings/registry.ts";
import { told } from "./findings/told.ts";
import { paragraph, toned, type Block, type Table } from "./document/document.ts";
import { terminalBlock, type TerminalOptions } from "./formats/terminal.ts";
import { counted, whole } from "../words/numbers.ts";
import { classWords } from "./wording.ts";

export interface Inspection {
  readonly source: {
    readonly name: string;
    readonly format: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly rows: number;
    readonly read: Readonly<Record<string, unknown>>;
  };
  readonly target: Schema["target"];
  readonly columns: Schema["columns"];
  readonly warnings: Schema["warnings"];
}

/** The facts as data: what `inspect --json` prints. */
export function inspectionOf(origin: Origin, schema: Schema): Inspection {
  const { name, format, bytes, sha256, dialect, lineEnds, compression, skipped, reasons } = origin;
  return {
    source: {
      name,
      format,
      bytes,
      sha256,
      rows: schema.rows,
      read: { ...dialect, lineEnds, compression, skipped, reasons },
    },
    target: schema.target,
    columns: schema.columns,
    warnings: schema.warnings,
  };
}

export function inspectionText({ source, target, columns, warnings }: Inspection, options: TerminalOptions): string {
  const paint = pico.createColors(options.colour);
  const print = (block: Block): string => terminalBlock(block, options);
  const read = Object.entries(source.read)
    .filter(([, value]) => typeof value === "string" && value !== "")
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  const { name, reason, task, taskReason, classes, problem } = target;
  const positive =
    task === "binary" && classes.length === 2
      ? `; positive: ${classWords(classes.slice(1), 1)} (--positive names another)`
      : "";
  const lines = [
    print(
      paragraph(
        `${source.name}: ${counted(source.rows, "row")}, ${counted(columns.length, "column")} (${source.format}; ${read.join(", ")})`,
      ),
    ),
    print(paragraph(`target: ${name} (${reason})`)),
    print(
      paragraph(
        `task: ${task} (${taskReason})${classes.length > 0 ? `; classes ${classWords(classes, 10)}` : ""}${positive}`,
      ),
    ),
    ...(problem ? [print(paragraph(toned("bad", problem)))] : []),
    "",
    print(columnTable(columns)),
  ];
  const findings = told(byBearing(warnings));
  if (findings.length > 0)
    lines.push(
      "",
      paint.bold(counted(findings.length, "finding")),
      ...findings.map(({ id, text }) => print({ kind: "finding", code: id, text })),
    );
  return `${lines.join("\n")}\n`;
}

function columnTable(columns: Schema["columns"]): Table {
  return {
    kind: "table",
    columns: [
      { head: "column" },
      { head: "kind" },
      { head: "role" },
      { head: "missing", numeric: true, drop: 1 },
      { head: "distinct", numeric: true, drop: 2 },
      { head: "why", drop: 3 },
    ],
    rows: columns.map(({ name, kind, role, missing, distinct, exact, reason }) => [
      name,
      kind,
      role,
      whole(missing),
      `${whole(distinct)}${exact ? "" : "+"}`,
      reason,
    ]),
    marked: new Set([columns.findIndex(({ role }) => role === "target")]),
  };
}
