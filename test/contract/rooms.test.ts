import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const LEARNING = ["numeric", "frame", "table", "schema", "expression", "models", "baselines", "search"];
const JUDGING = ["metrics", "evaluate", "compare"];

/** What is told to users comes from anywhere but the command line. */
const PUBLIC = [...LEARNING, ...JUDGING, "report", "folder", "benchmark", "suite", "testing"];

/** The rooms of the source and what each may import: data flows down this list, never back up. `types:` = types only. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  numeric: [],
  parallel: [],
  search: ["numeric"],
  frame: ["numeric"],
  metrics: ["numeric", "frame"],
  table: ["parallel", "frame"],
  schema: ["numeric", "frame", "table"],
  expression: ["frame"],
  encode: ["numeric", "frame"],
  models: ["numeric", "frame", "metrics", "encode"],
  baselines: ["numeric", "frame", "metrics", "encode", "models", "search"],
  evaluate: ["numeric", "parallel", "frame", "search", "metrics", "models", "baselines"],
  compare: ["numeric", "frame", "metrics"],
  report: ["types:frame", "types:schema", "types:search", "types:models", "types:evaluate", "types:compare"],
  options: ["table"],
  folder: ["frame", "table", "schema", "search", "evaluate", "compare", "report"],
  benchmark: [...LEARNING, ...JUDGING, "report", "options", "folder"],
  testing: ["numeric", "search", "frame", "metrics", "models", "baselines", "options"],
  suite: ["parallel", ...LEARNING, ...JUDGING, "report", "options", "folder", "benchmark"],
  cli: ["options", "report", "folder", "benchmark", "suite"],
  "error.ts": [],
  "index.ts": PUBLIC,
  api: PUBLIC,
};

/** What every room may import. */
const GROUND = "error.ts";

const root = resolve("src");
const IMPORT = /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"(\.[^"]+)"/gm;

/** One finding a forbidden import: `file -> room`. */
export function forbidden(file: string, text: string): string[] {
  const room = file.split("/")[0];
  const allowed = MAY_IMPORT[room];
  if (allowed === undefined) return [`${file}: ${room} is not a room`];
  const found: string[] = [];
  for (const [, typeOnly, target] of text.matchAll(IMPORT)) {
    const to = posix.normalize(posix.join(dirname(file), target)).split("/")[0];
    if (to === room || to === GROUND || allowed.includes(to) || (typeOnly && allowed.includes(`types:${to}`))) continue;
    found.push(`${file} -> ${to}`);
  }
  return found;
}

describe("rooms", () => {
  it("import only what their row allows", () => {
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((f) => f.name.endsWith(".ts"));
    expect(files.length).toBeGreaterThan(5);
    const findings = files.flatMap((f) => {
      const path = join(f.parentPath, f.name);
      return forbidden(relative(root, path).replaceAll("\\", "/"), readFileSync(path, "utf8"));
    });
    expect(findings).toEqual([]);
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
