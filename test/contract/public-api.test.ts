/** What users can import is decided, written down and documented; nothing joins or leaves it by accident. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
// @ts-expect-error a script without types
import { listing, pages, publicApi } from "../../scripts/api.mjs";

interface Item {
  readonly name: string;
  readonly declaration: string;
  readonly doc: string;
}
interface Api {
  readonly entries: readonly {
    readonly from: string;
    readonly sections: readonly { readonly title: string; readonly items: readonly Item[] }[];
  }[];
  readonly unnamed: readonly string[];
}

const api = (publicApi as () => Api)();
const itemsOf = (entry: Api["entries"][number]): Item[] => entry.sections.flatMap(({ items }) => items);

/** Rooms whose code a way in may load: a study needs no baselines, a paired test no reader. */
const LOADS: Readonly<Record<string, readonly string[]>> = {
  search: ["error.ts", "numeric", "search", "folder"],
  compare: ["error.ts", "numeric", "frame", "metrics", "compare", "report", "benchmark", "words"],
  testing: ["error.ts", "numeric", "frame", "search", "metrics", "table", "options", "baselines", "testing", "words"],
};

/** Files that a module loads at once: its imports of values, and theirs. */
function loaded(path: string, seen: Set<string> = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(path, "utf8");
  for (const [, names, to] of text.matchAll(/^(?:import|export)\s+(?!type\b)(?:([^"';]*?)\s+from\s+)?"(\.[^"]+)"/gm)) {
    const values = /\{([^}]*)\}/.exec(names ?? "")?.[1].split(",") ?? [""];
    if (values.some((name) => !name.trim().startsWith("type "))) loaded(resolve(dirname(path), to), seen);
  }
  return seen;
}

/** What the main way in has too. */
const PASSED_ON = ["search", "compare", "extend"].map((name) => `tabular-baseline/${name}`);

describe("the public API", () => {
  it("is as it was agreed on (npm run docs:api writes it down; read the difference)", () =>
    expect((listing as (api: Api) => string)(api)).toBe(readFileSync("test/golden/public-api.txt", "utf8")));
  it("names every type that it speaks of", () => expect(api.unnamed).toEqual([]));
  it("is documented on pages that are current (npm run docs:api writes them)", () => {
    const made = (pages as (api: Api) => Map<string, string>)(api);
    expect(readdirSync("docs/api").sort()).toEqual([...made.keys(), "README.md"].sort());
    for (const [file, text] of made) expect(readFileSync(join("docs/api", file), "utf8"), file).toBe(text);
  });
  it("says what every function does", () => {
    const silent = api.entries.flatMap((entry) =>
      itemsOf(entry).filter(({ declaration, doc }) => /^(async )?function /.test(declaration) && doc.length < 10),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
  for (const entry of api.entries)
    it(`${entry.from} has at run time what its types promise`, async () => {
      const module = (await import(entry.from)) as object;
      const passedOn =
        entry.from === "tabular-baseline" ? api.entries.filter(({ from }) => PASSED_ON.includes(from)) : [];
      const values = [entry, ...passedOn]
        .flatMap(itemsOf)
        .filter(({ declaration }) => !/^(interface|type) /.test(declaration));
      expect(Object.keys(module).toSorted()).toEqual([...new Set(values.map(({ name }) => name))].toSorted());
    });
  for (const [name, rooms] of Object.entries(LOADS))
    it(`${name} loads only what it needs`, () => {
      const files = [...loaded(resolve(`src/api/${name}.ts`))].map((path) => relative(resolve("src"), path));
      expect(files.length).toBeGreaterThan(5);
      const rest = files.filter((file) => !["api", ...rooms].includes(file.split("/")[0]));
      expect(rest).toEqual([]);
    });
});
