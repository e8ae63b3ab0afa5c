/** Named points: score against cost. */
import { frame, xml, type Axis } from "./plot.ts";

export interface NamedPoint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly strong?: boolean;
}

export interface PointsInput {
  readonly title: string;
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly points: readonly NamedPoint[];
  /** Points that nothing else beats in both, from left to right: joined by a line. */
  readonly frontier?: readonly string[];
}

/** Draws points with their names beside them, names near the right edge to the left of their point. Cost: O(points). */
export function points({ title, description, x, y, points: list, frontier = [] }: PointsInput): string {
  const plot = frame({ title, description, x, y });
  const middle = (plot.inner.left + plot.inner.right) / 2;
  const joined = frontier.flatMap((name) => list.filter((point) => point.name === name));
  const path = joined.map((point, i) => `${i === 0 ? "M" : "L"}${plot.x(point.x)},${plot.y(point.y)}`).join("");
  const placed: { readonly x: number; readonly y: number }[] = [];
  const marks = list.map(({ name, strong, ...point }) => {
    const at = { x: plot.x(point.x), y: plot.y(point.y) };
    let shift = 0;
    while (placed.some((other) => Math.abs(other.x - at.x) < 120 && Math.abs(other.y - (at.y + shift)) < 12))
      shift -= 13;
    placed.push({ x: at.x, y: at.y + shift });
    const side = at.x < middle ? { x: at.x + 8, anchor: "start" } : { x: at.x - 8, anchor: "end" };
    return `<circle class="dot ${strong ? "s2" : "s1"}" cx="${at.x}" cy="${at.y}" r="${strong ? 6 : 4}"/><text${strong ? ' class="strong"' : ""} x="${side.x}" y="${at.y + shift}" dy="0.32em" text-anchor="${side.anchor}">${xml(name)}</text>`;
  });
  return plot.around(path === "" ? "" : `<path class="line s3" d="${path}"/>`, ...marks);
}
