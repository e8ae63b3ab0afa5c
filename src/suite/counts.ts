/** Work done, count by count. */
import type { BenchWork, Counts } from "../report/bench.ts";

/** The size of a model is no work. */
const SIZE = "modelBytes";

/** A count that differs. */
export interface CountChange {
  readonly what: string;
  readonly before: number;
  readonly after: number;
}

export function countChanges(before: Counts, after: Counts): readonly CountChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name !== SIZE);
  return names
    .map((what) => ({ what, before: before[what] ?? 0, after: after[what] ?? 0 }))
    .filter((one) => one.before !== one.after);
}

export function sameCounts(one: BenchWork, other: BenchWork): boolean {
  return one.version === other.version && countChanges(one.total, other.total).length === 0;
}
