/** Metrics of labels: functions of the table of true and predicted classes, so one gradient a cell serves every row. */
import type { Scored } from "../../metrics/contract.ts";
import { classwise, labels, type SmoothMetric, type Weighable } from "./contract.ts";

/** Weights by true (row) and predicted (column) class, with their margins. */
interface Table {
  readonly classes: number;
  readonly cells: Float64Array;
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
  readonly total: number;
  readonly right: number;
}

/** A metric of a table and its derivative by each cell. Multiplying all cells by a constant changes nothing. */
interface TableMetric {
  value(table: Table): number;
  gradient(table: Table): Float64Array;
}

/** A class's own score (precision, recall, F1) as num / den with den = truthShare R + predictedShare P. */
interface ClassScore {
  readonly truth: number;
  readonly predicted: number;
}

const SCORES: Readonly<Record<string, ClassScore>> = {
  recall: { truth: 1, predicted: 0 },
  precision: { truth: 0, predicted: 1 },
  f1: { truth: 0.5, predicted: 0.5 },
};

function classScore(table: Table, score: ClassScore, k: number): number {
  const base = score.truth * table.truth[k] + score.predicted * table.predicted[k];
  return base > 0 ? table.cells[k * table.classes + k] / base : 0;
}

/** Adds scale x the derivative of class k's score. */
function addClassGradient(table: Table, score: ClassScore, k: number, scale: number, gradient: Float64Array): void {
  const { classes } = table;
  const base = score.truth * table.truth[k] + score.predicted * table.predicted[k];
  if (!(base > 0)) return;
  const pull = (-scale * table.cells[k * classes + k]) / (base * base);
  gradient[k * classes + k] += scale / base;
  for (let j = 0; j < classes; j++) {
    gradient[k * classes + j] += pull * score.truth;
    gradient[j * classes + k] += pull * score.predicted;
  }
}

/** Binary: the positive class is the last. */
function positiveOnly(score: ClassScore): TableMetric {
  return {
    value: (table) => classScore(table, score, table.classes - 1),
    gradient: (table) => {
      const gradient = new Float64Array(table.cells.length);
      addClassGradient(table, score, table.classes - 1, 1, gradient);
      return gradient;
    },
  };
}

/** The plain mean over classes: those that occur in truth, or (as scikit-learn) in truth or prediction. */
function macro(score: ClassScore, over: "truth" | "either"): TableMetric {
  const members = (table: Table): number[] =>
    Array.from(table.truth.keys()).filter((k) => table.truth[k] > 0 || (over === "either" && table.predicted[k] > 0));
  return {
    value: (table) => {
      const list = members(table);
      return list.reduce((sum, k) => sum + classScore(table, score, k), 0) / list.length;
    },
    gradient: (table) => {
      const gradient = new Float64Array(table.cells.length);
      const list = members(table);
      for (const k of list) addClassGradient(table, score, k, 1 / list.length, gradient);
      return gradient;
    },
  };
}

/** The mean over classes weighted by how often they are true. */
function weighted(score: ClassScore): TableMetric {
  const value = (table: Table): number =>
    table.truth.reduce((sum, share, k) => sum + (share / table.total) * classScore(table, score, k), 0);
  return {
    value,
    gradient: (table) => {
      const gradient = new Float64Array(table.cells.length);
      const mean = value(table);
      for (let k = 0; k < table.classes; k++) {
        addClassGradient(table, score, k, table.truth[k] / table.total, gradient);
        const own = (classScore(table, score, k) - mean) / table.total;
        for (let j = 0; j < table.classes; j++) gradient[k * table.classes + j] += own;
      }
      return gradient;
    },
  };
}

/** Agreement beyond chance: total x right - Σ truth predicted, over a norm of the margins. */
function chance(kind: "kappa" | "mcc"): TableMetric {
  const parts = ({ truth, predicted, total, right }: Table) => {
    let cross = 0;
    let truths = 0;
    let predictions = 0;
    for (let k = 0; k < truth.length; k++) {
      cross += truth[k] * predicted[k];
      truths += truth[k] ** 2;
      predictions += predicted[k] ** 2;
    }
    const spread = [total * total - truths, total * total - predictions];
    return { top: total * right - cross, base: total * total - cross, spread };
  };
  const value = (table: Table): number => {
    const { top, base, spread } = parts(table);
    if (kind === "kappa") return top / base;
    return spread[0] > 0 && spread[1] > 0 ? top / Math.sqrt(spread[0] * spread[1]) : 0;
  };
  return {
    value,
    gradient: (table) => {
      const { classes, truth, predicted, total, right } = table;
      const { top, base, spread } = parts(table);
      const gradient = new Float64Array(table.cells.length);
      if (kind === "mcc" && !(spread[0] > 0 && spread[1] > 0)) return gradient;
      for (let t = 0; t < classes; t++)
        for (let p = 0; p < classes; p++) {
          const cross = predicted[t] + truth[p];
          const up = right + (t === p ? total : 0) - cross;
          gradient[t * classes + p] =
            kind === "kappa"
              ? up / base - (top * (2 * total - cross)) / (base * base)
              : (up - top * ((total - truth[t]) / spread[0] + (total - predicted[p]) / spread[1])) /
                Math.sqrt(spread[0] * spread[1]);
        }
      return gradient;
    },
  };
}

function tableMetric(name: string, classes: number): TableMetric | undefined {
  if (name === "balanced_accuracy") return macro(SCORES.recall, "truth");
  if (name === "mcc") return chance("mcc");
  if (name === "cohen_kappa") return chance("kappa");
  const [, score, average] = /^(f1|precision|recall)(?:_(macro|weighted))?$/.exec(name) ?? [];
  if (score === undefined) return undefined;
  if (average === "weighted") return weighted(SCORES[score]);
  return average === undefined && classes === 2 ? positiveOnly(SCORES[score]) : macro(SCORES[score], "either");
}

function tabulate(cellOf: Int32Array, classes: number, weights?: Float64Array): Table {
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

function prepare(name: string, { truth, prediction }: Scored): Weighable | undefined {
  if (truth.task === "regression") return undefined;
  const { codes } = truth;
  const classes = truth.classes.length;
  const metric = tableMetric(name, classes);
  if (metric === undefined) return undefined;
  const cellOf = labels(prediction, codes.length);
  for (let i = 0; i < cellOf.length; i++) cellOf[i] += codes[i] * classes;
  return {
    value: (weights) => metric.value(tabulate(cellOf, classes, weights)),
    both: (weights) => {
      const table = tabulate(cellOf, classes, weights);
      const gradient = metric.gradient(table);
      const influence = new Float64Array(cellOf.length);
      for (let i = 0; i < influence.length; i++) {
        influence[i] = influence.length * gradient[cellOf[i]] * (weights === undefined ? 1 : weights[i]);
      }
      const byClass = name === "balanced_accuracy";
      return { value: metric.value(table), influence: byClass ? classwise(influence, codes, classes) : influence };
    },
  };
}

const averages = ["", "_macro", "_weighted"];

/** Rates and means of rates. */
export const rates: SmoothMetric = {
  metrics: ["balanced_accuracy", ...["precision", "recall", "f1"].flatMap((s) => averages.map((a) => s + a))],
  settled: true,
  prepare,
};

/** Agreement corrected for chance. */
export const agreement: SmoothMetric = { metrics: ["mcc", "cohen_kappa"], settled: false, prepare };
