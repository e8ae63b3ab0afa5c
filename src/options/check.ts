/** The API's check: an option that nobody knows, or a value that nobody asked for, is refused before anything is done. */
import { didYouMean, OptionError, refuseUnknown } from "../error.ts";
import type { OptionRecord } from "./contract.ts";

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
    if (!kind.accepts(value))
      throw new OptionError(
        `${key}: wanted ${kind.wanted}, got ${shown(value)}${didYouMean(String(value), kind.choices ?? [])}`,
      );
  }
}

/** A value of any kind, for messages; long ones are cut. */
export function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
