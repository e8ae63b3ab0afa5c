/** A class's own score: its hits over so much of the rows that are it and of those called it. */
import { zeros, type ConfusionTable, type TableGradient } from "./confusion-table.ts";

export interface ClassScore {
  readonly truth: number;
  readonly predicted: number;
}

export const RECALL: ClassScore = { truth: 1, predicted: 0 };
export const PRECISION: ClassScore = { truth: 0, predicted: 1 };
export const F1: ClassScore = { truth: 0.5, predicted: 0.5 };

function baseOf(table: ConfusionTable, score: ClassScore, k: number): number {
  return score.truth * table.truth[k] + score.predicted * table.predicted[k];
}

/** The score of class k; 0 where there is nothing to divide by. */
export function classScore(table: ConfusionTable, score: ClassScore, k: number): number {
  const base = baseOf(table, score, k);
  return base > 0 ? table.hits[k] / base : 0;
}

/** Adds scale x the derivative of class k's score by each cell. */
export function addClassGradient(
  table: ConfusionTable,
  score: ClassScore,
  k: number,
  scale: number,
  gradient: TableGradient,
): void {
  const base = baseOf(table, score, k);
  if (!(base > 0)) return;
  const pull = (-scale * table.hits[k]) / (base * base);
  gradient.hits[k] += scale / base;
  gradient.truth[k] += pull * score.truth;
  gradient.predicted[k] += pull * score.predicted;
}

/** The derivative of the plain mean over some classes. */
export function meanGradient(table: ConfusionTable, score: ClassScore, members: readonly number[]): TableGradient {
  const gradient = zeros(table.classes);
  for (const k of members) addClassGradient(table, score, k, 1 / members.length, gradient);
  return gradient;
}
