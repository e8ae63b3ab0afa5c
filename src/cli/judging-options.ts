import type { Options } from "./contract.ts";
import type { OptionRecord } from "../options/contract.ts";

/** Of all options those of the API that records name: there they have the same names. */
export function chosen(options: Options, records: readonly OptionRecord[]): Options {
  const keys = records.filter(({ only }) => only !== "program").map(({ key }) => key);
  return Object.fromEntries(keys.filter((key) => key in options).map((key) => [key, options[key]]));
}
