/** Metrics of labels: functions of the table of true and predicted classes, so one gradient a cell serves every row. */
import type { Metric, Scored } from "./contract.ts";
import { classified, labels } from "./scored.ts";

/** Weights by true (row) and predicted (column) class, with their margins. */
export interface ConfusionTable {
  readonly classes: number;
  readonly cells: Float64Array;
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
  readonly total: number;
  readonly right: number;
}

/** What a metric says of a table, and its derivative by each cell. Multiplying all cells by a constant changes nothing. */
export interface TableFormula {
  value(table: ConfusionTable): number;
  gradient(table: ConfusionTable): Float64Array;
}

type Facts = Pick<Metric, "name" | "title" | "tasks" | "range" | "unit" | "undefinedWhen" | "ofPositive">;

/** A metric of labels. `settled`, `byClass`: as in `Influence`. */
export function tableMetric(
  facts: Facts,
  formula: TableFormula,
  law: { readonly settled: boolean; readonly byClass?: true },
): Metric {
  return {
    ...facts,
    needs: "label",
    direction: "maximize",
    floor: "majority",
    score: (scored, weights) => formula.value(tabulate(cellsOf(facts.name, scored), weights)),
    scorer: (scored) => {
      const places = cellsOf(facts.name, scored);
      return (weights) => formula.value(tabulate(places, weights));
    },
    influence: {
      ...law,
      of: (scored, weights) => {
        const places = cellsOf(facts.name, scored);
        const gradient = formula.gradient(tabulate(places, weights));
        const rows = places.cellOf.length;
        const out = new Float64Array(rows);
        for (let i = 0; i < rows; i++)
          out[i] = rows * gradient[places.cellOf[i]] * (weights === undefined ? 1 : weights[i]);
        return out;
      },
    },
  };
}

/** The cell of each row: true class x classes + predicted class. */
interface Places {
  readonly cellOf: Int32Array;
  readonly classes: number;
}

function cellsOf(metric: string, scored: Scored): Places {
  const { codes, probabilities, classes } = classified(metric, scored);
  const cellOf = labels(probabilities, classes);
  for (let i = 0; i < cellOf.length; i++) cellOf[i] += codes[i] * classes;
  return { cellOf, classes };
}

function tabulate({ cellOf, classes }: Places, weights?: Float64Array): ConfusionTable {
  const cells = new Float64Array(classes * classes);
  for (let i = 0; i < cellOf.length; i++) cells[cellOf[i]] += weights === undefined ? 1 : weights[i];
  const truth = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  let right = 0;
  for (let t = 0; t < classes; t++)
    for (let p = 0; p < classes; p++) {
      const weight = cells[t * classes + p];
      truth[t] += weight;
      predicted[p] += weight;
      if (t === p) right += weight;
    }
  return { classes, cells, truth, predicted, right, total: truth.reduce((sum, weight) => sum + weight, 0) };
}
