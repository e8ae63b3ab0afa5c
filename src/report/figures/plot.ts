/** The frame of a figure: scales, axes, labels. Colours and line styles are classes, so that a page decides on light and dark. */
import { scaleLinear, scaleLog, scaleSymlog } from "d3-scale";
import { legible } from "../document/document.ts";
import { grouped } from "../../words/numbers.ts";
import { visible } from "../document/visible.ts";

export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** A logarithmic axis; needs `from` above 0. */
  readonly log?: boolean;
  /** Logarithmic away from 0 on both sides, for gains that are small here and huge there: 1 and 10 are as far apart as 10 and 100. */
  readonly signed?: boolean;
  /** Instead of numbers: a name for each whole number from 0. */
  readonly names?: readonly string[];
  readonly format?: (value: number) => string;
}

export interface Plot {
  readonly title: string;
  /** For who cannot see it. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly width?: number;
  readonly height?: number;
  /** Room for the labels at the left; default: what they take. */
  readonly left?: number;
  /** Room above the plot, for a legend. */
  readonly top?: number;
  /** Without lines at the ticks: cells lie on them. */
  readonly bare?: boolean;
}

export interface Frame {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly inner: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** The whole element around some marks. */
  readonly around: (...marks: readonly string[]) => string;
}

/** Height of a plot of curves. */
export const HEIGHT = 300;
const BOTTOM = 44;
/** Longest label of an axis. */
const LABEL = 48;
const RIGHT = 16;
/** Least room at the left; what the label of the axis takes of it; width of a character. */
const LEFT = 56;
const BESIDE = 28;
const CHARACTER = 6.6;

/** Widest figure that a phone shows whole; wider ones can be scrolled there. */
export const WIDTH = 480;

/** Lays out a figure. Coordinates have one decimal. Cost: O(ticks). */
export function frame(plot: Plot): Frame {
  const { title, description, x, y, width = WIDTH, height = HEIGHT, top = 10 } = plot;
  const [highest, lowest] = y.names ? [height - BOTTOM, top] : [top, height - BOTTOM];
  const up = scaleOf(y, [lowest, highest]);
  const levels = ticksOf(y, up.ticks(5));
  const longest = Math.max(0, ...levels.map(([, label]) => label.length));
  const left = plot.left ?? Math.max(LEFT, BESIDE + CHARACTER * longest);
  const inner = { left, right: width - RIGHT, top, bottom: height - BOTTOM };
  const across = scaleOf(x, [inner.left, inner.right]);
  const columns = ticksOf(x, across.ticks(5));
  const places = columns.map(([value]) => digit(across.at(value)));
  const heights = levels.map(([value]) => digit(up.at(value)));
  const lines = [
    ...places.map((at) => `M${at},${inner.top}V${inner.bottom}`),
    ...heights.map((at) => `M${inner.left},${at}H${inner.right}`),
  ];
  const axes = [
    plot.bare ? "" : `<path class="grid" d="${lines.join("")}"/>`,
    `<g class="across">${columns.map(([, label], i) => `<text x="${places[i]}" y="${inner.bottom + 16}">${xml(label)}</text>`).join("")}</g>`,
    `<g class="up">${levels.map(([, label], i) => `<text x="${digit(inner.left - 6)}" y="${heights[i]}">${xml(label)}</text>`).join("")}</g>`,
    `<text class="label" x="${digit((inner.left + inner.right) / 2)}" y="${height - 6}" text-anchor="middle">${xml(shortened(x.label, LABEL))}</text>`,
    y.label === ""
      ? ""
      : `<text class="label" transform="translate(12 ${(inner.top + inner.bottom) / 2}) rotate(-90)" text-anchor="middle">${xml(shortened(y.label, LABEL))}</text>`,
  ].join("");
  return {
    x: (value) => digit(across.at(value)),
    y: (value) => digit(up.at(value)),
    inner,
    around: (...marks) => element(title, description, width, height, `${axes}${marks.join("")}`),
  };
}

