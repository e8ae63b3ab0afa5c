import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addColumn, designProducts, mergeCrossProducts, type CrossProducts } from "../../src/numeric/cross-products.ts";
import { elasticNet, residualOf } from "../../src/numeric/elastic-net.ts";
import { minimumNorm } from "../../src/numeric/minimum-norm.ts";
import { ridgeSolver } from "../../src/numeric/ridge-path.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { rowDesign } from "../../src/encode/row-design.ts";
import { allRows } from "../../src/frame/dataset.ts";

/** Rows of a random table; the columns from `rank` on are sums of earlier ones. */
function table(seed: number, rows: number, width: number, rank = width): Float64Array[] {
  const rng = seeded(seed).split("least squares");
  return Array.from({ length: rows }, () => {
    const row = new Float64Array(width);
    for (let j = 0; j < width; j++)
      row[j] = j < rank ? rng.normal() : row[j - rank] + (j - rank + 1 < rank ? row[j - rank + 1] : 0);
    return row;
  });
}

/** X'X, both triangles, and X'y. */
function squares(x: readonly Float64Array[], y: readonly number[]): { a: Float64Array; b: Float64Array } {
  const n = x[0].length;
  const a = new Float64Array(n * n);
  const b = new Float64Array(n);
  for (const [i, row] of x.entries())
    for (let j = 0; j < n; j++) {
      b[j] += row[j] * y[i];
      for (let k = 0; k < n; k++) a[j * n + k] += row[j] * row[k];
    }
  return { a, b };
}

function times(a: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  return x.map((_, j) => x.reduce((sum, value, k) => sum + a[j * n + k] * value, 0));
}

const sizes = fc.record({ seed: fc.nat(), n: fc.integer({ min: 1, max: 9 }) });

describe("ridgeSolver", () => {
  it("solves (A + penalty I) x = b for every penalty, and leaves A and b alone", () =>
    fc.assert(
      fc.property(sizes, ({ seed, n }) => {
        const y = Array.from({ length: 12 }, (_, i) => Math.sin(i + seed));
        const { a, b } = squares(table(seed, 12, n), y);
        const [beforeA, beforeB] = [a.slice(), b.slice()];
        for (const expected of [1, Infinity]) {
          const solve = ridgeSolver(a, n, b, expected);
          for (const penalty of [1e-6, 1, 1e6]) {
            const x = solve(penalty);
            const got = times(a, x);
            for (let j = 0; j < n; j++) expect(Math.abs(got[j] + penalty * x[j] - b[j])).toBeLessThan(1e-8);
          }
        }
        expect([a, b]).toEqual([beforeA, beforeB]);
      }),
      { numRuns: 60 },
    ));
  it("of a singular matrix goes to the smallest solution as the penalty falls", () => {
    const x = table(3, 20, 6, 4);
    const { a, b } = squares(
      x,
      x.map((row) => row[0] - 2 * row[5]),
    );
    const near = ridgeSolver(a, 6, b, Infinity)(1e-7);
    const { x: least, rank } = minimumNorm(a, 6, b);
    expect(rank).toBe(4);
    for (let j = 0; j < 6; j++) expect(near[j]).toBeCloseTo(least[j], 5);
  });

  it("solves what rounding makes indefinite the other way, whatever is expected", () => {
    const a = Float64Array.of(1, 0, 1 + 1e-9, 1);
    const b = Float64Array.of(1, 1);
    expect(ridgeSolver(a, 2, b, 1)(1e-10)).toEqual(ridgeSolver(a, 2, b, Infinity)(1e-10));
  });
});

