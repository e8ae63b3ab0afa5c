import { placements, type Ranking } from "../numeric/placements.ts";
import type { Influence, Metric, Scored } from "./contract.ts";
import { influenceOfMean, oneVersusOne, oneVersusRest, rankingsOf, type Duels, type Ranked } from "./rankings.ts";
import { classified } from "./scored.ts";

type Scorer = (weights?: Float64Array) => number;

/** P(a positive row scores above a negative one), ties counting half, for any weights. NaN without rows of both kinds. O(n). */
function areaUnder({ order, labels, ends }: Ranking): Scorer {
  return (weights) => {
    let below = 0; // weight of negatives under the current score
    let won = 0;
    let positives = 0;
    for (let i = 0; i < order.length;) {
      let hits = 0;
      let misses = 0;
      for (const end = ends[i]; i < end; i++) {
        const w = weights === undefined ? 1 : weights[order[i]];
        if (labels[i] === 1) hits += w;
        else misses += w;
      }
      won += hits * (below + misses / 2);
      below += misses;
      positives += hits;
    }
    return positives > 0 && below > 0 ? won / (positives * below) : Number.NaN;
  };
}

/** The area of each duel. @param keep Rank the rows once, for many weightings; else one duel after another, when asked for. */
function areasOf({ rankings }: Duels, keep: boolean): (weights?: Float64Array) => readonly number[] {
  const kept = keep ? Array.from(rankings, areaUnder) : undefined;
  return (weights) =>
    kept ? kept.map((area) => area(weights)) : Array.from(rankings, (ranking) => areaUnder(ranking)(weights));
}

/** Does a row have no answer, as of a model without a row of any weight? */
function hasGap(probabilities: Float64Array): boolean {
  for (let i = 0; i < probabilities.length; i++) if (probabilities[i] !== probabilities[i]) return true;
  return false;
}

/** How much each class's rows weigh. */
function weightsOf(codes: Int32Array, classes: number, weights: Float64Array | undefined): Float64Array {
  const out = new Float64Array(classes);
  for (let i = 0; i < codes.length; i++) out[codes[i]] += weights === undefined ? 1 : weights[i];
  return out;
}

/** @param keep As above. */
function meanOverRest(scored: Scored, weighted: boolean, keep: boolean): Scorer {
  const { codes, probabilities, classes } = classified("roc_auc", scored);
  if (hasGap(probabilities)) return () => Number.NaN;
  if (classes > 2 && new Set(codes).size < classes) return () => Number.NaN;
  const areas = areasOf(oneVersusRest("roc_auc", scored, false), keep);
  if (classes === 2) return (weights) => areas(weights)[0];
  return (weights) => {
    const shares = weighted ? weightsOf(codes, classes, weights) : new Float64Array(classes).fill(1);
    let sum = 0;
    let total = 0;
    for (const [k, area] of areas(weights).entries()) {
      sum += shares[k] * area;
      total += shares[k];
    }
    return sum / total;
  };
}

/** Class weights under the current score and at it, and what rows won against each class so far. */
type Against = Record<"below" | "tied" | "won", Float64Array>;

/**
 * The areas of a class against each other one alone, by its own score, from one walk over all rows; NaN at its own place. As
 * `areaUnder` of the rows of both, to the bit. O(rows + rows of the class x classes).
 */
function areasAgainst(
  { order, labels, ends }: Ranking,
  codes: Int32Array,
  weights: Float64Array | undefined,
  { below, tied, won }: Against,
  out: Float64Array,
): void {
  below.fill(0);
  won.fill(0);
  let positives = 0;
  for (let i = 0; i < order.length;) {
    const start = i;
    let hits = 0;
    for (const end = ends[i]; i < end; i++) {
      const w = weights === undefined ? 1 : weights[order[i]];
      if (labels[i] === 1) hits += w;
      else tied[codes[order[i]]] += w;
    }
    if (hits > 0) for (let k = 0; k < out.length; k++) won[k] += hits * (below[k] + tied[k] / 2);
    for (let j = start; j < i; j++) {
      const k = codes[order[j]];
      below[k] += tied[k];
      tied[k] = 0;
    }
    positives += hits;
  }
  for (let k = 0; k < out.length; k++)
    out[k] = positives > 0 && below[k] > 0 ? won[k] / (positives * below[k]) : Number.NaN;
}

/** Pairs grow with the square of the classes; beyond this a mean over pairs is not made. */
const MOST_PAIRED_CLASSES = 50;

/**
 * Hand & Till (2001): mean over pairs of classes of the two AUCs within the pair; weighted: by the pair's rows.
 * O(classes x rows).
 * @param keep As above.
 */
function meanOverPairs(scored: Scored, weighted: boolean, keep: boolean): Scorer {
  const { codes, probabilities, classes } = classified("roc_auc_ovo", scored);
  const isPaired = classes <= MOST_PAIRED_CLASSES && !weightsOf(codes, classes, undefined).includes(0);
  if (!isPaired || hasGap(probabilities)) return () => Number.NaN;
  const each = Array.from({ length: classes }, (_, k) => k);
  const made = rankingsOf("roc_auc_ovo", scored, each);
  const rankings = keep ? [...made] : made;
  const numbers = (): Float64Array => new Float64Array(classes);
  const spare = { below: numbers(), tied: numbers(), won: numbers() };
  const areas = each.map(numbers);
  return (weights) => {
    let j = 0;
    for (const ranking of rankings) areasAgainst(ranking, codes, weights, spare, areas[j++]);
    const sizes = weighted ? weightsOf(codes, classes, weights) : undefined;
    let sum = 0;
    let total = 0;
    for (let a = 0; a < classes; a++)
      for (let b = a + 1; b < classes; b++) {
        const share = sizes === undefined ? 1 : sizes[a] + sizes[b];
        sum += (share * (areas[a][b] + areas[b][a])) / 2;
        total += share;
      }
    return sum / total;
  };
}

/** How far the placement of a case is from the mean placement of its class. */
function rankArea(ranking: Ranking, rows: number, weights?: Float64Array): Ranked {
  const { auc: value, values, totals } = placements(ranking, weights);
  const { order, labels } = ranking;
  const influence = new Float64Array(order.length);
  for (let k = 0; k < order.length; k++) {
    const w = weights === undefined ? 1 : weights[order[k]];
    influence[k] = (rows * w * (values[k] - value)) / totals[labels[k]];
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
