import { argsort } from "../numeric/argsort.ts";
import { gather } from "../numeric/gather.ts";
import { placements, type Ranking } from "../numeric/placements.ts";
import type { Influence, Metric, Scored } from "./contract.ts";
import { influenceOfMean, oneVersusOne, oneVersusRest, type Ranked } from "./rankings.ts";
import { classified, probabilityOf } from "./scored.ts";

/**
 * P(a positive row scores above a negative one), ties counting half, for any weights: the scores are sorted once. NaN without
 * rows of both kinds. O(n).
 * @param isPositive Of each score, 1 or 0. @param places The order of the scores. @param rows Where the weight of each score stands; absent: at its own place.
 */
function areaUnder(
  scores: Float64Array,
  isPositive: ArrayLike<number>,
  places: Int32Array = argsort(scores),
  rows?: Int32Array,
): (weights?: Float64Array) => number {
  const sorted = gather(scores, places);
  const up = new Uint8Array(places.length);
  for (let i = 0; i < places.length; i++) up[i] = isPositive[places[i]];
  const order = rows === undefined ? places : places.map((place) => rows[place]);
  return (weights) => {
    let below = 0; // weight of negatives under the current score
    let won = 0;
    let positives = 0;
    for (let i = 0; i < order.length;) {
      let hits = 0;
      let misses = 0;
      const score = sorted[i];
      if (Number.isNaN(score)) return Number.NaN; // of a model without a row of any weight
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
function meanOverRest(scored: Scored, weighted: boolean, keep: boolean): Scorer {
  const { codes, probabilities, classes } = classified("roc_auc", scored);
  if (classes === 2) return areaUnder(probabilityOf(probabilities, 2, 1), codes, scored.orderOf?.(1));
  if (new Set(codes).size < classes) return () => Number.NaN;
  const areaOf = (k: number): Scorer => {
    const isPositive = codes.map((code) => (code === k ? 1 : 0));
    return areaUnder(probabilityOf(probabilities, classes, k), isPositive, scored.orderOf?.(k));
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
const MOST_PAIRED_CLASSES = 50;

/**
 * Hand & Till (2001): mean over pairs of classes of the two AUCs within the pair; weighted: by the pair's rows.
 * O(classes x rows), as each pair looks at its own rows alone.
 * @param keep As above, of each pair's scores.
 */
function meanOverPairs(scored: Scored, weighted: boolean, keep: boolean): Scorer {
  const { codes, probabilities, classes } = classified("roc_auc_ovo", scored);
  const rowsOf: number[][] = Array.from({ length: classes }, () => []);
  for (const [i, code] of codes.entries()) rowsOf[code].push(i);
  if (classes > MOST_PAIRED_CLASSES || rowsOf.some((rows) => rows.length === 0)) return () => Number.NaN;
  const areasOf = (a: number, b: number): Pair => {
    const rows = Int32Array.from([...rowsOf[a], ...rowsOf[b]]).sort();
    const area = (k: number): Scorer => {
      const isPositive = new Uint8Array(rows.length);
      const scores = new Float64Array(rows.length);
      for (let at = 0; at < rows.length; at++) {
        isPositive[at] = codes[rows[at]] === k ? 1 : 0;
        scores[at] = probabilities[rows[at] * classes + k];
      }
      return areaUnder(scores, isPositive, undefined, rows);
    };
    return { rows, areas: [area(a), area(b)] };
  };
  const pairs = rowsOf.flatMap((_, a) => rowsOf.slice(a + 1).map((__, k) => [a, a + 1 + k] as const));
  const kept = keep ? pairs.map(([a, b]) => areasOf(a, b)) : [];
  return (weights) => {
    let sum = 0;
    let total = 0;
    pairs.forEach(([a, b], pair) => {
      const { rows, areas } = kept[pair] ?? areasOf(a, b);
      let share = 1;
      if (weighted) {
        share = weights === undefined ? rows.length : 0;
        if (weights !== undefined) for (let i = 0; i < rows.length; i++) share += weights[rows[i]];
      }
      sum += (share * (areas[0](weights) + areas[1](weights))) / 2;
      total += share;
    });
    return sum / total;
  };
}

interface Pair {
  readonly rows: Int32Array;
  readonly areas: readonly [Scorer, Scorer];
}

/** How far the placement of a case is from the mean placement of its class. */
function rankArea(ranking: Ranking, rows: number, weights?: Float64Array): Ranked {
  const { auc: value, values, totals } = placements(ranking, weights);
  const { order, labels } = ranking;
  const influence = new Float64Array(rows);
  for (let k = 0; k < order.length; k++) {
    const w = weights === undefined ? 1 : weights[order[k]];
    influence[order[k]] = (rows * w * (values[k] - value)) / totals[labels[k]];
  }
  return { value, influence };
}

function aucMetric(
  facts: Pick<Metric, "name" | "title" | "tasks" | "undefinedWhen">,
  scoring: (scored: Scored, keep: boolean) => Scorer,
  duelsOf: (scored: Scored) => ReturnType<typeof oneVersusRest>,
  law: Pick<Influence, "settled" | "rocArea">,
): Metric {
  return {
    ...facts,
    needs: "probability",
    direction: "maximize",
    range: [0, 1],
    unit: "share",
    floor: "prior",
    score: (scored, weights) => scoring(scored, false)(weights),
    scorer: (scored) => scoring(scored, true),
    influence: { ...law, byClass: true, of: (scored, weights) => influenceOfMean(duelsOf(scored), rankArea, weights) },
  };
}

function restMetric(name: string, title: string, tasks: Metric["tasks"], weighted: boolean): Metric {
  return aucMetric(
    { name, title, tasks, undefinedWhen: "a class has no rows" },
    (scored, keep) => meanOverRest(scored, weighted, keep),
    (scored) => oneVersusRest(name, scored, weighted),
    { settled: true, ...(!weighted && { rocArea: true as const }) },
  );
}

function pairMetric(name: string, title: string, weighted: boolean): Metric {
  const undefinedWhen = `a class has no rows, or there are more than ${MOST_PAIRED_CLASSES} classes`;
  return aucMetric(
    { name, title, tasks: ["multiclass"], undefinedWhen },
    (scored, keep) => meanOverPairs(scored, weighted, keep),
    (scored) => oneVersusOne(name, scored, weighted),
    { settled: false },
  );
}

/** Area under the ROC curve; for several classes the plain mean of each against the rest. 0.5 for any constant. */
export const rocAuc: Metric = restMetric("roc_auc", "ROC AUC", ["binary", "multiclass"], false);
/** Each class against the rest, weighted by its rows. */
export const rocAucWeighted: Metric = restMetric(
  "roc_auc_weighted",
  "ROC AUC, weighted by class",
  ["multiclass"],
  true,
);
/** Mean over pairs of classes (Hand & Till). */
export const rocAucOvo: Metric = pairMetric("roc_auc_ovo", "ROC AUC, one against one", false);
/** Mean over pairs of classes, weighted by the rows of the pair. */
export const rocAucOvoWeighted: Metric = pairMetric("roc_auc_ovo_weighted", "ROC AUC, one against one, weighted", true);
