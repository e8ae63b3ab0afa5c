/** Metrics of rankings: areas under ROC and precision-recall curves, of one class against the rest or by pairs. */
import { ascendingOrder } from "../../numeric/ranks.ts";
import type { Scored } from "../../evaluate/metrics/contract.ts";
import { placements } from "../placements.ts";
import { classwise, type SmoothMetric, type Weighable } from "./contract.ts";

/** A score of one binary ranking with its row influence (rows left out have 0), both at given weights. */
interface Ranked {
  readonly value: number;
  readonly influence: Float64Array;
}

/** One class (1) against others (0); rows with 255 are left out. */
interface Duel {
  readonly positive: Uint8Array;
  readonly scores: Float64Array;
  readonly order: Int32Array;
}

const LEFT_OUT = 255;

function duel(positive: Uint8Array, scores: Float64Array): Duel {
  return { positive, scores, order: ascendingOrder(scores) };
}

/** Area under the ROC curve. Influence of a case: how far its placement is from the mean placement of its class. */
function rocArea({ positive, scores, order }: Duel, weights?: Float64Array): Ranked {
  const { auc, values } = placements(positive, scores, weights, order);
  const totals = [0, 0];
  for (let i = 0; i < positive.length; i++) if (positive[i] !== LEFT_OUT) totals[positive[i]] += weights?.[i] ?? 1;
  const influence = new Float64Array(scores.length);
  for (let i = 0; i < scores.length; i++) {
    if (positive[i] === LEFT_OUT) continue;
    influence[i] = (scores.length * (weights?.[i] ?? 1) * (values[i] - auc)) / totals[positive[i]];
  }
  return { value: auc, influence };
}

/**
 * Average precision: the mean over positives of the precision at their score (ties taken together). A row also moves the
 * precision at every score at or below its own, which a running sum from the bottom of the ranking collects.
 */
function averagePrecision({ positive, scores, order }: Duel, weights?: Float64Array): Ranked {
  const rows = order.length;
  const hits = new Float64Array(rows); // weight of positives at or above, by place in the ranking
  const misses = new Float64Array(rows);
  let hit = 0;
  let miss = 0;
  for (let end = rows; end > 0;) {
    let start = end;
    for (; start > 0 && scores[order[start - 1]] === scores[order[end - 1]]; start--) {
      const i = order[start - 1];
      if (positive[i] === 1) hit += weights?.[i] ?? 1;
      else if (positive[i] === 0) miss += weights?.[i] ?? 1;
    }
    for (let k = start; k < end; k++) [hits[k], misses[k]] = [hit, miss];
    end = start;
  }
  let sum = 0;
  for (let k = 0; k < rows; k++) {
    if (positive[order[k]] === 1) sum += ((weights?.[order[k]] ?? 1) * hits[k]) / (hits[k] + misses[k]);
  }
  const value = sum / hit;
  return { value, influence: precisionInfluence({ positive, scores, order }, hits, misses, value, hit, weights) };
}

function precisionInfluence(
  { positive, scores, order }: Duel,
  hits: Float64Array,
  misses: Float64Array,
  value: number,
  total: number,
  weights?: Float64Array,
): Float64Array {
  const rows = order.length;
  const influence = new Float64Array(rows);
  let gained = 0; // Σ over positives at or below: w misses / (hits + misses)²
  let lost = 0; // Σ over positives at or below: w hits / (hits + misses)²
  for (let start = 0; start < rows;) {
    let end = start;
    for (; end < rows && scores[order[end]] === scores[order[start]]; end++) {
      if (positive[order[end]] !== 1) continue;
      const w = (weights?.[order[end]] ?? 1) / (hits[end] + misses[end]) ** 2;
      gained += w * misses[end];
      lost += w * hits[end];
    }
    for (let k = start; k < end; k++) {
      const i = order[k];
      if (positive[i] === LEFT_OUT) continue;
      const own = positive[i] === 1 ? hits[k] / (hits[k] + misses[k]) - value + gained : -lost;
      influence[i] = (rows * (weights?.[i] ?? 1) * own) / total;
    }
    start = end;
  }
  return influence;
}

/** Several duels as one metric: a mean with shares that may themselves depend on how often classes occur. */
interface Panel {
  readonly duels: readonly Duel[];
  /** The classes whose frequency makes a duel's share; absent: equal shares. */
  readonly shares?: readonly (readonly number[])[];
}

function panelValue(
  { duels, shares }: Panel,
  codes: Int32Array,
  classes: number,
  score: typeof rocArea,
  weights?: Float64Array,
): Ranked {
  const rows = codes.length;
  const frequency = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    frequency[codes[i]] += weights?.[i] ?? 1;
    total += weights?.[i] ?? 1;
  }
  const ranked = duels.map((d) => score(d, weights));
  if (duels.length === 1) return ranked[0];
  const shareOf = duels.map((_, d) => shares?.[d].reduce((sum, k) => sum + frequency[k] / total, 0) ?? 1);
  const all = shareOf.reduce((a, b) => a + b, 0);
  const value = ranked.reduce((sum, r, d) => sum + shareOf[d] * r.value, 0) / all;
  const influence = new Float64Array(rows);
  ranked.forEach((r, d) => {
    const own = new Set(shares?.[d]);
    for (let i = 0; i < rows; i++) {
      influence[i] += (shareOf[d] * r.influence[i]) / all;
      if (own.has(codes[i])) influence[i] += (rows * (weights?.[i] ?? 1) * (r.value - value)) / (total * all);
    }
  });
  return { value, influence };
}

/** Scores of class k. */
function column(prediction: Scored["prediction"] & { kind: "probability" }, k: number): Float64Array {
  const rows = prediction.values.length / prediction.classes;
  return Float64Array.from({ length: rows }, (_, i) => prediction.values[i * prediction.classes + k]);
}

function panel(name: string, codes: Int32Array, prediction: Scored["prediction"] & { kind: "probability" }): Panel {
  const { classes } = prediction;
  const against = (k: number, j?: number): Uint8Array =>
    Uint8Array.from(codes, (code) => (code === k ? 1 : j === undefined || code === j ? 0 : LEFT_OUT));
  if (classes === 2) return { duels: [duel(against(1), column(prediction, 1))] };
  const columns = Array.from({ length: classes }, (_, k) => column(prediction, k));
  const all = columns.map((_, k) => k);
  const byShare = name.endsWith("_weighted");
  if (!name.includes("ovo")) {
    return { duels: all.map((k) => duel(against(k), columns[k])), ...(byShare ? { shares: all.map((k) => [k]) } : {}) };
  }
  // Hand and Till: each pair of classes is judged by the scores of both.
  const pairs = all.flatMap((j) => all.filter((k) => k !== j).map((k) => [j, k] as const));
  return {
    duels: pairs.map(([j, k]) => duel(against(j, k), columns[j])),
    ...(byShare ? { shares: pairs } : {}),
  };
}

function prepareWith(score: typeof rocArea, byClass: boolean): SmoothMetric["prepare"] {
  return (name, { truth, prediction }): Weighable | undefined => {
    if (truth.task === "regression" || prediction.kind !== "probability") return undefined;
    const { codes } = truth;
    const { classes } = prediction;
    const parts = panel(name, codes, prediction);
    return {
      value: (weights) => panelValue(parts, codes, classes, score, weights).value,
      influence: (weights) => {
        const { influence } = panelValue(parts, codes, classes, score, weights);
        return byClass ? classwise(influence, codes, classes) : influence;
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
