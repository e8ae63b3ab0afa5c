/** Cells shaded by how much falls into them: confusion matrices, predicted against actual. */
import { shortened, WIDTH, digit, frame, xml, type Axis } from "./plot.ts";
import { whole } from "../../words/numbers.ts";

export interface Cell {
  readonly column: number;
  readonly row: number;
  readonly count: number;
  /** 0 to 1: how dark. */
  readonly shade: number;
}

export interface GridInput {
  readonly title: string;
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly columns: number;
  readonly rows: number;
  readonly cells: readonly Cell[];
  /** Counts are written into the cells. */
  readonly written?: boolean;
  /** Of predicted against actual: the line where both agree. */
  readonly diagonal?: boolean;
}

/** Shades that are told apart: all cells of one are drawn together. */
const SHADES = 10;
/** Width of a character. */
const CHARACTER = 6.6;

/** Draws a grid; column 0 is left, row 0 at the bottom where axes are numbers and on top where they are names. Cost: O(cells). */
export function grid({ title, description, x, y, columns, rows, cells, written, diagonal }: GridInput): string {
  const longest = Math.max(0, ...(y.names ?? []).map((name) => name.length));
  const margin = y.names && { left: 40 + CHARACTER * longest };
  const room = Math.floor((WIDTH - (margin?.left ?? 0)) / columns / CHARACTER);
  const across = x.names && { names: x.names.map((name) => shortened(name, Math.max(2, room - 1))) };
  const plot = frame({
    title,
    description,
    x: { ...x, ...across },
    y,
    ...margin,
    height: y.names ? 60 + Math.max(34, Math.min(80, 240 / rows)) * rows : 360,
    bare: true,
  });
  const { left, right, top, bottom } = plot.inner;
  const width = (right - left) / columns;
  const height = (bottom - top) / rows;
  const boxes = new Map<number, string[]>();
  const numbers: string[] = [];
  for (const { column, row, count, shade } of cells) {
    const at = {
      x: digit(left + column * width),
      y: digit(y.names ? top + row * height : bottom - (row + 1) * height),
    };
    const level = Math.round(SHADES * shade) / SHADES;
    if (!boxes.has(level)) boxes.set(level, []);
    boxes.get(level)!.push(`M${at.x},${at.y}h${digit(width)}v${digit(height)}h-${digit(width)}z`);
    if (written)
      numbers.push(
        `<text class="${count === 0 ? "label" : shade > 0.7 ? "on-dark" : ""}" x="${digit(at.x + width / 2)}" y="${digit(at.y + height / 2)}" dy="0.32em" text-anchor="middle">${xml(whole(count))}</text>`,
      );
  }
  const shaded = Array.from(
    boxes,
    ([level, paths]) => `<path class="cell" fill-opacity="${level}" d="${paths.join("")}"/>`,
  );
  const marks = [...shaded, ...numbers];
  if (diagonal) marks.push(`<line class="reference" x1="${left}" y1="${bottom}" x2="${right}" y2="${top}"/>`);
  return plot.around(...marks);
}
