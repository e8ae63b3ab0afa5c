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

/**
 * Cuts a number column into buckets: each grows from the left until its most frequent class has a weight of `small`, then
 * as long as the next value's most frequent class is the same; the last may stay small. Neighbours with the same label
 * are merged. Returns the place before which each bucket ends.
 * O(rows x classes) at worst, O(rows) when values are mostly different.
 */
export function cutNumbers({ values, codes, weights }: SortedClasses, classes: number, small: number): Int32Array {
  const counts = new Float64Array(classes);
  const ofAtom = new Float64Array(classes);
  const ends: number[] = [];
  let last = -1;
  for (let i = 0; i < values.length;) {
    counts.fill(0);
    let label = 0;
    do {
      const value = values[i];
      for (; i < values.length && values[i] === value; i++) {
        const code = codes[i];
        counts[code] += weights === undefined ? 1 : weights[i];
        if (counts[code] > counts[label] || (counts[code] === counts[label] && code < label)) label = code;
      }
    } while (i < values.length && counts[label] < small);
    while (i < values.length) {
      const end = atomEnd(values, i);
      if (atomLabel(codes, weights, i, end, ofAtom) !== label) break;
      i = end;
    }
    if (label === last) ends[ends.length - 1] = i;
    else ends.push(i);
    last = label;
  }
  return Int32Array.from(ends);
}

function atomEnd(values: Float64Array, start: number): number {
  let end = start + 1;
  while (end < values.length && values[end] === values[start]) end++;
  return end;
}

/** The most frequent class at one value, the first of ties. */
function atomLabel(
  codes: Int32Array,
  weights: Float64Array | undefined,
  start: number,
  end: number,
  counts: Float64Array,
): number {
  if (end === start + 1) return codes[start];
  counts.fill(0);
  for (let i = start; i < end; i++) counts[codes[i]] += weights === undefined ? 1 : weights[i];
  return mostFrequent(counts, 0, counts.length);
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
  return Float64Array.from(ends.subarray(0, -1), (end) => between(values[end - 1], values[end]));
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
