/** Metrics of labels: functions of the table of true and predicted classes, so one gradient serves every row. */
import type { Metric } from "./contract.ts";
import { calls } from "./scored.ts";

/** What metrics read of the table of weights by true and predicted class: its diagonal and its margins. */
export interface ConfusionTable {
  readonly classes: number;
  /** Of each class: rows of it that are called it. */
  readonly hits: Float64Array;
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
  readonly total: number;
  readonly right: number;
}

/** The derivative by the cell of true class t and predicted class p: truth[t] + predicted[p], and hits[t] more where they agree. */
export type TableGradient = Readonly<Record<"truth" | "predicted" | "hits", Float64Array>>;

/** What a metric says of a table, and its derivative. Multiplying all cells by a constant changes nothing. */
export interface TableFormula {
  value(table: ConfusionTable): number;
  gradient(table: ConfusionTable): TableGradient;
}

/** Zeros of each class. */
export function zeros(classes: number): TableGradient {
  return {
    truth: new Float64Array(classes),
    predicted: new Float64Array(classes),
    hits: new Float64Array(classes),
  };
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
    score: (scored, weights) => formula.value(tabulate(calls(facts.name, scored), weights)),
    scorer: (scored) => {
      const places = calls(facts.name, scored);
      return (weights) => formula.value(tabulate(places, weights));
    },
    influence: {
      ...law,
      of: (scored, weights) => {
        const places = calls(facts.name, scored);
        const { truth, predicted, hits } = formula.gradient(tabulate(places, weights));
        const { codes, called } = places;
        const rows = codes.length;
        const out = new Float64Array(rows);
        for (let i = 0; i < rows; i++) {
          const [t, p] = [codes[i], called[i]];
          const slope = truth[t] + predicted[p] + (t === p ? hits[t] : 0);
          out[i] = rows * slope * (weights === undefined ? 1 : weights[i]);
        }
        return out;
      },
    },
  };
}

type Calls = ReturnType<typeof calls>;

/** Of rows without weights, by their labels: whoever shares labels (`ordered`) shares the table. */
const plain = new WeakMap<Int32Array, { readonly codes: Int32Array; readonly table: ConfusionTable }>();

function tabulate(called: Calls, weights?: Float64Array): ConfusionTable {
  if (weights !== undefined) return counted(called, weights);
  const known = plain.get(called.called);
  if (known?.codes === called.codes) return known.table;
  const table = counted(called);
  plain.set(called.called, { codes: called.codes, table });
  return table;
}

function counted({ codes, called, classes }: Calls, weights?: Float64Array): ConfusionTable {
  const { truth, predicted, hits } = zeros(classes);
  let total = 0;
  let right = 0;
  for (let i = 0; i < codes.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    total += weight;
    truth[codes[i]] += weight;
    predicted[called[i]] += weight;
    if (codes[i] !== called[i]) continue;
    hits[codes[i]] += weight;
    right += weight;
  }
  return { classes, hits, truth, predicted, right, total };
}
