import { evenlySpaced, type TrainingRows } from "../training-rows.ts";

/** With more training rows than this, columns are compared on a sample first. */
const MANY_ROWS = 100_000;
const SAMPLE = 50_000;
/** So many columns go on to be compared on all rows. */
const FINALISTS = 3;

/**
 * The columns that are worth comparing on all training rows: all of them up to 100,000 rows; above, the three best by
 * each merit on every n-th row (50,000 in all). `merits`: for each option one number a column, the larger the better.
 */
export function finalists(
  training: TrainingRows,
  columns: readonly number[],
  merits: (sample: TrainingRows) => readonly (readonly number[])[],
): readonly number[] {
  if (training.rows.length <= MANY_ROWS) return columns;
  const found = merits(evenlySpaced(training, SAMPLE));
  const kept = new Set<number>();
  for (const ofOption of found) {
    const ranked = [...columns.keys()].sort((a, b) => ofOption[b] - ofOption[a] || a - b);
    for (const i of ranked.slice(0, FINALISTS)) kept.add(columns[i]);
  }
  return columns.filter((column) => kept.has(column));
}
