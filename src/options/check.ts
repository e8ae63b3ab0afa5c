/** The API's check: an option that nobody knows, or a value that nobody asked for, is refused before anything is done. */
import { OptionError, refuseUnknown } from "../error.ts";
import type { OptionRecord } from "./contract.ts";

/**
 * @param where Whose options they are, for messages: `train`.
 * @throws OptionError naming the first option that is not in the records, or has a value of another kind.
 */
export function checkOptions(where: string, options: object, records: readonly OptionRecord[]): void {
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

function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
