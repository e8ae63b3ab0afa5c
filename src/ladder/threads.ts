/** Where a table is worked on: in this thread, or in others. */
import type { Dataset } from "../frame/dataset.ts";
import { defaultWorkers } from "../table/limits.ts";

export interface Threads {
  readonly workers: number;
  /** No fit keeps a signal waiting for long: it can be heard between them, in this thread. */
  readonly quick: boolean;
}

/**
 * Up to so many cells (rows x columns x classes) a table is worked on in this thread: starting others, each of which compiles the
 * same code again, costs more than it brings.
 */
const QUICK_CELLS = 40_000;

/** @param asked Workers that the user wants; they change no result. */
export function threadsFor({ rows, columns, target }: Dataset, asked: number | undefined): Threads {
  const classes = target.task === "regression" ? 1 : target.classes.length;
  const quick = rows * columns.length * classes <= QUICK_CELLS;
  return { workers: asked ?? (quick ? 1 : defaultWorkers()), quick };
}
