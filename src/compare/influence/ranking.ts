/** Metrics of rankings: areas under ROC and precision-recall curves, of one class against the rest or by pairs. */
import type { Scored } from "../../metrics/contract.ts";
import { placements, rankingOf, type Ranking } from "../placements.ts";
import { classwise, type SmoothMetric, type Weighable } from "./contract.ts";

/** A score of one binary ranking with its row influence (rows left out have 0), both at given weights. */
interface Ranked {
  readonly value: number;
  /** Made only when asked for. */
  readonly influence: () => Float64Array;
}

type Score = (ranking: Ranking, rows: number, weights?: Float64Array) => Ranked;

const LEFT_OUT = 255;
/** As of the metrics themselves. */
const MOST_PAIRED_CLASSES = 100;

/** Area under the ROC curve. Influence of a case: how far its placement is from the mean placement of its class. */
const rocArea: Score = (ranking, rows, weights) => {
  const { auc, values, totals } = placements(ranking, weights);
  const { order, labels } = ranking;
  return {
    value: auc,
    influence: () => {
      const influence = new Float64Array(rows);
      for (let k = 0; k < order.length; k++) {
        const w = weights === undefined ? 1 : weights[order[k]];
        influence[order[k]] = (rows * w * (values[k] - auc)) / totals[labels[k]];
      }
      return influence;
    },
  };
};

/**
 * Average precision: the mean over positives of the precision at their score (ties taken together). A row also moves the
 * precision at every score at or below its own, which a running sum from the bottom of the ranking collects. 0 where no
 * positive has weight, whatever the rows weigh.
 */
const averagePrecision: Score = (ranking, rows, weights) => {
  const { order, labels } = ranking;
  let hit = 0;
  let miss = 0;
  for (let k = 0; k < order.length; k++) {
    const w = weights === undefined ? 1 : weights[order[k]];
    if (labels[k] === 1) hit += w;
    else miss += w;
  }
  if (!(hit > 0)) return { value: 0, influence: () => new Float64Array(rows) };
  const value = precisionSum(ranking, hit, miss, weights) / hit;
  return { value, influence: () => precisionInfluence(ranking, rows, hit, miss, value, weights) };
};

/** Σ over positives of weight x precision, from the lowest score up; `hit` and `miss` are all the weight there is. */
function precisionSum({ order, labels, ends }: Ranking, hit: number, miss: number, weights?: Float64Array): number {
  let sum = 0;
  for (let start = 0; start < order.length;) {
    const end = ends[start];
    let tied = 0;
    let tiedMiss = 0;
    for (let k = start; k < end; k++) {
      const w = weights === undefined ? 1 : weights[order[k]];
      if (labels[k] === 1) tied += w;
      else tiedMiss += w;
    }
    if (tied > 0) sum += (tied * hit) / (hit + miss);
    hit -= tied;
    miss -= tiedMiss;
    start = end;
  }
  return sum;
}

function precisionInfluence(
  { order, labels, ends }: Ranking,
  rows: number,
  total: number,
  misses: number,
  value: number,
  weights?: Float64Array,
): Float64Array {
  const influence = new Float64Array(rows);
  let hit = total;
  let miss = misses;
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
    gained += (tied * miss) / (both * both);
    lost += (tied * hit) / (both * both);
    for (let k = start; k < end; k++) {
      const w = weights === undefined ? 1 : weights[order[k]];
      const own = labels[k] === 1 ? hit / both - value + gained : -lost;
      influence[order[k]] = (rows * w * own) / total;
    }
    hit -= tied;
    miss -= tiedMiss;
    start = end;
  }
  return influence;
}

/** Several duels as one metric: a mean with shares that may themselves depend on how often classes occur. */
interface Panel {
  readonly duels: readonly Ranking[];
  /** The classes whose frequency makes a duel's share; absent: equal shares. */
  readonly shares?: readonly (readonly number[])[];
}

