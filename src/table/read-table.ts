/** The way in: a table from a file, standard input, bytes, or values in memory. */
import { DataError } from "../frame/error.ts";
import type { Table } from "../frame/table.ts";
import { readDelimited } from "./delimited.ts";
import { LIMITS, type Limits } from "./limits.ts";
import { foreignFormat, foreignWithin, SIGNED } from "./sniff/format.ts";
import type { MemoryTable } from "./sources/memory.ts";
import type { ReadOptions } from "./options.ts";
import {
  bufferSource,
  fileSource,
  gunzipped,
  heeding,
  peeked,
  stdinSource,
  tapped,
  type Peeked,
  type Source,
  type Tap,
} from "./sources/source.ts";

/** A path (`-` is standard input), a file URL, the bytes of a file, or values: see `MemoryTable`. */
export type TableSource = string | URL | Uint8Array | MemoryTable;

/**
 * Reads a table: delimited text in any dialect and encoding, plain or gzip, or Parquet; or takes one from memory.
 * How it is written is found out from its head and can be overridden. The result does not depend on `workers`.
 *
 * @throws DataError with one sentence when it cannot be read: missing file, records that do not fit, binary data, ...
 * The reason of `options.signal` when that fires.
 * Cost: one pass over the bytes at 100-300 MB/s a thread; memory 8 bytes a numeric cell, 4 bytes a text cell and each
 * distinct text once. A second pass when a column's head misled.
 */
export async function readTable(source: TableSource, options: ReadOptions = {}): Promise<Table> {
  if (typeof source !== "string" && !(source instanceof URL) && !(source instanceof Uint8Array)) {
    const { tableFromMemory } = await import("./sources/memory.ts");
    return tableFromMemory(source, options);
  }
  const limits = { ...LIMITS, ...options.limits };
  const tap = tapped(heeding(await open(source, options, limits), options.signal));
  const bytes = peeked(tap.source);
  try {
    return await readBytes(bytes, tap, options, limits);
  } finally {
    await bytes.close();
  }
}

async function readBytes(bytes: Peeked, tap: Tap, options: ReadOptions, limits: Limits): Promise<Table> {
  const magic = await bytes.head(SIGNED);
  if (magic.length === 0) throw new DataError(`${bytes.label}: the file is empty`);
  const format = foreignFormat(magic);
  if (format === "gzip") {
    const text = peeked(gunzipped(bytes));
    try {
      const within = foreignWithin(await text.head(SIGNED));
      if (within !== undefined) throw new DataError(`${bytes.label}: ${within}`);
      return await readDelimited(text, "gzip", tap, options, limits);
    } finally {
      await text.close();
    }
  }
  if (format === "parquet") {
    const { readParquet } = await import("./sources/parquet.ts");
    return readParquet(bytes, tap, options, limits);
  }
  if (format !== undefined) throw new DataError(`${bytes.label}: ${format}`);
  return readDelimited(bytes, "none", tap, options, limits);
}

async function open(
  source: string | URL | Uint8Array,
  { name, signal }: ReadOptions,
  { memory }: Limits,
): Promise<Source> {
  if (source instanceof Uint8Array) return bufferSource(source, name);
  if (source === "-") return stdinSource(memory, signal);
  return fileSource(source, memory);
}
