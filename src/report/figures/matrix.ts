/** Every model against every other, in the triangle where the better one stands at the left: two lines of text per pair. */
import { digit, frame, shortened, xml } from "./plot.ts";

export interface MatrixCell {
  /** Place of the model at the left, and of the other, which comes later. */
  readonly row: number;
  readonly column: number;
  readonly lines: readonly [string, string];
  /** 0 to 1: how dark. */
  readonly shade: number;
  /** It speaks for the model at the left. */
  readonly forRow: boolean;
  /** The first line is set bold. */
  readonly strong: boolean;
}

export interface MatrixInput {
  readonly title: string;
  readonly description: string;
  /** Two or more, the best first. */
  readonly names: readonly string[];
  readonly cells: readonly MatrixCell[];
}

const NAME = 20;
const HEIGHT = 42;

/** Draws the triangle; models are numbered from 1, and columns named by those numbers. Cost: O(cells). */
export function matrix({ title, description, names, cells }: MatrixInput): string {
  const numbered = names.map((name, i) => `${shortened(name, NAME)} ${i + 1}`);
  const rows = numbered.slice(0, -1);
  const plot = frame({
    title,
    description,
    x: { label: "against model", from: 0, to: 1, names: names.slice(1).map((_, i) => String(i + 2)) },
    y: { label: "", from: 0, to: 1, names: rows },
    left: 16 + 6.6 * Math.max(...rows.map((name) => name.length)),
    width: 640,
    height: 56 + HEIGHT * rows.length,
    bare: true,
  });
  const width = (plot.inner.right - plot.inner.left) / (names.length - 1);
  const marks = cells.map(({ row, column, lines, shade, forRow, strong }) => {
    const [x, y] = [plot.x(column - 1), plot.y(row)];
    const dark = shade > 0.55 ? " on-dark" : "";
    const text = (line: string, shift: number, bold: boolean): string =>
      `<text class="${bold ? "strong" : ""}${dark}" x="${x}" y="${digit(y + shift)}" dy="0.32em" text-anchor="middle">${xml(line)}</text>`;
    return `<rect class="cell${forRow ? "" : " negative"}" x="${digit(x - width / 2)}" y="${digit(y - HEIGHT / 2)}" width="${digit(width)}" height="${HEIGHT}" fill-opacity="${Math.round(100 * shade) / 100}"/>${text(lines[0], -8, strong)}${text(lines[1], 8, false)}`;
  });
  return plot.around(...marks);
}
