/** Small drawings that fit into a line of text. */
import type { Bar, Range } from "./document.ts";

const LEVELS = "▁▂▃▄▅▆▇█";

/** Shares as a row of blocks, the largest at full height. */
export function blocks(shares: readonly number[]): string {
  const top = Math.max(...shares, 0);
  if (top <= 0) return "";
  return shares.map((share) => LEVELS[Math.min(7, Math.floor((8 * Math.max(0, share)) / top))]).join("");
}

/** An interval as a line of `width` characters: `  ├──●─┤   `. What lies beyond the scale is cut off with an arrow. */
export function rangeLine({ lower, value, upper, from, to }: Range, width: number): string {
  const span = to - from;
  const at = (x: number): number =>
    Math.max(0, Math.min(width - 1, Math.round(span > 0 ? ((x - from) / span) * (width - 1) : (width - 1) / 2)));
  const line = Array.from({ length: width }, () => " ");
  const left = at(lower);
  const right = at(upper);
  for (let i = left; i <= right; i++) line[i] = "─";
  if (right > left) {
    line[left] = lower < from ? "◂" : "├";
    line[right] = upper > to ? "▸" : "┤";
  }
  line[at(value)] = "●";
  return line.join("");
}

/** A bar of at most `width` characters from where 0 lies: `     ▇▇▇`. */
export function barLine({ value, from, to }: Bar, width: number): string {
  const at = (x: number): number => Math.round(to > from ? (width * (x - from)) / (to - from) : 0);
  const ends = [at(0), at(value)].map((end) => Math.max(0, Math.min(width, end)));
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return `${" ".repeat(low)}${"▇".repeat(high - low)}`;
}
