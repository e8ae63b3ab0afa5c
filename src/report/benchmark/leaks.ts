/** Columns that give the target away, if the findings name some: no other number means anything before that is settled. */
import type { Artifact } from "../artifact.ts";
import { listed } from "../../words/texts.ts";
import { clipped } from "../wording.ts";
import { findingsOf } from "./muted.ts";

export interface Leaks {
  /** Empty where there are none. */
  readonly columns: readonly string[];
  /** The target is their sum; none decides it alone. */
  readonly together: boolean;
}

export function leaksIn(artifact: Artifact): Leaks {
  const { shown } = findingsOf(artifact);
  const alone = shown.flatMap(({ code, column }) =>
    column !== undefined && (code === "near-perfect-column" || code === "target-copy") ? [column] : [],
  );
  const summed = shown.find(({ code }) => code === "target-sum")?.evidence?.["columns"];
  const parts = Array.isArray(summed) ? (summed as readonly string[]) : [];
  return { columns: Array.from(new Set(alone.length > 0 ? alone : parts)), together: alone.length === 0 };
}

const MOST = 3;

/** A few of them by name. */
export function leakNames(columns: readonly string[]): string {
  const named = listed(columns.slice(0, MOST).map((name) => clipped(name, 40)));
  return columns.length > MOST ? `${named} (and ${columns.length - MOST} more)` : named;
}
