import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  choleskyInPlace,
  deleteRow,
  factorRow,
  factorRows,
  invertCholesky,
  logDeterminant,
  NotPositiveDefinite,
  solveCholesky,
} from "../../src/numeric/cholesky.ts";
import { seeded } from "../../src/numeric/rng.ts";

interface Case {
  name: string;
  n: number;
  a: number[];
  b: number[];
  factor: number[];
  x: number[];
  logdet: number;
  inverse: number[];
}
const cases = JSON.parse(readFileSync("test/reference/cholesky.json", "utf8")) as Case[];

/** Largest difference, relative to the largest expected entry. */
const distance = (got: Float64Array, expected: readonly number[]): number =>
  Math.max(...expected.map((e, i) => Math.abs(got[i] - e))) / Math.max(...expected.map(Math.abs));

const lower = (a: ArrayLike<number>, n: number): Float64Array =>
  Float64Array.from(a, (value, at) => (at % n <= Math.floor(at / n) ? value : 0));
const cholesky = (a: Float64Array, n: number): Float64Array => choleskyInPlace(lower(a, n), n);

describe("cholesky", () => {
  for (const { name, n, a, b, factor, x, logdet, inverse } of cases) {
    const tolerance = name === "hilbert" ? 1e-9 : 1e-12; // the Hilbert matrix has condition 1.5e7
    it(`agrees with SciPy: ${name}`, () => {
      const l = cholesky(Float64Array.from(a), n);
      expect(distance(l, factor)).toBeLessThan(tolerance);
      expect(distance(solveCholesky(l, n, Float64Array.from(b)), x)).toBeLessThan(tolerance);
      expect(distance(invertCholesky(l, n), inverse)).toBeLessThan(tolerance);
      expect(logDeterminant(l, n)).toBeCloseTo(logdet, 7);
    });
    it(`grown row by row in a wider array it is the same factor: ${name}`, () => {
      const stride = n + 3;
      const grown = new Float64Array(stride * stride);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) grown[i * stride + j] = a[i * n + j];
        expect(factorRow(grown, i, stride)).toBe(true);
      }
      const l = cholesky(Float64Array.from(a), n);
      for (let i = 0; i < n; i++)
        expect([...grown.subarray(i * stride, i * stride + i + 1)]).toEqual([...l.subarray(i * n, i * n + i + 1)]);
      expect(logDeterminant(grown, n, stride)).toBe(logDeterminant(l, n));
      expect([...solveCholesky(grown, n, Float64Array.from(b), stride)]).toEqual([
        ...solveCholesky(l, n, Float64Array.from(b)),
      ]);
    });
  }
  it("L L' is A, and A^-1 A is the identity, whatever the matrix", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.infiniteStream(fc.double({ min: -3, max: 3, noNaN: true })),
        (n, stream) => {
          const b = Float64Array.from({ length: n * n }, () => stream.next().value as number);
          const a = new Float64Array(n * n);
          for (let i = 0; i < n; i++)
            for (let j = 0; j < n; j++) {
              let sum = i === j ? 1 : 0;
              for (let k = 0; k < n; k++) sum += b[i * n + k] * b[j * n + k];
              a[i * n + j] = sum;
            }
          const l = cholesky(a, n);
          const inverse = invertCholesky(l, n);
          for (let i = 0; i < n; i++)
            for (let j = 0; j < n; j++) {
              let product = 0;
              let unit = 0;
              for (let k = 0; k <= Math.min(i, j); k++) product += l[i * n + k] * l[j * n + k];
              for (let k = 0; k < n; k++) {
                unit += inverse[i * n + k] * a[k * n + j];
              }
              expect(product).toBeCloseTo(a[i * n + j], 9);
              expect(unit).toBeCloseTo(i === j ? 1 : 0, 6);
            }
        },
      ),
      { numRuns: 50, seed: 1 },
    );
  });
  it("names the row where the matrix stops being positive definite", () => {
    const error = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (thrown) {
        return thrown;
      }
    };
    const found = error(() => choleskyInPlace(Float64Array.of(4, 0, 0, 2, 1, 0, 0, 0, -1), 3));
    expect(found).toBeInstanceOf(NotPositiveDefinite);
    expect(found).toMatchObject({ row: 1, pivot: 0 });
    expect(() => cholesky(Float64Array.of(Number.NaN), 1)).toThrow(/pivot NaN at row 0/);
    expect(() => cholesky(Float64Array.of(1, 0, 1, 1 + 1e-12), 2)).not.toThrow();
  });
  it("stops before columns that are nearly collinear, and goes on from there", () => {
    expect(factorRows(Float64Array.of(1, 0, 1, 1 + 1e-12), 2, 2, 1e-10)).toBe(1);
    expect(factorRows(Float64Array.of(1, 0, 1, 1), 2)).toBe(1);
    expect(factorRow(Float64Array.of(1, 0, 1, 1), 1, 2)).toBe(false);
    const { n, a } = cases[0];
    const half = lower(a, n);
    const upTo = Math.floor(n / 2);
    expect(factorRows(half, upTo, n)).toBe(upTo);
    expect(factorRows(half, n, n, 0, upTo)).toBe(n);
    expect([...half]).toEqual([...cholesky(Float64Array.from(a), n)]);
  });
  it("reads the lower triangle only", () => {
    const a = Float64Array.of(4, 99, 2, 5);
    expect([...choleskyInPlace(a, 2)]).toEqual([2, 99, 1, 2]);
  });
});

it("a row and column taken out leave the factor of the rest", () => {
  const rng = seeded("a row taken out");
  const n = 7;
  const stride = 9;
  const roots = Float64Array.from({ length: n * n }, () => rng.normal());
  const entry = (i: number, j: number): number => {
    let sum = i === j ? 0.1 : 0;
    for (let k = 0; k < n; k++) sum += roots[i * n + k] * roots[j * n + k];
    return sum;
  };
  const factorOf = (places: readonly number[]): Float64Array => {
    const out = new Float64Array(stride * n);
    for (const [i, a] of places.entries())
      for (const [j, b] of places.entries()) if (j <= i) out[i * stride + j] = entry(a, b);
    return choleskyInPlace(out, places.length, stride);
  };
  const all = Array.from({ length: n }, (_, i) => i);
  for (const at of all) {
    const rest = all.filter((i) => i !== at);
    const factor = factorOf(all);
    deleteRow(factor, n, at, stride);
    const expected = factorOf(rest);
    for (let i = 0; i < rest.length; i++)
      for (let j = 0; j <= i; j++) expect(factor[i * stride + j]).toBeCloseTo(expected[i * stride + j], 10);
  }
});
