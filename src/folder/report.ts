import { didYouMean, OptionError } from "../error.ts";
import type { Format } from "../report/formats/contract.ts";
import { findFormat, formats } from "../report/formats/registry.ts";
import { openSaved, type Saved } from "./saved.ts";

/**
 * The report of a benchmark folder or a `verdict.json`, as text: the same bytes each time.
 *
 * @param options `format`: one of `formats`; default `markdown`.
 * @throws OptionError for a format that does not exist; FolderError, ArtifactError when there is neither at the path.
 */
export function report(path: string, options: { readonly format?: string } = {}): string {
  const { format = "markdown" } = options;
  const found = findFormat(format);
  const names = formats.map(({ name }) => name);
  if (found === undefined)
    throw new OptionError(
      `format: there is no ${JSON.stringify(format)}${didYouMean(format, names)}; the formats are ${names.join(", ")}`,
    );
  return printed(found, openSaved(path), path);
}

/** @param path As the user named it. */
export function printed(format: Format, saved: Saved, path: string): string {
  if (saved.kind === "benchmark") return format.benchmark(saved.artifact, { folder: path });
  return format.verdict(saved.document);
}
