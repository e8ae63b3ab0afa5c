/** Findings that the user has seen and does not want to see again: left out of reports, never out of the artifact. */
import type { Artifact, Warning } from "../artifact.ts";
import { byBearing, findFinding } from "../findings/registry.ts";

export function findingsOf({ warnings, options }: Artifact): {
  readonly shown: readonly Warning[];
  readonly muted: number;
} {
  const names = Array.isArray(options["mute"]) ? (options["mute"] as readonly unknown[]) : [];
  const muted = new Set(names.map((name) => findFinding(String(name))?.code ?? name));
  const shown = byBearing(warnings.filter(({ code }) => !muted.has(code)));
  return { shown, muted: warnings.length - shown.length };
}
