/** A model, and one of its answers, explained: the facts, and as a document. */
import type { Explanation, Sum } from "../models/contract.ts";
import { paragraph, strong, type Block, type Document, type Section } from "./document/document.ts";
import { sized } from "./wording.ts";
import { counted, figure, percent, readable } from "../words/numbers.ts";

export type Cell = string | number | null;

export interface Explained {
  readonly rung: string;
  readonly file: string;
  readonly target: string;
  readonly fitted: { readonly part: "train" | "all"; readonly rows: number };
  readonly complexity: { readonly count: number; readonly unit: string };
  readonly model: Explanation;
  /** Why one row gets its answer. */
  readonly row?: ExplainedRow;
}

export interface ExplainedRow {
  /** Its number in the table. */
  readonly row: number;
  readonly answer: number | string;
  /** Of classification. */
  readonly probabilities?: readonly { readonly class: string; readonly probability: number }[];
  /** The rule that fired, the path through the tree, what the trees say. */
  readonly steps: readonly string[];
  readonly sum?: Omit<Sum, "class" | "against" | "parts"> & {
    readonly class?: string;
    readonly against?: string;
    readonly total: number;
    readonly parts: readonly { readonly column: string; readonly value: Cell; readonly amount: number }[];
  };
  /** Changes of one column that change the class, smallest first, those beyond all training rows last; null: there is no class to change. */
  readonly changes: readonly Change[] | null;
}

export interface Change {
  readonly column: string;
  readonly from: Cell;
  readonly to: Cell;
  readonly answer: string;
  /** No smaller change of the column does it; else the smallest among quantiles of the training rows. */
  readonly exact: boolean;
  /** No training row has a number as small, or as large. */
  readonly unseen: boolean;
}

/** Rows of a table that are shown. */
const MOST = 12;

export function explainedDocument(explained: Explained): Document {
  const { rung, file, target, fitted, complexity, model, row } = explained;
  const rows = `${fitted.rows} ${fitted.part === "all" ? "rows (all)" : "training rows"}`;
  return {
    title: row ? `Row ${row.row} explained` : `${rung} explained`,
    answer: row
      ? [
          `Row ${row.row}: ${target} is `,
          strong(typeof row.answer === "number" ? figure(row.answer) : row.answer),
          `${sure(row)}, says ${rung}.`,
        ]
      : [strong(rung), ` predicts ${target}: ${model.summary}`],
    sections: row ? rowSections(explained, row) : modelSections(model),
    provenance: [
      ["model", `${file}, fitted on ${rows}`],
      ["size", sized(complexity)],
    ],
  };
}

function sure({ answer, probabilities = [] }: ExplainedRow): string {
  const own = probabilities.find((one) => one.class === answer);
  return own === undefined ? "" : ` (${percent(own.probability)})`;
}

function section(id: string, title: string, serves: string, blocks: readonly Block[]): Section[] {
  return blocks.length === 0 ? [] : [{ id, title, serves, depth: "first", blocks }];
}

function modelSections({ lines, importance = [] }: Explanation): Section[] {
  return [
    ...section("model", "The whole model", "What has it learnt?", lines.length > 0 ? [{ kind: "code", lines }] : []),
    ...section(
      "columns",
      "Which columns matter",
      "Does it use what it should?",
      importance.length > 0
        ? [
            {
              kind: "table",
              columns: [{ head: "column" }, { head: "share of the effect", numeric: true }],
              rows: importance.slice(0, MOST).map(({ column, share }) => [column, percent(share)]),
            },
          ]
        : [],
    ),
  ];
}

function rowSections({ target }: Explained, row: ExplainedRow): Section[] {
  return [
    ...section("why", "Why", "Does the reason make sense?", [
      { kind: "list", items: row.steps },
      ...(row.sum ? sumBlocks(row.sum, target) : []),
    ]),
    ...section("changes", "What would change it", "How near is the other answer?", changeBlocks(row)),
  ];
}

function sumBlocks(sum: NonNullable<ExplainedRow["sum"]>, target: string): Block[] {
  const { start, startIs, total, parts } = sum;
  const shown = parts.slice(0, MOST);
  const rest = parts.slice(MOST).reduce((all, { amount }) => all + amount, 0);
  const more = parts.length - shown.length;
  return [
    {
      kind: "table",
      columns: [{ head: "column" }, { head: "value" }, { head: unitOf(sum, target), numeric: true }],
      rows: [
        ["start", startIs, signed(start)],
        ...shown.map(({ column, value, amount }) => [column, cellText(value), signed(amount)]),
        ...(more > 0 ? [[counted(more, "other column"), "", signed(rest)]] : []),
        ["sum", "", signed(total)],
      ],
    },
  ];
}

/** What the numbers of a sum are in. */
function unitOf({ scale, class: name, against }: NonNullable<ExplainedRow["sum"]>, target: string): string {
  if (scale === "value") return target;
  if (scale === "log") return `logarithm of ${target}`;
  return scale === "probability" ? `probability of ${name}` : `log odds of ${name} against ${against}`;
}

function changeBlocks({ changes }: ExplainedRow): Block[] {
  if (changes === null) return [];
  const seen = changes.filter(({ unseen }) => !unseen);
  if (seen.length === 0)
    return [paragraph("No change of a single column within the numbers of training rows gives another class.")];
  const shown = seen.slice(0, MOST);
  const beyond = changes.length - seen.length;
  const notes = [
    "One column is changed at a time, the smallest change first: that of a number as a share of the range of most training rows, another level as all of it.",
    ...(shown.some(({ exact }) => !exact)
      ? ["* the nearest of the training rows' quantiles that does it; a smaller change may."]
      : []),
    ...(beyond > 0
      ? [`${counted(beyond, "other column")} would have to go beyond the numbers of all training rows.`]
      : []),
  ];
  return [
    {
      kind: "table",
      columns: [{ head: "column" }, { head: "from" }, { head: "to" }, { head: "then" }],
      rows: shown.map(({ column, from, to, answer, exact }) => [
        column,
        cellText(from),
        `${cellText(to)}${exact ? "" : " *"}`,
        answer,
      ]),
    },
    paragraph(notes.join(" ")),
  ];
}

const cellText = (cell: Cell): string =>
  cell === null ? "(missing)" : typeof cell === "number" ? readable(cell) : cell;

const signed = (value: number): string => `${value < 0 ? "" : "+"}${figure(value)}`;
