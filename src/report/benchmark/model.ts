/** A model drawn: its tree, its rules, its terms, its curve. */
import type { CurveDrawing, Drawing, RulesDrawing, TermsDrawing, TreeDrawing } from "../../models/drawing.ts";
import type { Artifact } from "../artifact.ts";
import type { Block, Figure, Table } from "../document/document.ts";
import { bars } from "../figures/bars.ts";
import { lines } from "../figures/lines.ts";
import { tree } from "../figures/tree.ts";
import { counted, figure, percent } from "../wording.ts";
import { spanOf } from "./span.ts";

/** What can be drawn of a drawing whose lists may be empty. */
export function modelFigure(artifact: Artifact, rung: string, drawing: Drawing): readonly Block[] {
  switch (drawing.kind) {
    case "tree":
      return drawing.nodes.length > 1 ? [treeFigure(artifact, rung, drawing)] : [];
    case "rules":
      return drawing.rules.length > 0 ? [rulesFigure(rung, drawing)] : [];
    case "curve":
      return drawing.points.length > 1 ? [curveFigure(drawing)] : [];
    default:
      return drawing.terms.length > 0 ? [drawing.outputs.length > 1 ? termsTable(drawing) : termsFigure(drawing)] : [];
  }
}

function treeFigure({ classes }: Artifact, rung: string, { unit, nodes }: TreeDrawing): Figure {
  const all = nodes[0].rows || 1;
  const parents = new Set(nodes.map(({ parent }) => parent));
  const ends = nodes.filter((_, i) => !parents.has(i));
  const hidden = ends.reduce((sum, { leaves }) => sum + Math.max(0, leaves - 1), 0);
  const answers = ends.map(({ value }) => value);
  const shares = classes.length > 0;
  const scale = { from: shares ? 0 : Math.min(...answers), to: shares ? 1 : Math.max(...answers) };
  const title = `The tree: ${counted(nodes[0].leaves, "leaf", "leaves")}`;
  const cut = hidden === 0 ? "" : ` Where … stands, the tree goes on (${hidden} leaves more); the mean is shown.`;
  return {
    kind: "figure",
    title,
    caption: `The questions of ${rung}, from the top: a row follows the branch whose condition holds until it ends; the dot is ${unit}. The thicker a branch, the more training rows come by.${cut}`,
    draw: () =>
      tree({
        title,
        description: `A decision tree, ${counted(ends.length, "branch", "branches")} to their ends`,
        label: unit,
        ...scale,
        nodes: nodes.map(({ parent, when, says, value, rows, leaves }, i) => ({
          parent,
          text: when,
          says,
          value,
          share: rows / all,
          ...(leaves > 1 && !parents.has(i) && { cut: true }),
        })),
      }),
    numbers: {
      kind: "table",
      columns: [
        { head: "conditions" },
        { head: "answer" },
        { head: "training rows", numeric: true },
        { head: "share", numeric: true },
      ],
      rows: nodes.flatMap(({ says, rows, leaves }, i) =>
        parents.has(i)
          ? []
          : [
              [
                wayTo(nodes, i),
                leaves > 1 ? `${says} on average over ${leaves} leaves` : says,
                figure(rows),
                percent(rows / all),
              ],
            ],
      ),
    },
  };
}

/** All conditions from the root to a node. */
function wayTo(nodes: TreeDrawing["nodes"], node: number): string {
  const conditions: string[] = [];
  for (let i = node; nodes[i].parent >= 0; i = nodes[i].parent) conditions.unshift(nodes[i].when);
  return conditions.join(", ");
}

function rulesFigure(rung: string, { unit, rules, more }: RulesDrawing): Figure {
  const title = "The rules, one by one";
  const numbers: Table = {
    kind: "table",
    columns: [{ head: "rule" }, { head: "answer" }, { head: "training rows", numeric: true }],
    rows: rules.map(({ when, says, rows }) => [when, says, figure(rows)]),
  };
  return {
    kind: "figure",
    title,
    caption: `What ${rung} answers: the first rule that holds decides, and the bar is ${unit}.${more > 0 ? ` ${counted(more, "more rule", "more rules")} are not shown.` : ""}`,
    draw: () =>
      bars({
        title,
        description: `${unit} by ${counted(rules.length, "rule")}`,
        label: unit,
        bars: rules.map(({ when, value, says }) => ({ name: when, value, note: says })),
      }),
    numbers,
  };
}

const EFFECT = "of one standard deviation of each number, or of a level or missing value being there";

function termsNumbers({ outputs, terms }: TermsDrawing, head: (output: string) => string): Table {
  const perUnit = outputs.length === 1;
  return {
    kind: "table",
    columns: [
      { head: "term" },
      ...outputs.map((output) => ({ head: head(output), numeric: true })),
      ...(perUnit ? [{ head: "per unit", numeric: true }] : []),
      { head: "standard deviation", numeric: true },
    ],
    rows: terms.map(({ name, spread, values }) => [
      name,
      ...outputs.map((_, k) => figure(values[k])),
      ...(perUnit ? [spread === null || spread === 0 ? "-" : figure(values[0] / spread)] : []),
      spread === null ? "-" : figure(spread),
    ]),
  };
}

function termsFigure(drawing: TermsDrawing): Figure {
  const { unit, terms, more } = drawing;
  const title = `What each term adds to ${unit}`;
  return {
    kind: "figure",
    title,
    caption: `Effect on ${unit} ${EFFECT}; below 0 it lowers the answer.${more > 0 ? ` ${counted(more, "smaller term")} are not shown.` : ""}`,
    draw: () =>
      bars({
        title,
        description: `${counted(terms.length, "term")} of a weighted sum`,
        label: unit,
        bars: terms.map(({ name, values }) => ({ name, value: values[0] ?? 0 })),
      }),
    numbers: termsNumbers(drawing, () => `adds to ${unit}`),
  };
}

/** Several sums side by side: their numbers say more than bars would. */
function termsTable(drawing: TermsDrawing): Block {
  return {
    kind: "details",
    summary: `Effects in ${drawing.unit}: ${EFFECT}`,
    blocks: [termsNumbers(drawing, (output) => output)],
  };
}

function curveFigure({ column, unit, points }: CurveDrawing): Figure {
  const title = `${unit} by ${column}`;
  return {
    kind: "figure",
    title,
    caption: `What the curve answers over the training range of ${column}.`,
    draw: () =>
      lines({
        title,
        description: `A curve of ${column}`,
        x: {
          label: column,
          ...spanOf(
            points.map(([x]) => x),
            0,
          ),
        },
        y: { label: unit, ...spanOf(points.map(([, y]) => y)) },
        series: [{ name: unit, points }],
      }),
    numbers: {
      kind: "table",
      columns: [
        { head: column, numeric: true },
        { head: unit, numeric: true },
      ],
      rows: points.filter((_, i) => i % 5 === 0).map(([x, y]) => [figure(x), figure(y)]),
    },
  };
}
