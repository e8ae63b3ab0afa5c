/** Rows that a benchmark treats as independent though it was warned that they may not be. */
import type { Artifact, Warning } from "./artifact.ts";

/** Findings of training that say so, until groups or a time are declared. */
const SUSPICIONS: ReadonlySet<string> = new Set(["group-suspected", "time-suspected", "row-order"]);

/** What training said, with its remedy; undefined where nothing was suspected or the question was settled. */
export function suspicionOf({ warnings, options }: Pick<Artifact, "warnings" | "options">): Warning | undefined {
  if (options.group !== undefined || options.time !== undefined) return undefined;
  return warnings.find(({ code }) => SUSPICIONS.has(code));
}
