/** All questions about one column of a set of rows, and which of them parts the rows best. */
import type { BinnedColumn } from "./bins.ts";
import type { Condition } from "../../../models/rule-list/condition.ts";
import type { Evidence } from "./evidence.ts";
import type { Shortlist } from "./shortlist.ts";

/** A condition and the bins for which it holds. */
export interface Question {
  readonly condition: Condition;
  readonly column: BinnedColumn;
  /** One a bin, missing values last: 1 where the condition holds. */
  readonly holds: Uint8Array;
}

/** What a question is, made out only when it is chosen. */
export type Asked = () => Question;

/** Longer lists of levels are not asked for: nobody reads them. */
const MOST_LEVELS = 5;

/** What all questions about a set of rows have in common. */
export interface Asking {
  readonly evidence: Evidence;
  /** The sums of the rows that gains are measured on: at least those that are asked about. */
  readonly whole: Float64Array;
  /** What those rows cost with one answer for all. */
  readonly before: number;
  /** The weight that must be on either side. */
  readonly cover: number;
}

/**
 * Offers the questions about a column.
 * @param sums Of the rows that are asked about, bin by bin: (bins + 1) x width, missing values last.
 */
export function offerQuestions(column: BinnedColumn, sums: Float64Array, asking: Asking, best: Shortlist<Asked>): void {
  const { evidence, whole, before } = asking;
  if (!best.takes(evidence.mostGain(sums, column.bins, whole, before))) return;
  if (column.levels === undefined) offerNumbers(column, sums, asking, best);
  else offerLevels(column, column.levels, sums, asking, best);
  const missing = column.bins * evidence.width;
  if (evidence.weight(sums, missing) === 0) return;
  const gain = gainOf(asking, sums.subarray(missing, missing + evidence.width));
  if (best.takes(gain))
    best.put(gain, () => ({
      condition: { kind: "missing", column: column.column },
      column,
      holds: Uint8Array.from({ length: column.bins + 1 }, (_, b) => (b === column.bins ? 1 : 0)),
    }));
}

/** What is gained by giving rows an answer of their own: 0 where either side lacks the weight. */
function gainOf({ evidence, whole, before, cover }: Asking, inside: Float64Array): number {
  return evidence.gain(inside, whole, before, cover);
}

/** 1 for the bins of values for which something holds; missing values, last, are never among them. */
function binsWhere({ bins }: BinnedColumn, holds: (bin: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: bins + 1 }, (_, bin) => (bin < bins && holds(bin) ? 1 : 0));
}

function addTo(total: Float64Array, sums: Float64Array, from: number, sign: number): void {
  for (let k = 0; k < total.length; k++) total[k] += sign * sums[from + k];
}

function offerNumbers(column: BinnedColumn, sums: Float64Array, asking: Asking, best: Shortlist<Asked>): void {
  const { evidence, whole, before, cover } = asking;
  const gains = evidence.cutGains(sums, column.bins, whole, before, cover);
  for (let i = 0; i < 2 * (column.bins - 1); i++)
    if (best.takes(gains[i])) best.put(gains[i], boundQuestion(column, i >> 1, i % 2 === 1));
}

function boundQuestion(column: BinnedColumn, bound: number, above: boolean): Asked {
  return () => ({
    condition: { kind: "bound", column: column.column, above, bound: column.bounds![bound] },
    column,
    holds: binsWhere(column, (bin) => bin > bound === above),
  });
}

/** Sets of a few levels that stand first when levels are ordered by the target, and all but a few. */
function offerLevels(
  column: BinnedColumn,
  levels: Int32Array,
  sums: Float64Array,
  asking: Asking,
  best: Shortlist<Asked>,
): void {
  const { evidence } = asking;
  const { width } = evidence;
  const known = new Float64Array(width);
  const weights = new Float64Array(levels.length);
  const scores = new Float64Array(levels.length);
  const present: number[] = [];
  for (let b = 0; b < levels.length; b++) {
    addTo(known, sums, b * width, 1);
    weights[b] = evidence.weight(sums, b * width);
    if (weights[b] > 0) present.push(b);
  }
  const inside = new Float64Array(width);
  const outside = new Float64Array(width);
  const question = (named: readonly number[], without: boolean) => (): Question => ({
    condition: {
      kind: "levels",
      column: column.column,
      without,
      levels: named.map((b) => levels[b]).sort((a, b) => a - b),
    },
    column,
    holds: binsWhere(column, (b) => named.includes(b) !== without),
  });
  for (let k = 0; k < evidence.orders; k++) {
    for (const b of present) scores[b] = evidence.score(sums, b * width, weights[b], k);
    const ordered = present.toSorted((a, b) => scores[b] - scores[a] || a - b);
    for (const list of evidence.orders === 1 ? [ordered, ordered.toReversed()] : [ordered]) {
      inside.fill(0);
      outside.set(known);
      for (let size = 1; size <= MOST_LEVELS && size < list.length; size++) {
        const bin = list[size - 1];
        if (levels[bin] < 0) break; // rare levels have no name in common
        addTo(inside, sums, bin * width, 1);
        addTo(outside, sums, bin * width, -1);
        const gainInside = gainOf(asking, inside);
        if (best.takes(gainInside)) best.put(gainInside, question(list.slice(0, size), false));
        const gainOutside = gainOf(asking, outside);
        if (best.takes(gainOutside)) best.put(gainOutside, question(list.slice(0, size), true));
      }
    }
  }
}
