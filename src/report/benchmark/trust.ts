/** Why the scores can be trusted: what was held back, how the champion was chosen, what each step bought. */
import type { Artifact } from "../artifact.ts";
import { strong, type Block, type Section } from "../document/document.ts";
import { intervals } from "../figures/intervals.ts";
import { figure, percent } from "../../words/numbers.ts";
import { listed } from "../../words/texts.ts";
import { datasetLines, gainRange, metricWords, selectionWords } from "../wording.ts";

export function trustSection(artifact: Artifact): Section {
  const { champion, ladder, metric, labelMetric } = artifact;
  const best = ladder.find((rung) => rung.rung === champion.rung);
  const labels = labelMetric
    ? ` Challengers that give labels only are judged by ${labelMetric.name}: ${labelMetric.reason}.`
    : "";
  return {
    id: "trust",
    title: "Why trust these scores",
    serves: "Are these scores of rows that nobody trained or tuned on?",
    depth: "first",
    blocks: [
      { kind: "list", items: datasetLines(artifact) },
      { kind: "paragraph", text: [strong(`Champion: ${champion.rung}.`), ` ${champion.sentence}`] },
      {
        kind: "paragraph",
        text: `${selectionWords(best?.cv[metric.name], champion.optimism)}.`,
      },
      {
        kind: "details",
        summary: "How the champion was chosen",
        blocks: [
          {
            kind: "paragraph",
            text: `Rule: ${champion.rule}. Decided by ${metricWords(metric)}: ${metric.reason}.${labels}`,
          },
          evidenceTable(artifact),
        ],
      },
      ...stepsFigure(artifact),
    ],
  };
}

function evidenceTable({ champion }: Artifact): Block {
  return {
    kind: "table",
    columns: [
      { head: "rung" },
      { head: `loss above ${champion.best}`, numeric: true },
      { head: "standard error", numeric: true },
      { head: "allowed", numeric: true },
      { head: "near enough" },
    ],
    rows: champion.evidence.map(({ rung, difference, standardError, allowed = standardError, within }) => [
      rung,
      figure(difference),
      figure(standardError),
      figure(allowed),
      within ? "yes" : "no",
    ]),
    marked: new Set([champion.evidence.findIndex(({ rung }) => rung === champion.rung)]),
  };
}

function paid(told: Artifact["steps"]): string {
  const names = told.filter(({ bought }) => bought).map(({ rung }) => rung);
  return names.length === 0 ? "No step paid." : `What paid: ${listed(names)}.`;
}

/** A gain that is a loss of more than this is cut off in the picture; the table has its number. */
const LARGEST_LOSS = -1;

function stepsFigure({ steps, metric }: Artifact): readonly Block[] {
  const told = steps.filter(({ gain }) => gain !== null);
  if (told.length === 0) return [];
  const relative = metric.direction === "minimize";
  const cut = (value: number | null): number | null =>
    value === null || !relative ? value : Math.max(LARGEST_LOSS, value);
  return [
    {
      kind: "figure",
      title: "What each step bought",
      caption: `Gain of each rung over the last one that paid, with its ${percent(told[0].level)} interval, on all out-of-fold rows; right of the dashed line it is a gain. ${paid(told)}`,
      draw: () =>
        intervals({
          title: "What each step bought",
          description: `Gains of ${told.length} steps with their intervals`,
          label: relative ? "gain, share of the loss" : `gain in ${metric.name}`,
          intervals: told.map(({ rung, from, gain, lower, upper }) => ({
            name: `${rung} over ${from}`,
            value: cut(gain),
            lower: cut(lower),
            upper: cut(upper),
          })),
          references: [{ name: "no difference", value: 0 }],
          ...(relative && { format: percent }),
        }),
      numbers: {
        kind: "table",
        columns: [
          { head: "step" },
          { head: "gain", numeric: true },
          { head: "interval", numeric: true },
          { head: "paid" },
        ],
        rows: told.map(({ rung, from, gain, lower, upper, bought, verdict }) => [
          `${rung} over ${from}`,
          relative ? percent(gain!) : figure(gain),
          lower === null || upper === null ? "-" : gainRange(lower, upper, metric.direction),
          bought ? "yes" : verdict === "INCONCLUSIVE" ? "open" : "no",
        ]),
      },
    },
  ];
}
