/** At most `most` (2 or more) members of a list, its ends among them, at even distances. */
export function thinned<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => list[Math.round((i * (list.length - 1)) / (most - 1))]);
}

/** Rows of a table of numbers beneath a curve. */
export const TABLE_ROWS = 5;
