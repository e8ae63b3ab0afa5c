/** What was read, as text: columns, kinds, roles, target, warnings. */
import { allVisible, visible } from "./document/visible.ts";
import Table from "cli-table3";
import pico from "picocolors";
import type { Schema } from "../schema/schema.ts";
import type { Origin } from "../frame/table.ts";
import { findingId } from "./findings/registry.ts";
import { BORDERLESS, findingText, type TerminalOptions } from "./formats/terminal.ts";
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

export function inspectionText({ source, ...found }: Inspection, options: TerminalOptions): string {
  const { target, columns, warnings } = allVisible(found);
  const paint = pico.createColors(options.colour);
  const table = new Table({
    head: ["column", "kind", "role", "missing", "distinct", "why"],
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
    colAligns: ["left", "left", "left", "right", "right", "left"],
    chars: { ...BORDERLESS, middle: "  " },
  });
  for (const { name, kind, role, missing, distinct, exact, reason } of columns)
    table.push([
      role === "target" ? paint.bold(name) : name,
      kind,
      role,
      whole(missing),
      `${whole(distinct)}${exact ? "" : "+"}`,
      reason,
    ]);
  const read = Object.entries(source.read)
    .filter(([, value]) => typeof value === "string" && value !== "")
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  const lines = [
    `${visible(source.name)}: ${counted(source.rows, "row")}, ${counted(columns.length, "column")} (${source.format}; ${read.join(", ")})`,
    `target: ${target.name} (${target.reason})`,
    `task: ${target.task} (${target.taskReason})${target.classes.length > 0 ? `; classes ${classWords(target.classes, 10)}` : ""}${target.task === "binary" && target.classes.length === 2 ? `; positive: ${classWords(target.classes.slice(1), 1)} (--positive names another)` : ""}`,
    ...(target.problem ? [paint.red(target.problem)] : []),
    "",
    table.toString().replace(/ +$/gm, ""),
  ];
  if (warnings.length > 0)
    lines.push(
      "",
      paint.bold(counted(warnings.length, "finding")),
      ...warnings.map((one) => findingLines(one, options)),
    );
  return `${lines.join("\n")}\n`;
}

function findingLines({ code, message }: Schema["warnings"][number], options: TerminalOptions): string {
  return findingText({ code: findingId(code), text: message }, options);
}
