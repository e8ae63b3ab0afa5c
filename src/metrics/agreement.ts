/** Agreement of truth and label beyond chance: total x right - Σ truth predicted, over a norm of the margins. */
import { tableMetric, zeros, type ConfusionTable, type TableGradient } from "./confusion-table.ts";
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

/**
 * The derivative of a function of `chance`, of total x right - chance (`top`) and of the margins.
 * `chance` grows by predicted[t] + truth[p] with the cell of t and p; `top` by right less that, and by total more where they agree.
 * @param margin What one row more of true class t, and of predicted class p, adds besides.
 */
function gradientOf(
  { classes, truth, predicted, total, right }: ConfusionTable,
  by: { readonly chance: number; readonly top: number },
  margin: { readonly truth: (t: number) => number; readonly predicted: (p: number) => number },
): TableGradient {
  const gradient = zeros(classes);
  for (let k = 0; k < classes; k++) {
    gradient.truth[k] = (by.chance - by.top) * predicted[k] + by.top * right + margin.truth(k);
    gradient.predicted[k] = (by.chance - by.top) * truth[k] + margin.predicted(k);
    gradient.hits[k] = by.top * total;
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
      const { total, right, truth, predicted, classes } = table;
      const { chance, truths, labels } = margins(table);
      const top = total * right - chance;
      const spread = [total * total - truths, total * total - labels];
      if (!(spread[0] > 0 && spread[1] > 0)) return zeros(classes);
      const norm = Math.sqrt(spread[0] * spread[1]);
      return gradientOf(
        table,
        { chance: 0, top: 1 / norm },
        {
          truth: (t) => (-top * (total - truth[t])) / spread[0] / norm,
          predicted: (p) => (-top * (total - predicted[p])) / spread[1] / norm,
        },
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
      const pull = top / (base * base);
      return gradientOf(table, { chance: pull, top: 1 / base }, { truth: () => -2 * total * pull, predicted: () => 0 });
    },
  },
  { settled: false },
);
