/** The API's check: an option that nobody knows, or a value that nobody asked for, is refused before anything is done. */
import { didYouMean, OptionError, refuseUnknown } from "../error.ts";
import type { Kind, OptionRecord } from "./contract.ts";
import { valueInFile } from "./in-file.ts";

/**
 * @param where Whose options they are, for messages: `train`.
 * @throws OptionError naming the first option that is not in the records, or has a value of another kind; for what is no object.
 */
export function checkOptions(where: string, options: unknown, records: readonly OptionRecord[]): void {
  if (typeof options !== "object" || options === null)
    throw new OptionError(`${where}: wanted options as an object, got ${shown(options)}`);
  const known = records.filter(({ only }) => only !== "program");
  const given = Object.entries(options).filter(([, value]) => value !== undefined) as [string, unknown][];
  refuseUnknown(
    where,
    Object.fromEntries(given),
    known.map(({ key }) => key),
  );
  for (const [key, value] of given) {
    const { kind } = known.find((one) => one.key === key)!;
    if (!kind.accepts(value)) throw new OptionError(`${key}: wanted ${kind.wanted}, got ${shown(value)}`);
  }
}

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
    const record = records.find((one) => one.key === key);
    if (record === undefined)
      throw new OptionError(
        `${where}: there is no key ${JSON.stringify(key)}${didYouMean(key, keys)}; the keys are ${keys.join(", ")}`,
      );
    out[key] = readMember(`${where}: ${key}`, value, record.kind);
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

/** A value of any kind, for messages; long ones are cut. */
export function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
