/** A verdict as a document: the answer, its three gates, what it was held against. Pure: `verdict.json` in, tree out. */
import type { Verdict } from "../../compare/verdict/contract.ts";
import {
  paragraph,
  toned,
  type Block,
  type Document,
  type Inline,
  type Section,
  type Text,
  type Tone,
} from "../document/document.ts";
import { intervals } from "../figures/intervals.ts";
import { adviceFor } from "../verdict-reasons.ts";
import { answerOf, remarksOf } from "../verdict-sentence.ts";
import {
  intervalFigure,
  familyLine,
  gainFigure,
  questionLine,
  summaryTable,
  type VerdictDocument,
  type VerdictEntry,
} from "../verdict.ts";
import { figure, percent, pFigure, whole } from "../../words/numbers.ts";
import { listed } from "../../words/texts.ts";
import { clipped } from "../wording.ts";
import { checkBlocks } from "./checks.ts";
import { factsOf } from "./facts.ts";
import { gatesTable } from "./gates.ts";
import { rowsBlocks } from "./rows.ts";

export const TONES: Readonly<Record<Verdict, Tone>> = {
  JUSTIFIED: "good",
  "NOT JUSTIFIED": "bad",
  INCONCLUSIVE: "open",
};

export interface VerdictDocumentOptions {
  /** Where the verdict was written to. */
  readonly folder?: string;
}

/** Cost: O(size of the verdict). */
export function verdictDocument(document: VerdictDocument, { folder }: VerdictDocumentOptions = {}): Document {
  const { challengers } = document;
  const [first, ...others] = challengers;
  return {
    title: others.length === 0 ? `Verdict on ${first.name}` : `Verdict on ${challengers.length} challengers`,
    answer: others.length === 0 ? sentenceOf(first) : countSentence(challengers),
    ...(others.length === 0 && { facts: factsOf(first) }),
    sections: [
      summarySection(document, folder),
      ...(others.length === 0 ? sectionsOf(first) : challengers.slice(0, MOST_TOLD).map(sectionOfMany)),
    ],
    provenance: [
      ["Benchmark", document.benchmark],
      ["Chance of a wrong JUSTIFIED that is accepted", percent(document.alpha)],
    ],
  };
}

/** The sentence with its verdict toned: the one after the name, which may read like a verdict itself. */
function sentenceOf(one: VerdictEntry): Text {
  const { name, verdict } = one;
  const { answer: sentence } = answerOf(one);
  const at = sentence.indexOf(verdict, Math.min(name.length, sentence.length));
  if (at < 0) return sentence;
  return [sentence.slice(0, at), toned(TONES[verdict], verdict), sentence.slice(at + verdict.length)];
}

/** `1 of 3 challengers is JUSTIFIED: forest.` */
function countSentence(challengers: readonly VerdictEntry[]): Text {
  const found = challengers.filter(({ verdict }) => verdict === "JUSTIFIED").map(({ name }) => clipped(name, 40));
  if (found.length === 0) return `None of the ${whole(challengers.length)} challengers is JUSTIFIED.`;
  const more = found.length - MOST_NAMES;
  const names = listed(more > 0 ? [...found.slice(0, MOST_NAMES), `${whole(more)} more`] : found);
  const are = found.length === 1 ? "is" : "are";
  return [
    `${whole(found.length)} of ${whole(challengers.length)} challengers ${are} `,
    toned("good", "JUSTIFIED"),
    `: ${names}.`,
  ];
}

function summarySection(document: VerdictDocument, folder: string | undefined): Section {
  const { challengers } = document;
  const { head, rows, numeric } = summaryTable(document);
  const family = familyLine(document);
  const rest = challengers.length - MOST_TOLD;
  const columns = head.map((name, k) => ({
    head: name,
    numeric: numeric.has(k),
    ...(DROPS[name] !== undefined && { drop: DROPS[name] }),
  }));
  const cells = rows.map((row, i) =>
    row.map((cell, k): Inline => (k === 1 ? toned(TONES[challengers[i].verdict], cell) : cell)),
  );
  return {
    id: "summary",
    title: challengers.length === 1 ? "The verdict" : "All verdicts",
    serves: "Is the complex model worth it?",
    depth: "first",
    blocks: [
      ...(challengers.length === 1
        ? gainBlocks(challengers[0])
        : challengers
            .slice(0, MOST_TOLD)
            .map((one) => paragraph(...[sentenceOf(one)].flat(), ` ${answerOf(one).gain}`))),
      paragraph(questionLine(document)),
      ...(challengers.length === 1 ? [] : [{ kind: "table" as const, columns, rows: cells.slice(0, MOST_ROWS) }]),
      ...(rest > 0
        ? [paragraph(`Told one by one: the first ${MOST_TOLD}; verdict.json has all ${whole(challengers.length)}.`)]
        : []),
      ...(family === "" ? [] : [paragraph(family)]),
      ...(folder === undefined ? [] : [paragraph(`Written to ${folder}.`)]),
    ],
  };
}

