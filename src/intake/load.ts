/** From a source to a dataset with everything the pipeline needs to know of it. */
import type { Dataset } from "../frame/dataset.ts";
import { DataError } from "../frame/error.ts";
import { joinDatasets } from "../frame/join.ts";
import { readTable, type TableSource } from "../table/read-table.ts";
import { duplicateGroups } from "../frame/row-hash.ts";
import { inferSchema } from "../schema/infer.ts";
import { readingOf, type Schema } from "../schema/schema.ts";
import { cellText, findColumn, type Origin, type Table } from "../frame/table.ts";
import { readSecond } from "../schema/second/second-table.ts";
import { toDataset } from "../schema/dataset/to-dataset.ts";
import type { Warning } from "../frame/warning.ts";
import { counted } from "../words/numbers.ts";
import { few } from "../words/texts.ts";
import { withRule } from "./forecast.ts";
import { usableRows } from "../evaluate/splits/make.ts";
import type { TrainOptions } from "./options.ts";

export interface Loaded {
  /** The table's rows, then those of the test table. */
  readonly data: Dataset;
  readonly schema: Schema;
  readonly origin: Origin;
  /** Of the test table. */
  readonly testOrigin?: Origin;
  /** Where the test table's rows begin; the number of rows when there is none. */
  readonly testFrom: number;
  /** The number of a row in its own file. */
  readonly rowNumber: (row: number) => number;
  /** The id of each row, where there is an id column. */
  readonly ids?: { readonly name: string; readonly at: (row: number) => string };
  readonly warnings: readonly Warning[];
  /** The table as read, for exports. */
  readonly table: Table;
  readonly testTable?: Table;
  /** Folds made elsewhere, where they were given. */
  readonly splitsTable?: Table;
}

/** Reads the table (and the test table), infers the schema, builds the dataset. @throws DataError with one sentence. */
export async function load(source: TableSource, options: TrainOptions): Promise<Loaded> {
  const table = await readTable(source, readingOf(options));
  const schema = inferSchema(table, options);
  const read = toDataset(table, schema);
  const scale = scaleOf(read);
  const own = await withRule(weighed(read, scale), table, options.rule);
  const warnings: Warning[] = [...schema.warnings];
  const test = options.test === undefined ? undefined : await readTest(options.test, schema, options, warnings);
  const splits = options.splits === undefined ? undefined : await readSplits(options.splits, warnings);
  const joined = test === undefined ? own : joinDatasets(own, weighed(test.data, scale));
  const data = options.groupDuplicates ? withDuplicates(joined) : joined;
  const tables = [table, ...(test ? [test.table] : [])];
  const locate = (row: number): [Table, number] => (row < table.rows ? [table, row] : [tables[1], row - table.rows]);
  return {
    data,
    schema,
    origin: table.origin,
    ...(test && { testOrigin: test.table.origin, testTable: test.table }),
    testFrom: table.rows,
    rowNumber: (row) => {
      const [at, i] = locate(row);
      return at.rowNumbers?.[i] ?? i;
    },
    ...(options.id !== undefined && { ids: { name: options.id, at: idReader(options.id, locate) } }),
    warnings,
    table,
    ...(splits && { splitsTable: splits }),
  };
}

/** A table of folds: names in its first line, numbers written plainly. */
async function readSplits(source: TableSource, warnings: Warning[]): Promise<Table> {
  const table = await readTable(source, { header: true, earlier: { decimal: "." } });
  warnings.push(...table.warnings.map((warning) => ({ ...warning, message: `splits: ${warning.message}` })));
  return table;
}

async function readTest(
  source: TableSource,
  schema: Schema,
  options: TrainOptions,
  warnings: Warning[],
): Promise<{ table: Table; data: Dataset }> {
  const { name: _name, types: _types, ...reading } = options;
  const { table, data, warnings: found } = await readSecond(source, schema, reading, "score");
  warnings.push(...found.map((warning) => ({ ...warning, message: `test table: ${warning.message}` })));
  warnings.push(...lackingRoles(table, schema));
  if (usableRows(data).length === 0) throw new DataError(unusable(table, schema));
  return { table, data: await withRule(data, table, options.rule) };
}

const LACKING = {
  weight: "all its rows weigh as much as a row of the table does on average",
  group: "each of its rows is a group of its own",
  id: "its rows have no id",
} as const;

/** Columns that a test table can do without, and what that means. @throws DataError when it lacks what a rung answers by. */
function lackingRoles({ columns, origin }: Table, schema: Schema): Warning[] {
  const names = new Set(columns.map(({ name }) => name));
  const absent = schema.columns.filter(({ name }) => !names.has(name));
  const forecast = absent.find(({ role }) => role === "forecast");
  if (forecast !== undefined)
    throw new DataError(
      `${origin.name}: the test table has no column ${JSON.stringify(forecast.name)}, the rule column`,
    );
  return absent.flatMap(({ name, role }): Warning[] => {
    const meaning =
      name === schema.time ? "its rows count as later than all of the table" : LACKING[role as keyof typeof LACKING];
    if (meaning === undefined || role === "feature") return [];
    return [{ code: "absent-column", column: name, message: `test table: there is no column ${name}: ${meaning}` }];
  });
}

/** Why no row of a test table can be scored. */
function unusable({ origin: { name }, columns, rows }: Table, { target }: Schema): string {
  const column = columns.find((one) => one.name === target.name);
  if (column === undefined)
    return `${name}: the test table has no column ${JSON.stringify(target.name)}, the target, so there is nothing to score`;
  const row =
    column.kind === "text" ? column.codes.findIndex((code) => code >= 0) : column.values.findIndex(Number.isFinite);
  if (row < 0) return `${name}: the target ${target.name} is missing in all ${rows} rows of the test table`;
  const wanted = target.task === "regression" ? "a number" : `a class of the training table (${few(target.classes)})`;
  return `${name}: none of its ${counted(rows, "row")} has ${wanted} as ${target.name}; row ${row} has ${JSON.stringify(cellText(column, row))}`;
}

/** Identical rows share a group. Such groups have no names: no other table knows them. */
function withDuplicates(data: Dataset): Dataset {
  const { groupNames: _names, ...rest } = data;
  return { ...rest, groups: duplicateGroups(data) };
}

/** The largest weight, and the mean of all as a share of it: weights of 1e308 or 1e-320 are as good as others. */
interface Scale {
  readonly most: number;
  readonly mean: number;
}

function scaleOf({ weights = new Float64Array([1]), rows }: Dataset): Scale {
  const most = weights.reduce((a, b) => Math.max(a, b));
  return { most, mean: weights.reduce((sum, w) => sum + w / most, 0) / rows };
}

/** Weights scaled to a mean of 1 in the table, so that minimum sizes and penalties mean the same with and without them. */
function weighed(data: Dataset, { most, mean }: Scale): Dataset {
  return data.weights === undefined ? data : { ...data, weights: data.weights.map((w) => w / most / mean) };
}

function idReader(name: string, locate: (row: number) => [Table, number]): (row: number) => string {
  return (row) => {
    const [table, i] = locate(row);
    const column = findColumn(table, name);
    return column === undefined ? "" : cellText(column, i);
  };
}
