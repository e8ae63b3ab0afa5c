import type { BinnedColumn } from "./bins.ts";
import type { Premise } from "../../../models/rule-list/condition.ts";
import type { Evidence } from "./evidence.ts";
import { offerQuestions, type Asked, type Asking, type Question } from "./questions.ts";
import { shortlist, type Shortlist } from "./shortlist.ts";
import { binSums, type BinSums } from "./sums.ts";

/** So many of the best first conditions are tried out, */
const CANDIDATES = 6;
/** at most so many of them about one column. */
const CANDIDATES_A_COLUMN = 2;
/** Of more columns than this, those that part all rows best alone are looked at further. */
const MOST_COLUMNS = 100;
/** A second condition must gain at least so many times what the first gains alone: reading it has a price. */
const PAIR_GAIN = 1.25;

/**
 * Grows a list of rules greedily: each rule takes out the rows for which its conditions hold, and the next is sought
 * among the rest. A rule is chosen by what it gains and what the best single question about the rest would gain then, so
 * that the list goes on where there is more to learn. The first k rules are the list of k rules.
 *
 * @param rows Places among the training rows that the columns were binned for.
 * @param cover The weight of training rows that a rule must take, and leave.
 * Cost: a pass over rows x columns; for each rule about 12 over at most 100 columns, and as many over their bins.
 */
export function growList(
  columns: readonly BinnedColumn[],
  rows: Int32Array,
  evidence: Evidence,
  { rules, cover }: { readonly rules: number; readonly cover: number },
): Premise[] {
  const list: Premise[] = [];
  const all = binSums(columns, rows, evidence);
  const kept = screened({ columns, evidence, cover }, all);
  const problem: Problem = { columns: kept.map((at) => columns[at]), evidence, cover };
  let rest = rows;
  let sums: BinSums = { ...all, of: (at) => all.of(kept[at]) };
  while (list.length < rules) {
    const found = bestRule(problem, rest, sums);
    if (found === undefined) break;
    list.push(found.questions.map((question) => question.condition));
    ({ rest, sums } = found);
  }
  return list;
}

/** The columns that are looked at, in their order. */
function screened(problem: Problem, sums: BinSums): readonly number[] {
  const { columns } = problem;
  const places = [...columns.keys()];
  if (columns.length <= MOST_COLUMNS) return places;
  const asking = askingOf(problem, sums.total());
  const gains = Float64Array.from(columns, (column, at) => {
    const best = shortlist<Asked>(1);
    offerQuestions(column, sums.of(at), asking, best);
    return best.entries[0]?.gain ?? 0;
  });
  return places
    .sort((a, b) => gains[b] - gains[a] || a - b)
    .slice(0, MOST_COLUMNS)
    .sort((a, b) => a - b);
}

interface Problem {
  readonly columns: readonly BinnedColumn[];
  readonly evidence: Evidence;
  readonly cover: number;
}

interface Rule {
  readonly questions: readonly Question[];
  readonly gain: number;
  /** Rows that it does not take. */
  readonly rest: Int32Array;
}

function bestRule(problem: Problem, rows: Int32Array, sums: BinSums): (Rule & { readonly sums: BinSums }) | undefined {
  const { columns, evidence } = problem;
  const sumsOf = remembered(problem);
  const asking = askingOf(problem, sums.total());
  const shareOf = (whole: Float64Array): number => evidence.loss(whole, 0) / asking.before;
  const rules: Rule[] = [];
  for (const { gain, what } of firstQuestions(columns, sums, asking)) {
    const first = what();
    const [inside, rest] = parted(rows, first);
    rules.push({ questions: [first], gain, rest });
    if (shareOf(sumsOf(rest).total()) > 1 - (PAIR_GAIN * gain - 1) / 1e9) continue; // whatever the rows inside are told
    const better = bestQuestion(columns, sumsOf(inside), asking, PAIR_GAIN * gain);
    if (better === undefined) continue;
    const second = better.what();
    rules.push({ questions: [first, second], gain: better.gain, rest: without(rows, first, second) });
  }
  let best: (Rule & { readonly worth: number; readonly sums: BinSums }) | undefined;
  for (const rule of rules.toSorted((a, b) => b.gain - a.gain)) {
    const own = sumsOf(rule.rest);
    const whole = own.total();
    const share = shareOf(whole);
    const wanted = best === undefined ? 0 : 10 * (best.worth - 1) - rule.gain; // to be worth as much as the best
    const next = bestQuestion(columns, own, askingOf(problem, whole), wanted / share);
    const more = (next?.gain ?? 0) * share;
    const worth = Math.round((rule.gain + more) / 10); // two orders of the same two rules are worth the same
    if (best === undefined || worth > best.worth || (worth === best.worth && rule.gain > best.gain))
      best = { ...rule, worth, sums: own };
  }
  return best;
}

function askingOf({ evidence, cover }: Problem, whole: Float64Array): Asking {
  return { evidence, cover, whole, before: evidence.loss(whole, 0) };
}

/** The best questions about all rows, best first. */
function firstQuestions(columns: readonly BinnedColumn[], sums: BinSums, asking: Asking): Shortlist<Asked>["entries"] {
  const best = shortlist<Asked>(CANDIDATES);
  for (const [at, column] of columns.entries()) {
    const own = shortlist<Asked>(CANDIDATES_A_COLUMN);
    offerQuestions(column, sums.of(at), asking, own);
    for (const { gain, what } of own.entries) if (best.takes(gain)) best.put(gain, what);
  }
  return best.entries;
}

/** @param least What it must gain. */
function bestQuestion(
  columns: readonly BinnedColumn[],
  sums: BinSums,
  asking: Asking,
  least: number,
): Shortlist<Asked>["entries"][number] | undefined {
  const best = shortlist<Asked>(1, least);
  for (const [at, column] of columns.entries()) offerQuestions(column, sums.of(at), asking, best);
  return best.entries[0];
}

/** The sums of sets of rows: what one question takes is often what another leaves. */
function remembered({ columns, evidence }: Problem): (rows: Int32Array) => BinSums {
  const known: { readonly rows: Int32Array; readonly sums: BinSums }[] = [];
  return (rows) => {
    const found = known.find((one) => same(one.rows, rows));
    if (found !== undefined) return found.sums;
    const sums = binSums(columns, rows, evidence);
    known.push({ rows, sums });
    return sums;
  };
}

function same(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The rows for which the question's answer is yes, and the others. */
function parted(rows: Int32Array, { column, holds }: Question): readonly [Int32Array, Int32Array] {
  const { bin } = column;
  const inside = new Int32Array(rows.length);
  const rest = new Int32Array(rows.length);
  let taken = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (holds[bin[row]] === 1) inside[taken++] = row;
    else rest[i - taken] = row;
  }
  return [inside.subarray(0, taken), rest.subarray(0, rows.length - taken)];
}

/** The rows for which not both hold. */
function without(rows: Int32Array, first: Question, second: Question): Int32Array {
  const rest = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (first.holds[first.column.bin[row]] === 0 || second.holds[second.column.bin[row]] === 0) rest[count++] = row;
  }
  return rest.subarray(0, count);
}
