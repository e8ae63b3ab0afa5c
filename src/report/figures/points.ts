/** Named points: score against cost. */
import { digit, frame, shortened, xml, type Axis } from "./plot.ts";

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

/** Longest name that is written out. */
const NAME = 24;

/** Draws points with their names beside them, where no other stands. Cost: O(points²). */
export function points({ title, description, x, y, points: list, frontier = [] }: PointsInput): string {
  const plot = frame({ title, description, x, y });
  const joined = frontier.flatMap((name) => list.filter((point) => point.name === name));
  const path = joined.map((point, i) => `${i === 0 ? "M" : "L"}${plot.x(point.x)},${plot.y(point.y)}`).join("");
  const dots = list.map((point) => ({ x: plot.x(point.x), y: plot.y(point.y) }));
  const taken: Box[] = dots.map(({ x: at, y: up }) => ({ left: at - 6, right: at + 6, top: up - 6, bottom: up + 6 }));
  const marks = list.map(({ name, strong }, i) => {
    const shown = shortened(name, NAME);
    const label = freePlace(dots[i], 7.5 * shown.length + 3, taken, plot.inner);
    taken.push(label.box);
    return `<circle class="dot ${strong ? "s2" : "s1"}" cx="${dots[i].x}" cy="${dots[i].y}" r="${strong ? 6 : 4}"/><text class="halo${strong ? " strong" : ""}" x="${label.x}" y="${label.y}" dy="0.32em" text-anchor="${label.anchor}">${xml(shown)}</text>`;
  });
  return plot.around(path === "" ? "" : `<path class="line s3" d="${path}"/>`, ...marks);
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const meets = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Beside the dot where nothing else stands, else a line or more above or below; right of it where that fits. */
function freePlace(
  dot: { readonly x: number; readonly y: number },
  width: number,
  taken: readonly Box[],
  inner: Box,
): { readonly x: number; readonly y: number; readonly anchor: "start" | "end"; readonly box: Box } {
  const places = [0, -14, 14, -28, 28, -42, 42].flatMap((shift) =>
    (["start", "end"] as const).map((anchor) => {
      const x = digit(anchor === "start" ? dot.x + 9 : dot.x - 9);
      const y = digit(dot.y + shift);
      const [left, right] = anchor === "start" ? [x, x + width] : [x - width, x];
      return { x, y, anchor, box: { left, right, top: y - 6, bottom: y + 6 } };
    }),
  );
  const inside = places.filter(({ box }) => box.left >= inner.left && box.right <= inner.right + 16);
  const free = inside.find(({ box }) => !taken.some((other) => meets(box, other)));
  return free ?? inside[0] ?? places[0];
}
