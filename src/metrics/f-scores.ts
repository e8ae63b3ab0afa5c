import { addClassGradient, classScore, F1, meanGradient, PRECISION, RECALL, type ClassScore } from "./class-scores.ts";
import { tableMetric, zeros, type ConfusionTable, type TableFormula } from "./confusion-table.ts";
import type { Metric } from "./contract.ts";

/** With two classes of the positive one, the last: without a row of it there is no score at all. Else `several`. */
function positiveOr(score: ClassScore, several: TableFormula): TableFormula {
  return {
    value: (table) => {
      if (table.classes !== 2) return several.value(table);
      return table.truth[1] > 0 ? classScore(table, score, 1) : Number.NaN;
    },
    gradient: (table) => (table.classes === 2 ? meanGradient(table, score, [1]) : several.gradient(table)),
  };
}

/** The plain mean over the classes that occur in truth or labels (macro). */
function macro(score: ClassScore): TableFormula {
  const members = ({ truth, predicted }: ConfusionTable): number[] =>
    Array.from(truth.keys()).filter((k) => truth[k] > 0 || predicted[k] > 0);
  return {
    value: (table) => {
      const list = members(table);
      return list.reduce((sum, k) => sum + classScore(table, score, k), 0) / list.length;
    },
    gradient: (table) => meanGradient(table, score, members(table)),
  };
}

/** The mean over classes weighted by how many rows each has. */
function weighted(score: ClassScore): TableFormula {
  const value = (table: ConfusionTable): number =>
    table.truth.reduce((sum, rows, k) => sum + rows * classScore(table, score, k), 0) / table.total;
  return {
    value,
    gradient: (table) => {
      const { classes, truth, total } = table;
      const gradient = zeros(classes);
      const mean = value(table);
      for (let k = 0; k < classes; k++) {
        addClassGradient(table, score, k, truth[k] / total, gradient);
        gradient.truth[k] += (classScore(table, score, k) - mean) / total;
      }
      return gradient;
    },
  };
}

function ofClasses(name: string, title: string, score: ClassScore): Metric {
  return tableMetric(
    {
      name,
      title,
      tasks: ["binary", "multiclass"],
      range: [0, 1],
      unit: "share",
      undefinedWhen: "of two classes the positive one has no rows",
      ofPositive: true,
    },
    positiveOr(score, macro(score)),
    { settled: true },
  );
}

/** Share of the rows called positive that are positive. 0 / 0 counts as 0. */
export const precision: Metric = ofClasses("precision", "Precision", PRECISION);
/** Share of the positive rows that are called positive. */
export const recall: Metric = ofClasses("recall", "Recall", RECALL);
/** Harmonic mean of precision and recall. */
export const f1: Metric = ofClasses("f1", "F1", F1);
/** F1 averaged over classes by their rows. */
export const f1Weighted: Metric = tableMetric(
  { name: "f1_weighted", title: "F1, weighted by class", tasks: ["multiclass"], range: [0, 1], unit: "share" },
  weighted(F1),
  { settled: true },
);