function gainBlocks(one: VerdictEntry): readonly Block[] {
  const { gain } = answerOf(one);
  return gain === "" ? [] : [paragraph(gain)];
}

/** Challengers that are told one by one, rows of their table, and remarks on one; verdict.json has the others. */
const MOST_TOLD = 12;
const MOST_ROWS = 100;
const MOST_REMARKS = 20;
/** Names in the answer. */
const MOST_NAMES = 3;

/** Columns that go first where the table has to be narrower. */
const DROPS: Readonly<Record<string, number>> = { "hardest baseline": 3, needed: 2, p: 1, score: 4 };

function sectionsOf(one: VerdictEntry): readonly Section[] {
  return [
    {
      id: "gates",
      title: "The three gates",
      serves: "Which of evidence, worth and cost decided?",
      depth: "first",
      blocks: gatesBlocks(one),
    },
    {
      id: "settle",
      title: "What to do",
      serves: "Do I take it, and what would it take to know?",
      depth: "first",
      blocks: settleBlocks(one),
    },
    ...(one.against.length === 0
      ? []
      : [
          {
            id: "against",
            title: "What it was held against",
            serves: "Which baseline is the hardest to beat?",
            depth: "more" as const,
            blocks: againstBlocks(one, "Gain over each baseline"),
          },
        ]),
    {
      id: "remarks",
      title: "What else to know",
      serves: "How was it judged, and what could still be wrong?",
      depth: "first",
      blocks: [remarksBlock(one)],
    },
  ];
}

/** All of one challenger among several. */
function sectionOfMany(one: VerdictEntry, place: number): Section {
  return {
    id: `challenger-${place + 1}`,
    title: `${one.name}: ${one.verdict}`,
    serves: "Why this verdict, and what would change it?",
    depth: "first",
    blocks: [
      ...gatesBlocks(one),
      ...settleBlocks(one),
      remarksBlock(one),
      ...(one.against.length === 0 ? [] : againstBlocks(one, `Gain over each baseline: ${one.name}`)),
    ],
  };
}

function gatesBlocks(one: VerdictEntry): readonly Block[] {
  const { against } = remarksOf(one);
  return [
    gatesTable(one),
    ...(against.length > 0 ? [{ kind: "list" as const, items: against }] : []),
    ...checkBlocks(one),
  ];
}

function settleBlocks(one: VerdictEntry): readonly Block[] {
  return [
    paragraph(sentenceCase(adviceFor(one))),
    ...(one.rowsNeeded === null ? [] : rowsBlocks(one.rowsNeeded, one.margin)),
  ];
}

function remarksBlock(one: VerdictEntry): Block {
  const { remarks } = remarksOf(one);
  const rest = remarks.length - MOST_REMARKS;
  return {
    kind: "list",
    items: [
      ...remarks.slice(0, MOST_REMARKS).map((remark) => sentenceCase(remark.replace(/^Note: /, ""))),
      ...(rest > 0 ? [`... and ${whole(rest)} more in verdict.json`] : []),
    ],
  };
}

function againstBlocks(one: VerdictEntry, title: string): readonly Block[] {
  const { against, margin, metric, baseline } = one;
  const relative = margin.kind === "relative";
  const numbers = {
    kind: "table" as const,
    columns: [
      { head: "baseline" },
      { head: `its ${metric}`, numeric: true },
      { head: "gain over it", numeric: true },
      { head: "interval", numeric: true },
      { head: "p", numeric: true },
    ],
    rows: against.map((each) => [
      each.baseline,
      figure(each.score),
      gainFigure(each.gain, margin),
      intervalFigure(each, margin),
      pFigure(each.p),
    ]),
    marked: new Set([against.findIndex((each) => each.baseline === baseline)]),
  };
  const shown = against.filter(({ gain }) => gain !== null);
  if (shown.length === 0) return [numbers];
  const cut = (value: number | null): number | null => (value === null || !relative ? value : Math.max(-1, value));
  const rows = `${whole(one.rows)} ${one.part === "holdout" ? "held-out rows" : "rows in folds"}`;
  return [
    {
      kind: "figure",
      title,
      caption: `Gain of ${one.name} over each baseline it has to beat, with the interval of each comparison; right of the dashed line it exceeds what was asked. On ${rows}.`,
      numbers,
      draw: () =>
        intervals({
          title,
          description: `Gains over ${shown.length} baselines with their intervals`,
          label: relative ? "gain, share of what was left to gain" : `gain in ${metric}`,
          intervals: shown.map((each) => ({
            name: each.baseline,
            value: cut(each.gain),
            lower: cut(each.bounds.lower),
            upper: each.bounds.upper === null ? null : cut(each.bounds.upper),
          })),
          references: [
            { name: "what was asked", value: margin.value },
            { name: "no difference", value: 0 },
          ],
          ...(relative && { format: percent }),
        }),
    },
  ];
}

/** A clause as a sentence; names of metrics keep their letters. */
function sentenceCase(clause: string): string {
  const text = /^\w*_/.test(clause) ? clause : clause.charAt(0).toUpperCase() + clause.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
