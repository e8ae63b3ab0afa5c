/** Parquet files, by the optional package hyparquet. */
import type { ColumnData } from "hyparquet";
import { DataError } from "../error.ts";
import type { RawColumn, Table } from "../table.ts";
import type { Warning } from "../warning.ts";
import { conventionFacts, conventionsOf } from "./conventions.ts";
import { beyondMemory } from "./column-store.ts";
import type { Limits } from "./limits.ts";
import { columnOfValues } from "./memory.ts";
import { typesOf, type ReadOptions } from "./options.ts";
import type { Source, Tap } from "./source.ts";

/**
 * INT64 and decimals become doubles where these hold them, dates and timestamps ISO text.
 *
 * @throws DataError when hyparquet is not installed, the file is damaged, or a column holds lists or structures.
 * Memory: the file and one column's values beside the table.
 */
export async function readParquet(source: Source, tap: Tap, options: ReadOptions, limits: Limits): Promise<Table> {
  const { parquetMetadata, parquetRead, parquetSchema } = await installed(source.label);
  const buffer = await bytesOf(source);
  const file = { byteLength: buffer.byteLength, slice: (start: number, end?: number) => buffer.slice(start, end) };
  const warnings: Warning[] = [];
  const types = typesOf(options);
  try {
    const metadata = parquetMetadata(buffer);
    const fields = parquetSchema(metadata).children;
    const rows = Number(metadata.num_rows);
    const names = fields.map(({ element }) => element.name);
    const conventions = conventionsOf(options, options.decimal ?? ".", names);
    if (fields.length > limits.columns)
      throw new DataError(`${source.label}: ${fields.length} columns, more than the limit of ${limits.columns}`);
    const needed = 8 * rows * fields.length;
    if (needed > limits.memory) throw beyondMemory(source.label, rows, fields.length, needed, limits.memory);
    const compressors = await optionalCompressors();
    const columns: RawColumn[] = [];
    for (const { element } of fields) {
      const values = Array.from<unknown>({ length: rows });
      const onChunk = ({ columnData, rowStart }: ColumnData): void => {
        for (let i = 0; i < columnData.length; i++) values[rowStart + i] = columnData[i];
      };
      await parquetRead({ file, metadata, columns: [element.name], onChunk, ...compressors });
      columns.push(columnOfValues(element.name, values, conventions, types.get(element.name), (w) => warnings.push(w)));
    }
    return {
      rows,
      columns,
      origin: {
        name: options.name ?? source.name,
        format: "parquet",
        ...tap.facts(),
        compression: "none",
        reasons: {},
        ...conventionFacts(options),
        skipped: 0,
      },
      warnings,
    };
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`${source.label}: cannot be read as Parquet (${(error as Error).message})`, { cause: error });
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

async function installed(label: string): Promise<typeof import("hyparquet")> {
  try {
    return await import("hyparquet");
  } catch (error) {
    if (!isAbsent(error)) throw error;
    throw new DataError(
      `${label}: reading Parquet needs a package that is not installed; run: npm install hyparquet hyparquet-compressors`,
      { cause: error },
    );
  }
}

/** Without this package hyparquet reads plain and snappy files only, and says so itself. */
async function optionalCompressors(): Promise<Partial<typeof import("hyparquet-compressors")>> {
  try {
    return { compressors: (await import("hyparquet-compressors")).compressors };
  } catch (error) {
    if (!isAbsent(error)) throw error;
    return {};
  }
}

function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND";
}
