import type { BinnedColumn } from "./bins.ts";
import type { Premise } from "../../../models/rule-list/condition.ts";
import type { Evidence } from "./evidence.ts";
import { bestQuestions, type Candidate, type Question } from "./questions.ts";

/** So many of the best first conditions are tried out. */
const CANDIDATES = 6;
/** A second condition must gain at least so many times what the first gains alone: reading it has a price. */
const PAIR_GAIN = 1.25;

/**
 * Grows a list of rules greedily: each rule takes out the rows for which its conditions hold, and the next is sought
 * among the rest. A rule is chosen by what it gains and what the best single question about the rest would gain then, so
 * that the list goes on where there is more to learn. The first k rules are the list of k rules.
 *
 * @param rows Places among the training rows that the columns were binned for.
 * @param cover The weight of training rows that a rule must take, and leave.
 * Cost: about 20 passes over rows x columns for each rule.
 */
export function growList(
  columns: readonly BinnedColumn[],
  rows: Int32Array,
  evidence: Evidence,
  { rules, cover }: { readonly rules: number; readonly cover: number },
): Premise[] {
  const list: Premise[] = [];
  let rest = rows;
  while (list.length < rules) {
    const found = bestRule(columns, rest, evidence, cover);
    if (found === undefined) break;
    list.push(found.questions.map((question) => question.condition));
    rest = found.rest;
  }
  return list;
}

interface Rule {
  readonly questions: readonly Question[];
  readonly gain: number;
  /** Rows that it does not take. */
  readonly rest: Int32Array;
}

function bestRule(
  columns: readonly BinnedColumn[],
  rows: Int32Array,
  evidence: Evidence,
  cover: number,
): Rule | undefined {
  const whole = sumsOf(columns[0], rows, evidence);
  const rules: Rule[] = [];
  for (const candidate of ask(columns, rows, whole, evidence, cover, 2).slice(0, CANDIDATES)) {
    const first = candidate.question();
    rules.push({ questions: [first], gain: first.gain, rest: rows.filter((row) => !holds(first, row)) });
    const inside = rows.filter((row) => holds(first, row));
    const [better] = ask(columns, inside, whole, evidence, cover, 1);
    if (better === undefined || better.gain < PAIR_GAIN * first.gain) continue;
    const second = better.question();
    const rest = rows.filter((row) => !holds(first, row) || !holds(second, row));
    rules.push({ questions: [first, second], gain: second.gain, rest });
  }
  const before = evidence.loss(whole, 0);
  let best: (Rule & { worth: number }) | undefined;
  for (const rule of rules) {
    const rest = sumsOf(columns[0], rule.rest, evidence);
    const [next] = ask(columns, rule.rest, rest, evidence, cover, 1);
    const more = ((next?.gain ?? 0) * evidence.loss(rest, 0)) / before;
    const worth = Math.round((rule.gain + more) / 10); // two orders of the same two rules are worth the same
    if (best === undefined || worth > best.worth || (worth === best.worth && rule.gain > best.gain))
      best = { ...rule, worth };
  }
  return best;
}

function holds(question: Question, row: number): boolean {
  return question.holds[question.column.bin[row]] === 1;
}

/** The best questions about a set of rows, best first: at most `each` a column. */
function ask(
  columns: readonly BinnedColumn[],
  rows: Int32Array,
  whole: Float64Array,
  evidence: Evidence,
  cover: number,
  each: number,
): Candidate[] {
  return columns
    .flatMap((column) => bestQuestions(column, rows, whole, evidence, cover, each))
    .sort((a, b) => b.gain - a.gain);
}

function sumsOf({ bin, bins }: BinnedColumn, rows: Int32Array, evidence: Evidence): Float64Array {
  const sums = new Float64Array((bins + 1) * evidence.width);
  evidence.add(rows, bin, sums);
  const total = new Float64Array(evidence.width);
  for (let i = 0; i < sums.length; i++) total[i % evidence.width] += sums[i];
  return total;
}
