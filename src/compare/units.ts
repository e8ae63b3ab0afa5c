/**
 * Sums over independent units. Every gain this room judges is a ratio of row sums, gain = Σn / Σq (with q = 1 for a plain
 * mean), so a claim about it is a claim about the contrast n - θq. Its moments are polynomials in θ: once they are
 * summed, any margin is tested, and any bound found, without touching a row again. They are summed about the gain itself, of
 * what n leaves of it: where every row shows nearly the same gain, nothing is lost to rounding.
 */
import { mean } from "../numeric/moments.ts";
import { roundingOf } from "../numeric/ties.ts";

/** Moments of unit sums of (r, q), r = n - about x q, centred per row; a unit is a row, a group of rows, or a stretch of time. */
export interface UnitMoments {
  readonly rows: number;
  readonly units: number;
  /** Degrees of freedom: units less one, of equal units as uneven as these. */
  readonly df: number;
  /** Means per row. */
  readonly n: number;
  readonly q: number;
  /** The gain that r is what is left of; any number for q that does not vary. */
  readonly about: number;
  /** Mean products over units: rr, rq, qq. */
  readonly second: readonly [number, number, number];
  /** rrr, rrq, rqq, qqq. */
  readonly third: readonly [number, number, number, number];
  /** rrrr, rrrq, rrqq, rqqq, qqqq. */
  readonly fourth: readonly [number, number, number, number, number];
  /** A second product this small is rounding error of the values it was made from. */
  readonly noise: number;
}

/** Mean, standard deviation (divisor units - 1), skewness and kurtosis (population) of n - θq over units. */
export interface Contrast {
  readonly mean: number;
  readonly sd: number;
  readonly skewness: number;
  readonly kurtosis: number;
}

export function contrastAt(moments: UnitMoments, theta: number): Contrast {
  const [rr, rq, qq] = moments.second;
  const [rrr, rrq, rqq, qqq] = moments.third;
  const [rrrr, rrrq, rrqq, rqqq, qqqq] = moments.fourth;
  const mean = moments.n - theta * moments.q;
  const off = theta - moments.about;
  const second = rr - off * (2 * rq - off * qq);
  if (!(second > moments.noise)) return { mean, sd: 0, skewness: 0, kurtosis: 3 };
  const third = rrr - off * (3 * rrq - off * (3 * rqq - off * qqq));
  const fourth = rrrr - off * (4 * rrrq - off * (6 * rrqq - off * (4 * rqqq - off * qqqq)));
  return {
    mean,
    sd: Math.sqrt((second * moments.units) / (moments.units - 1)),
    skewness: third / second ** 1.5,
    kurtosis: fourth / (second * second),
  };
}

/**
 * The moments of n and q over units.
 *
 * @param n,q One value a row; without `q` it is 1 for every row.
 * @param unitOf The unit of each row (0, 1, ..., each number used or not; -1: the row is a unit of its own). Absent: each
 *   row is a unit. Unit sums are scaled by units / rows, so that their spread is that of the mean per row times
 *   sqrt(units): the cluster-robust variance G / (G - 1) Σu² / rows² is sd² / units.
 * @param known What is known already: the means of n and q, and the size of the values that n is a difference of.
 * Cost: O(rows), two passes, one where the means are known.
 */
export function unitMoments(n: Float64Array, q?: Float64Array, unitOf?: Int32Array, known: Known = {}): UnitMoments {
  const means = { n: known.n ?? mean(n), q: q === undefined ? 1 : (known.q ?? mean(q)) };
  if (unitOf === undefined) return summarise(n.length, n.length, means, known, n, q, means, 1);
  const { slots, units } = occupied(unitOf);
  const sumsN = sumsByUnit(n, means.n, slots, units);
  const sumsQ = q === undefined ? undefined : sumsByUnit(q, means.q, slots, units);
  return summarise(n.length, units, means, known, sumsN, sumsQ, { n: 0, q: 0 }, units / n.length);
}

/**
 * The same over few groups of unequal size: the sum of a group counts as leaving it out would move the mean (the jackknife,
 * CR3), and the degrees of freedom are those of as many equal groups as these are worth. Groups of equal size: as above.
 * Source: C. A. Carter, K. T. Schnepel & D. G. Steigerwald, Review of Economics and Statistics 99, 2017 (effective groups).
 */
export function groupMoments(
  n: Float64Array,
  q: Float64Array | undefined,
  groups: Int32Array,
  known: Known = {},
): UnitMoments {
  const { slots, units } = occupied(groups);
  const sizes = new Float64Array(units);
  for (const slot of slots) sizes[slot]++;
  const means = { n: known.n ?? mean(n), q: q === undefined ? 1 : (known.q ?? mean(q)) };
  const stretch = sizes.map((size) => (size < n.length ? (n.length * (units - 1)) / (units * (n.length - size)) : 1));
  const stretched = (values: Float64Array, centre: number): Float64Array =>
    sumsByUnit(values, centre, slots, units).map((sum, group) => sum * stretch[group]);
  const sumsQ = q === undefined ? undefined : stretched(q, means.q);
  const effective = n.length ** 2 / sizes.reduce((sum, size) => sum + size * size, 0);
  return {
    ...summarise(n.length, units, means, known, stretched(n, means.n), sumsQ, { n: 0, q: 0 }, units / n.length),
    df: effective - 1,
  };
}

/**
 * The moments with parts of rows beside those that were drawn, each a unit of its own. The degrees of freedom stay.
 * @param extra n, q and weight of each. Cost: O(1).
 */