describe("minimumNorm", () => {
  it("solves A x = b, with nothing in the null space", () =>
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 2, max: 5 }), (seed, rank) => {
        const n = rank + 2;
        const x = table(seed, 15, n, rank);
        const { a, b } = squares(
          x,
          Array.from({ length: 15 }, (_, i) => Math.cos(i)),
        );
        const found = minimumNorm(a, n, b);
        expect(found.rank).toBe(rank);
        const got = times(a, found.x);
        for (let j = 0; j < n; j++) expect(Math.abs(got[j] - b[j])).toBeLessThan(1e-7);
        // Column rank is the sum of columns 0 and 1: moving along that changes no answer, so x must be at right angles to it.
        const still = new Float64Array(n);
        still[rank] = 1;
        still[0] = -1;
        still[1] = -1;
        expect(Math.abs(still.reduce((sum, value, j) => sum + value * found.x[j], 0))).toBeLessThan(1e-8);
      }),
      { numRuns: 60 },
    ));
  it("has the diagonal of the inverse, or of the pseudo-inverse", () => {
    const own = minimumNorm(Float64Array.of(2, 0, 0, 5), 2, Float64Array.of(1, 1)).inverseDiagonal();
    expect(own[0]).toBeCloseTo(0.5, 12);
    expect(own[1]).toBeCloseTo(0.2, 12);
    // [[1, 1], [1, 1]] has the pseudo-inverse [[1, 1], [1, 1]] / 4
    const twins = minimumNorm(Float64Array.of(1, 1, 1, 1), 2, Float64Array.of(2, 2));
    for (const value of twins.inverseDiagonal()) expect(value).toBeCloseTo(0.25, 12);
    for (const value of twins.x) expect(value).toBeCloseTo(1, 12);
  });
  it("does not depend on units: a column of 1e-9 counts as one of 1", () => {
    const x = table(8, 10, 3);
    const y = x.map((row) => row[0] + 2 * row[1] + 3 * row[2]);
    const small = x.map((row) => row.map((value, j) => (j === 1 ? 1e-9 * value : value)));
    const { a, b } = squares(small, y);
    const found = minimumNorm(a, 3, b);
    expect(found.rank).toBe(3);
    expect(found.x[1] * 1e-9).toBeCloseTo(2, 6);
  });
});

describe("elasticNet", () => {
  it("stops where no variable can move: the optimality conditions, copied columns too", () =>
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 2, max: 6 }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        fc.constantFrom(0, 0.5),
        (seed, rank, strength, ridge) => {
          const n = rank + 2;
          const { a, b } = squares(
            table(seed, 20, n, rank),
            Array.from({ length: 20 }, (_, i) => 3 * Math.sin(i * 1.7)),
          );
          const x = new Float64Array(n);
          const lasso = new Float64Array(n).fill(strength);
          const residual = b.slice();
          const result = elasticNet({ matrix: a, lasso, ridge: new Float64Array(n).fill(ridge) }, x, residual);
          expect(result.converged).toBe(true);
          const got = times(a, x);
          for (let j = 0; j < n; j++) {
            expect(residual[j]).toBeCloseTo(b[j] - got[j], 9);
            const pull = b[j] - got[j] - ridge * x[j];
            if (x[j] === 0) expect(Math.abs(pull)).toBeLessThan(strength + 1e-7);
            else expect(Math.abs(pull - Math.sign(x[j]) * strength)).toBeLessThan(1e-7);
          }
        },
      ),
      { numRuns: 80 },
    ));
  it("sweeps on where equations of many variables would cost more, to the same minimum", () => {
    const n = 240;
    const rng = seeded("patience").split("many");
    const x = Array.from({ length: 400 }, () => {
      const shared = rng.normal();
      return Float64Array.from({ length: n }, () => rng.normal() + 0.1 * shared);
    });
    const { a, b } = squares(
      x,
      x.map((row) => row[0] - row[n - 1] + rng.normal()),
    );
    const problem = { matrix: a, lasso: new Float64Array(n).fill(0.01), ridge: new Float64Array(n) };
    const found = new Float64Array(n);
    const { converged, sweeps } = elasticNet(problem, found, residualOf(a, b, found));
    expect(converged).toBe(true);
    expect(sweeps).toBeGreaterThan(6); // four, then the equations, would be six
    const residual = residualOf(a, b, found);
    for (let j = 0; j < n; j++) expect(residual[j]).toBeCloseTo(0.01 * Math.sign(found[j]), 8);
  });

  it("leaves no traces: with all levels of two categories beside an intercept, what is out is exactly 0", () => {
    const n = 6;
    for (let seed = 0; seed < 50; seed++) {
      const rng = seeded(seed).split("traces");
      const rows = Array.from({ length: 20 }, () => {
        const [first, second] = [rng.below(2), rng.below(3)];
        return Float64Array.from([1, first, 1 - first, ...[0, 1, 2].map((level) => Number(level === second))]);
      });
      const { a, b } = squares(
        rows,
        rows.map((row) => row[1] + rng.normal()),
      );
      const x = new Float64Array(n);
      for (const strength of [2, 1, 0.6, 0.4]) {
        const lasso = new Float64Array(n).fill(strength, 1);
        elasticNet({ matrix: a, lasso, ridge: new Float64Array(n) }, x, residualOf(a, b, x));
        for (const value of x) if (value !== 0) expect(Math.abs(value)).toBeGreaterThan(1e-9);
      }
    }
  });
  it("without a lasso is ridge, beyond the largest pull nothing, and starts where it is told", () => {
    const { a, b } = squares(
      table(1, 15, 4),
      Array.from({ length: 15 }, (_, i) => i % 4),
    );
    const problem = (lasso: number): Parameters<typeof elasticNet>[0] => ({
      matrix: a,
      lasso: new Float64Array(4).fill(lasso),
      ridge: new Float64Array(4).fill(2),
    });
    const x = new Float64Array(4);
    elasticNet(problem(0), x, residualOf(a, b, x));
    const wanted = ridgeSolver(a, 4, b, 1)(2);
    for (let j = 0; j < 4; j++) expect(x[j]).toBeCloseTo(wanted[j], 9);
    expect(elasticNet(problem(0), x, residualOf(a, b, x)).sweeps).toBe(1);
    elasticNet(problem(Math.max(...b.map(Math.abs)) + 1e-9), x, residualOf(a, b, x));
    expect([...x]).toEqual([0, 0, 0, 0]);
  });
});

