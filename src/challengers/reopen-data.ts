/** The benchmark's table once more, for challengers that have to be trained: read as `train` read it, and checked to be the same. */
import { existsSync } from "node:fs";
import { fingerprint } from "../frame/fingerprint.ts";
import type { ReadOptions } from "../table/options.ts";
import type { TableSource } from "../table/read-table.ts";
import { counted } from "../words/numbers.ts";
import { FolderError } from "../folder/folder.ts";
import { load, type Loaded } from "../intake/load.ts";
import type { OpenBenchmark } from "../intake/opened.ts";
import type { TrainOptions } from "../intake/options.ts";

export interface ReopenOptions extends Pick<ReadOptions, "workers" | "limits"> {
  /** The separate test table, where the benchmark has one that lies elsewhere now. */
  readonly test?: TableSource;
}

/**
 * Reads the table that a benchmark was trained on, with the options that the benchmark recorded.
 *
 * @param source The same table, in any form: a copy, compressed, Parquet, or values in memory. What counts is its content.
 * @throws FolderError when it is another table, or the benchmark was made with a schema that this version infers otherwise;
 *   DataError when it cannot be read. Cost: one read, and a hash of it.
 */
export async function reopenData(
  opened: OpenBenchmark,
  source: TableSource,
  options: ReopenOptions = {},
): Promise<Loaded> {
  const { artifact, known } = opened;
  const { dataset } = artifact;
  const name = typeof source === "string" ? source : "the data";
  const loaded = await load(source, recordedOptions(opened, options));
  if (loaded.testFrom !== dataset.rows)
    throw otherData(name, opened, `it has ${counted(loaded.testFrom, "row")}, not ${dataset.rows}`);
  if (fingerprint(loaded.table) !== dataset.fingerprint) throw otherData(name, opened, "its content differs");
  if (loaded.data.rows !== known.rowNumber.length)
    throw otherData(
      "the test table",
      opened,
      `it has ${counted(loaded.data.rows - loaded.testFrom, "row")}, not ${known.rowNumber.length - loaded.testFrom}`,
    );
  const given = loaded.testOrigin?.sha256 ?? "";
  const wanted = dataset.test?.sha256 ?? "";
  if (given !== "" && wanted !== "" && given !== wanted)
    throw otherData("the test table", opened, "its SHA-256 differs");
  const { target, columns } = loaded.schema;
  const sameRoles = columns.every(
    ({ name, role, kind }, i) =>
      name === artifact.columns[i]?.name && role === artifact.columns[i].role && kind === artifact.columns[i].kind,
  );
  if (!sameRoles || target.name !== artifact.target.name || target.classes.join("\n") !== artifact.classes.join("\n"))
    throw new FolderError(
      `${opened.folder}: was made by another version, which takes the columns otherwise; train again with this one`,
    );
  return loaded;
}

/** What the benchmark was made with. Of the table's meaning alone: how it was split and searched is not asked again. */
function recordedOptions({ artifact, folder }: OpenBenchmark, { test, ...reading }: ReopenOptions): TrainOptions {
  const { estimators: _e, metrics: _o, splits: _s, test: recorded, models: _m, ...rest } = artifact.options;
  if (artifact.dataset.test === undefined) return { ...(rest as TrainOptions), ...reading };
  const table = test ?? recorded;
  if (typeof table === "string" && table !== "-" && !existsSync(table))
    throw new FolderError(
      `${folder}: is scored on the test table ${artifact.dataset.test.name}, and ${table} is not there; say where it is with --test`,
    );
  if (table === "in memory" || table === "-" || table === undefined)
    throw new FolderError(
      `${folder}: is scored on a test table that was not a file (${artifact.dataset.test.name}); give it with --test`,
    );
  return { ...(rest as TrainOptions), ...reading, test: table as TableSource };
}

function otherData(name: string, { folder, artifact }: OpenBenchmark, what: string): FolderError {
  return new FolderError(
    `${name}: is not the table that ${folder} was trained on (${artifact.dataset.name}): ${what}; give that one with --data, or train again on this one`,
  );
}
