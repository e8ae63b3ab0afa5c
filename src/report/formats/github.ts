/** Annotations of a GitHub workflow: what was found in the data, and the answer, as notices beside the run. */
import type { Artifact } from "../artifact.ts";
import { benchmarkDocument } from "../benchmark/document.ts";
import { plain } from "../document/document.ts";
import { visible } from "../document/visible.ts";
import { findingsOf } from "../benchmark/muted.ts";
import { told } from "../findings/told.ts";
import { verdictWords, type VerdictDocument } from "../verdict.ts";
import type { Format } from "./contract.ts";

/** GitHub shows ten of a kind for a step. */
const MOST = 10;

/** A workflow command: `::warning title=...::message`. */
export function annotation(level: "notice" | "warning" | "error", title: string, message: string): string {
  const escaped = visible(message).replaceAll("%", "%25");
  const property = visible(title).replaceAll("%", "%25").replaceAll(":", "%3A").replaceAll(",", "%2C");
  return `::${level} title=${property}::${escaped}`;
}

function annotations(artifact: Artifact): string {
  const { title, answer } = benchmarkDocument(artifact);
  const findings = told(findingsOf(artifact).shown);
  const shown = findings.length > MOST ? findings.slice(0, MOST - 1) : findings;
  const rest = findings.length - shown.length;
  return [
    annotation(artifact.interrupted ? "error" : "notice", title, plain(answer)),
    ...shown.map(({ id, text }) => annotation("warning", id, text)),
    ...(rest > 0 ? [annotation("warning", "more findings", `${rest} more findings are in the report`)] : []),
    "",
  ].join("\n");
}

/** An error where a challenger is not JUSTIFIED, a warning where that is open. */
function verdictAnnotations({ challengers }: VerdictDocument): string {
  const levels = { JUSTIFIED: "notice", "NOT JUSTIFIED": "error", INCONCLUSIVE: "warning" } as const;
  const shown = challengers.slice(0, MOST);
  return [
    ...shown.map((one) => annotation(levels[one.verdict], `${one.name}: ${verdictWords(one)}`, one.sentence)),
    "",
  ].join("\n");
}

export const githubFormat: Format = {
  name: "github",
  summary: "annotations of a GitHub workflow",
  file: "annotations.txt",
  benchmark: annotations,
  verdict: verdictAnnotations,
};
