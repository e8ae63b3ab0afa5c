/** Annotations of a GitHub workflow: the answer, then what failed, broke or got worse. */
import type { BenchDocument } from "../bench.ts";
import { plain } from "../document/document.ts";
import { annotation } from "../formats/github.ts";
import type { BenchFormat } from "./contract.ts";
import { benchDocument } from "./document.ts";
import { isBad, outcomeOf } from "./outcome.ts";

/** GitHub shows ten of a kind for a step. */
const MOST = 10;

function annotations(bench: BenchDocument): string {
  const { title, answer } = benchDocument(bench);
  const outcome = outcomeOf(bench);
  const worse = (bench.against?.changes ?? []).filter((change) => change.outcome === "worse");
  const errors = [
    ...[...outcome.failed, ...outcome.broken].map(({ name, reason }) => annotation("error", name, reason)),
    ...worse.map(({ dataset, sentence }) => annotation("error", dataset, sentence)),
  ];
  const rest = errors.length - (MOST - 1);
  return [
    annotation(isBad(outcome) ? "error" : "notice", title, plain(answer)),
    ...errors.slice(0, MOST - 1),
    ...(rest > 0 ? [annotation("warning", "more", `${rest} more are in the report`)] : []),
    "",
  ].join("\n");
}

export const benchGithub: BenchFormat = {
  name: "github",
  summary: "annotations of a GitHub workflow",
  file: "annotations.txt",
  print: annotations,
};
