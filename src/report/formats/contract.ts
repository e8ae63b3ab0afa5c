import type { Artifact } from "../artifact.ts";
import type { VerdictDocument } from "../verdict.ts";

/** A way to print a benchmark or a verdict. Pure: the same artifact gives the same bytes. */
export interface Format {
  /** Unique: the value of `--format`. */
  readonly name: string;
  readonly summary: string;
  /** Name of the file it is kept in. */
  readonly file: string;
  benchmark(artifact: Artifact, options: { readonly folder?: string }): string;
  readonly verdict: (document: VerdictDocument) => string;
}
