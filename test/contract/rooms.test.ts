import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** The rooms of the source and what each may import, as ARCHITECTURE.md has them. `types:` = types only. */
const MAY_IMPORT = new Map<string, readonly string[]>();
const TABLE = /^\| `src\/([\w.]+)` +\|[^|]+\| (.+?) +\|$/gm;
for (const [, room, rule] of readFileSync("ARCHITECTURE.md", "utf8").matchAll(TABLE))
  MAY_IMPORT.set(room, allowedBy(rule));

function allowedBy(rule: string): readonly string[] {
  if (rule === "nothing") return [];
  if (rule === "all above") return [...MAY_IMPORT.keys()];
  return rule.split("; ").flatMap((part) => {
    const names = part.replace("types of ", "").split(", ");
    return part.startsWith("types of ") ? names.map((name) => `types:${name}`) : names;
  });
}

/** What every room may import; the first is a file, no room. */
const GROUND = ["error.ts", "words"];

const root = resolve("src");
const IMPORT = /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"(\.[^"]+)"|\bimport\("(\.[^"]+)"\)/gm;

interface Import {
  readonly room: string;
  readonly typeOnly: boolean;
}

/** The other rooms that a file imports from. */
function importsOf(file: string, text: string): readonly Import[] {
  const own = file.split("/")[0];
  return Array.from(text.matchAll(IMPORT), ([, typeOnly, target, loaded]) => ({
    room: posix.normalize(posix.join(dirname(file), target ?? loaded)).split("/")[0],
    typeOnly: typeOnly !== undefined,
  })).filter(({ room }) => room !== own && !GROUND.includes(room));
}

/** One finding a forbidden import: `file -> room`. */
function forbidden(file: string, text: string): string[] {
  const room = file.split("/")[0];
  const allowed = MAY_IMPORT.get(room);
  if (allowed === undefined) return [`${file}: ${room} is not a room`];
  return importsOf(file, text)
    .filter((to) => !allowed.includes(to.room) && !(to.typeOnly && allowed.includes(`types:${to.room}`)))
    .map((to) => `${file} -> ${to.room}`);
}

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith(".ts"))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => [relative(root, path).replaceAll("\\", "/"), readFileSync(path, "utf8")] as const)
  .filter(([file]) => file !== GROUND[0]);

describe("rooms", () => {
  it("are all in the table of ARCHITECTURE.md, and nothing else is; arrows run one way", () => {
    const there = readdirSync(root).filter((name) => name !== GROUND[0]);
    const order = [...MAY_IMPORT.keys()];
    expect(order.toSorted()).toEqual(there.toSorted());
    for (const [room, rule] of MAY_IMPORT)
      for (const other of rule)
        expect(order.indexOf(other.replace("types:", "")), `${room} -> ${other}`).toBeLessThan(order.indexOf(room));
  });
  it("hold every file that the page names", () => {
    const named = Array.from(
      readFileSync("ARCHITECTURE.md", "utf8").matchAll(/`((?:src|test|docs)\/[\w./-]+)`/g),
      ([, path]) => path,
    );
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });
  it("import only what their row allows", () => {
    expect(files.length).toBeGreaterThan(300);
    expect(files.flatMap(([file, text]) => forbidden(file, text))).toEqual([]);
  });
  it("need all that their row allows", () => {
    const needed = new Set<string>();
    for (const [file, text] of files)
      for (const to of importsOf(file, text)) {
        needed.add(`${file.split("/")[0]} -> types:${to.room}`);
        if (!to.typeOnly) needed.add(`${file.split("/")[0]} -> ${to.room}`);
      }
    const doors = ["api", "index.ts"]; // what is public may come from anywhere
    const rules = [...MAY_IMPORT]
      .filter(([room]) => !doors.includes(room))
      .flatMap(([room, rule]) => rule.map((to) => `${room} -> ${to}`));
    expect(rules.filter((rule) => !needed.has(rule) && !needed.has(rule.replace("-> ", "-> types:")))).toEqual([]);
  });
  it("notices an import that goes back up, a value where only types may pass, and an unknown room", () => {
    expect(forbidden("numeric/x.ts", 'import { a } from "../frame/y.ts";')).toEqual(["numeric/x.ts -> frame"]);
    expect(forbidden("report/x.ts", 'import { a } from "../compare/y.ts";')).toEqual(["report/x.ts -> compare"]);
    expect(forbidden("report/x.ts", 'import type { A } from "../compare/y.ts";')).toEqual([]);
    expect(forbidden("table/scan/x.ts", 'export * from "../../baselines/y.ts";')).toEqual([
      "table/scan/x.ts -> baselines",
    ]);
    expect(forbidden("misc/x.ts", "")).toEqual(["misc/x.ts: misc is not a room"]);
  });
});