function panelValue(
  { duels, shares }: Panel,
  codes: Int32Array,
  classes: number,
  score: Score,
  weights?: Float64Array,
): Ranked {
  const rows = codes.length;
  const ranked = duels.map((ranking) => score(ranking, rows, weights));
  if (duels.length === 1) return ranked[0];
  const frequency = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    frequency[codes[i]] += weights?.[i] ?? 1;
    total += weights?.[i] ?? 1;
  }
  const shareOf = duels.map((_, d) => shares?.[d].reduce((sum, k) => sum + frequency[k] / total, 0) ?? 1);
  const all = shareOf.reduce((a, b) => a + b, 0);
  const value = ranked.reduce((sum, r, d) => sum + shareOf[d] * r.value, 0) / all;
  const influence = (): Float64Array => {
    const out = new Float64Array(rows);
    ranked.forEach((r, d) => {
      const own = new Set(shares?.[d]);
      const part = r.influence();
      for (let i = 0; i < rows; i++) {
        out[i] += (shareOf[d] * part[i]) / all;
        if (own.has(codes[i])) out[i] += (rows * (weights?.[i] ?? 1) * (r.value - value)) / (total * all);
      }
    });
    return out;
  };
  return { value, influence };
}

/** Scores of class k. */
function column({ values, classes }: Scored["prediction"] & { kind: "probability" }, k: number): Float64Array {
  const out = new Float64Array(values.length / classes);
  for (let i = 0; i < out.length; i++) out[i] = values[i * classes + k];
  return out;
}

/** 1 for class k, 0 for class j (or any other), the rest left out. */
function labelled(codes: Int32Array, k: number, j?: number): Uint8Array {
  const out = new Uint8Array(codes.length);
  for (let i = 0; i < codes.length; i++) out[i] = codes[i] === k ? 1 : j === undefined || codes[i] === j ? 0 : LEFT_OUT;
  return out;
}

function panel(name: string, codes: Int32Array, prediction: Scored["prediction"] & { kind: "probability" }): Panel {
  const { classes } = prediction;
  if (classes === 2) return { duels: [rankingOf(labelled(codes, 1), column(prediction, 1))] };
  const columns = Array.from({ length: classes }, (_, k) => column(prediction, k));
  const all = columns.map((_, k) => k);
  const byShare = name.endsWith("_weighted");
  if (!name.includes("ovo")) {
    return {
      duels: all.map((k) => rankingOf(labelled(codes, k), columns[k])),
      ...(byShare ? { shares: all.map((k) => [k]) } : {}),
    };
  }
  // Hand and Till: each pair of classes is judged by the scores of both.
  const pairs = all.flatMap((j) => all.filter((k) => k !== j).map((k) => [j, k] as const));
  return {
    duels: pairs.map(([j, k]) => rankingOf(labelled(codes, j, k), columns[j])),
    ...(byShare ? { shares: pairs } : {}),
  };
}

function prepareWith(score: Score, byClass: boolean): SmoothMetric["prepare"] {
  return (name, { truth, prediction }): Weighable | undefined => {
    if (truth.task === "regression" || prediction.kind !== "probability") return undefined;
    const { codes } = truth;
    const { classes } = prediction;
    if (name.includes("ovo") && classes > MOST_PAIRED_CLASSES) return undefined; // there the metric is not defined
    const parts = panel(name, codes, prediction);
    return {
      value: (weights) => panelValue(parts, codes, classes, score, weights).value,
      both: (weights) => {
        const { value, influence } = panelValue(parts, codes, classes, score, weights);
        return { value, influence: byClass ? classwise(influence(), codes, classes) : influence() };
      },
    };
  };
}

/** Areas under ROC curves; by default one class against the rest, all classes equal. */
export const rocAreas: SmoothMetric = {
  metrics: ["roc_auc", "roc_auc_ovr", "roc_auc_ovr_weighted"],
  settled: true,
  prepare: prepareWith(rocArea, true),
};

/** Areas by pairs of classes. */
export const pairwiseAreas: SmoothMetric = {
  metrics: ["roc_auc_ovo", "roc_auc_ovo_weighted"],
  settled: false,
  prepare: prepareWith(rocArea, true),
};

export const averagePrecisions: SmoothMetric = {
  metrics: ["average_precision", "average_precision_weighted"],
  settled: false,
  prepare: prepareWith(averagePrecision, false),
};
