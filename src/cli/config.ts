/** Options from a file: `baseline.config.json`, or a JavaScript module that exports them. */
import { existsSync, readFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError, type Options } from "./contract.ts";
import { didYouMean, requireKnown } from "../error.ts";
import type { OptionRecord } from "../options/contract.ts";
import { valueInFile } from "../options/in-file.ts";

const DEFAULT = "baseline.config.json";

/**
 * The options of a config file that the command knows. Keys are those of the API; `$schema` is passed over.
 * A file that was not named may not hold what starts a program.
 * @throws UsageError when the file cannot be read, is not an object, or has a key that no command knows.
 */
export async function readConfig(
  path: string | undefined,
  known: readonly OptionRecord[],
  everything: readonly OptionRecord[],
): Promise<Options> {
  const all = everything.filter(({ only }) => only !== "api");
  const keys = all.map((one) => one.key);
  if (path === undefined && !existsSync(DEFAULT)) return {};
  const file = path ?? DEFAULT;
  const members = await load(file);
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(members)) {
    if (key.startsWith("$")) continue;
    requireKnown(file, "option", key, keys);
    const record = all[keys.indexOf(key)];
    if (!known.includes(record)) continue;
    if (record.starts && path === undefined)
      throw new UsageError(
        `${file}: ${key} starts a program, so a file that only happens to lie here may not hold it; say --config ${file} if it is yours`,
      );
    out[key] = checked(file, record, value);
  }
  return out;
}

async function load(file: string): Promise<Readonly<Record<string, unknown>>> {
  let value: unknown;
  try {
    if (extname(file) === ".json") value = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
    else value = ((await import(pathToFileURL(resolve(file)).href)) as { default?: unknown }).default;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOENT"
        ? "no such file"
        : code === "ERR_UNKNOWN_FILE_EXTENSION"
          ? "this version of Node cannot load it; use .json, .js or .mjs (TypeScript needs Node 22.18)"
          : message;
    throw new UsageError(`config ${file}: ${why}`, { cause: error });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError(`config ${file}: wanted an object of options, got ${JSON.stringify(value)}`);
  return value as Record<string, unknown>;
}

function checked(file: string, { key, kind }: OptionRecord, value: unknown): unknown {
  try {
    return valueInFile(kind, value);
  } catch (error) {
    const wanted = (error as Error).message.replace(/^wanted |\.$/g, "");
    const meant = didYouMean(String(value), kind.choices ?? []);
    throw new UsageError(`${file}: ${key}: wanted ${wanted}, got ${JSON.stringify(value)}${meant}`);
  }
}
