/** A benchmark's own splits.csv, read back: which row is in which part and fold, and what belongs together. */
import { createHash } from "node:crypto";
import { readTable } from "../table/read-table.ts";
import { levelTexts, type RawColumn, type RawTexts, type Table } from "../frame/table.ts";
import type { Part, Splits } from "../evaluate/splits/contract.ts";
import type { Artifact } from "../report/artifact.ts";
import { FolderError } from "./folder.ts";
import { freeName } from "./table-file.ts";

/** All rows of a benchmark: those of the table, then those of the test table. */
export interface SplitRows {
  readonly splits: Splits;
  /** The number of each row in its own file. */
  readonly rowNumber: Int32Array;
  readonly groups?: Int32Array;
  readonly time?: Float64Array;
  readonly weights?: Float64Array;
  /** Under the name that the column has beside those of ours. */
  readonly ids?: { readonly name: string; readonly texts: RawTexts };
}

/** SHA-256 of which row is in which part and fold. */
export function splitsFingerprint({ part, fold }: Pick<Splits, "part" | "fold">): string {
  const hash = createHash("sha256").update(part.join());
  for (const one of fold) hash.update(new Uint8Array(one.buffer, one.byteOffset, one.byteLength));
  return hash.digest("hex");
}

/**
 * Reads `splits.csv` of the benchmark that the artifact describes.
 * @throws FolderError when it is not the file that was written with the artifact: its fingerprint says so.
 */
export async function readSplits(path: string, artifact: Artifact): Promise<SplitRows> {
  const { kind, scheme, seed, folds, repeats, reason, fingerprint } = artifact.splits;
  const { group, groupDuplicates, time, weight, id, redact } = artifact.options;
  const facts = [
    ...(group !== undefined || groupDuplicates === true ? ["group"] : []),
    ...(time !== undefined ? ["time"] : []),
    ...(weight !== undefined ? ["weight"] : []),
  ];
  const hasIds = typeof id === "string" && redact !== true;
  const ours = ["row", "repeat", "part", "fold"];
  const names = [...ours, ...facts, ...(hasIds ? ["id of the row"] : [])];
  const types = new Map([["part", "category"] as const, ["id of the row", "category"] as const]);
  const table = await readTable(path, { header: true, names, types, defaultNa: false });
  const rows = table.rows / repeats;
  if (!Number.isInteger(rows)) throw damaged(path, `${table.rows} lines are no ${repeats} repeats of the same rows`);
  const fold = numbers(table, "fold", path);
  const rowNumber = Int32Array.from(numbers(table, "row", path).subarray(0, rows));
  const splits: Splits = {
    kind: kind as Splits["kind"],
    scheme: scheme as Splits["scheme"],
    seed,
    folds,
    repeats,
    reason,
    part: partsOf(column(table, "part", path), rows),
    fold: Array.from({ length: repeats }, (_, repeat) =>
      Int32Array.from({ length: rows }, (_, row) => {
        const value = fold[repeat * rows + row];
        return Number.isNaN(value) ? -1 : value;
      }),
    ),
  };
  if (splitsFingerprint(splits) !== fingerprint)
    throw damaged(path, "it deals the rows otherwise than benchmark.json says");
  const first = (name: string): Float64Array => numbers(table, name, path).slice(0, rows);
  return {
    splits,
    rowNumber,
    ...(facts.includes("group") && { groups: Int32Array.from(first("group")) }),
    ...(facts.includes("time") && { time: first("time") }),
    ...(facts.includes("weight") && { weights: first("weight") }),
    ...(hasIds && {
      ids: { name: freeName(id, [...ours, ...facts], []), texts: texts(column(table, "id of the row", path), path) },
    }),
  };
}

function partsOf(raw: RawColumn, rows: number): Part[] {
  if (raw.kind === "number") return [];
  const levels = levelTexts(raw.levels);
  return Array.from({ length: rows }, (_, row) => levels[raw.codes[row]] as Part);
}

function column({ columns }: Table, name: string, path: string): RawColumn {
  const found = columns.find((one) => one.name === name);
  if (!found) throw damaged(path, `column ${name} is missing`);
  return found;
}

function numbers(table: Table, name: string, path: string): Float64Array {
  const found = column(table, name, path);
  if (found.kind === "number") return found.values;
  throw damaged(path, `column ${name} holds something else than numbers`);
}

function texts(found: RawColumn, path: string): RawTexts {
  if (found.kind === "text") return found;
  throw damaged(path, "the ids are no texts");
}

/** A file of the folder is not what was written there. */
export function damaged(path: string, what: string): FolderError {
  return new FolderError(`${path}: ${what}, so it is not the file of this benchmark; restore it or train again`);
}
