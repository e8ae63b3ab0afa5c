import type { Options } from "./contract.ts";
import type { OptionRecord } from "../options/contract.ts";

/** Of all options those that records name: options of the command line have the names of the API. */
export function chosen(options: Options, records: readonly OptionRecord[]): Options {
  const keys = records.map(({ key }) => key);
  return Object.fromEntries(keys.filter((key) => key in options).map((key) => [key, options[key]]));
}
