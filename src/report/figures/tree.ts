/** A decision tree as boxes joined by lines, the root on the left. */
import { digit, element, xml } from "./plot.ts";

export interface TreeNode {
  /** The question at a split, or the answer at a leaf. */
  readonly text: string;
  /** Leads here from the parent: `yes`, `no`, a level. */
  readonly branch?: string;
  readonly children: readonly TreeNode[];
}

const ROW = 26;
const STEP = 190;
const TEXT = 26;

/** Draws a tree of any depth; leaves stand one under the other. Cost: O(nodes). */
export function tree(title: string, description: string, root: TreeNode): string {
  const marks: string[] = [];
  let next = 0;
  let deepest = 0;
  const place = (node: TreeNode, depth: number): number => {
    deepest = Math.max(deepest, depth);
    const rows = node.children.map((child) => place(child, depth + 1));
    const row = rows.length === 0 ? next++ : rows.reduce((sum, one) => sum + one, 0) / rows.length;
    const at = { x: 8 + depth * STEP, y: digit(18 + row * ROW) };
    node.children.forEach((child, i) => {
      const to = digit(18 + rows[i] * ROW);
      const from = at.x + STEP - 46;
      marks.push(
        `<path class="branch" d="M${from},${at.y}C${from + 20},${at.y} ${from + 20},${to} ${at.x + STEP - 4},${to}"/>`,
      );
      if (child.branch)
        marks.push(
          `<text class="small" x="${at.x + STEP - 6}" y="${digit(to - 5)}" text-anchor="end">${xml(child.branch)}</text>`,
        );
    });
    const text = node.text.length > TEXT ? `${node.text.slice(0, TEXT - 1)}…` : node.text;
    marks.push(
      `<text class="${node.children.length === 0 ? "strong" : ""}" x="${at.x}" y="${at.y}" dy="0.32em"><title>${xml(node.text)}</title>${xml(text)}</text>`,
    );
    return row;
  };
  place(root, 0);
  return element(title, description, Math.max(640, 16 + (deepest + 1) * STEP), 36 + next * ROW, marks.join(""));
}
