import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Which program measures: what it made before may be taken from the cache only while it is the same. */
export interface Program {
  /** Name and version of the package. */
  readonly package: string;
  /** SHA-256 of its code: a version under development changes without a new number. */
  readonly code: string;
  /** Major version of Node: another one may round otherwise. */
  readonly node: number;
}

export function thisProgram(): Program {
  return programAt(packageFolder());
}

/** Where this package lies. */
export function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("tabular-baseline/package.json"));
}

/** The program of a built package. Cost: one pass over its code, some milliseconds. */
export function programAt(folder: string): Program {
  const manifest = join(folder, "package.json");
  const { name, version } = JSON.parse(readFileSync(manifest, "utf8")) as { name: string; version: string };
  const dist = join(folder, "dist");
  const digest = createHash("sha256");
  const modules = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".js"));
  for (const path of modules.sort())
    digest
      .update(`${path}\0`)
      .update(readFileSync(join(dist, path)))
      .update("\0");
  const node = Number.parseInt(process.versions.node, 10);
  return { package: `${name} ${version}`, code: digest.digest("hex"), node };
}
