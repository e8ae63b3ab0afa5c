import type { BenchDocument } from "../bench.ts";

/** A way to print a bench. Pure: the same bench gives the same bytes. */
export interface BenchFormat {
  /** Unique: the value of `--format`. */
  readonly name: string;
  readonly summary: string;
  /** Name of the file it is kept in. */
  readonly file: string;
  readonly print: (bench: BenchDocument) => string;
}
