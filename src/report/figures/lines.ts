/** Curves over a number: ROC, precision and recall, calibration, learning curves, searches, partial effects. */
import { area, line } from "d3-shape";
import { HEIGHT, frame, xml, type Axis } from "./plot.ts";

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
  /** `steps`: the value holds until the next point; `dots`, `crosses`: points without a line. Default: straight lines. */
  readonly shape?: "line" | "steps" | "dots" | "crosses";
}

export interface LinesInput {
  readonly title: string;
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** Where the curve would be if nothing were wrong, or chance: lower and upper by x. */
  readonly band?: { readonly name: string; readonly points: readonly (readonly [number, number, number])[] };
  /** A straight line for comparison. */
  readonly reference?: {
    readonly name: string;
    readonly from: readonly [number, number];
    readonly to: readonly [number, number];
  };
}

/** Most points of a line that are marked on it. */
const MARKED = 10;

/** Height of the line of names. */
const LEGEND = 26;

/** Draws curves, told apart by line style as well as colour. Cost: O(points). */
export function lines({ title, description, x, y, series, band, reference }: LinesInput): string {
  const names = [
    ...series.map(({ name, shape = "line" }, k) => [`s${(k % 4) + 1}`, name, shape] as const),
    ...(band ? [["band", band.name, "line"] as const] : []),
    ...(reference ? [["reference", reference.name, "line"] as const] : []),
  ];
  const told = names.length > 1;
  const plot = frame({ title, description, x, y, ...(told && { top: LEGEND, height: HEIGHT + LEGEND }) });
  const marks: string[] = [];
  if (band !== undefined && band.points.length > 1) {
    const shape = area<readonly [number, number, number]>()
      .x(([at]) => plot.x(at))
      .y0(([, low]) => plot.y(low))
      .y1(([, , high]) => plot.y(high))
      .digits(1);
    marks.push(`<path class="band" d="${shape(band.points as (readonly [number, number, number])[])}"/>`);
  }
  if (reference !== undefined)
    marks.push(
      `<line class="reference" x1="${plot.x(reference.from[0])}" y1="${plot.y(reference.from[1])}" x2="${plot.x(reference.to[0])}" y2="${plot.y(reference.to[1])}"/>`,
    );
  series.forEach(({ points, shape = "line" }, k) => {
    const style = `s${(k % 4) + 1}`;
    const path = line<readonly [number, number]>()
      .x(([at]) => plot.x(at))
      .y(([, value]) => plot.y(value))
      .digits(1);
    if (shape === "line" || shape === "steps") {
      const drawn = shape === "steps" ? stepped(points) : points;
      marks.push(`<path class="line ${style}" d="${path(drawn as (readonly [number, number])[]) ?? ""}"/>`);
    }
    const places = points.map(([at, value]) => [plot.x(at), plot.y(value)] as const);
    if (shape === "dots" || shape === "crosses") marks.push(spots(shape, style, places));
    else if (shape === "line" && points.length <= MARKED) marks.push(spots("dots", style, places));
  });
  if (told) marks.push(legend(names, plot.inner.left, LEGEND / 2 - 2));
  return plot.around(...marks);
}

type Place = readonly [x: number, y: number];

/** Points that no line joins. */
function spots(shape: "dots" | "crosses", style: string, places: readonly Place[]): string {
  const one = shape === "dots" ? "h0" : "m-3,-3l6,6m0,-6l-6,6";
  return `<path class="${shape} ${style}" d="${places.map(([x, y]) => `M${x},${y}${one}`).join("")}"/>`;
}

/** A line of names above the plot, each behind what it looks like. */
function legend(
  names: readonly (readonly [style: string, name: string, shape: NonNullable<Series["shape"]>])[],
  left: number,
  top: number,
): string {
  let at = left;
  return names
    .map(([style, name, shape]) => {
      const from = at;
      at += 44 + 7 * name.length;
      const places = [4, 13].map((x) => [from + x, top] as const);
      const sample =
        shape === "dots" || shape === "crosses"
          ? spots(shape, style, places)
          : `<line class="${/^s\d/.test(style) ? "line " : ""}${style}" x1="${from}" x2="${from + 20}" y1="${top}" y2="${top}"/>`;
      return `${sample}<text x="${from + 25}" y="${top}" dy="0.32em">${xml(name)}</text>`;
    })
    .join("");
}

function stepped(points: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  return points.flatMap(
    ([at, value], i) =>
      (i === 0
        ? [[at, value]]
        : [
            [at, points[i - 1][1]],
            [at, value],
          ]) as [number, number][],
  );
}
