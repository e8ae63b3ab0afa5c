/** A folder as a suite: tables with or without a card, in the folder itself or one below. */
import { readdirSync, readFileSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { reason } from "../folder/folder.ts";
import { OptionError } from "../error.ts";
import type { SuiteDataset } from "./contract.ts";
import { datasetOf, type Members } from "./dataset.ts";
import { isTable, stemOf } from "./table-name.ts";

const CARD = "card.json";
/** What a card says of a table beside the options of `train`. */
const DESCRIPTION = new Set(["title", "traits", "source", "licence", "license", "citation", "rows", "bytes"]);

/** @param said How messages call the folder. @throws OptionError when a card cannot be used or nothing is there. */
export function cardDatasets(folder: string, said: string): readonly SuiteDataset[] {
  const entries = entriesOf(folder, said);
  if (entries.some(({ name }) => name === CARD)) return [fromCard(folder, said)];
  const found = entries.flatMap((entry): readonly SuiteDataset[] => {
    const { name } = entry;
    const path = join(folder, name);
    if (!entry.isDirectory()) return isTable(name) ? [fromTable(path, join(said, name))] : [];
    const inside = entriesOf(path, join(said, name));
    if (inside.some((one) => one.name === CARD)) return [fromCard(path, join(said, name))];
    return inside
      .filter((one) => one.isFile() && isTable(one.name))
      .map((one) => fromTable(join(path, one.name), join(said, name, one.name)));
  });
  if (found.length === 0)
    throw new OptionError(
      `${said}: there is no table in this folder (.csv, .tsv or .parquet, also .gz), and no suite.json`,
    );
  return found;
}

/** By name, so that the order is the same everywhere; hidden ones are left out. */
function entriesOf(folder: string, said: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith(".") && name !== "node_modules")
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new OptionError(`${said}: cannot be read (${reason(error)})`, { cause: error });
  }
}

function fromTable(path: string, where: string): SuiteDataset {
  return datasetOf({ data: path }, { where, folder: ".", name: stemOf(path) });
}

function fromCard(folder: string, said: string): SuiteDataset {
  const where = join(said, CARD);
  const { file, name, sha256, ...rest } = cardOf(join(folder, CARD), where);
  if (typeof file !== "string") throw new OptionError(`${where}: wanted "file", the table's name, got none`);
  const options = Object.fromEntries(Object.entries(rest).filter(([key]) => !DESCRIPTION.has(key)));
  return datasetOf(
    { ...options, data: file },
    {
      where,
      folder,
      name: typeof name === "string" ? name : stemOf(file),
      ...(typeof sha256 === "string" && { sha256 }),
    },
  );
}

function cardOf(path: string, where: string): Members {
  try {
    const card: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof card === "object" && card !== null && !Array.isArray(card)) return card as Members;
  } catch (error) {
    throw new OptionError(`${where}: is not JSON (${(error as Error).message})`, { cause: error });
  }
  throw new OptionError(`${where}: wanted an object`);
}
