/** A bench as a document: what changed first, then every table. Pure: `bench.json` in, tree out. */
import type { BenchDataset, BenchDocument, BenchScore } from "../bench.ts";
import { paragraph, toned, type Document, type Section, type Text } from "../document/document.ts";
import { gainFigure } from "../verdict.ts";
import { counted, duration, figure, percent, whole } from "../../words/numbers.ts";
import { listed } from "../../words/texts.ts";
import { acrossSection } from "./across.ts";
import { changesSection } from "./changes.ts";
import { isBad, outcomeOf, type BenchOutcome } from "./outcome.ts";

export interface BenchDocumentOptions {
  /** Where the bench was written to. */
  readonly folder?: string;
  /** Say what each dataset took; default: yes. */
  readonly times?: boolean;
}

/** Cost: O(size of the bench). */
export function benchDocument(bench: BenchDocument, { folder, times = true }: BenchDocumentOptions = {}): Document {
  const outcome = outcomeOf(bench);
  const { against, datasets } = bench;
  const challengers = datasets.flatMap((dataset) => dataset.challengers.map((one) => ({ dataset, one })));
  const found = [
    datasetsSection(bench, times),
    ...(challengers.length === 0 ? [] : [challengersSection(challengers)]),
    ...(bench.across === null ? [] : [acrossSection(bench.across)]),
  ];
  return {
    title: `Bench of ${bench.suite.name}`,
    answer: answerOf(bench, outcome),
    ...badgeOf(bench, outcome),
    sections: [
      ...(outcome.failed.length + outcome.broken.length > 0 ? [troubleSection(outcome)] : []),
      ...(against === null ? [] : [changesSection(against, Object.keys(bench.timing.inTurn ?? {}).length)]),
      ...(isQuiet(bench, outcome) ? [folded(bench, found)] : found),
      ...(folder === undefined ? [] : [writtenSection(folder)]),
    ],
    provenance: provenanceOf(bench),
  };
}

/** Everything is as it was before, and as it should be. */
function isQuiet({ against, datasets }: BenchDocument, outcome: BenchOutcome): boolean {
  return against !== null && datasets.length > 0 && against.changes.length === 0 && !isBad(outcome);
}

/** Sections of which nobody needs to know more than that they are there. */
function folded({ datasets }: BenchDocument, sections: readonly Section[]): Section {
  return {
    id: "datasets",
    title: "The datasets",
    serves: "How good is the best simple model on each table?",
    depth: "more",
    blocks: [
      {
        kind: "details",
        summary: `${counted(datasets.length, "dataset")} as before`,
        blocks: sections.flatMap(({ blocks }) => blocks),
      },
    ],
  };
}

function badgeOf({ against }: BenchDocument, outcome: BenchOutcome): Pick<Document, "badge"> {
  const { failed, broken, worse, measured } = outcome;
  if (failed.length > 0) return { badge: { text: "FAILED", tone: "bad" } };
  if (worse.length > 0) return { badge: { text: "WORSE", tone: "bad" } };
  if (broken.length > 0) return { badge: { text: "NOT AS EXPECTED", tone: "bad" } };
  if (isBad(outcome) || measured === 0) return { badge: { text: "INCOMPLETE", tone: "bad" } };
  if (against === null) return {};
  const better = against.changes.some((change) => change.outcome === "better");
  return { badge: better ? { text: "BETTER", tone: "good" } : { text: "NOT WORSE", tone: "good" } };
}

function answerOf({ datasets, against, suite }: BenchDocument, outcome: BenchOutcome): string {
  const { failed, broken, worse, skipped, measured } = outcome;
  const of = suite.datasets.length === datasets.length ? "" : ` of ${suite.datasets.length}`;
  const parts = [`${counted(measured, "dataset")}${of} measured`];
  if (failed.length > 0) parts.push(`${failed.length} failed (${named(failed.map(({ name }) => name))})`);
  if (skipped.length > 0) parts.push(`${skipped.length} not run (${named(skipped)})`);
  if (broken.length > 0)
    parts.push(
      `${counted(broken.length, "expectation")} broken (${named([...new Set(broken.map(({ name }) => name))])})`,
    );
  if (against !== null) {
    const told = against.changes.filter(({ outcome: what }) => what !== "worse");
    if (worse.length > 0) parts.push(`${worse.length} got worse (${named(worse)})`);
    else parts.push(told.length === 0 ? "nothing changed" : "nothing got worse");
  }
  return `${parts.join("; ")}.${against === null ? championsOf(datasets) : ""}`;
}

/** Which model is best how often; empty of fewer than two datasets. */
function championsOf(datasets: readonly BenchDataset[]): string {
  const counts = new Map<string, number>();
  for (const { result } of datasets)
    if (result !== null) counts.set(result.champion, (counts.get(result.champion) ?? 0) + 1);
  const sorted = Array.from(counts).sort((a, b) => b[1] - a[1]);
  if (sorted.reduce((sum, [, count]) => sum + count, 0) < 2) return "";
  return ` The best simple model is ${named(sorted.map(([rung, count]) => `${rung} on ${whole(count)}`))}.`;
}

