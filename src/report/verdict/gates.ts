/** Evidence, worth, cost: the three gates of a verdict, a row each. */
import type { Reason } from "../../compare/verdict/contract.ts";
import { toned, type Table, type Text, type Tone } from "../document/document.ts";
import { budgetLine } from "../verdict-checks.ts";
import { boundsFigure, gainFigure, marginFigure, type VerdictEntry } from "../verdict.ts";
import { pWords } from "../../words/numbers.ts";

const OUTCOMES: Readonly<Record<string, Tone>> = { passed: "good", failed: "bad", open: "open", "not asked": "quiet" };

export function gatesTable(one: VerdictEntry): Table {
  const rows = [evidence(one), worth(one), cost(one)];
  return {
    kind: "table",
    columns: [{ head: "gate" }, { head: "outcome" }, { head: "asked", drop: 1 }, { head: "found" }],
    rows: rows.map(([gate, asked, found, outcome]): readonly Text[] => [
      gate,
      toned(OUTCOMES[outcome], outcome),
      asked,
      found,
    ]),
  };
}

type Row = readonly [gate: string, asked: string, found: string, outcome: keyof typeof OUTCOMES];

/** Above, below or on both sides of a value, by the bounds. */
function side({ lower, upper }: VerdictEntry["bounds"], value: number): "passed" | "failed" | "open" {
  if (lower !== null && lower > value) return "passed";
  return upper !== null && upper <= value ? "failed" : "open";
}

/** Reasons for which a question is open though its bounds stand. */
const BOUNDS_STAND: ReadonlySet<Reason> = new Set(["underpowered", "near-margin", "budget-uncertain"]);

/** Without a share to gain: is it proven that there is a loss? */
function isLost({ gain, sublabel }: VerdictEntry): boolean {
  return gain === null && (sublabel === "worse" || sublabel === "no-gain");
}

function notFound(one: VerdictEntry): string {
  return isLost(one) || one.reason === "degenerate" ? "no share to gain" : "not judged";
}

function evidence(one: VerdictEntry): Row {
  const { gain, bounds, margin, rows, verdict, reason } = one;
  const found = gain === null ? notFound(one) : `${gainFigure(gain, margin)}, interval ${boundsFigure(bounds, margin)}`;
  const told = gain !== null && rows > 0 && (reason === null || BOUNDS_STAND.has(reason));
  return [
    "evidence",
    "a real gain",
    found,
    verdict === "JUSTIFIED" ? "passed" : isLost(one) ? "failed" : told ? side(bounds, 0) : "open",
  ];
}

function worth(one: VerdictEntry): Row {
  const { gain, bounds, margin, test, rows, verdict, reason } = one;
  const found = gain === null ? notFound(one) : pWords(test.p);
  const by = isLost(one) ? "failed" : side(bounds, margin.value);
  // Bounds above the margin that gave no yes were vetoed, or held back by what no bound tells.
  const told = gain !== null && rows > 0 && (by === "failed" || reason === null || reason === "budget-uncertain");
  return [
    "worth",
    marginFigure(margin).replace(">", "more than"),
    found,
    verdict === "JUSTIFIED" ? "passed" : told || isLost(one) ? by : "open",
  ];
}

function cost({ cost: budgets }: VerdictEntry): Row {
  if (budgets.length === 0) return ["cost", "no budget was set", "-", "not asked"];
  const over = budgets.filter(({ outcome }) => outcome === "over");
  const unsure = budgets.filter(({ outcome }) => outcome === "uncertain");
  const [told] = [...over, ...unsure, ...budgets];
  return [
    "cost",
    budgets.length === 1 ? "a budget" : `${budgets.length} budgets`,
    budgetLine(told),
    over.length > 0 ? "failed" : unsure.length > 0 ? "open" : "passed",
  ];
}
