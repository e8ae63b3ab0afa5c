/** Numbers and lists as people read them, for explanations. */

/** Six significant digits, without trailing zeros: 0.333333, 1234570, 1e-9. */
export function readable(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** A share as a percentage: 94 %, 0.4 %. */
export function percent(share: number): string {
  const percents = 100 * share;
  return `${Number(percents.toPrecision(percents < 1 ? 1 : percents > 99 && percents < 100 ? 3 : 2))} %`;
}

/** `a, b or c`; from `most` on `... or 7 more`. */
export function listed(items: readonly string[], most = 6): string {
  if (items.length === 1) return items[0];
  if (items.length <= most) return `${items.slice(0, -1).join(", ")} or ${items[items.length - 1]}`;
  return `${items.slice(0, most - 1).join(", ")} or ${items.length - most + 1} more`;
}
