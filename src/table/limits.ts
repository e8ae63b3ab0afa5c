import { availableParallelism, totalmem } from "node:os";

/** What a table may be at most. Every limit ends in a sentence that names it and the option that moves it. */
export interface Limits {
  /** Bytes of one record. Guards against a quote that is never closed and files that are no tables. */
  readonly lineBytes: number;
  readonly columns: number;
  /** Bytes that the table may take in memory. */
  readonly memory: number;
}

export const LIMITS: Limits = { lineBytes: 64 * 2 ** 20, columns: 100_000, memory: memoryLimit() };

/** Three quarters of what the machine or its container has. */
function memoryLimit(): number {
  const constrained = (process as { constrainedMemory?: () => number }).constrainedMemory?.() ?? 0;
  const total = totalmem();
  return Math.floor(0.75 * (constrained > 0 && constrained < total ? constrained : total));
}

/** Threads to read with when nobody says: all cores, at most eight (the disk and the joining of blocks bound the rest). */
export function defaultWorkers(): number {
  return Math.min(8, availableParallelism());
}
