/** The folder of real tables: its manifest, its folds and the reference scores, as far as the bench reads them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { train } from "../../src/index.ts";

type TrainOptions = NonNullable<Parameters<typeof train>[1]>;

export interface TableEntry {
  readonly name: string;
  readonly file: string;
  readonly target: string;
  readonly task: "binary" | "multiclass" | "regression";
  readonly positive?: string;
  readonly group?: string;
  readonly exclude?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly read: { readonly header: boolean; readonly na?: readonly string[] };
}

export interface ReferenceMetric {
  readonly mean: number;
  /** Over folds. */
  readonly std: number;
  readonly per_fold: readonly number[];
}

export interface ReferenceModel {
  /** Absent where the model was passed over. */
  readonly folds_scored?: number;
  readonly metrics?: Readonly<Record<string, ReferenceMetric>>;
}

export interface Protocol {
  readonly name: "random" | "group" | "time";
  /** Path of the folds file. */
  readonly folds: string;
  readonly models: ReadonlyMap<string, ReferenceModel>;
}

export interface Folder {
  readonly path: string;
  readonly tables: readonly TableEntry[];
  readonly protocols: (table: string) => readonly Protocol[];
}

export function openFolder(path: string): Folder {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(path, name), "utf8"));
  const { datasets: tables } = read("MANIFEST.json") as { datasets: readonly TableEntry[] };
  const { datasets } = read("reference_scores.json") as {
    datasets: Record<
      string,
      { protocols: Record<Protocol["name"], { folds: string; models: Record<string, ReferenceModel> }> }
    >;
  };
  return {
    path,
    tables,
    protocols: (table) =>
      Object.entries(datasets[table].protocols).map(([name, { folds, models }]) => ({
        name: name as Protocol["name"],
        folds: join(path, folds),
        models: new Map(Object.entries(models)),
      })),
  };
}

/** The options that make a run comparable with the reference: same rows, same folds, same columns. */
export function optionsFor(table: TableEntry, protocol: Protocol, readsText: boolean): TrainOptions {
  const { group, text, read } = table;
  const kept = new Set([...(protocol.name === "group" ? [group] : []), ...(readsText ? [text] : [])]);
  return {
    target: table.target,
    task: table.task,
    header: read.header,
    splits: protocol.folds,
    ignore: Object.keys(table.exclude ?? {}).filter((name) => !kept.has(name)),
    ...(read.na && { na: read.na }),
    ...(protocol.name === "group" && group !== undefined && { group }),
    ...(protocol.name === "time" && { time: "@row", splitKind: "expanding" }),
  };
}
