/** What files may say of options: the values of the API, or what the command line would be given. The check and the schema of files. */
import { OptionError, requireKnown } from "../error.ts";
import { shown } from "./check.ts";
import type { Kind, OptionRecord } from "./contract.ts";

/**
 * Members of a file as options: values as the API takes them, or texts of the command line where the published schema has texts.
 * @param where Whose they are, for messages: `suite.json: datasets[1]`.
 * @throws OptionError naming the first member that is none of these, or has a value of another kind.
 */
export function readMembers(
  where: string,
  members: unknown,
  records: readonly OptionRecord[],
): Readonly<Record<string, unknown>> {
  if (typeof members !== "object" || members === null || Array.isArray(members))
    throw new OptionError(`${where}: wanted an object, got ${shown(members)}`);
  const given = Object.entries(members).filter(([key]) => !key.startsWith("$"));
  const keys = records.map(({ key }) => key);
  const out: Record<string, unknown> = {};
  for (const [key, value] of given) {
    requireKnown(where, "key", key, keys);
    out[key] = readMember(`${where}: ${key}`, value, records[keys.indexOf(key)].kind);
  }
  return out;
}

function readMember(where: string, value: unknown, kind: Kind): unknown {
  try {
    return valueInFile(kind, value);
  } catch {
    throw new OptionError(`${where}: wanted ${kind.wanted}, got ${shown(value)}`);
  }
}

/** @throws OptionError with what was wanted. */
export function valueInFile(kind: Kind, value: unknown): unknown {
  const { accepts, read, written, wanted, together } = kind;
  if (accepts(value)) return value;
  // A number stands for its digits where any text will do: a column called 2020.
  const given = typeof value === "number" && written === undefined ? String(value) : value;
  if (read === undefined || typeof given !== "string") throw new OptionError(`wanted ${wanted}`);
  const found = read(given);
  return together ? together(found as readonly unknown[]) : found;
}

/** JSON Schema of the same. */
export function schemaInFile({ schema, read, written, choices }: Kind): Readonly<Record<string, unknown>> {
  if (read === undefined || choices !== undefined) return schema;
  const texts = written === undefined ? { type: ["string", "number"] } : { type: "string", pattern: written.source };
  return isNarrower(schema, texts) ? texts : { anyOf: [schema, texts] };
}

/** Is every value of a schema one of plain types? */
function isNarrower({ type, ...rest }: Kind["schema"], texts: { readonly type: string | readonly string[] }): boolean {
  const types = [type].flat();
  return Object.keys(rest).length === 0 && types.every((one) => [texts.type].flat().includes(one as string));
}
