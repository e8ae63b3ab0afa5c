/** ROC, precision and recall, and what a threshold costs: three views of the same counts. */
import type { Artifact } from "../artifact.ts";
import type { Figure, Table } from "../document/document.ts";
import { lines } from "../figures/lines.ts";
import { figure, percent, whole } from "../../words/numbers.ts";
import { TABLE_ROWS, thinned } from "./thinned.ts";

type Diagnostics = NonNullable<Artifact["diagnostics"]>;

export function curveFigures({ positive }: Artifact, { cuts }: Diagnostics, on: string): readonly Figure[] {
  if (!cuts || cuts.positives === 0 || cuts.negatives === 0 || positive === null) return [];
  const { positives, negatives, points } = cuts;
  const roc = points.map(
    ({ truePositives, falsePositives }) => [falsePositives / negatives, truePositives / positives] as const,
  );
  const called = points.filter(({ truePositives, falsePositives }) => truePositives + falsePositives > 0);
  const precision = called.map(
    ({ truePositives, falsePositives }) =>
      [truePositives / positives, truePositives / (truePositives + falsePositives)] as const,
  );
  const base = positives / (positives + negatives);
  const area = roc.slice(1).reduce((sum, [x, y], i) => sum + ((x - roc[i][0]) * (y + roc[i][1])) / 2, 0);
  const rates = thinned(called, TABLE_ROWS).map(({ threshold, truePositives, falsePositives }) => ({
    threshold: figure(threshold),
    counts: [whole(truePositives), whole(falsePositives)],
    recall: percent(truePositives / positives),
    alarms: percent(falsePositives / negatives),
    precision: percent(truePositives / (truePositives + falsePositives)),
  }));
  const byThreshold = thinned(called, DRAWN).flatMap(({ threshold, truePositives, falsePositives }) =>
    threshold === null
      ? []
      : [{ threshold, recall: truePositives / positives, precision: truePositives / (truePositives + falsePositives) }],
  );
  return [
    {
      kind: "figure",
      title: "ROC curve",
      caption: `Share of ${positive} that is found against the share of the others that is called ${positive}, over all thresholds; the area under the curve is ${figure(area)}. ${on}`,
      draw: () =>
        lines({
          title: "ROC curve",
          description: `Area under the curve ${figure(area)}`,
          x: { label: "false positive rate", from: 0, to: 1 },
          y: { label: "recall", from: 0, to: 1 },
          series: [{ name: "champion", points: thinned(roc, DRAWN) }],
          reference: { name: "chance", from: [0, 0], to: [1, 1] },
        }),
      numbers: numbers(
        ["threshold", "false positive rate", "recall"],
        rates.map(({ threshold, alarms, recall }) => [threshold, alarms, recall]),
      ),
    },
    {
      kind: "figure",
      title: "Precision against recall",
      caption: `Of the rows called ${positive}, the share that is; against the share of all ${positive} that is found. Calling everything ${positive} gives ${percent(base)}. ${on}`,
      draw: () =>
        lines({
          title: "Precision against recall",
          description: `Precision over recall; the share of positives is ${percent(base)}`,
          x: { label: "recall", from: 0, to: 1 },
          y: { label: "precision", from: 0, to: 1 },
          series: [{ name: "champion", points: thinned(precision, DRAWN) }],
          reference: { name: "all positive", from: [0, base], to: [1, base] },
        }),
      numbers: numbers(
        ["threshold", "recall", "precision"],
        rates.map(({ threshold, recall, precision: share }) => [threshold, recall, share]),
      ),
    },
    {
      kind: "figure",
      title: "What a threshold does",
      caption: `Precision and recall when rows at or above a probability are called ${positive}: choose the threshold by what a miss and a false alarm cost. ${on}`,
      draw: () =>
        lines({
          title: "Precision and recall by threshold",
          description: "Two curves over the threshold",
          x: { label: `threshold on the probability of ${positive}`, from: 0, to: 1 },
          y: { label: "share", from: 0, to: 1 },
          series: [
            { name: "recall", points: byThreshold.map(({ threshold, recall }) => [threshold, recall]) },
            { name: "precision", points: byThreshold.map(({ threshold, precision: value }) => [threshold, value]) },
          ],
        }),
      numbers: numbers(
        ["threshold", "true positives", "false positives", "recall", "precision"],
        rates.map(({ threshold, counts, recall, precision: share }) => [threshold, ...counts, recall, share]),
      ),
    },
  ];
}

function numbers(heads: readonly string[], rows: Table["rows"]): Table {
  return { kind: "table", columns: heads.map((head) => ({ head, numeric: true })), rows };
}

/** Points of a drawn curve: the eye sees no more. */
const DRAWN = 20;
