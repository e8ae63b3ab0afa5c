import { requireKnown } from "../error.ts";
import { openReport } from "./saved.ts";

/**
 * The report of a benchmark folder, a verdict or a bench, as text: the same bytes each time.
 *
 * @param options `format`: `html`, `markdown`, `json`, ... as `baseline report --format`; default `markdown`.
 * @throws OptionError for a format that there is not; FolderError, ArtifactError when nothing of ours is at the path.
 */
export function report(path: string, options: { readonly format?: string } = {}): string {
  const { format = "markdown" } = options;
  const { formats } = openReport(path);
  requireKnown(path, "format", format, [...formats.keys()]);
  return formats.get(format)!();
}
