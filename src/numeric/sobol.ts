/**
 * Points of the Sobol sequence: they fill the unit cube more evenly than independent draws, and scrambled they are also
 * uniform, one by one. Direction numbers of S. Joe & F. Y. Kuo ("Constructing Sobol sequences with better
 * two-dimensional projections", SIAM J. Sci. Comput. 30, 2008; table new-joe-kuo-6.21201); nested uniform scrambling by
 * hashing (B. Burley, "Practical hash-based Owen scrambling", J. Computer Graphics Techniques 9(4), 2020).
 */
import type { Rng } from "./rng.ts";

/** Dimensions 2, 3, ...: the primitive polynomial's coefficients as bits, then the initial direction numbers. */
// prettier-ignore
const DIRECTIONS: readonly (readonly number[])[] = [
  [3, 1],
  [7, 1, 3],
  [11, 1, 3, 1],
  [13, 1, 1, 1],
  [19, 1, 1, 3, 3],
  [25, 1, 3, 5, 13],
  [37, 1, 1, 5, 5, 17],
  [41, 1, 1, 5, 5, 5],
  [47, 1, 1, 7, 11, 19],
  [55, 1, 1, 5, 1, 1],
  [59, 1, 1, 1, 3, 11],
  [61, 1, 3, 5, 5, 31],
  [67, 1, 3, 3, 9, 7, 49],
  [91, 1, 1, 1, 15, 21, 21],
  [97, 1, 3, 1, 13, 27, 49],
  [103, 1, 1, 1, 15, 7, 5],
  [109, 1, 3, 1, 15, 13, 25],
  [115, 1, 1, 5, 5, 19, 61],
  [131, 1, 3, 7, 11, 23, 15, 103],
  [137, 1, 3, 7, 13, 13, 15, 69],
  [143, 1, 1, 3, 13, 7, 35, 63],
  [145, 1, 3, 5, 9, 1, 25, 53],
  [157, 1, 3, 1, 13, 9, 35, 107],
  [167, 1, 3, 1, 5, 27, 61, 31],
  [171, 1, 1, 5, 11, 19, 41, 61],
  [185, 1, 3, 5, 3, 3, 13, 69],
  [191, 1, 1, 7, 13, 1, 19, 1],
  [193, 1, 3, 7, 5, 13, 19, 59],
  [203, 1, 1, 3, 9, 25, 29, 41],
  [211, 1, 3, 5, 13, 23, 1, 55],
  [213, 1, 3, 7, 3, 13, 59, 17],
  [229, 1, 3, 1, 3, 5, 53, 69],
  [239, 1, 1, 5, 5, 23, 33, 13],
  [241, 1, 1, 7, 7, 1, 61, 123],
  [247, 1, 1, 7, 9, 13, 61, 49],
  [253, 1, 3, 3, 5, 3, 55, 33],
  [285, 1, 3, 1, 15, 31, 13, 49, 245],
  [299, 1, 3, 5, 15, 31, 59, 63, 97],
  [301, 1, 3, 1, 11, 11, 11, 77, 249],
];

/** Most dimensions that `sobol` can fill. */
export const SOBOL_DIMENSIONS: number = DIRECTIONS.length + 1;

const BITS = 32;

/**
 * Points `from` .. `from + count - 1` of the sequence, row by row (count x dimensions), each coordinate in [0, 1).
 *
 * @param rng Scrambles the sequence; the same stream gives the same points, so a design can be continued. Draws are
 *   taken from streams split off by name, so `rng` itself does not advance. Absent: the plain sequence, from 0.
 * @throws RangeError when there are more than `SOBOL_DIMENSIONS` dimensions, or more than 2^32 points.
 * Cost: O(count x dimensions x 32) at worst.
 * Checked against SciPy: test/reference/sobol.json, made by sobol.py beside it.
 */
export function sobol(count: number, dimensions: number, rng?: Rng, from: number = 0): Float64Array {
  if (!(dimensions >= 1 && dimensions <= SOBOL_DIMENSIONS))
    throw new RangeError(`sobol: dimensions must be from 1 to ${SOBOL_DIMENSIONS}, got ${dimensions}`);
  if (!(from >= 0 && count >= 0 && from + count <= 2 ** BITS))
    throw new RangeError(`sobol: points must lie below 2^32, got ${from} + ${count}`);
  const points = new Float64Array(count * dimensions);
  for (let d = 0; d < dimensions; d++) {
    const directions = directionsOf(d);
    const seed = rng?.split(`sobol ${d}`).uint32();
    for (let i = 0; i < count; i++) {
      const bits = coordinate(directions, from + i);
      // A scrambled coordinate is moved to the middle of its cell, so that 0 never occurs.
      points[i * dimensions + d] = seed === undefined ? bits / 2 ** BITS : (scramble(bits, seed) + 0.5) / 2 ** BITS;
    }
  }
  return points;
}

/** Direction numbers of one dimension as 32-bit fractions (Bratley & Fox, ACM TOMS 14, 1988, eq. 2). */
function directionsOf(dimension: number): Uint32Array {
  const v = new Uint32Array(BITS);
  if (dimension === 0) {
    for (let i = 0; i < BITS; i++) v[i] = 2 ** (BITS - 1 - i);
    return v;
  }
  const [polynomial, ...initial] = DIRECTIONS[dimension - 1];
  const degree = initial.length;
  for (let i = 0; i < Math.min(degree, BITS); i++) v[i] = initial[i] * 2 ** (BITS - 1 - i);
  for (let i = degree; i < BITS; i++) {
    let next = v[i - degree] ^ (v[i - degree] >>> degree);
    for (let k = 1; k < degree; k++) if (((polynomial >>> (degree - k)) & 1) === 1) next ^= v[i - k];
    v[i] = next;
  }
  return v;
}

/** Coordinate of point `index` in Gray-code order. */
function coordinate(directions: Uint32Array, index: number): number {
  let bits = 0;
  let gray = (index ^ (index >>> 1)) >>> 0;
  for (let i = 0; gray !== 0; i++, gray >>>= 1) if ((gray & 1) === 1) bits ^= directions[i];
  return bits >>> 0;
}

/** Owen scrambling: each bit is flipped by a hash of the bits above it (Laine & Karras's permutation, bits reversed). */
function scramble(bits: number, seed: number): number {
  let x = reverse(bits);
  x = (x + seed) >>> 0;
  x ^= Math.imul(x, 0x6c50b47c);
  x ^= Math.imul(x, 0xb82f1e52);
  x ^= Math.imul(x, 0xc7afe638);
  x ^= Math.imul(x, 0x8d22f6e6);
  return reverse(x);
}

function reverse(x: number): number {
  let y = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  y = ((y >>> 2) & 0x33333333) | ((y & 0x33333333) << 2);
  y = ((y >>> 4) & 0x0f0f0f0f) | ((y & 0x0f0f0f0f) << 4);
  y = ((y >>> 8) & 0x00ff00ff) | ((y & 0x00ff00ff) << 8);
  return ((y >>> 16) | (y << 16)) >>> 0;
}
