import type { CompareOptions } from "../benchmark/compare.ts";
import type { Options } from "./contract.ts";
import { BUDGET_OPTIONS, JUDGING_OPTIONS } from "./compare-options.ts";

/** Options of the command line as those of the API: the same names. */
export function judgingOptions(options: Options): CompareOptions {
  const known = [...JUDGING_OPTIONS, ...BUDGET_OPTIONS].map(({ key }) => key);
  return Object.fromEntries(known.filter((key) => key in options).map((key) => [key, options[key]]));
}
