/** Decoding a Parquet file, by the optional package hyparquet. */
import type { ColumnData } from "hyparquet";
import { DataError } from "../../frame/error.ts";
import type { RawColumn } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { beyondMemory } from "../scan/column-store.ts";
import { conventionsOf } from "../conventions.ts";
import type { Limits } from "../limits.ts";
import { columnOfValues } from "./memory.ts";
import { typesOf, type ReadOptions } from "../options.ts";

export interface ParquetTask {
  /** For messages. */
  readonly label: string;
  readonly file: ArrayBuffer;
  readonly options: ReadOptions;
  readonly limits: Limits;
  /** One shared number, which grows with each page. */
  readonly progress: Int32Array;
}

export interface Decoded {
  readonly rows: number;
  readonly columns: readonly RawColumn[];
  readonly warnings: readonly Warning[];
}

/** @throws DataError for what can be said in words; what hyparquet throws when a file is damaged. */
export async function decodeParquet({ label, file, options, limits, progress }: ParquetTask): Promise<Decoded> {
  const { parquetMetadata, parquetRead, parquetSchema } = await installed(label);
  const source = { byteLength: file.byteLength, slice: (start: number, end?: number) => file.slice(start, end) };
  const warnings: Warning[] = [];
  const types = typesOf(options);
  const metadata = parquetMetadata(file);
  const fields = parquetSchema(metadata).children;
  const rows = Number(metadata.num_rows);
  if (!(rows > 0) || fields.length === 0) throw new DataError(`${label}: there are no rows`);
  const names = fields.map(({ element }) => element.name);
  const conventions = conventionsOf(options, options.decimal ?? ".", names);
  if (fields.length > limits.columns)
    throw new DataError(`${label}: ${fields.length} columns, more than the limit of ${limits.columns}`);
  const needed = 8 * rows * fields.length;
  if (needed > limits.memory) throw beyondMemory(label, rows, fields.length, needed, limits.memory);
  const compressors = await optionalCompressors();
  const columns: RawColumn[] = [];
  for (const { element, children } of fields) {
    const values = Array.from<unknown>({ length: rows });
    if (children.length > 0 || NO_VALUES.has(element.converted_type ?? "")) {
      warnings.push(unread(element.name));
      columns.push(columnOfValues(element.name, values, conventions, undefined, () => undefined));
      continue;
    }
    let seen = 0;
    const onChunk = ({ columnData, rowStart }: ColumnData): void => {
      for (let i = 0; i < columnData.length; i++) values[rowStart + i] = columnData[i];
      seen += columnData.length;
    };
    const onPage = (): void => void Atomics.add(progress, 0, 1);
    await parquetRead({ file: source, metadata, columns: [element.name], onChunk, onPage, ...compressors });
    if (seen !== rows) throw new Error(`column ${JSON.stringify(element.name)} has ${seen} of ${rows} values`);
    columns.push(columnOfValues(element.name, values, conventions, types.get(element.name), (w) => warnings.push(w)));
  }
  return { rows, columns, warnings };
}

/** Types of columns whose cells are structures by themselves. */
const NO_VALUES: ReadonlySet<string> = new Set(["INTERVAL", "JSON", "BSON"]);

function unread(column: string): Warning {
  return {
    code: "unread-column",
    column,
    message: `${column} is not read: it holds lists, structures or intervals, not one value per row; make columns of it that do`,
  };
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
