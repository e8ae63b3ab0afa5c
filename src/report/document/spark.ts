/** Small drawings that fit into a line of text. */
import { placeOn, type Bar, type Range } from "./document.ts";

const LEVELS = "▁▂▃▄▅▆▇█";

/** Shares as a row of blocks, the largest at full height. */
export function blocks(shares: readonly number[]): string {
  const top = Math.max(...shares, 0);
  if (top <= 0) return "";
  return shares.map((share) => LEVELS[Math.min(7, Math.floor((8 * Math.max(0, share)) / top))]).join("");
}

/** An interval as a line of `width` characters: `  ├──●─┤   `. What lies beyond the scale is cut off with an arrow. */
export function rangeLine({ lower, value, upper, from, to }: Range, width: number): string {
  const at = (x: number): number => Math.round(placeOn(x, from, to) * (width - 1));
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
  const ends = [0, value].map((end) => Math.round(width * placeOn(end, from, to)));
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return `${" ".repeat(low)}${"▇".repeat(high - low)}`;
}
