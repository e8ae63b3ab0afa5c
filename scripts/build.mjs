/**
 * Builds the package. The compiler writes every module to .cache/dist, where tests and benches reach it, and the types
 * to dist; there the modules are joined into few files, one set for each way in. A process, and each of its worker
 * threads, starts in less than half the time and with a third of the memory that 450 files take.
 *
 * With `--if-changed` nothing is done when the last build was made from the same files.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** What is started or imported from outside: the API, the command and the worker threads (`workerModule`). */
const WAYS_IN = [
  "index",
  "api/search",
  "api/compare",
  "api/extend",
  "api/testing",
  "cli/main",
  "table/scan/block-worker",
  "table/sources/parquet-worker",
  "evaluate/jobs/worker",
  "suite/worker",
];

/** What a build depends on: the sources, this script, the settings of the compiler and the versions in the lock file. */
const SETTINGS = ["scripts/build.mjs", "tsconfig.json", "tsconfig.build.json", "package-lock.json"];
const STAMP = ".cache/dist.sha256";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const inputs = inputsDigest();
if (process.argv.includes("--if-changed") && builtFrom() === inputs) process.exit(0);
rmSync(STAMP, { force: true });
for (const folder of ["dist", ".cache/dist"]) rmSync(folder, { recursive: true, force: true });
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], { stdio: "inherit" });
const build = await rolldown({
  input: Object.fromEntries(WAYS_IN.map((path) => [path, `./.cache/dist/${path}.js`])),
  platform: "node",
  external: /^[^./]/, // node's own modules and all dependencies
});
await build.write({ dir: "dist", format: "esm", entryFileNames: "[name].js", chunkFileNames: "chunks/[name].js" });
await build.close();
chmodSync("dist/cli/main.js", 0o755); // npx sets the bit only when it first links the command
writeFileSync(STAMP, inputs);

function inputsDigest() {
  const sources = readdirSync("src", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort();
  const digest = createHash("sha256");
  for (const path of [...SETTINGS, ...sources]) digest.update(`${path}\0`).update(readFileSync(path)).update("\0");
  return digest.digest("hex");
}

function builtFrom() {
  return existsSync(STAMP) && WAYS_IN.every((path) => existsSync(`dist/${path}.js`)) ? readFileSync(STAMP, "utf8") : "";
}
