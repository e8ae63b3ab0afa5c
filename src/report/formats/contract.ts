import type { Artifact } from "../artifact.ts";

/** A way to print a benchmark. Pure: the same artifact gives the same bytes. */
export interface Format {
  /** Unique: the value of `--format`. */
  readonly name: string;
  readonly summary: string;
  /** Name of the file it is kept in. */
  readonly file: string;
  benchmark(artifact: Artifact, options: { readonly folder?: string }): string;
}
