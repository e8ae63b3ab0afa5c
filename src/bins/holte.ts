/**
 * The buckets of Holte's 1R ("Very simple classification rules perform well on most commonly used datasets", Machine
 * Learning 11, 1993) for one column. Equal values are one atom with the class counts of its rows, so that neither the
 * order of rows nor writing a row twice instead of giving it weight 2 matters. Ties between classes go to the first.
 */
import { mostFrequent } from "../models/answers.ts";

/** Rows by ascending value: their class codes and weights (absent: all 1). */
export interface SortedClasses {
  readonly values: Float64Array;
  readonly codes: Int32Array;
  readonly weights?: Float64Array;
}

/** Equal values, one after the other. */
export interface Atoms {
  /** The place before which each ends. */
  readonly ends: Int32Array;
  /** The most frequent class of each, the first of ties. */
  readonly labels: Int32Array;
}

/** O(rows + atoms with several rows x classes). */
export function atomsOf({ values, codes, weights }: SortedClasses, classes: number): Atoms {
  const ends = new Int32Array(values.length);
  const labels = new Int32Array(values.length);
  const counts = new Float64Array(classes);
  let atoms = 0;
  for (let i = 0; i < values.length; atoms++) {
    const start = i++;
    while (i < values.length && values[i] === values[start]) i++;
    ends[atoms] = i;
    labels[atoms] = i === start + 1 ? codes[start] : labelOf(codes, weights, start, i, counts);
  }
  return { ends: ends.subarray(0, atoms), labels: labels.subarray(0, atoms) };
}

function labelOf(
  codes: Int32Array,
  weights: Float64Array | undefined,
  start: number,
  end: number,
  counts: Float64Array,
): number {
  counts.fill(0);
  for (let i = start; i < end; i++) counts[codes[i]] += weights === undefined ? 1 : weights[i];
  return mostFrequent(counts, 0, counts.length);
}

/**
 * Cuts a number column into buckets: each grows from the left until its most frequent class has a weight of `small`, then
 * as long as the next value's most frequent class is the same; the last may stay small. Neighbours with the same label
 * are merged. Returns the place before which each bucket ends. O(rows).
 */
export function cutNumbers(
  { codes, weights }: SortedClasses,
  atoms: Atoms,
  classes: number,
  small: number,
): Int32Array {
  const { labels } = atoms;
  const counts = new Float64Array(classes);
  const ends = new Int32Array(labels.length);
  let buckets = 0;
  let last = -1;
  for (let atom = 0, i = 0; atom < labels.length; i = atoms.ends[atom - 1]) {
    counts.fill(0);
    let full = false;
    do {
      for (const end = atoms.ends[atom++]; i < end; i++)
        if ((counts[codes[i]] += weights === undefined ? 1 : weights[i]) >= small) full = true;
    } while (atom < labels.length && !full);
    const label = mostFrequent(counts, 0, classes);
    while (atom < labels.length && labels[atom] === label) atom++;
    if (label !== last) buckets++;
    ends[buckets - 1] = atoms.ends[atom - 1];
    last = label;
  }
  return ends.slice(0, buckets);
}

/** Class counts of the buckets that end at the given places. */
export function countsOf({ codes, weights }: SortedClasses, classes: number, ends: Int32Array): Float64Array {
  const counts = new Float64Array(ends.length * classes);
  let i = 0;
  for (let b = 0; b < ends.length; b++)
    for (; i < ends[b]; i++) counts[b * classes + codes[i]] += weights === undefined ? 1 : weights[i];
  return counts;
}

/** Halfway between the values on either side of each inner end, ascending. */
export function boundsOf({ values }: Pick<SortedClasses, "values">, ends: Int32Array): Float64Array {
  const bounds = new Float64Array(Math.max(0, ends.length - 1));
  for (let b = 0; b < bounds.length; b++) bounds[b] = between(values[ends[b] - 1], values[ends[b]]);
  return bounds;
}

export interface LevelBuckets {
  /** Buckets x classes. */
  readonly counts: Float64Array;
  /** The bucket of each level; -1: no row has it. */
  readonly bucketOf: Int32Array;
}

/** More levels than this may be an identifier in disguise. */
const MANY_LEVELS = 20;

/**
 * Buckets of a category column: one a level, as Holte has it. The guard against identifiers: where there are more than
 * 20 levels with less than `2 small` rows each on average, levels whose most frequent class has a weight under `small` share one
 * bucket (a number column could not have split them either). `counts`: levels x classes.
 */
export function levelBuckets(counts: Float64Array, classes: number, small: number): LevelBuckets {
  const levels = counts.length / classes;
  let seen = 0;
  let total = 0;
  for (let level = 0; level < levels; level++) {
    const weight = sum(counts, level * classes, classes);
    if (weight > 0) seen++;
    total += weight;
  }
  const guarded = seen > MANY_LEVELS && total < 2 * small * seen;
  const bucketOf = new Int32Array(levels).fill(-1);
  const kept: number[] = [];
  let shared = -1;
  for (let level = 0; level < levels; level++) {
    if (sum(counts, level * classes, classes) === 0) continue;
    const top = counts[level * classes + mostFrequent(counts, level * classes, classes)];
    if (guarded && top < small) {
      if (shared < 0) shared = kept.push(-1) - 1;
      bucketOf[level] = shared;
    } else bucketOf[level] = kept.push(level) - 1;
  }
  const out = new Float64Array(kept.length * classes);
  for (let level = 0; level < levels; level++)
    if (bucketOf[level] >= 0)
      for (let k = 0; k < classes; k++) out[bucketOf[level] * classes + k] += counts[level * classes + k];
  return { counts: out, bucketOf };
}

function sum(values: Float64Array, from: number, count: number): number {
  let total = 0;
  for (let i = from; i < from + count; i++) total += values[i];
  return total;
}

/** A number between two neighbours: halfway, or the lower one where rounding leaves no room. */
export function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}
