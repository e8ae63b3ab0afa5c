/** A decision tree: a line for each node, its children indented below it, and what its leaves answer on one scale. */
import { legible, placeOn } from "../document/document.ts";
import { digit, element, shortened, xml } from "./plot.ts";

export interface DrawnNode {
  /** Place of the node above, which comes earlier; -1 at the root. */
  readonly parent: number;
  /** What leads here. */
  readonly text: string;
  /** What it answers, in words; shown at the ends of the drawing. */
  readonly says: string;
  /** The same as a number. */
  readonly value: number;
  /** Share of the rows that come by. */
  readonly share: number;
  /** Where the drawing ends before the tree does. */
  readonly cut?: boolean;
}

export interface TreeInput {
  readonly title: string;
  readonly description: string;
  /** What the answers are, and the ends of their scale. */
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** In preorder, the root first. */
  readonly nodes: readonly DrawnNode[];
}

const WIDTH = 640;
const ROW = 22;
const TOP = 34;
/** From the middle of a line to the foot of its letters. */
const BASE = 4;
const STEP = 16;
/** Where the scale begins, how long it is, and where the words beside it begin. */
const SCALE = { from: 400, width: 80, words: 492 };
/** Width of a character, and the longest answer in words. */
const CHARACTER = 6.3;
const WORDS = 24;
/** Branches of a deep tree are drawn no further to the right. */
const DEEPEST = 12;

/** Draws the nodes one under the other; lines are as thick as the share of rows that come by. Cost: O(nodes). */
export function tree({ title, description, label, from, to, nodes }: TreeInput): string {
  const depths: number[] = [];
  const parents = new Set(nodes.map(({ parent }) => parent));
  for (const { parent } of nodes) depths.push(parent < 0 ? 0 : depths[parent] + 1);
  const across = (i: number): number => 12 + STEP * Math.min(DEEPEST, depths[i]);
  const down = (i: number): number => TOP + ROW * i;
  const along = (value: number): number => digit(SCALE.from + SCALE.width * placeOn(value, from, to));
  const ends = nodes.flatMap((_, i) => (parents.has(i) ? [] : [i]));
  const branches = nodes.map(({ parent, share }, i) => {
    if (parent < 0) return "";
    const width = digit(1 + 5 * Math.max(0, Math.min(1, share)));
    return `<path stroke-width="${width}" d="M${across(parent)},${down(parent) + 7}V${down(i)}H${across(i) - 3}"/>`;
  });
  const conditions = nodes.map(({ text }, i) => {
    const x = across(i);
    return `<text x="${x}" y="${down(i) + BASE}">${worded(text, Math.floor((SCALE.from - 8 - x) / CHARACTER))}</text>`;
  });
  const dots = ends.map((i) => `<circle cx="${along(nodes[i].value)}" cy="${down(i)}" r="4.5"/>`);
  const answers = ends.map(
    (i) =>
      `<text x="${SCALE.words}" y="${down(i) + BASE}">${worded(`${nodes[i].says}${nodes[i].cut ? " …" : ""}`, WORDS)}</text>`,
  );
  const bottom = down(nodes.length - 1) + 7;
  const scale = [SCALE.from, SCALE.from + SCALE.width].map(
    (x) => `<line class="grid" x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${bottom}"/>`,
  );
  const head = `<text class="label" x="${SCALE.from}" y="14">${xml(shortened(label, 36))}</text>`;
  const marks = [
    `<g class="branch">${branches.join("")}</g>`,
    conditions.join(""),
    `<g class="dot s1">${dots.join("")}</g>`,
    `<g class="strong">${answers.join("")}</g>`,
  ].join("");
  return element(title, description, WIDTH, TOP + ROW * nodes.length, `${head}${scale.join("")}${marks}`);
}

/** A text that fits, and the whole of it for who points at it. */
function worded(text: string, room: number): string {
  const fits = shortened(text, room);
  return fits === text ? xml(text) : `<title>${xml(legible(text))}</title>${xml(fits)}`;
}
