/** All questions about one column of a set of rows, and which of them parts the rows best. */
import type { BinnedColumn } from "./bins.ts";
import type { Condition } from "../../../models/rule-list/condition.ts";
import type { Evidence } from "./evidence.ts";

/** A condition, the bins for which it holds, and what is gained by giving the rows for which it holds an answer of their own. */
export interface Question {
  readonly condition: Condition;
  readonly column: BinnedColumn;
  /** One a bin, missing values last: 1 where the condition holds. */
  readonly holds: Uint8Array;
  /** In billionths of what the rows cost with one answer for all: whole, so that rounding makes and breaks no ties. */
  readonly gain: number;
}

/** A question by what it gains; the rest is made out only when it is chosen. */
export interface Candidate {
  readonly gain: number;
  readonly question: () => Question;
}

/** Longer lists of levels are not asked for: nobody reads them. */
const MOST_LEVELS = 5;

/**
 * The best questions about a column, best first, at most `count`.
 * `at`: the rows among which it holds or not. `whole`: the sums of the rows that its gain is measured on (at least `at`).
 * `cover`: the weight that must be on either side.
 */
export function bestQuestions(
  column: BinnedColumn,
  at: Int32Array,
  whole: Float64Array,
  evidence: Evidence,
  cover: number,
  count: number,
): Candidate[] {
  const { width } = evidence;
  const sums = new Float64Array((column.bins + 1) * width);
  evidence.add(at, column.bin, sums);
  const before = evidence.loss(whole, 0);
  const rest = new Float64Array(width);
  const best: { readonly gain: number; readonly question: () => Asked }[] = [];
  const consider = (inside: Float64Array, question: () => Asked): void => {
    for (let k = 0; k < width; k++) rest[k] = whole[k] - inside[k];
    if (evidence.weight(inside, 0) < cover || evidence.weight(rest, 0) < cover) return;
    const share = (before - evidence.loss(inside, 0) - evidence.loss(rest, 0)) / before;
    const gain = Math.round(share * 1e9);
    if (!(gain > 0) || (best.length === count && gain <= best[count - 1].gain)) return;
    let place = best.length === count ? count - 1 : best.length;
    for (; place > 0 && best[place - 1].gain < gain; place--) best[place] = best[place - 1];
    best[place] = { gain, question };
  };
  const known = new Float64Array(width);
  for (let b = 0; b < column.bins; b++) addTo(known, sums, b * width, 1);
  if (column.levels === undefined) askNumbers(column, sums, known, width, consider);
  else askLevels(column, column.levels, sums, known, evidence, consider);
  consider(sums.slice(column.bins * width), () => ({
    condition: { kind: "missing", column: column.column },
    holds: Uint8Array.from({ length: column.bins + 1 }, (_, b) => (b === column.bins ? 1 : 0)),
  }));
  return best.map(({ gain, question }) => ({ gain, question: () => ({ ...question(), column, gain }) }));
}

type Asked = Pick<Question, "condition" | "holds">;
type Consider = (inside: Float64Array, question: () => Asked) => void;

/** 1 for the bins of values for which something holds; missing values, last, are never among them. */
function binsWhere({ bins }: BinnedColumn, holds: (bin: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: bins + 1 }, (_, bin) => (bin < bins && holds(bin) ? 1 : 0));
}

function addTo(total: Float64Array, sums: Float64Array, from: number, sign: number): void {
  for (let k = 0; k < total.length; k++) total[k] += sign * sums[from + k];
}

function askNumbers(
  column: BinnedColumn,
  sums: Float64Array,
  known: Float64Array,
  width: number,
  consider: Consider,
): void {
  const below = new Float64Array(width);
  const above = known.slice();
  for (let b = 0; b + 1 < column.bins; b++) {
    addTo(below, sums, b * width, 1);
    addTo(above, sums, b * width, -1);
    const question = (isAbove: boolean) => (): Asked => ({
      condition: { kind: "bound", column: column.column, above: isAbove, bound: column.bounds![b] },
      holds: binsWhere(column, (bin) => bin > b === isAbove),
    });
    consider(below, question(false));
    consider(above, question(true));
  }
}

/** Sets of a few levels that stand first when levels are ordered by the target, and all but a few. */
function askLevels(
  column: BinnedColumn,
  levels: Int32Array,
  sums: Float64Array,
  known: Float64Array,
  evidence: Evidence,
  consider: Consider,
): void {
  const { width } = evidence;
  const present = [...levels.keys()].filter((b) => evidence.weight(sums, b * width) > 0);
  for (let k = 0; k < evidence.orders; k++) {
    const ordered = present.toSorted(
      (a, b) => evidence.score(sums, b * width, k) - evidence.score(sums, a * width, k) || a - b,
    );
    for (const list of evidence.orders === 1 ? [ordered, ordered.toReversed()] : [ordered]) {
      const inside = new Float64Array(width);
      const outside = known.slice();
      for (let size = 1; size <= MOST_LEVELS && size < list.length; size++) {
        const bin = list[size - 1];
        if (levels[bin] < 0) break; // rare levels have no name in common
        addTo(inside, sums, bin * width, 1);
        addTo(outside, sums, bin * width, -1);
        const named = list.slice(0, size);
        const question = (without: boolean) => (): Asked => ({
          condition: {
            kind: "levels",
            column: column.column,
            without,
            levels: named.map((b) => levels[b]).sort((a, b) => a - b),
          },
          holds: binsWhere(column, (b) => named.includes(b) !== without),
        });
        consider(inside, question(false));
        consider(outside, question(true));
      }
    }
  }
}
