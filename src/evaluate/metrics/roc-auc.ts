import { argsort } from "../../numeric/argsort.ts";
import { gather } from "../../numeric/gather.ts";
import type { Metric, Scored } from "./contract.ts";
import { classified, probabilityOf } from "./scored.ts";

/** P(a positive row scores above a negative one), ties counting half. NaN without rows of both kinds. O(n). */
export function auc(scores: Float64Array, positive: ArrayLike<number | boolean>, weights?: Float64Array): number {
  const order = argsort(scores);
  let below = 0; // weight of negatives under the current score
  let won = 0;
  let positives = 0;
  for (let i = 0; i < order.length;) {
    let up = 0;
    let down = 0;
    const score = scores[order[i]];
    for (; i < order.length && scores[order[i]] === score; i++) {
      const w = weights?.[order[i]] ?? 1;
      if (positive[order[i]]) up += w;
      else down += w;
    }
    won += up * (below + down / 2);
    below += down;
    positives += up;
  }
  return positives > 0 && below > 0 ? won / (positives * below) : Number.NaN;
}

function oneVersusRest(scored: Scored, weights: Float64Array | undefined, weighted: boolean): number {
  const { codes, probabilities, classes } = classified("roc_auc", scored);
  if (classes === 2) return auc(probabilityOf(probabilities, 2, 1), codes, weights);
  let sum = 0;
  let total = 0;
  for (let k = 0; k < classes; k++) {
    const positive = codes.map((code) => (code === k ? 1 : 0));
    const area = auc(probabilityOf(probabilities, classes, k), positive, weights);
    if (Number.isNaN(area)) return Number.NaN;
    let share = 1;
    if (weighted) {
      share = 0;
      for (let i = 0; i < codes.length; i++) if (positive[i]) share += weights?.[i] ?? 1;
    }
    sum += share * area;
    total += share;
  }
  return sum / total;
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

function aucMetric(name: string, title: string, tasks: Metric["tasks"], score: Metric["score"]): Metric {
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
    score,
  };
}

/** Area under the ROC curve; for several classes the plain mean of each against the rest. 0.5 for any constant. */
export const rocAuc: Metric = aucMetric("roc_auc", "ROC AUC", ["binary", "multiclass"], (s, w) =>
  oneVersusRest(s, w, false),
);
/** Each class against the rest, weighted by its rows. */
export const rocAucWeighted: Metric = aucMetric(
  "roc_auc_weighted",
  "ROC AUC, weighted by class",
  ["multiclass"],
  (s, w) => oneVersusRest(s, w, true),
);
/** Mean over pairs of classes (Hand & Till). */
export const rocAucOvo: Metric = aucMetric("roc_auc_ovo", "ROC AUC, one against one", ["multiclass"], (s, w) =>
  oneVersusOne(s, w, false),
);
/** Mean over pairs of classes, weighted by the rows of the pair. */
export const rocAucOvoWeighted: Metric = aucMetric(
  "roc_auc_ovo_weighted",
  "ROC AUC, one against one, weighted",
  ["multiclass"],
  (s, w) => oneVersusOne(s, w, true),
);
