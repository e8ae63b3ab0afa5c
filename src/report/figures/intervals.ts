/** Estimates with their intervals, one under the other, against a line: gains against a margin, scores of the ladder. */
import { frame, shortened, xml, type Axis } from "./plot.ts";

export interface Interval {
  readonly name: string;
  readonly value: number | null;
  /** Null: the data set no limit. */
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface IntervalsInput {
  readonly title: string;
  readonly description: string;
  readonly label: string;
  readonly intervals: readonly Interval[];
  /** What has to be exceeded; and where there is no difference. */
  readonly references: readonly { readonly name: string; readonly value: number }[];
  readonly format?: (value: number) => string;
  /** As of an axis. */
  readonly signed?: boolean;
}

const NAME = 28;

/** Draws intervals as lines with a dot at the estimate. Cost: O(intervals). */
export function intervals(input: IntervalsInput): string {
  const { title, description, label, intervals: list, references, format, signed = false } = input;
  const ends = list
    .flatMap(({ value, lower, upper }) => [value, lower, upper])
    .filter((end): end is number => end !== null)
    .concat(references.map(({ value }) => value));
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const room = (high - low || 1) * 0.04;
  const [from, to] = signed ? [Math.min(1.25 * low, 0), Math.max(1.25 * high, 0)] : [low - room, high + room];
  const names = list.map(({ name }) => shortened(name, NAME));
  const x: Axis = { label, from, to, signed, ...(format && { format }) };
  const plot = frame({
    title,
    description,
    x,
    y: { label: "", from: 0, to: 1, names },
    left: 24 + 6.6 * Math.max(4, ...names.map((name) => name.length)),
    height: 60 + 26 * list.length,
  });
  const lines = references.map(({ name, value }, i) => {
    const at = plot.x(value);
    return `<line class="reference${i === 0 ? "" : " faint"}" x1="${at}" x2="${at}" y1="${plot.inner.top}" y2="${plot.inner.bottom}"><title>${xml(name)}</title></line>`;
  });
  const marks = list.flatMap(({ value, lower, upper }, i) => {
    const at = plot.y(i);
    const range = `<line class="whisker" x1="${plot.x(lower ?? from)}" x2="${plot.x(upper ?? to)}" y1="${at}" y2="${at}"/>`;
    return value === null ? [] : [range, `<circle class="dot s1" cx="${plot.x(value)}" cy="${at}" r="4"/>`];
  });
  return plot.around(...lines, ...marks);
}
