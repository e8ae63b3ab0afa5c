/**
 * Sums over independent units. Every gain this room judges is a ratio of row sums, gain = Σn / Σq (with q = 1 for a plain
 * mean), so a claim about it is a claim about the contrast n - θq. Its moments are polynomials in θ: once they are
 * summed, any margin is tested, and any bound found, without touching a row again.
 */
import { mean } from "../numeric/moments.ts";
import { roundingOf } from "../numeric/ties.ts";

/** Moments of unit sums of (n, q), centred per row; a unit is a row, a group of rows, or a stretch of time. */
export interface UnitMoments {
  readonly rows: number;
  readonly units: number;
  /** Degrees of freedom: units less one, of equal units as uneven as these. */
  readonly df: number;
  /** Means per row. */
  readonly n: number;
  readonly q: number;
  /** Mean products over units: nn, nq, qq. */
  readonly second: readonly [number, number, number];
  /** nnn, nnq, nqq, qqq. */
  readonly third: readonly [number, number, number, number];
  /** nnnn, nnnq, nnqq, nqqq, qqqq. */
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

/** Relative size below which a variance is rounding error of its terms. */
const ROUNDING = 1e-13;

export function contrastAt(moments: UnitMoments, theta: number): Contrast {
  const [nn, nq, qq] = moments.second;
  const [nnn, nnq, nqq, qqq] = moments.third;
  const [nnnn, nnnq, nnqq, nqqq, qqqq] = moments.fourth;
  const centre = moments.n - theta * moments.q;
  const second = nn - theta * (2 * nq - theta * qq);
  if (!(second > ROUNDING * (nn + theta * theta * qq) + moments.noise))
    return { mean: centre, sd: 0, skewness: 0, kurtosis: 3 };
  const third = nnn - theta * (3 * nnq - theta * (3 * nqq - theta * qqq));
  const fourth = nnnn - theta * (4 * nnnq - theta * (6 * nnqq - theta * (4 * nqqq - theta * qqqq)));
  return {
    mean: centre,
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
  const noise = roundingOf(known.size ?? 0) ** 2;
  if (unitOf === undefined) return { ...summarise(n.length, n.length, means, n, q, means, 1), noise };
  const { slots, units } = occupied(unitOf);
  const sumsN = sumsByUnit(n, means.n, slots, units);
  const sumsQ = q === undefined ? undefined : sumsByUnit(q, means.q, slots, units);
  return { ...summarise(n.length, units, means, sumsN, sumsQ, { n: 0, q: 0 }, units / n.length), noise };
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
    ...summarise(n.length, units, means, stretched(n, means.n), sumsQ, { n: 0, q: 0 }, units / n.length),
    df: effective - 1,
    noise: roundingOf(known.size ?? 0) ** 2,
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
  const { rows, units, second, third, fourth } = moments;
  const all = units + extra.reduce((sum, { weight }) => sum + weight, 0);
  // raw[k][b]: mean product of k factors, b of them q, about the old means.
  const raw = [[1], [0, 0], second, third, fourth].map((list, k) =>
    list.map((value, b) => {
      const added = extra.reduce((sum, { n, q, weight }) => {
        const [u, v] = [((n - moments.n) * units) / rows, ((q - moments.q) * units) / rows];
        return sum + weight * u ** (k - b) * v ** b;
      }, 0);
      return k === 0 ? 1 : (units * value + added) / all;
    }),
  );
  const [moveN, moveQ] = raw[1];
  const about = (k: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i <= k - b; i++) {
      for (let j = 0; j <= b; j++) {
        const ways = CHOOSE[k - b][i] * CHOOSE[b][j];
        sum += ways * (-moveN) ** (k - b - i) * (-moveQ) ** (b - j) * raw[i + j][j];
      }
    }
    return sum;
  };
  return {
    ...moments,
    units: all,
    n: moments.n + moveN,
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
  n: Float64Array,
  q: Float64Array | undefined,
  centre: { n: number; q: number },
  scale: number,
): Omit<UnitMoments, "noise"> {
  const sums = new Float64Array(12);
  if (q === undefined) addPowers(n, centre.n, scale, sums);
  else addProducts(n, q, centre.n, centre.q, scale, sums);
  const [nn, nq, qq, nnn, nnq, nqq, qqq, nnnn, nnnq, nnqq, nqqq, qqqq] = sums.map((sum) => sum / units);
  return {
    rows,
    units,
    df: units - 1,
    n: means.n,
    q: means.q,
    second: [nn, nq, qq],
    third: [nnn, nnq, nqq, qqq],
    fourth: [nnnn, nnnq, nnqq, nqqq, qqqq],
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

/** All products of scaled, centred pairs up to the fourth order. */
function addProducts(
  left: Float64Array,
  right: Float64Array,
  centreN: number,
  centreQ: number,
  scale: number,
  sums: Float64Array,
): void {
  let nn = 0;
  let nq = 0;
  let qq = 0;
  let nnn = 0;
  let nnq = 0;
  let nqq = 0;
  let qqq = 0;
  let nnnn = 0;
  let nnnq = 0;
  let nnqq = 0;
  let nqqq = 0;
  let qqqq = 0;
  for (let i = 0; i < left.length; i++) {
    const n = (left[i] - centreN) * scale;
    const q = (right[i] - centreQ) * scale;
    const n2 = n * n;
    const q2 = q * q;
    const both = n * q;
    nn += n2;
    nq += both;
    qq += q2;
    nnn += n2 * n;
    nnq += n2 * q;
    nqq += n * q2;
    qqq += q2 * q;
    nnnn += n2 * n2;
    nnnq += n2 * both;
    nnqq += n2 * q2;
    nqqq += both * q2;
    qqqq += q2 * q2;
  }
  sums.set([nn, nq, qq, nnn, nnq, nqq, qqq, nnnn, nnnq, nnqq, nqqq, qqqq]);
}
