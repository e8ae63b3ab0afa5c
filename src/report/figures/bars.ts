/** Horizontal bars with a name each: importance, coefficients, error by level. */
import { legible } from "../document/document.ts";
import { digit, frame, rounded, shortened, xml, type Axis } from "./plot.ts";
import { figure } from "../../words/numbers.ts";

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** An interval of the value. */
  readonly lower?: number | null;
  readonly upper?: number | null;
}

export interface BarsInput {
  readonly title: string;
  readonly description: string;
  readonly label: string;
  readonly bars: readonly Bar[];
  /** A vertical line that bars are held against: a noise floor, a mean. */
  readonly reference?: { readonly name: string; readonly value: number };
  readonly format?: (value: number) => string;
}

/** Longest name that is written out beside its bar. */
const NAME = 28;

/** Draws bars from 0, the first on top. Cost: O(bars). */
export function bars({ title, description, label, bars: list, reference, format }: BarsInput): string {
  const ends = list.flatMap(({ value, lower, upper }) => [value, lower ?? value, upper ?? value]);
  const reach = [0, ...ends, reference?.value ?? 0];
  const [from, to] = rounded(Math.min(...reach), Math.max(...reach));
  const names = list.map(({ name }) => shortened(name, NAME));
  const x: Axis = { label, from, to, ...(format && { format }) };
  const plot = frame({
    title,
    description,
    x,
    y: { label: "", from: 0, to: 1, names },
    left: 24 + 6.6 * Math.max(4, ...names.map((name) => name.length)),
    height: 60 + 24 * list.length,
  });
  const zero = plot.x(0);
  const marks = list.flatMap(({ name, value, lower, upper }, i) => {
    const at = plot.y(i);
    const end = plot.x(value);
    const bar = `<rect class="bar${value < 0 ? " negative" : ""}" x="${Math.min(zero, end)}" y="${digit(at - 7)}" width="${digit(Math.abs(end - zero))}" height="14"><title>${xml(`${legible(name)}: ${(format ?? figure)(value)}`)}</title></rect>`;
    const known = typeof lower === "number" && typeof upper === "number";
    return known
      ? [bar, `<line class="whisker" x1="${plot.x(lower)}" x2="${plot.x(upper)}" y1="${at}" y2="${at}"/>`]
      : [bar];
  });
  if (reference !== undefined) {
    const at = plot.x(reference.value);
    marks.push(
      `<line class="reference" x1="${at}" x2="${at}" y1="${plot.inner.top}" y2="${plot.inner.bottom}"><title>${xml(reference.name)}</title></line>`,
    );
  }
  return plot.around(...marks);
}
