import { readTable, type TableSource } from "../table/read-table.ts";
import { inferSchema } from "../schema/infer.ts";
import { readingOf, type SchemaOptions } from "../schema/schema.ts";
import type { ReadOptions } from "../table/options.ts";
import { checkOptions } from "../options/check.ts";
import { dataOptions, workersOption } from "../options/data.ts";
import { inspectionOf, type Inspection } from "../report/inspection.ts";

/** What is read from a table: columns, kinds, target, task, warnings. Trains nothing. @throws DataError with one sentence. */
export async function inspect(source: TableSource, options: ReadOptions & SchemaOptions = {}): Promise<Inspection> {
  checkOptions("inspect", options, [...dataOptions, workersOption]);
  const table = await readTable(source, readingOf(options));
  return inspectionOf(table.origin, inferSchema(table, options));
}
