/** What a grower needs to know of a target: how nodes are summed up and how the best split of a column is found. */
import type { Candidate } from "./candidate.ts";

/**
 * A measure holds the statistics of the training rows (by place) and scratch memory of one fit. The grower calls
 * `enter` before either search, then `load` before `searchRows`.
 */
export interface Measure {
  /** Numbers a bin in a histogram; 0: this measure uses none. */
  readonly width: number;
  /** Numbers that sum up a node. */
  readonly stats: number;
  /** Whether histograms of whole nodes can be kept, so that one child's is the parent's minus its sibling's. */
  readonly keepsHistograms: boolean;
  /** Sums up the rows order[0 .. count). */
  root(order: Int32Array, count: number): Float64Array;
  /** Weight of the rows of a node. */
  weight(stats: Float64Array, at: number): number;
  /** Whether the rows order[start .. end), at least one, all have the same target, so that no split can gain. */
  isPure(order: Int32Array, start: number, end: number): boolean;
  /** Adds the rows order[start .. end) to the histogram of all columns, or (`sign` -1) takes them out of it. */
  addToHistogram(histogram: Float64Array, order: Int32Array, start: number, end: number, sign: 1 | -1): void;
  /** Tells which node is searched, and the bounds that monotone constraints above it set. */
  enter(stats: Float64Array, at: number, lower: number, upper: number): void;
  /** Betters the candidate by splits on a column, from the node's histogram. */
  searchHistogram(column: number, histogram: Float64Array, best: Candidate): void;
  /** Makes the rows order[start .. end) ready for `searchRows`. */
  load(order: Int32Array, start: number, end: number): void;
  /** As `searchHistogram`, from the loaded rows. */
  searchRows(column: number, order: Int32Array, start: number, end: number, best: Candidate): void;
  /** The value a node would predict, in the unit of the bounds; read where there are monotone constraints. */
  value(stats: Float64Array, at: number, order: Int32Array, start: number, end: number): number;
}
