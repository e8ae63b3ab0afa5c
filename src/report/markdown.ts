/** The benchmark as Markdown: `report.md`. Pure: artifact in, text out. */
import type { Artifact, Rung, SearchSummary } from "./artifact.ts";
import { challengeSentence } from "./bar.ts";
import {
  counted,
  datasetLines,
  duration,
  figure,
  interval,
  selectionWords,
  shownMetrics,
  sized,
  whole,
} from "./wording.ts";

/** Text as it is, whatever it holds: names and levels come from the data. What only starts a heading or list is left alone elsewhere. */
export function escaped(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>|~&$]/g, "\\$&")
    .replace(/^( ?)(#|=|[+-](?=[\s+-]|$)|\d+(?=[.)](?:\s|$)))/, (_, blank: string, mark: string) =>
      /\d/.test(mark) ? `${blank}${mark}\\` : `${blank}\\${mark}`,
    );
}

export function markdownReport(artifact: Artifact): string {
  const sections = [
    heading(artifact),
    ladder(artifact),
    championSection(artifact),
    steps(artifact),
    searches(artifact),
    warnings(artifact),
    columns(artifact),
    models(artifact),
    footer(artifact),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** A table of cells that are Markdown already; `numeric`: columns to be set flush right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: ReadonlySet<number>,
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (numeric.has(i) ? "---:" : "---"))), ...rows.map(line)].join("\n");
}

function heading(artifact: Artifact): string {
  const { metric, label_metric } = artifact;
  const labels = label_metric
    ? ` Challengers that give labels only are judged by \`${label_metric.name}\` (${escaped(label_metric.reason)}).`
    : "";
  const cut = artifact.interrupted
    ? `\n\n**Interrupted: ${escaped(artifact.interruptedBy ?? "the run was cut short")}. What is missing is marked.**`
    : "";
  return `# Benchmark of ${escaped(artifact.dataset.name)}${cut}\n\n${datasetLines(artifact).map(escaped).join("  \n")}\n\nDecided by \`${metric.name}\` (${escaped(metric.reason)}).${labels}\n\n**${escaped(challengeSentence(artifact))}**`;
}

function ladder(artifact: Artifact): string {
  const metrics = shownMetrics(artifact);
  const [main, ...others] = metrics;
  const held = artifact.splits.rows.holdout + artifact.splits.rows.test > 0;
  const head = [
    "rung",
    `${main}, cross-validated`,
    ...(held ? [`${main}, held out`] : []),
    ...others,
    "size",
    "file",
    "fit",
    "per row (p50 / p95)",
  ];
  const rows = artifact.ladder.map((rung) => {
    const deciding = held ? rung.holdout : rung.cv;
    const timing = artifact.timing.rungs[rung.rung];
    const latency = timing?.predictMicroseconds;
    const name = rung.rung === artifact.champion.rung ? `**${escaped(rung.rung)}**` : escaped(rung.rung);
    return [
      name,
      rung.status === "ok" ? interval(rung.cv[main]) : "failed",
      ...(held ? [rung.status === "ok" ? interval(rung.holdout[main]) : "-"] : []),
      ...others.map((metric) => figure(deciding[metric]?.value)),
      rung.complexity ? sized(rung.complexity) : "-",
      rung.bytes === null ? "-" : `${whole(rung.bytes)} B`,
      timing?.fitMilliseconds == null ? "-" : duration(timing.fitMilliseconds),
      latency ? `${duration(latency.p50 / 1000)} / ${duration(latency.p95 / 1000)}` : "-",
    ];
  });
  const failed = artifact.ladder
    .filter((rung) => rung.status === "failed")
    .map((rung) => `- \`${rung.rung}\` failed and is scored as the floor: ${escaped(rung.reason ?? "")}`);
  const left = artifact.left.map(({ rung, reason }) => `- \`${rung}\` was left out: it ${escaped(reason)}`);
  const notes = [...failed, ...left];
  return `## The ladder\n\nPlainest first; 95 % intervals.\n\n${table(head, rows, new Set(head.map((_, i) => i).slice(1)))}${notes.length > 0 ? `\n\n${notes.join("\n")}` : ""}`;
}

