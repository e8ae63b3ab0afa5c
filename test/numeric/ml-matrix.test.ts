/** Our decompositions beside those of ml-matrix, which share no line with them. */
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { choleskyInPlace, solveCholesky } from "../../src/numeric/cholesky.ts";
import { minimumNorm } from "../../src/numeric/minimum-norm.ts";
import { ridgeSolver } from "../../src/numeric/ridge-path.ts";
import { seeded } from "../../src/numeric/rng.ts";

interface Matrix {
  mmul(other: Matrix): Matrix;
  transpose(): Matrix;
  to1DArray(): number[];
  get(row: number, column: number): number;
}
interface MlMatrix {
  readonly Matrix: (new (rows: readonly (readonly number[])[]) => Matrix) & {
    columnVector(values: readonly number[]): Matrix;
    eye(size: number, columns: number, value: number): Matrix & { add(other: Matrix): Matrix };
  };
  readonly pseudoInverse: (matrix: Matrix) => Matrix;
  readonly solve: (left: Matrix, right: Matrix) => Matrix;
}
const { Matrix, pseudoInverse, solve } = createRequire(import.meta.url)("ml-matrix") as MlMatrix;

/** Products X'X and X'y of a table in which some columns are sums of others. */
function table(name: string, columns: number, dependent: number) {
  const rng = seeded("ml-matrix").split(name);
  const rows = Array.from({ length: 3 * columns }, () => {
    const free = Array.from({ length: columns - dependent }, () => rng.normal());
    return [...free, ...Array.from({ length: dependent }, (_, k) => free[k] - 2 * free[k + 1])];
  });
  const x = new Matrix(rows);
  const y = Matrix.columnVector(rows.map(() => rng.normal()));
  const a = x.transpose().mmul(x);
  const b = x.transpose().mmul(y);
  return { a, b, flat: Float64Array.from(a.to1DArray()), right: Float64Array.from(b.to1DArray()) };
}

function expectNear(found: ArrayLike<number>, wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 9));
}

describe("beside ml-matrix", () => {
  for (const columns of [1, 4, 9, 20]) {
    it(`Cholesky solves ${columns} equations`, () => {
      const { a, b, flat, right } = table(`whole ${columns}`, columns, 0);
      const x = right.slice();
      solveCholesky(choleskyInPlace(flat.slice(), columns), columns, x);
      expectNear(x, solve(a, b).to1DArray());
    });
    it(`a path of ridge penalties solves each of them with ${columns} columns`, () => {
      const { a, b, flat, right } = table(`ridge ${columns}`, columns, 0);
      const penalties = [0.01, 1, 100];
      for (const expected of [penalties.length, Infinity]) {
        const path = ridgeSolver(flat, columns, right, expected);
        for (const penalty of penalties)
          expectNear(path(penalty), solve(Matrix.eye(columns, columns, penalty).add(a), b).to1DArray());
      }
    });
  }
  for (const dependent of [0, 1, 3])
    it(`the least squares solution of smallest norm with ${dependent} dependent columns is that of the pseudo-inverse`, () => {
      const { a, b, flat, right } = table(`singular ${dependent}`, 8, dependent);
      const inverse = pseudoInverse(a);
      const found = minimumNorm(flat, 8, right);
      expect(found.rank).toBe(8 - dependent);
      expectNear(found.x, inverse.mmul(b).to1DArray());
      expectNear(
        found.inverseDiagonal(),
        Array.from({ length: 8 }, (_, i) => inverse.get(i, i)),
      );
    });
});
