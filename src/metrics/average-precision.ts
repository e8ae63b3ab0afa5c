import { argsort } from "../numeric/argsort.ts";
import type { Ranking } from "../numeric/placements.ts";
import type { Metric, Scored } from "./contract.ts";
import { influenceOfMean, oneVersusRest, type Ranked } from "./rankings.ts";
import { classified, probabilityOf } from "./scored.ts";

type Scorer = (weights?: Float64Array) => number;

/** Sum of precision x step in recall from the highest score down, ties as one step. NaN without positives. O(n) a weighting. */
function areaUnder(
  scores: Float64Array,
  codes: Int32Array,
  k: number,
  ascending: Int32Array = argsort(scores),
): Scorer {
  const order = ascending.toReversed();
  return (weights) => {
    let hits = 0;
    let called = 0;
    let area = 0;
    for (let i = 0; i < order.length;) {
      const score = scores[order[i]];
      if (Number.isNaN(score)) return Number.NaN; // of a model without a row of any weight
      let step = 0;
      for (; i < order.length && scores[order[i]] === score; i++) {
        const w = weights?.[order[i]] ?? 1;
        called += w;
        if (codes[order[i]] === k) step += w;
      }
      hits += step;
      if (step > 0) area += step * (hits / called);
    }
    return hits > 0 ? area / hits : Number.NaN;
  };
}

/** @param keep Sort each class's scores once, for many weightings; else one class after another, when it is asked for. */
function meanOverClasses(scored: Scored, keep: boolean): Scorer {
  const { codes, probabilities, classes } = classified("average_precision", scored);
  const areaOf = (k: number): Scorer =>
    areaUnder(probabilityOf(probabilities, classes, k), codes, k, scored.orderOf?.(k));
  if (classes === 2) return areaOf(1);
  const kept = keep ? Array.from({ length: classes }, (_, k) => areaOf(k)) : [];
  return (weights) => {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += (kept[k] ?? areaOf(k))(weights);
    return sum / classes;
  };
}

/**
 * Average precision is the mean over positives of the precision at their score (ties taken together). A row also moves the
 * precision at every score at or below its own, which a running sum from the bottom of the ranking collects.
 */
function rankPrecision({ order, labels, ends }: Ranking, rows: number, weights?: Float64Array): Ranked {
  let hit = 0;
  let miss = 0;
  for (let k = 0; k < order.length; k++) {
    const w = weights === undefined ? 1 : weights[order[k]];
    if (labels[k] === 1) hit += w;
    else miss += w;
  }
  const total = hit;
  const influence = new Float64Array(order.length);
  let sum = 0; // Σ over positives: w x precision
  let gained = 0; // Σ over positives at or below: w misses / (hits + misses)²
  let lost = 0; // Σ over positives at or below: w hits / (hits + misses)²
  for (let start = 0; start < order.length;) {
    const end = ends[start];
    const both = hit + miss;
    let tied = 0;
    let tiedMiss = 0;
    for (let k = start; k < end; k++) {
      const w = weights === undefined ? 1 : weights[order[k]];
      if (labels[k] === 1) tied += w;
      else tiedMiss += w;
    }
    if (!(both > 0)) break; // only rows without weight are left above
    sum += (tied * hit) / both;
    gained += (tied * miss) / (both * both);
    lost += (tied * hit) / (both * both);
    for (let k = start; k < end; k++) {
      const w = weights === undefined ? 1 : weights[order[k]];
      influence[k] = (rows * w * (labels[k] === 1 ? hit / both + gained : -lost)) / total;
    }
    hit -= tied;
    miss -= tiedMiss;
    start = end;
  }
  const value = sum / total;
  for (let k = 0; k < order.length; k++) {
    if (labels[k] === 1) influence[k] -= (rows * (weights === undefined ? 1 : weights[order[k]]) * value) / total;
  }
  return { value, influence };
}

/** Average precision (area under precision-recall, no interpolation); macro over classes. The prevalence for a constant. */
export const averagePrecision: Metric = {
  name: "average_precision",
  title: "Average precision",
  tasks: ["binary", "multiclass"],
  needs: "probability",
  direction: "maximize",
  range: [0, 1],
  unit: "share",
  floor: "prior",
  undefinedWhen: "a class has no rows",
  ofPositive: true,
  score: (scored, weights) => meanOverClasses(scored, false)(weights),
  scorer: (scored) => meanOverClasses(scored, true),
  influence: {
    settled: false,
    of: (scored, weights) => influenceOfMean(oneVersusRest("average_precision", scored, false), rankPrecision, weights),
  },
};