function championSection(artifact: Artifact): string {
  const { champion } = artifact;
  const best = artifact.ladder.find((rung) => rung.rung === champion.rung);
  const rows = champion.evidence.map((entry) => [
    escaped(entry.rung),
    figure(entry.difference),
    figure(entry.standardError),
    entry.within ? "yes" : "no",
  ]);
  const head = ["rung", `loss above ${escaped(champion.best)}`, "standard error", "within one standard error"];
  return `## Champion: ${escaped(champion.rung)}\n\n${escaped(champion.sentence)} Rule: ${escaped(champion.rule)}\n\n${table(head, rows, new Set([1, 2]))}\n\nIts cross-validated score: ${selectionWords(best?.cv[artifact.metric.name])}.`;
}

function steps(artifact: Artifact): string {
  if (artifact.steps.length === 0) return "";
  return `## What each step bought\n\nOver the rows of all folds together; the scores above are means over folds.\n\n${artifact.steps.map((step) => `- ${escaped(step.sentence)}`).join("\n")}`;
}

function searches(artifact: Artifact): string {
  const entries = Object.entries(artifact.search);
  if (entries.length === 0) return "";
  const rows = entries.map(([rung, search]) => [
    escaped(rung),
    `${whole(search.trials)} (${search.pruned} stopped early)`,
    foldFits(search),
    escaped(search.ended.sentence),
    `${figure(search.default.loss)} / ${figure(search.chosen.loss)}`,
    figure(search.gain.corrected),
    escaped(search.chosen.reason),
  ]);
  return `## Searches\n\n${table(["rung", "trials", "fold fits", "ended", "loss: default / chosen", "gain left", "choice"], rows, new Set([1, 2, 4, 5]))}\n\nGain left: what the choice gains over the default once corrected for having been picked as the best of several.`;
}

/** `120 (30 saved)`; with iterative fits and repeats, what they saved and took too. */
function foldFits({ foldFits: { run, saved }, steps: rounds, extraFits = 0 }: SearchSummary): string {
  const notes = [`${whole(saved)} saved`];
  if (rounds !== undefined && rounds.saved > 0)
    notes.push(`${Math.round((100 * rounds.saved) / (rounds.run + rounds.saved))} % of the others' rounds too`);
  if (extraFits > 0) notes.push(`${whole(extraFits)} more on fresh folds for the leaders`);
  return `${whole(run)} (${notes.join(", ")})`;
}

function warnings(artifact: Artifact): string {
  if (artifact.warnings.length === 0) return "";
  return `## Beware\n\n${artifact.warnings.map(({ code, message }) => `- \`${code}\`: ${escaped(message)}`).join("\n")}`;
}

const MOST_COLUMNS = 200;

function columns(artifact: Artifact): string {
  const rows = artifact.columns
    .slice(0, MOST_COLUMNS)
    .map((column) => [
      escaped(column.name),
      column.kind,
      column.role,
      whole(column.missing),
      whole(column.distinct),
      escaped(column.reason),
    ]);
  const more = artifact.columns.length - rows.length;
  return `## Columns\n\n${table(["name", "kind", "role", "missing", "distinct", "why"], rows, new Set([3, 4]))}${more > 0 ? `\n\n... and ${counted(more, "more column", "more columns")} in benchmark.json.` : ""}`;
}

function models(artifact: Artifact): string {
  const parts = artifact.ladder.filter((rung) => rung.explanation).map((rung) => modelSection(rung));
  return parts.length === 0 ? "" : `## Models\n\n${parts.join("\n\n")}`;
}

function modelSection({ rung, title, explanation, params }: Rung): string {
  const settings = Object.entries(params)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
  const fence = "```";
  const lines = (explanation?.lines ?? []).slice(0, 40).map((line) => line.replaceAll("```", "'''"));
  const body = lines.length > 0 ? `\n\n${fence}text\n${lines.join("\n")}\n${fence}` : "";
  return `### ${escaped(rung)}: ${escaped(title)}\n\n${escaped(explanation?.summary ?? "")}${settings ? ` Settings: ${escaped(settings)}.` : ""}${body}`;
}

function footer(artifact: Artifact): string {
  const { environment, timing, dataset } = artifact;
  return `---\n\nData SHA-256 \`${dataset.sha256 || dataset.fingerprint}\`; splits \`${artifact.splits.fingerprint}\`; seed ${escaped(artifact.splits.seed)}; ${escaped(String(environment.package))} on Node ${escaped(String(environment.node))}; ${duration(1000 * timing.seconds)}.`;
}
