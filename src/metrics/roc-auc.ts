import { argsort } from "../numeric/argsort.ts";
import { gather } from "../numeric/gather.ts";
import type { Metric, Scored } from "./contract.ts";
import { classified, probabilityOf } from "./scored.ts";

/** P(a positive row scores above a negative one), ties counting half. NaN without rows of both kinds. O(n). */
export function auc(scores: Float64Array, positive: ArrayLike<number | boolean>, weights?: Float64Array): number {
  return areaUnder(scores, positive)(weights);
}

/** The same for any weights: the scores are sorted once. */
function areaUnder(scores: Float64Array, positive: ArrayLike<number | boolean>): (weights?: Float64Array) => number {
  const order = argsort(scores);
  const sorted = gather(scores, order);
  const up = Uint8Array.from(order, (row) => Number(positive[row]));
  return (weights) => {
    let below = 0; // weight of negatives under the current score
    let won = 0;
    let positives = 0;
    for (let i = 0; i < order.length;) {
      let hits = 0;
      let misses = 0;
      const score = sorted[i];
      for (; i < order.length && sorted[i] === score; i++) {
        const w = weights === undefined ? 1 : weights[order[i]];
        if (up[i] === 1) hits += w;
        else misses += w;
      }
      won += hits * (below + misses / 2);
      below += misses;
      positives += hits;
    }
    return positives > 0 && below > 0 ? won / (positives * below) : Number.NaN;
  };
}

type Scorer = (weights?: Float64Array) => number;

/** @param keep Sort each class's scores once, for many weightings; else one class after another, when it is asked for. */
function oneVersusRest(scored: Scored, weighted: boolean, keep: boolean): Scorer {
  const { codes, probabilities, classes } = classified("roc_auc", scored);
  if (classes === 2) return areaUnder(probabilityOf(probabilities, 2, 1), codes);
  const areaOf = (k: number): Scorer => {
    const positive = codes.map((code) => (code === k ? 1 : 0));
    return areaUnder(probabilityOf(probabilities, classes, k), positive);
  };
  const kept = keep ? Array.from({ length: classes }, (_, k) => areaOf(k)) : [];
  return (weights) => {
    const shares = new Float64Array(classes).fill(weighted ? 0 : 1);
    if (weighted) for (let i = 0; i < codes.length; i++) shares[codes[i]] += weights?.[i] ?? 1;
    let sum = 0;
    let total = 0;
    for (let k = 0; k < classes; k++) {
      const area = (kept[k] ?? areaOf(k))(weights);
      if (Number.isNaN(area)) return Number.NaN;
      sum += shares[k] * area;
      total += shares[k];
    }
    return sum / total;
  };
}

/** Pairs grow with the square of the classes; beyond this a mean over pairs is not made. */
const MOST_PAIRED_CLASSES = 100;

/**
 * Hand & Till (2001): mean over pairs of classes of the two AUCs within the pair; weighted: by the pair's rows.
 * O(classes x rows), as each pair looks at its own rows alone.
 */
function oneVersusOne(scored: Scored, weights: Float64Array | undefined, weighted: boolean): number {
  const { codes, probabilities, classes } = classified("roc_auc_ovo", scored);
  if (classes > MOST_PAIRED_CLASSES) return Number.NaN;
  const rowsOf: number[][] = Array.from({ length: classes }, () => []);
  for (const [i, code] of codes.entries()) rowsOf[code].push(i);
  if (rowsOf.some((rows) => rows.length === 0)) return Number.NaN;
  let sum = 0;
  let total = 0;
  for (let a = 0; a < classes; a++)
    for (let b = a + 1; b < classes; b++) {
      const rows = Int32Array.from([...rowsOf[a], ...rowsOf[b]]).sort();
      const w = weights && gather(weights, rows);
      const area = (k: number): number =>
        auc(
          Float64Array.from(rows, (i) => probabilities[i * classes + k]),
          Array.from(rows, (i) => codes[i] === k),
          w,
        );
      const share = weighted ? (w ? w.reduce((s, v) => s + v, 0) : rows.length) : 1;
      sum += (share * (area(a) + area(b))) / 2;
      total += share;
    }
  return sum / total;
}

type Scoring = Pick<Metric, "score" | "scorer">;

function restMetric(weighted: boolean): Scoring {
  return {
    score: (scored, weights) => oneVersusRest(scored, weighted, false)(weights),
    scorer: (scored) => oneVersusRest(scored, weighted, true),
  };
}

function aucMetric(name: string, title: string, tasks: Metric["tasks"], scoring: Scoring): Metric {
  return {
    name,
    title,
    tasks,
    needs: "probability",
    direction: "maximize",
    range: [0, 1],
    unit: "share",
    floor: "prior",
    undefinedWhen: name.includes("ovo")
      ? `a class has no rows, or there are more than ${MOST_PAIRED_CLASSES} classes`
      : "a class has no rows",
    ...scoring,
  };
}

/** Area under the ROC curve; for several classes the plain mean of each against the rest. 0.5 for any constant. */
export const rocAuc: Metric = aucMetric("roc_auc", "ROC AUC", ["binary", "multiclass"], restMetric(false));
/** Each class against the rest, weighted by its rows. */
export const rocAucWeighted: Metric = aucMetric(
  "roc_auc_weighted",
  "ROC AUC, weighted by class",
  ["multiclass"],
  restMetric(true),
);
/** Mean over pairs of classes (Hand & Till). */
export const rocAucOvo: Metric = aucMetric("roc_auc_ovo", "ROC AUC, one against one", ["multiclass"], {
  score: (s, w) => oneVersusOne(s, w, false),
});
/** Mean over pairs of classes, weighted by the rows of the pair. */
export const rocAucOvoWeighted: Metric = aucMetric(
  "roc_auc_ovo_weighted",
  "ROC AUC, one against one, weighted",
  ["multiclass"],
  { score: (s, w) => oneVersusOne(s, w, true) },
);