export function withRows(
  moments: UnitMoments,
  extra: readonly { readonly n: number; readonly q: number; readonly weight: number }[],
): UnitMoments {
  if (extra.length === 0) return moments;
  const { rows, units, about: gain, second, third, fourth } = moments;
  const all = units + extra.reduce((sum, { weight }) => sum + weight, 0);
  const left = ({ n, q }: { readonly n: number; readonly q: number }): number => n - gain * q;
  // raw[k][b]: mean product of k factors, b of them q, about the old means.
  const raw = [[1], [0, 0], second, third, fourth].map((list, k) =>
    list.map((value, b) => {
      const added = extra.reduce((sum, part) => {
        const [u, v] = [((left(part) - left(moments)) * units) / rows, ((part.q - moments.q) * units) / rows];
        return sum + part.weight * u ** (k - b) * v ** b;
      }, 0);
      return k === 0 ? 1 : (units * value + added) / all;
    }),
  );
  const [moveR, moveQ] = raw[1];
  const about = (k: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i <= k - b; i++) {
      for (let j = 0; j <= b; j++) {
        const ways = CHOOSE[k - b][i] * CHOOSE[b][j];
        sum += ways * (-moveR) ** (k - b - i) * (-moveQ) ** (b - j) * raw[i + j][j];
      }
    }
    return sum;
  };
  return {
    ...moments,
    units: all,
    n: moments.n + moveR + gain * moveQ,
    q: moments.q + moveQ,
    second: [about(2, 0), about(2, 1), about(2, 2)],
    third: [about(3, 0), about(3, 1), about(3, 2), about(3, 3)],
    fourth: [about(4, 0), about(4, 1), about(4, 2), about(4, 3), about(4, 4)],
  };
}

/** Binomial coefficients. */
const CHOOSE = [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1], [1, 4, 6, 4, 1]] as const;

export interface Known {
  readonly n?: number;
  readonly q?: number;
  readonly size?: number;
}

/** Sums of centred values by unit. */
function sumsByUnit(values: Float64Array, centre: number, slots: Int32Array, units: number): Float64Array {
  const sums = new Float64Array(units);
  for (let i = 0; i < values.length; i++) sums[slots[i]] += values[i] - centre;
  return sums;
}

/** Unit numbers without gaps: units that do not occur are left out, rows with -1 get a unit each. */
export function occupied(unitOf: Int32Array): { readonly slots: Int32Array; readonly units: number } {
  let largest = -1;
  for (let i = 0; i < unitOf.length; i++) if (unitOf[i] > largest) largest = unitOf[i];
  const slot = new Int32Array(largest + 1).fill(-1);
  for (let i = 0; i < unitOf.length; i++) if (unitOf[i] >= 0) slot[unitOf[i]] = 0;
  let units = 0;
  for (let u = 0; u <= largest; u++) if (slot[u] === 0) slot[u] = units++;
  const slots = new Int32Array(unitOf.length);
  for (let i = 0; i < unitOf.length; i++) slots[i] = unitOf[i] >= 0 ? slot[unitOf[i]] : units++;
  return { slots, units };
}

function summarise(
  rows: number,
  units: number,
  means: { n: number; q: number },
  { size = 0 }: Known,
  n: Float64Array,
  q: Float64Array | undefined,
  centre: { n: number; q: number },
  scale: number,
): UnitMoments {
  const sums = new Float64Array(12);
  const about = q === undefined || means.q === 0 ? 0 : means.n / means.q;
  if (q === undefined) addPowers(n, centre.n, scale, sums);
  else addProducts(n, q, about, centre.n, centre.q, scale, sums);
  const [rr, rq, qq, rrr, rrq, rqq, qqq, rrrr, rrrq, rrqq, rqqq, qqqq] = sums.map((sum) => sum / units);
  return {
    rows,
    units,
    df: units - 1,
    n: means.n,
    q: means.q,
    about,
    second: [rr, rq, qq],
    third: [rrr, rrq, rqq, qqq],
    fourth: [rrrr, rrrq, rrqq, rqqq, qqqq],
    noise: roundingOf(size) ** 2 + roundingOf(about) ** 2 * (qq + means.q ** 2),
  };
}

/** Powers of scaled, centred values into their places among the twelve sums. */
function addPowers(values: Float64Array, centre: number, scale: number, sums: Float64Array): void {
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < values.length; i++) {
    const x = (values[i] - centre) * scale;
    const square = x * x;
    second += square;
    third += square * x;
    fourth += square * square;
  }
  sums[0] = second;
  sums[3] = third;
  sums[7] = fourth;
}

/** All products of scaled, centred pairs (left - about x right, right) up to the fourth order. */
function addProducts(
  left: Float64Array,
  right: Float64Array,
  about: number,
  centreN: number,
  centreQ: number,
  scale: number,
  sums: Float64Array,
): void {
  let rr = 0;
  let rq = 0;
  let qq = 0;
  let rrr = 0;
  let rrq = 0;
  let rqq = 0;
  let qqq = 0;
  let rrrr = 0;
  let rrrq = 0;
  let rrqq = 0;
  let rqqq = 0;
  let qqqq = 0;
  for (let i = 0; i < left.length; i++) {
    const q = (right[i] - centreQ) * scale;
    const r = (left[i] - centreN) * scale - about * q;
    const r2 = r * r;
    const q2 = q * q;
    const both = r * q;
    rr += r2;
    rq += both;
    qq += q2;
    rrr += r2 * r;
    rrq += r2 * q;
    rqq += r * q2;
    qqq += q2 * q;
    rrrr += r2 * r2;
    rrrq += r2 * both;
    rrqq += r2 * q2;
    rqqq += both * q2;
    qqqq += q2 * q2;
  }
  sums.set([rr, rq, qq, rrr, rrq, rqq, qqq, rrrr, rrrq, rrqq, rqqq, qqqq]);
}
