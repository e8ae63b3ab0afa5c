/** Options from a file: `baseline.config.json`, or a JavaScript module that exports them. */
import { existsSync, readFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError, type Options } from "./contract.ts";
import type { OptionRecord } from "./options.ts";

const DEFAULT = "baseline.config.json";

/**
 * The options of a config file that the command knows. Keys are those of the API; `$schema` is passed over.
 * A file that was not named may not hold what starts a program.
 * @throws UsageError when the file cannot be read, is not an object, or has a key that no command knows.
 */
export async function readConfig(
  path: string | undefined,
  known: readonly OptionRecord[],
  all: readonly OptionRecord[],
): Promise<Options> {
  if (path === undefined && !existsSync(DEFAULT)) return {};
  const file = path ?? DEFAULT;
  const members = await load(file);
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(members)) {
    if (key === "$schema") continue;
    const record = all.find((option) => option.key === key);
    if (!record)
      throw new UsageError(
        `${file}: there is no option ${JSON.stringify(key)}; the keys are those of the API: ${all.map((o) => o.key).join(", ")}`,
      );
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

/** Lists may be written as one text; texts are parsed as on the command line. */
function checked(file: string, record: OptionRecord, value: unknown): unknown {
  const problem = (wanted: string): never => {
    throw new UsageError(`${file}: ${record.key}: wanted ${wanted}, got ${JSON.stringify(value)}`);
  };
  if (record.value === undefined) return typeof value === "boolean" ? value : problem("true or false");
  if (record.key === "types" && typeof value === "object" && value !== null && !Array.isArray(value))
    return Object.entries(value);
  if (record.list)
    return Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : problem("a list");
  if (typeof value !== "string" && typeof value !== "number") return problem("a text or a number");
  if (record.choices && !record.choices.includes(String(value))) return problem(`one of ${record.choices.join(", ")}`);
  try {
    return record.parse ? record.parse(String(value)) : value;
  } catch (error) {
    return problem((error as Error).message.replace(/^wanted |\.$/g, ""));
  }
}
