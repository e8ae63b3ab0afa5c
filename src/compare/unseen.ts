/**
 * Rows that were not drawn. A mean of row losses is settled by its rarest and largest ones, and the rows at hand may hold none
 * of them: they then look safe, and every test that knows nothing but their spread is too sure. Where probabilities tell what
 * to expect, `beliefs.ts` has it. Nothing limits the loss of a number, so each bound is taken with a part of one more row.
 *
 * - As much of it as the largest row carries of the spread beyond what it would among normal ones (2 log(n) / n), at most a
 *   third: where tails are light this adds nothing.
 * - Its contrast is four times the largest on the wrong side, or as large as the largest on the right side. Against the
 *   baseline it is up to sixteen times, the heavier the tail: a gain must not be ruled out because the rare rows that a
 *   baseline fails on are missing.
 * - Few rows: against a challenger also the most that a row can cost, a third of it, fading as exp(-(rows / 70)²). Of 114 rows,
 *   one sample in twenty shows no mistake of a kind made on 2.6 % of all rows.
 *
 * The score of one model is a pair of it and itself. Of classes, whose probabilities are no news there, its upper end is taken with a
 * third of a row that has another label, and costs what the rows at hand would then cost (root mean square).
 *
 * Chosen by measurement (`bench/honesty`, docs/error-rates.md).
 */
import type { Measured } from "./measure.ts";
import { withRows, type UnitMoments } from "./units.ts";

/** A part of a row: what it adds to the columns n and q of the contrast n - θq, and how much of a row it is. */
export interface Unseen {
  readonly n: number;
  readonly q: number;
  readonly weight: number;
}

export interface UnseenRows {
  /** Against the challenger, for the lower bound. */
  readonly worst: readonly Unseen[];
  /** Those of them that are reckoned with on many rows too. */
  readonly lasting: readonly Unseen[];
  /** For it, for the upper bound. */
  readonly best: readonly Unseen[];
}

/**
 * Rows that all show the same gain tell nothing of its spread, though of n rows without a mistake some 3 / n of all may be one. They
 * are reckoned with a third of one more, which lies as far on the other side of the margin, or as far away as a row can reach.
 * @param side -1: against the challenger; 1: for it. @param reach As `Measured` has it.
 */
export function contrary(
  side: 1 | -1,
  theta: number,
  reach: number | undefined,
): (moments: UnitMoments) => UnitMoments {
  return (moments) => {
    const { n, q, rows, units } = moments;
    const far = reach ?? 2 * Math.abs(n - theta * q);
    return withRows(moments, [{ n: n + (side * far * rows) / units, q, weight: PART }]);
  };
}

export const NONE_UNSEEN: UnseenRows = { worst: [], lasting: [], best: [] };

const PART = 1 / 3;
const TAIL = 4;
const MOST = 16;
const FEW = 70;
/** Rows on which hardly anything is left of what is reckoned with for their being few. */
export const FEW_FADED: number = 2 * FEW;

interface Contrast {
  readonly n: Float64Array;
  readonly q?: Float64Array;
  /** Mean of q. */
  readonly meanQ: number;
  /** The gain that is tested. */
  readonly theta: number;
  /** n and q of a row on which the models lose this much; `at`: its place, or -1 for any. */
  readonly nOf: (b: number, c: number, at: number) => number;
  readonly qOf: (b: number, at: number) => number;
}

/**
 * What may have been missed on either side of a contrast of numbers; nothing where row losses are not what is averaged.
 * Cost: O(rows).
 */
export function unseenRows(baseline: Measured, challenger: Measured, contrast: Contrast): UnseenRows {
  const { n, meanQ, theta, nOf, qOf } = contrast;
  const worst: Unseen[] = [];
  const best: Unseen[] = [];
  const { other } = baseline;
  if (other?.kind !== "numbers" || challenger.other === undefined) return NONE_UNSEEN;
  const { low, high, share } = largest(contrast);
  const usual = (2 * Math.log(n.length)) / n.length;
  const weight = Math.min(PART, Math.max(0, share - usual));
  const heavy = Math.min(MOST, Math.max(TAIL, (share / usual) * (2 / 3)));
  // On a row so many times as bad, the baseline loses as many times as much.
  const times = (of: Extreme, by: number): Unseen => {
    const q = qOf(by * (baseline.losses[of.at] ?? 0), -1);
    return { n: by * of.x + theta * q, q, weight };
  };
  const turned = ({ x }: Extreme): Unseen => ({ n: theta * meanQ - x, q: meanQ, weight });
  worst.push(-TAIL * low.x > high.x ? times(low, TAIL) : turned(high));
  best.push(heavy * high.x > -low.x ? times(high, heavy) : turned(low));
  const few = PART * Math.exp(-((n.length / FEW) ** 2));
  const lasting = worst.slice();
  if (few <= 1e-6) return { worst, lasting, best };
  const most = Math.max(other.most(), challenger.other.most());
  if (most > 0) worst.push({ n: nOf(0, most, -1), q: qOf(0, -1), weight: few });
  return { worst, lasting, best };
}

/** What a model of classes may have been spared: a third of a row with another label than it has. Cost: O(rows x classes). */
export function otherLabelled({ other }: Measured, codes: Int32Array, meanQ: number): Unseen[] {
  if (other?.kind !== "labels") return [];
  let squares = 0;
  for (let k = 0; k < other.classes; k++) {
    const losses = other.losses(k);
    for (let i = 0; i < losses.length; i++) if (codes[i] !== k) squares += losses[i] * losses[i];
  }
  return [{ n: Math.sqrt(squares / (codes.length * (other.classes - 1))), q: meanQ, weight: PART }];
}

/** A row's contrast and its place; -1: no row's. */
interface Extreme {
  readonly x: number;
  readonly at: number;
}

/** The smallest and the largest contrast of a row, 0 among them, and the larger one's share of all squares. */
function largest({ n, q, theta }: Contrast): { low: Extreme; high: Extreme; share: number } {
  let [low, lowAt, high, highAt, squares] = [0, -1, 0, -1, 0];
  for (let i = 0; i < n.length; i++) {
    const x = n[i] - theta * (q?.[i] ?? 1);
    squares += x * x;
    if (x < low) [low, lowAt] = [x, i];
    else if (x > high) [high, highAt] = [x, i];
  }
  const share = squares > 0 ? Math.max(low * low, high * high) / squares : 0;
  return { low: { x: low, at: lowAt }, high: { x: high, at: highAt }, share };
}
