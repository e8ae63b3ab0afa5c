/** The benchmark as a document: what a reader decides by, in the order the questions come. Pure: artifact in, tree out. */
import type { Artifact, Work } from "../artifact.ts";
import type { Document } from "../document/document.ts";
import { duration, figure, whole } from "../../words/numbers.ts";
import { gainOver } from "../wording.ts";
import { championSection } from "./champion.ts";
import { dataSection } from "./data.ts";
import { deciding, rowsJudged } from "./deciding.ts";
import { errorsSection } from "./errors.ts";
import { factsOf } from "./facts.ts";
import { ladderSection } from "./ladder.ts";
import { moreSection } from "./more.ts";
import { leakNames, leaksIn } from "./leaks.ts";
import { findingId } from "../findings/registry.ts";
import { findingsOf } from "./muted.ts";
import { nextSection } from "./next.ts";
import { placeOf, type Place } from "./place.ts";
import { commandOf } from "./rerun.ts";
import { suspicionOf } from "../suspicion.ts";
import { trustSection } from "./trust.ts";

export interface BenchmarkDocumentOptions {
  /** Where the benchmark lies, as the user would type it. */
  readonly folder?: string;
  /** The same for the table; default: its name. */
  readonly data?: string;
}

/** Cost: O(size of the artifact). */
export function benchmarkDocument(artifact: Artifact, options: BenchmarkDocumentOptions = {}): Document {
  const place = placeOf(artifact, options);
  return {
    title: `Benchmark of ${artifact.dataset.name}: ${artifact.target.name}`,
    answer: answerOf(artifact),
    facts: factsOf(artifact),
    ...(artifact.interrupted && { badge: { text: "INTERRUPTED", tone: "open" as const } }),
    sections: [
      ladderSection(artifact),
      trustSection(artifact),
      dataSection(artifact),
      championSection(artifact, place),
      ...errorsSection(artifact),
      ...moreSection(artifact),
      nextSection(artifact, place, options.folder !== undefined),
    ],
    provenance: provenanceOf(artifact, place),
  };
}

function answerOf(artifact: Artifact): string {
  const { champion, metric, ladder } = artifact;
  const rung = ladder.find((one) => one.rung === champion.rung);
  const floor = ladder.find((one) => one.rung === "constant");
  const score = rung && deciding(artifact, rung)?.value;
  const least = floor && deciding(artifact, floor)?.value;
  const cut = artifact.interrupted
    ? `${artifact.interruptedBy ?? "The run was cut short"}; what is missing is marked. `
    : "";
  const leaks = leaksOf(artifact);
  const doubts = `${leaks}${dependenceOf(artifact, leaks === "" ? "But check" : "Check too")}`;
  if (champion.rung === "constant") {
    const [is, luck] =
      champion.best === "constant" ? ["beats", ""] : ["is shown to beat", ": what others gain may be chance"];
    return `${cut}No simple model ${is} the constant on this table (${metric.name} ${figure(score)} ${rowsJudged(artifact)})${luck}.${doubts}`;
  }
  const gain =
    score == null || least == null ? null : metric.direction === "minimize" ? (least - score) / least : score - least;
  const better = gain === null ? "" : `, ${gainOver(gain, metric, "the constant")}`;
  return `${cut}The best simple model is ${champion.rung}: ${metric.name} ${figure(score)} ${rowsJudged(artifact)}${better}.${doubts}`;
}

/** What is to be checked before any other number means anything. */
function leaksOf(artifact: Artifact): string {
  const { columns, together } = leaksIn(artifact);
  if (columns.length === 0) return "";
  const [are, each, them] = columns.length === 1 ? ["is", "it", "it"] : ["are", "each", "them"];
  const why = together ? `the target follows from ${them}` : `${each} nearly decides the target alone`;
  return ` But check first whether ${leakNames(columns)} ${are} known when a prediction is made: ${why}.`;
}

/** Rows that may belong together, if the findings say so: models may have seen what they are asked. */
function dependenceOf(artifact: Artifact, check: string): string {
  const { shown: warnings } = findingsOf(artifact);
  const suspicion = suspicionOf({ ...artifact, warnings });
  if (suspicion === undefined) return "";
  return ` ${check} whether the rows are independent (${findingId(suspicion.code)}): if they are not, new rows may be answered worse than this.`;
}

function provenanceOf(
  { dataset, splits, environment, timing, options, work }: Artifact,
  place: Place,
): Document["provenance"] {
  return [
    ["Data", `${dataset.name}, ${whole(dataset.rows)} rows`],
    ["SHA-256 of the data", dataset.sha256 || dataset.fingerprint],
    ["Splits", splits.fingerprint],
    ["Seed", splits.seed],
    ["Made by", madeBy(environment)],
    ["Time", duration(1000 * timing.seconds)],
    ...(work ? [["Work, the same on every machine", workWords(work)] as const] : []),
    ["Command", commandOf(place, options)],
  ];
}

/** What a rerun has to repeat exactly, searches inside folds included. */
function workWords({ total }: Work): string {
  const counts = [
    [total.foldFits, "fold fits"],
    [total.cells, "cells read"],
    [total.solverSteps, "solver steps"],
    [total.histogramPasses, "histogram passes"],
    [total.treeNodes, "tree nodes"],
  ] as const;
  const words = counts.filter(([count]) => count > 0).map(([count, name]) => `${whole(count)} ${name}`);
  return words.join(", ");
}

/** Package and version of Node, as far as they are known. */
function madeBy({ package: name, node }: Artifact["environment"]): string {
  return `${typeof name === "string" ? name : "an unknown program"}${typeof node === "string" ? ` on Node ${node}` : ""}`;
}