/** An SVG element with its name and description. */
export function element(title: string, description: string, width: number, height: number, content: string): string {
  const [name, said] = [xml(legible(title)), xml(legible(description))];
  return `<svg class="figure${width > WIDTH ? " wide" : ""}" viewBox="0 0 ${width} ${height}" role="img"><title>${name}</title><desc>${said}</desc>${content}</svg>`;
}

/** Text inside SVG and HTML, attribute values included. */
export function xml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A name of at most so many characters. */
export function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  const signs = Array.from(name.slice(0, 2 * most)); // whole signs: no half of a pair
  return signs.length > most ? `${signs.slice(0, Math.max(1, most - 1)).join("")}…` : name;
}

/** Ends of an axis on round numbers around all that is drawn. */
export function rounded(from: number, to: number): readonly [number, number] {
  const [low, high] = scaleLinear()
    .domain(from === to ? [from - 0.5, to + 0.5] : [from, to])
    .nice(6)
    .domain();
  return [low, high];
}

/** One decimal: bytes stay few, and the same on every version of Node. */
export function digit(value: number): number {
  return Math.round(10 * value) / 10;
}

interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: (count: number) => readonly number[];
}

/** Ends beyond this would have no finite length between them. */
const FURTHEST = 1e150;

function scaleOf(axis: Axis, range: readonly [number, number]): Scale {
  if (axis.names !== undefined) {
    const names = axis.names;
    const linear = scaleLinear()
      .domain([-0.5, names.length - 0.5])
      .range(range);
    return { at: linear, ticks: () => names.map((_, i) => i) };
  }
  const [low, high] = [axis.from, axis.to].map((end) => Math.max(-FURTHEST, Math.min(FURTHEST, end)));
  const from = low === high ? low - 0.5 : low;
  const to = low === high ? high + 0.5 : high;
  if (axis.log) {
    const log = scaleLog().domain([from, to]).range(range).clamp(true);
    return { at: log, ticks: (count) => sparse(log.ticks(count), count) };
  }
  if (axis.signed) {
    const signed = scaleSymlog().domain([from, to]).range(range).clamp(true);
    return { at: signed, ticks: () => decades(from, to) };
  }
  const linear = scaleLinear().domain([from, to]).range(range).clamp(true);
  return { at: linear, ticks: (count) => linear.ticks(count) };
}

/** 0, and powers of ten from 1 on both sides; the digits between them where there are few. */
function decades(from: number, to: number): readonly number[] {
  const most = Math.ceil(Math.log10(Math.max(1, -from, to)));
  const steps = most > 2 ? [1] : [1, 2, 5];
  const sizes = Array.from({ length: most + 1 }, (_, power) => steps.map((step) => step * 10 ** power)).flat();
  return [...sizes.map((size) => -size).reverse(), 0, ...sizes].filter((tick) => tick >= from && tick <= to);
}

/** Logarithmic axes have ticks at every digit; of many, powers of ten are kept. */
function sparse(ticks: readonly number[], most: number): readonly number[] {
  if (ticks.length <= most + 2) return ticks;
  const powers = ticks.filter((tick) => Math.abs(Math.log10(tick) - Math.round(Math.log10(tick))) < 1e-9);
  return powers.length >= 2 ? powers : ticks.filter((_, i) => i % Math.ceil(ticks.length / most) === 0);
}

function ticksOf(axis: Axis, values: readonly number[]): readonly (readonly [number, string])[] {
  return values.map((value) => [value, axis.names?.[value] ?? axis.format?.(value) ?? tickLabel(value)]);
}

/** A tick without the noise of binary fractions: `0.3`, `1,500`, `2e-7`. */
export function tickLabel(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const size = Math.abs(rounded);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) return rounded.toExponential().replace("e+", "e");
  return grouped(String(rounded));
}
