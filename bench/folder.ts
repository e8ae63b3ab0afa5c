/** Folders of tables: those with MANIFEST.json, and the package's own datasets, each with its card. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface ListedTable {
  readonly name: string;
  readonly path: string;
  /** What has to be said for it to be read as meant. */
  readonly options: {
    readonly target: string;
    readonly task: "binary" | "multiclass" | "regression";
    readonly header: boolean;
    readonly ignore: readonly string[];
    readonly na?: readonly string[];
  };
}

interface Entry {
  readonly name: string;
  readonly file: string;
  readonly target: string;
  readonly task: ListedTable["options"]["task"];
  readonly exclude?: Readonly<Record<string, string>>;
  readonly ignore?: readonly string[];
  readonly read?: { readonly header: boolean; readonly na?: readonly string[] };
}

/** The tables of a folder, in the order of its manifest, or of the names of its subfolders. */
export function tablesIn(folder: string): readonly ListedTable[] {
  const read = (...parts: readonly string[]): unknown => JSON.parse(readFileSync(join(folder, ...parts), "utf8"));
  if (existsSync(join(folder, "MANIFEST.json"))) {
    const { datasets } = read("MANIFEST.json") as { datasets: readonly Entry[] };
    return datasets.map((entry) => listed(folder, entry));
  }
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "card.json")));
  return names.toSorted().map((name) => listed(join(folder, name), read(name, "card.json") as Entry));
}

function listed(folder: string, { name, file, target, task, exclude = {}, ignore = [], read }: Entry): ListedTable {
  const { header = true, na } = read ?? {};
  return {
    name,
    path: join(folder, file),
    options: { target, task, header, ignore: [...Object.keys(exclude), ...ignore], ...(na && { na }) },
  };
}