describe("cross products", () => {
  const rows = 300;
  const x = table(5, rows, 5);
  const columns = Array.from({ length: 5 }, (_, j) => Float64Array.from(x, (row) => 10 * j + row[j]));
  const level = Int32Array.from({ length: rows }, (_, i) => (i * 7) % 4); // level 3 has no column
  const weights = Float64Array.from({ length: rows }, (_, i) => 0.5 + (i % 3));
  const design = (own: Int32Array): ReturnType<typeof rowDesign> =>
    rowDesign(own, {
      dense: columns.map((values) => ({ values, centre: 0, factor: 1, gap: 0 })),
      codes: [{ codes: level, slots: Int32Array.of(9, 6, 7, 8, 9) }],
      indicators: 3,
    });
  const productsOf = (own: Int32Array): CrossProducts =>
    designProducts(
      design(own),
      Float64Array.from(own, (row) => weights[row]),
    );

  it("are the weighted sums about the means, indicators too", () => {
    const { width, weight, means, centred } = productsOf(allRows(rows));
    expect(width).toBe(8);
    const cell = (row: number, j: number): number => (j < 5 ? columns[j][row] : Number(level[row] === j - 5));
    const total = weights.reduce((a, b) => a + b, 0);
    expect(weight).toBeCloseTo(total, 9);
    for (let j = 0; j < 8; j++) {
      const mean = weights.reduce((sum, w, row) => sum + (w / total) * cell(row, j), 0);
      expect(means[j]).toBeCloseTo(mean, 9);
      for (let k = 0; k <= j; k++) {
        const other = weights.reduce((sum, w, row) => sum + (w / total) * cell(row, k), 0);
        const wanted = weights.reduce((sum, w, row) => sum + w * (cell(row, j) - mean) * (cell(row, k) - other), 0);
        expect(centred[j * 8 + k]).toBeCloseTo(wanted, 6);
      }
    }
  });
  it("of parts merge into those of all rows", () => {
    const parts = [0, 1, 2].map((part) => productsOf(allRows(rows).filter((row) => row % 3 === part)));
    const whole = productsOf(allRows(rows));
    const merged = mergeCrossProducts(parts);
    expect(merged.weight).toBeCloseTo(whole.weight, 9);
    for (let j = 0; j < 8; j++) {
      expect(merged.means[j]).toBeCloseTo(whole.means[j], 9);
      for (let k = 0; k <= j; k++) expect(merged.centred[j * 8 + k]).toBeCloseTo(whole.centred[j * 8 + k], 6);
    }
    expect(() => mergeCrossProducts([])).toThrow(RangeError);
    expect(() => mergeCrossProducts([whole, { ...whole, width: 3 }])).toThrow(/widths must agree/);
  });
  it("a column replaced by itself plus another", () => {
    const changed = productsOf(allRows(rows));
    addColumn(changed, 2, 6, 2.5);
    const [values] = [columns[2].map((value, row) => value + 2.5 * Number(level[row] === 1))];
    const kept = columns[2];
    columns[2] = values;
    const wanted = productsOf(allRows(rows));
    columns[2] = kept;
    for (let j = 0; j < 8; j++) {
      expect(changed.means[j]).toBeCloseTo(wanted.means[j], 9);
      for (let k = 0; k <= j; k++) expect(changed.centred[j * 8 + k]).toBeCloseTo(wanted.centred[j * 8 + k], 6);
    }
  });
});
