/** Agreement of truth and label beyond chance: total x right - Σ truth predicted, over a norm of the margins. */
import { tableMetric, type ConfusionTable } from "./confusion-table.ts";
import type { Metric } from "./contract.ts";

/** Products of the margins. */
function margins({ truth, predicted }: ConfusionTable): { chance: number; truths: number; labels: number } {
  let [chance, truths, labels] = [0, 0, 0];
  for (let k = 0; k < truth.length; k++) {
    chance += predicted[k] * truth[k];
    truths += truth[k] * truth[k];
    labels += predicted[k] * predicted[k];
  }
  return { chance, truths, labels };
}

/** The derivative by each cell; @param of Its value from how fast `chance`, and total x right - chance, grow there. */
function byCell(
  { classes, truth, predicted, total, right }: ConfusionTable,
  of: (t: number, p: number, cross: number, up: number) => number,
): Float64Array {
  const gradient = new Float64Array(classes * classes);
  for (let t = 0; t < classes; t++)
    for (let p = 0; p < classes; p++) {
      const cross = predicted[t] + truth[p];
      gradient[t * classes + p] = of(t, p, cross, right + (t === p ? total : 0) - cross);
    }
  return gradient;
}

/** Matthews correlation between truth and label (Gorodkin's form for several classes); 0 when the labels are constant, NaN when the truth is. */
export const mcc: Metric = tableMetric(
  {
    name: "mcc",
    title: "Matthews correlation",
    tasks: ["binary", "multiclass"],
    range: [-1, 1],
    unit: "none",
    undefinedWhen: "the truth is one class",
  },
  {
    value: (table) => {
      const { total, right } = table;
      const { chance, truths, labels } = margins(table);
      if (!(total * total > truths)) return Number.NaN;
      const spread = (total * total - truths) * (total * total - labels);
      return spread > 0 ? (right * total - chance) / Math.sqrt(spread) : 0;
    },
    gradient: (table) => {
      const { total, right, truth, predicted, cells } = table;
      const { chance, truths, labels } = margins(table);
      const top = total * right - chance;
      const spread = [total * total - truths, total * total - labels];
      if (!(spread[0] > 0 && spread[1] > 0)) return new Float64Array(cells.length);
      return byCell(
        table,
        (t, p, _, up) =>
          (up - top * ((total - truth[t]) / spread[0] + (total - predicted[p]) / spread[1])) /
          Math.sqrt(spread[0] * spread[1]),
      );
    },
  },
  { settled: false },
);

/** Cohen's kappa: agreement beyond chance. NaN when truth and labels are the same constant. */
export const cohenKappa: Metric = tableMetric(
  {
    name: "cohen_kappa",
    title: "Cohen's kappa",
    tasks: ["binary", "multiclass"],
    range: [-1, 1],
    unit: "none",
    undefinedWhen: "truth and labels are the same constant",
  },
  {
    value: (table) => {
      const expected = margins(table).chance / (table.total * table.total);
      return (table.right / table.total - expected) / (1 - expected);
    },
    gradient: (table) => {
      const { total, right } = table;
      const { chance } = margins(table);
      const top = total * right - chance;
      const base = total * total - chance;
      return byCell(table, (_t, _p, cross, up) => up / base - (top * (2 * total - cross)) / (base * base));
    },
  },
  { settled: false },
);
