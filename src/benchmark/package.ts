import { createRequire } from "node:module";

/** Name and version of this package, from its own package.json, wherever the build has put this module. */
export function packageAndVersion(): string {
  const require = createRequire(import.meta.url);
  const { name, version } = require("tabular-baseline/package.json") as { name: string; version: string };
  return `${name} ${version}`;
}