/** The first few names. */
function named(names: readonly string[]): string {
  return names.length <= 5 ? listed(names) : `${names.slice(0, 4).join(", ")} and ${names.length - 4} more`;
}

function troubleSection({ failed, broken }: BenchOutcome): Section {
  const item = ({ name, reason }: { readonly name: string; readonly reason: string }): Text => [
    toned("bad", name),
    `: ${reason}`,
  ];
  return {
    id: "trouble",
    title: failed.length > 0 ? "What failed" : "What is not as expected",
    serves: "What has to be mended before anything else is read?",
    depth: "first",
    blocks: [{ kind: "list", items: [...failed, ...broken].map(item) }],
  };
}

function datasetsSection({ datasets, timing }: BenchDocument, times: boolean): Section {
  const rows = datasets.map((dataset): readonly Text[] => {
    const { name, status, result } = dataset;
    const took = timing.datasets[name];
    const time = took === undefined ? "-" : took.cached ? "cached" : duration(1000 * took.seconds);
    if (result === null) return [name, toned("bad", status), "", "", "", "", "", ...(times ? [time] : [])];
    const score = championScore(dataset);
    return [
      name,
      result.champion,
      result.metric.name,
      figure(score?.value),
      rangeWords(score),
      gainOverConstant(dataset),
      whole(result.data.rows),
      ...(times ? [time] : []),
    ];
  });
  return {
    id: "datasets",
    title: "The datasets",
    serves: "How good is the best simple model on each table?",
    depth: "first",
    blocks: [
      {
        kind: "table",
        columns: [
          { head: "dataset" },
          { head: "champion" },
          { head: "metric" },
          { head: "score", numeric: true },
          { head: "95 % interval", numeric: true, drop: 1 },
          { head: "less loss than the constant", numeric: true, drop: 3 },
          { head: "rows", numeric: true, drop: 2 },
          ...(times ? [{ head: "time", numeric: true, drop: 4 }] : []),
        ],
        rows,
      },
    ],
  };
}

export function championScore({ result }: BenchDataset): BenchScore | undefined {
  if (result === null) return undefined;
  return result.rungs.find(({ rung }) => rung === result.champion)?.scores[result.metric.name];
}

function rangeWords(score: BenchScore | undefined): string {
  return score?.lower == null || score.upper === null ? "-" : `${figure(score.lower)} to ${figure(score.upper)}`;
}

/** Of losses: a share; of scores: points. */
function gainOverConstant(dataset: BenchDataset): string {
  const { result } = dataset;
  const score = championScore(dataset)?.value;
  const floor = result?.rungs.find(({ rung }) => rung === "constant")?.scores[result.metric.name]?.value;
  if (result === null || score == null || floor == null) return "-";
  if (result.metric.direction === "maximize") return `${figure(score - floor)} more`;
  return floor > 0 ? percent((floor - score) / floor) : "-";
}

function challengersSection(
  list: readonly { readonly dataset: BenchDataset; readonly one: BenchDataset["challengers"][number] }[],
): Section {
  const rows = list.map(({ dataset, one }): readonly Text[] => {
    const { result } = one;
    if (result === null) return [dataset.name, one.name, toned("bad", "failed"), "", "", "", ""];
    const { verdict, sublabel, reason, metric, score, baseline, gain, margin } = result;
    const why = sublabel ?? reason;
    const words = why === null ? verdict : `${verdict} (${why.replaceAll("-", " ")})`;
    const tone = verdict === "JUSTIFIED" ? "good" : verdict === "INCONCLUSIVE" ? "open" : "bad";
    return [dataset.name, one.name, toned(tone, words), metric, figure(score), baseline, gainFigure(gain, margin)];
  });
  return {
    id: "challengers",
    title: "The challengers",
    serves: "Where is a complex model worth it?",
    depth: "first",
    blocks: [
      {
        kind: "table",
        columns: [
          { head: "dataset" },
          { head: "challenger" },
          { head: "verdict" },
          { head: "metric", drop: 2 },
          { head: "score", numeric: true },
          { head: "hardest baseline", drop: 1 },
          { head: "gain", numeric: true },
        ],
        rows,
      },
    ],
  };
}

function writtenSection(folder: string): Section {
  return {
    id: "written",
    title: "What to do next",
    serves: "How do I see what a change does?",
    depth: "first",
    blocks: [paragraph(`Written to ${folder}. After a change, run the same with --against ${folder}.`)],
  };
}

function provenanceOf({ program, environment, timing, against }: BenchDocument): Document["provenance"] {
  return [
    ["Made by", `${program.package} (${program.code.slice(0, 12)}) on Node ${String(environment.node)}`],
    ["Time", duration(1000 * timing.seconds)],
    ...(against === null
      ? []
      : [
          [
            "Compared with",
            `${against.name}: ${against.program.package} (${against.program.code.slice(0, 12)})`,
          ] as const,
        ]),
  ];
}
