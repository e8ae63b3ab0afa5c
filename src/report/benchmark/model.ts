/** A model drawn: its tree, its rules, its terms, its curve. */
import type { CurveDrawing, Drawing, RulesDrawing, TermsDrawing, TreeDrawing } from "../../models/drawing.ts";
import type { Artifact } from "../artifact.ts";
import type { Block, Figure } from "../document/document.ts";
import { lines } from "../figures/lines.ts";
import { tree } from "../figures/tree.ts";
import { counted, figure, percent } from "../../words/numbers.ts";
import { spanOf } from "./span.ts";
import { TABLE_ROWS, thinned } from "./thinned.ts";

/** What can be drawn of a drawing whose lists may be empty. */
export function modelFigure(artifact: Artifact, rung: string, drawing: Drawing): readonly Block[] {
  switch (drawing.kind) {
    case "tree":
      return drawing.nodes.length > 1 ? [treeFigure(artifact, drawing)] : [];
    case "rules":
      return drawing.rules.length > 0 ? [rulesFigure(rung, drawing)] : [];
    case "curve":
      return drawing.points.length > 1 ? [curveFigure(drawing)] : [];
    default:
      return drawing.terms.length > 0 ? [drawing.outputs.length > 1 ? sumsFigure(drawing) : termsFigure(drawing)] : [];
  }
}

function treeFigure({ classes }: Artifact, { unit, nodes }: TreeDrawing): Figure {
  const all = nodes[0].rows || 1;
  const parents = new Set(nodes.map(({ parent }) => parent));
  const ends = nodes.filter((_, i) => !parents.has(i));
  const hidden = ends.reduce((sum, { leaves }) => sum + Math.max(0, leaves - 1), 0);
  const answers = ends.map(({ value }) => value);
  const shares = classes.length > 0;
  const scale = { from: shares ? 0 : Math.min(...answers), to: shares ? 1 : Math.max(...answers) };
  const title = `The tree: ${counted(nodes[0].leaves, "leaf", "leaves")}`;
  const cut =
    hidden === 0
      ? ""
      : ` Where … stands, the tree goes on: ${counted(hidden, "more leaf", "more leaves")} in the model file, their mean here.`;
  return {
    kind: "figure",
    title,
    caption: `Read from the top: a row follows the branch whose condition holds, to its end. The dot is ${unit}; a thicker branch holds more training rows.${cut}`,
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
  const values = rules.map(({ value }) => value);
  const scale = { from: Math.min(0, ...values), to: Math.max(0, ...values) };
  return {
    kind: "figure",
    title: "The rules, in order",
    caption: `The first rule of ${rung} that holds decides. The bar is the ${unit} among the training rows that it decides.${left(rules.length, more, "rule")}`,
    numbers: {
      kind: "table",
      columns: [{ head: "rule" }, { head: "answer" }, { head: unit }, { head: "training rows", numeric: true }],
      rows: rules
        .slice(0, MOST_ROWS)
        .map(({ when, value, says, rows }) => [when, says, { kind: "bar", bar: { value, ...scale } }, figure(rows)]),
    },
  };
}

/** Rules or terms of a table that people read; the model file has the others. */
const MOST_ROWS = 8;

function left(drawn: number, more: number, what: string): string {
  const rest = more + Math.max(0, drawn - MOST_ROWS);
  return rest > 0 ? ` ${counted(rest, `more ${what}`)} in the model file.` : "";
}

const EFFECT =
  "of one standard deviation of each number in the training rows, or of a level or missing value being there";

function termsFigure({ unit, terms, more }: TermsDrawing): Figure {
  const most = Math.max(...terms.map(({ values: [value] }) => Math.abs(value)));
  return {
    kind: "figure",
    title: `What each term adds to ${unit}`,
    caption: `Effect on ${unit} ${EFFECT}, largest first.${left(terms.length, more, "smaller term")}`,
    numbers: {
      kind: "table",
      columns: [
        { head: "term" },
        { head: "" },
        { head: "effect", numeric: true },
        { head: "per unit", numeric: true },
        { head: "standard deviation", numeric: true },
      ],
      rows: terms
        .slice(0, MOST_ROWS)
        .map(({ name, spread, values: [value] }) => [
          name,
          { kind: "bar", bar: { value, from: -most, to: most } },
          figure(value),
          spread === null || spread === 0 ? "" : figure(value / spread),
          spread === null ? "" : figure(spread),
        ]),
    },
  };
}

/** Several sums side by side. */
function sumsFigure({ unit, outputs, terms, more }: TermsDrawing): Figure {
  return {
    kind: "figure",
    title: `What each term adds to ${unit}`,
    caption: `Effect ${EFFECT}, largest first.${left(terms.length, more, "smaller term")}`,
    numbers: {
      kind: "table",
      columns: [
        { head: "term" },
        ...outputs.map((head) => ({ head, numeric: true })),
        { head: "standard deviation", numeric: true },
      ],
      rows: terms
        .slice(0, MOST_ROWS)
        .map(({ name, spread, values }) => [
          name,
          ...outputs.map((_, k) => figure(values[k])),
          spread === null ? "" : figure(spread),
        ]),
    },
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
      rows: thinned(points, TABLE_ROWS).map(([x, y]) => [figure(x), figure(y)]),
    },
  };
}
