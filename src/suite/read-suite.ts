/** From what the command line names to a suite: suite files, folders of tables, single tables. */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { reason } from "../folder/folder.ts";
import { statAt } from "../folder/stat.ts";
import { OptionError, StatedError } from "../error.ts";
import { shown } from "../options/check.ts";
import { readMembers } from "../options/in-file.ts";
import { suiteKeys } from "../options/suite.ts";
import type { Suite, SuiteDataset } from "./contract.ts";
import { datasetOf, type Members } from "./dataset.ts";
import { cardDatasets } from "./folder-suite.ts";
import { isTable, stemOf } from "./table-name.ts";

/** A suite cannot be used as it is: the message says where, what was wanted and what came. */
export class SuiteError extends StatedError {
  override readonly name = "SuiteError";
  override readonly code = "suite";
}

export const SUITE_FILE = "suite.json";

/**
 * Reads what is named: suite files, folders (with a `suite.json`, with cards, or with tables alone), tables.
 *
 * @throws SuiteError, OptionError with one sentence naming the place: nothing there, a key that nobody knows, a value of another
 *   kind, a missing file, two datasets of one name, an include that comes back to itself.
 */
export function readSuite(paths: readonly string[]): Suite {
  const datasets = paths.flatMap((path) => read(path, path, []));
  if (datasets.length === 0) throw new SuiteError(`${paths.join(", ")}: there is no dataset in it`);
  requireUnique(datasets);
  return { name: paths.map((path) => basename(resolve(path))).join(" "), datasets };
}

function requireUnique(datasets: readonly SuiteDataset[]): void {
  const seen = new Map<string, SuiteDataset>();
  for (const dataset of datasets) {
    const other = seen.get(dataset.name);
    if (other !== undefined)
      throw new SuiteError(
        `${dataset.where}: two datasets are called ${JSON.stringify(dataset.name)}; the other is ${other.where}; give one another name`,
      );
    seen.set(dataset.name, dataset);
  }
}

/** @param path Where it lies. @param said How a message calls it. @param inside Files that are being read. */
function read(path: string, said: string, inside: readonly string[]): readonly SuiteDataset[] {
  const stat = statAt(path, said);
  if (stat === undefined) throw new SuiteError(`${said}: there is no such file or folder`);
  if (!stat.isDirectory())
    return /\.json$/i.test(path) ? fromFile(path, said, inside, true) : [datasetOf({ data: path }, tablePlace(path))];
  const file = join(path, SUITE_FILE);
  if (existsSync(file)) return fromFile(file, join(said, SUITE_FILE), inside, false);
  return cardDatasets(path, said);
}

function tablePlace(path: string): Parameters<typeof datasetOf>[1] {
  if (!isTable(path))
    throw new SuiteError(`${path}: wanted a suite (.json), a folder, or a table (.csv, .tsv, .parquet, also .gz)`);
  return { where: path, folder: ".", name: stemOf(path) };
}

/** @param named The file itself was named, not a folder that it lies in. */
function fromFile(path: string, said: string, inside: readonly string[], named: boolean): readonly SuiteDataset[] {
  const real = realpathSync(path);
  if (inside.includes(real)) {
    const circle = [...inside.slice(inside.indexOf(real)), real].map((one) => relative(".", one)).join(" -> ");
    throw new SuiteError(`${said}: the includes go in a circle (${circle})`);
  }
  const { include = [], defaults = {}, datasets = [], thresholds } = readMembers(said, parsed(path, said), suiteKeys);
  const folder = dirname(path);
  const included = (include as string[]).flatMap((one) =>
    read(join(folder, one), `${said}: include ${one}`, [...inside, real]),
  );
  const own = (datasets as unknown[]).map((members, i) => {
    if (typeof members !== "object" || members === null || Array.isArray(members))
      throw new OptionError(`${said}: datasets[${i}]: wanted an object, got ${shown(members)}`);
    const { name, data } = members as Members;
    const called = typeof name === "string" ? name : typeof data === "string" ? stemOf(data) : undefined;
    const where = `${said}: datasets[${i}]${called === undefined ? "" : ` (${called})`}`;
    return datasetOf(members as Members, {
      where,
      folder,
      name: called,
      defaults: { where: `${said}: defaults`, members: defaults as Members },
      ...(thresholds !== undefined && { thresholds: { where: `${said}: thresholds`, members: thresholds as Members } }),
      ...(!named && { unnamed: path }),
    });
  });
  return [...included, ...own];
}

function parsed(path: string, said: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new SuiteError(`${said}: cannot be read (${reason(error)})`, { cause: error });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new SuiteError(`${said}: is not JSON (${(error as Error).message})`, { cause: error });
  }
}
