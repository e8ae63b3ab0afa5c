/** The API's check: an option that nobody knows, or a value that nobody asked for, is refused before anything is done. */
import { didYouMean, OptionError } from "../error.ts";
import type { OptionRecord } from "./contract.ts";

/**
 * @param where Whose options they are, for messages: `train`.
 * @throws OptionError naming the first option that is not in the records, or has a value of another kind.
 */
export function checkOptions(where: string, options: object, records: readonly OptionRecord[]): void {
  const known = records.filter(({ only }) => only !== "program");
  for (const [key, value] of Object.entries(options) as [string, unknown][]) {
    if (value === undefined) continue;
    const record = known.find((one) => one.key === key);
    const keys = known.map((one) => one.key);
    if (record === undefined)
      throw new OptionError(`${where}: there is no option ${JSON.stringify(key)}${didYouMean(key, keys)}; the options are ${keys.join(", ")}`);
    if (!record.kind.accepts(value)) throw new OptionError(`${key}: wanted ${record.kind.wanted}, got ${shown(value)}`);
  }
}

function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  const text = JSON.stringify(value) ?? String(value as symbol);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
