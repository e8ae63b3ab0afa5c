/** Parquet files. They are decoded in a thread of their own, as a damaged file may keep its decoder busy for ever. */
import { isStated } from "../../error.ts";
import { startPool } from "../../parallel/pool.ts";
import { workerModule } from "../../parallel/worker-module.ts";
import { DataError } from "../../frame/error.ts";
import type { Table } from "../../frame/table.ts";
import { conventionFacts } from "../conventions.ts";
import type { Limits } from "../limits.ts";
import type { ReadOptions } from "../options.ts";
import type { Decoded, ParquetTask } from "./parquet-file.ts";
import type { Source, Tap } from "./source.ts";

/** Seconds. A page is decoded in a fraction of one: twice as long without a page, at most, is the end. */
const PATIENCE = 5;

/**
 * INT64 and decimals become doubles where these hold them, dates and timestamps ISO text.
 *
 * @throws DataError when hyparquet is not installed, the file is damaged, or a column holds lists or structures; the
 *   reason of `options.signal` when that fires.
 * Memory: the file and one column's values beside the table.
 *
 * @param patience For tests.
 */
export async function readParquet(
  source: Source,
  tap: Tap,
  options: ReadOptions,
  limits: Limits,
  patience: number = PATIENCE,
): Promise<Table> {
  const file = await bytesOf(source);
  const facts = tap.facts();
  const { signal, ...reading } = options;
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const decoded = await decode({ label: source.label, file, options: reading, limits, progress }, signal, patience);
  return {
    ...decoded,
    origin: {
      name: options.name ?? source.name,
      format: "parquet",
      ...facts,
      compression: "none",
      reasons: {},
      ...conventionFacts(options),
      skipped: 0,
    },
  };
}

async function decode(task: ParquetTask, signal: AbortSignal | undefined, patience: number): Promise<Decoded> {
  const { label, progress } = task;
  const pool = startPool<ParquetTask, Decoded>(workerModule("table/sources/parquet-worker"), 1);
  const stuck = new AbortController();
  let seen = -1;
  const watch = setInterval(() => {
    const pages = Atomics.load(progress, 0);
    if (pages === seen)
      stuck.abort(new DataError(`${label}: cannot be read as Parquet (it is damaged: reading does not go on)`));
    seen = pages;
  }, 1000 * patience);
  try {
    return await pool.run(task, {
      signal: AbortSignal.any([stuck.signal, ...(signal ? [signal] : [])]),
      transfer: [task.file],
    });
  } catch (error) {
    if (signal?.aborted === true || error instanceof DataError) throw error;
    const { message } = error as Error;
    throw new DataError(isStated(error) ? message : `${label}: cannot be read as Parquet (${message})`, {
      cause: error,
    });
  } finally {
    clearInterval(watch);
    await pool.close();
  }
}

async function bytesOf(source: Source): Promise<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of source.open()) parts.push(new Uint8Array(chunk));
  const buffer = new ArrayBuffer(parts.reduce((sum, part) => sum + part.length, 0));
  const bytes = new Uint8Array(buffer);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return buffer;
}
