import { describe, expect, it } from "vitest";
import { allRows } from "../../src/frame/dataset.ts";
import { rowDesign, type DesignSources } from "../../src/encode/row-design.ts";
import { choleskyInPlace } from "../../src/numeric/cholesky.ts";
import { curvatureAt } from "../../src/numeric/glm/curvature.ts";
import { huberFit } from "../../src/numeric/glm/huber-fit.ts";
import { logisticLoss, softmaxLoss, squaredLoss, type Loss } from "../../src/numeric/glm/loss.ts";
import { newtonFit } from "../../src/numeric/glm/newton-fit.ts";
import { penalisedLoss } from "../../src/numeric/glm/objective.ts";
import type { Design } from "../../src/numeric/glm/panel.ts";
import { addGradient, denseMargins, margins } from "../../src/numeric/glm/row-pass.ts";
import { rowSpace } from "../../src/numeric/glm/row-space.ts";
import { sampleOf } from "../../src/numeric/glm/sample.ts";
import { corrected } from "../../src/numeric/glm/secant.ts";
import { addGradients, addMargins, fours } from "../../src/numeric/glm/side-by-side.ts";
import { smoothFit } from "../../src/numeric/glm/smooth-fit.ts";
import { seeded } from "../../src/numeric/rng.ts";

const ROWS = 700;
const rng = seeded("glm");
const normal = (count = ROWS): Float64Array => Float64Array.from({ length: count }, () => rng.normal());
const numbers = [normal(), normal().map((v) => (Math.abs(v) > 2 ? Number.NaN : v)), normal()];
const level = Int32Array.from({ length: ROWS }, (_, i) => (i * 13) % 5);
const sparse = {
  starts: Int32Array.from({ length: ROWS + 1 }, (_, i) => i >> 1),
  columns: Int32Array.from({ length: ROWS >> 1 }, (_, e) => e % 2),
  values: Float64Array.from({ length: ROWS >> 1 }, (_, e) => 1 + (e % 3)),
};
// The ones, three numbers (gaps count as 0.3), a flag, three of five levels; two sparse columns where asked for.
const SOLID: DesignSources = {
  dense: numbers.map((values) => ({ values, centre: 0.1, factor: 2, gap: 0.3 })),
  codes: [
    { numbers: numbers[1], slot: 4 },
    { codes: level, slots: Int32Array.of(8, 8, 5, 6, 7, 8) },
  ],
  indicators: 4,
};
const design = rowDesign(allRows(ROWS), SOLID);
const withSparse = rowDesign(allRows(ROWS), {
  ...SOLID,
  codes: [
    { numbers: numbers[1], slot: 4 },
    { codes: level, slots: Int32Array.of(10, 10, 5, 6, 7, 10) },
  ],
  sparse,
  sparseWidth: 2,
});

/** What stands in a row of the designs above, by their own words. */
function cells(row: number, width: number): number[] {
  const dense = numbers.map((values) => (Number.isNaN(values[row]) ? 0.3 : (values[row] - 0.1) * 2));
  const flag = Number(Number.isNaN(numbers[1][row]));
  const out = [1, ...dense, flag, ...[1, 2, 3].map((code) => Number(level[row] === code))];
  if (width === 8) return out;
  const tail = [0, 0];
  for (let e = sparse.starts[row]; e < sparse.starts[row + 1]; e++) tail[sparse.columns[e]] += sparse.values[e];
  return [...out, ...tail];
}

const weights = Float64Array.from({ length: ROWS }, (_, i) => 0.5 + (i % 4));
const margin = Float64Array.from({ length: ROWS }, (_, row) => numbers[0][row] + 0.5 * level[row] - 1);
const noise = normal();
const losses: Record<string, (w?: Float64Array) => Loss> = {
  squared: (w) =>
    squaredLoss(
      margin.map((value, i) => value + noise[i]),
      w,
    ),
  logistic: (w) =>
    logisticLoss(
      Int32Array.from(margin, (value, i) => Number(value + noise[i] > 0)),
      w,
    ),
  softmax: (w) =>
    softmaxLoss(
      3,
      Int32Array.from(margin, (value, i) => Math.min(2, Math.floor(Math.abs(value + noise[i])))),
      w,
    ),
};

/** The objective summed row by row. */
function byHand(loss: Loss, x: Float64Array, width: number, l2: number): number {
  let sum = 0;
  for (let row = 0; row < ROWS; row++) {
    const own = cells(row, width);
    const margins = Float64Array.from({ length: loss.outputs }, (_, k) =>
      own.reduce((total, value, j) => total + value * x[k * width + j], 0),
    );
    sum += loss.slopes(margins, row, 1);
  }
  const squares = x.reduce((total, value, i) => total + (i % width === 0 ? 0 : value * value), 0);
  return sum / loss.weight + (l2 / 2) * squares;
}

const point = (size: number): Float64Array => Float64Array.from({ length: size }, (_, i) => Math.sin(3 * i + 1) / 2);

for (const [name, make] of Object.entries(losses))
  for (const weighted of [false, true])
    describe(`${name}${weighted ? ", weights" : ""}`, () => {
      const loss = make(weighted ? weights : undefined);
      for (const [what, own] of [
        ["solid", design],
        ["sparse", withSparse],
      ] as const)
        it(`value and gradient over panels are those of the rows: ${what}`, () => {
          const { width } = own;
          const x = point(loss.outputs * width);
          const gradient = new Float64Array(x.length);
          const objective = penalisedLoss(own, loss, 0.3);
          expect(objective(x, gradient)).toBeCloseTo(byHand(loss, x, width, 0.3), 10);
          for (let i = 0; i < x.length; i++) {
            const step = 1e-5;
            const [up, down] = [x.slice(), x.slice()];
            up[i] += step;
            down[i] -= step;
            const slope = (byHand(loss, up, width, 0.3) - byHand(loss, down, width, 0.3)) / (2 * step);
            expect(gradient[i]).toBeCloseTo(slope, 6);
          }
        });
      for (const [what, own] of [
        ["solid", design],
        ["sparse", withSparse],
      ] as const)
        it(`second derivatives are those of the gradient: ${what}`, () => {
          const x = point(loss.outputs * own.width);
          const { blocks } = curvatureAt(own, loss, x, ROWS);
          expect(blocks.length).toBe(1);
          const [{ size, matrix }] = blocks;
          expect(size).toBe(x.length);
          const objective = penalisedLoss(own, loss, 0);
          for (let j = 0; j < size; j++) {
            const step = 1e-5;
            const [up, down] = [x.slice(), x.slice()];
            up[j] += step;
            down[j] -= step;
            const [above, below] = [new Float64Array(size), new Float64Array(size)];
            objective(up, above);
            objective(down, below);
            for (let i = j; i < size; i++)
              expect(matrix[i * size + j]).toBeCloseTo((above[i] - below[i]) / (2 * step), 6);
          }
        });
      it("a part of the loss counts its rows as often as told", () => {
        const places = Int32Array.of(3, 4, 650);
        const part = loss.take(places, Float64Array.of(1, 2, 0.5));
        const own = (k: number, i: number): number => loss.slopes(point(loss.outputs), places[i], 1) * k;
        const margins = Float64Array.from(
          { length: 3 * loss.outputs },
          (_, i) => point(loss.outputs)[i % loss.outputs],
        );
        expect(part.slopes(margins, 0, 3)).toBeCloseTo(own(1, 0) + own(2, 1) + own(0.5, 2), 10);
      });
      it("fits end where the gradient does, with and without an absolute penalty", () => {
        const start = new Float64Array(loss.outputs * 8);
        const gradient = new Float64Array(start.length);
        const smooth = smoothFit(design, loss, 0.01, start);
        penalisedLoss(design, loss, 0.01)(smooth.x, gradient);
        for (const value of gradient) expect(Math.abs(value)).toBeLessThan(1e-6);
        const fit = newtonFit(design, loss, { l1: 0.03, l2: 0.01 }, start);
        penalisedLoss(design, loss, 0.01)(fit.x, gradient);
        expect(fit.x.filter((value) => value === 0).length).toBeGreaterThan(0);
        for (let i = 0; i < start.length; i++) {
          if (i % 8 === 0) expect(Math.abs(gradient[i])).toBeLessThan(1e-6);
          else if (fit.x[i] === 0) expect(Math.abs(gradient[i])).toBeLessThan(0.03 + 1e-6);
          else expect(gradient[i] + 0.03 * Math.sign(fit.x[i])).toBeCloseTo(0, 6);
        }
        expect(start.every((value) => value === 0)).toBe(true);
      });
    });

describe("several outputs side by side", () => {
  for (const outputs of [2, 3, 4, 5, 9])
    it(`have the sums of each output by itself, to the bit: ${outputs}`, () => {
      const { width, dense } = withSparse;
      const row = width + 1;
      const each = normal(outputs * row).map((value, at) => (at % row === width ? 0 : value));
      const beside = new Float64Array(row * fours(outputs));
      for (let k = 0; k < outputs; k++)
        for (let j = 0; j < width; j++) beside[j * fours(outputs) + k] = each[k * row + j];
      const panel = withSparse.panel(1);
      const wanted = new Float64Array(panel.rows * outputs);
      const found = new Float64Array(panel.rows * outputs + 3);
      const sums = new Float64Array(outputs * row);
      const besideSums = new Float64Array(row * fours(outputs));
      const slopes = normal(panel.rows * outputs + 3);
      for (let k = 0; k < outputs; k++) {
        margins(withSparse, panel, each, k * row, wanted, k, outputs);
        denseMargins(dense, panel, each, k * row, found, k, outputs);
        addGradient(withSparse, panel, slopes, k, outputs, sums, k * row);
      }
      addMargins(withSparse, panel, beside, found, outputs);
      addGradients(withSparse, panel, slopes, besideSums, outputs);
      expect(found.subarray(0, wanted.length)).toEqual(wanted);
      for (let k = 0; k < outputs; k++)
        for (let j = dense; j < width; j++) expect(besideSums[j * fours(outputs) + k]).toBe(sums[k * row + j]);
    });
});

describe("outputs scaled apart", () => {
  const classes = 150; // more variables than are taken together
  const codes = Int32Array.from(margin, (value, i) => Math.abs(Math.round(40 * (value + noise[i]))) % classes);
  const loss = softmaxLoss(classes, codes);
  for (const l2 of [1e-2, 1e-6])
    it(`take few steps however weak the penalty: ${l2}`, () => {
      const start = new Float64Array(classes * withSparse.width);
      const { x, iterations, stopped } = smoothFit(withSparse, loss, l2, start);
      expect(stopped).toBe("converged");
      expect(iterations).toBeLessThan(150); // 300 where outputs may all move together
      const gradient = new Float64Array(x.length);
      penalisedLoss(withSparse, loss, l2)(x, gradient);
      for (const value of gradient) expect(Math.abs(value)).toBeLessThan(1e-6);
      for (let j = 0; j < withSparse.width; j++) {
        const own = Array.from({ length: classes }, (_, k) => x[k * withSparse.width + j]);
        expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9);
      }
    });
});

it("very many indicators, each scaled by its own second derivative, lead to the minimum of a whole block", () => {
  const rows = 2000;
  const levels = 400;
  const codes = [7, 11].map((step) => Int32Array.from({ length: rows }, (_, i) => (i * step * step) % levels));
  const slots = (first: number): Int32Array =>
    Int32Array.from({ length: levels + 1 }, (_, code) => (code === 0 ? 2 * levels + 1 : first + code - 1));
  const wide = rowDesign(allRows(rows), {
    dense: [],
    codes: codes.map((own, c) => ({ codes: own, slots: slots(1 + c * levels) })),
    indicators: 2 * levels,
  });
  const loss = logisticLoss(Int32Array.from({ length: rows }, (_, i) => Number((i * 31) % 100 < 20 + (i % 60))));
  const start = new Float64Array(wide.width);
  const { x, curvature } = smoothFit(wide, loss, 1 / rows, start);
  expect(curvature?.blocks ?? []).toEqual([]);
  const wanted = newtonFit(wide, loss, { l1: 0, l2: 1 / rows }, start);
  expect(wanted.curvature?.blocks.length).toBe(1);
  for (let j = 0; j < x.length; j++) expect(x[j]).toBeCloseTo(wanted.x[j], 3);
  const gradient = new Float64Array(x.length);
  penalisedLoss(wide, loss, 1 / rows)(x, gradient);
  for (const value of gradient) expect(Math.abs(value)).toBeLessThan(1e-6);
});

it("losses of margins as large as doubles are finite", () => {
  for (const size of [50, 800, 1e300]) {
    const margins = Float64Array.of(size, -size, size, -size);
    const value = logisticLoss(Int32Array.of(1, 0, 0, 1)).slopes(margins, 0, 4);
    expect(value / (2 * size)).toBeCloseTo(1, 9);
    expect([...margins]).toEqual([expect.closeTo(0), expect.closeTo(0), 1, -1]);
    const both = Float64Array.of(size, -size, 0);
    expect(softmaxLoss(3, Int32Array.of(1)).slopes(both, 0, 1) / (2 * size)).toBeCloseTo(1, 9);
    expect([...both]).toEqual([expect.closeTo(1), expect.closeTo(-1), expect.closeTo(0)]);
  }
});

describe("second derivatives corrected by a step", () => {
  const loss = losses.softmax(undefined);
  const size = 3 * 8;
  const move = point(size);
  const change = move.map((value, i) => (2 + Math.cos(i)) * value);
  const known = curvatureAt(design, loss, new Float64Array(size), ROWS);

  it("agree with the change of the gradient along it, and stay symmetric and positive", () => {
    const [{ matrix }] = corrected(known, move, change).blocks;
    const entry = (j: number, k: number): number => matrix[Math.max(j, k) * size + Math.min(j, k)];
    for (let j = 0; j < size; j++)
      expect(move.reduce((sum, value, k) => sum + entry(j, k) * value, 0)).toBeCloseTo(change[j], 9);
    const raised = matrix.slice();
    for (let j = 0; j < size; j++) raised[j * (size + 1)] += 1e-9; // intercepts of a softmax may move together for free
    expect(() => choleskyInPlace(raised, size)).not.toThrow();
  });
  it("are as they were where the step shows no curvature, or outputs are taken apart", () => {
    expect(corrected(known, move, new Float64Array(size))).toBe(known);
    const apart = curvatureAt(design, loss, new Float64Array(size), ROWS, { joint: 8 });
    expect(apart.blocks.length).toBe(3);
    expect(corrected(apart, move, change)).toBe(apart);
  });
  it("of a far point, or of each output apart, lead to the same fit", () => {
    const penalty = { l1: 0.01, l2: 0.01 };
    const start = new Float64Array(size);
    const wanted = newtonFit(design, loss, penalty, start);
    const far = curvatureAt(
      design,
      loss,
      point(size).map((value) => 6 * value),
      ROWS,
    );
    for (const nearby of [far, curvatureAt(design, loss, start, ROWS, { joint: 8 })]) {
      const { x, value, stopped } = newtonFit(design, loss, penalty, start, nearby);
      expect(stopped).toBe("converged");
      expect(value).toBeCloseTo(wanted.value, 12);
      for (let j = 0; j < size; j++)
        // intercepts against the first one: a shift of all of them changes nothing
        expect(x[j] - (j % 8 === 0 ? x[0] : 0)).toBeCloseTo(wanted.x[j] - (j % 8 === 0 ? wanted.x[0] : 0), 6);
    }
  });
});

describe("more classes than the second derivatives of all rows are worth", () => {
  const [rows, classes, columns] = [9000, 60, 7];
  const codes = Int32Array.from({ length: rows }, () => Math.floor(classes * rng.uniform() ** 2));
  const values = Array.from({ length: columns }, (_, j) =>
    Float64Array.from(codes, (code) => 1.5 * Math.sin(code * (j + 1)) + rng.normal()),
  );
  const many = rowDesign(allRows(rows), {
    dense: values.map((list) => ({ values: list, centre: 0, factor: 1, gap: 0 })),
    codes: [],
    indicators: 0,
  });
  const loss = softmaxLoss(classes, codes);
  const start = new Float64Array(classes * many.width);

  it("leave those of a sample, of all classes together", () => {
    for (const asked of [3000, rows]) expect(curvatureAt(many, loss, start, asked).blocks.length).toBe(1);
    expect(curvatureAt(many, loss, start, rows, { joint: 100 }).blocks.length).toBe(classes);
  });
  it("do not keep a fit from ending after a few steps", () => {
    const { stopped, iterations } = newtonFit(many, loss, { l1: 0, l2: 1e-3 }, start);
    expect(stopped).toBe("converged");
    expect(iterations).toBeLessThan(30);
  });
});

describe("samples of rows", () => {
  it("stand for all rows: factors add up to the rows, and rare indicators are kept", () => {
    const codes = Int32Array.from({ length: 20_000 }, (_, i) => (i % 2500 === 7 ? 1 : 0)); // 8 rows of level 1
    const rare = rowDesign(allRows(20_000), {
      dense: [],
      codes: [{ codes, slots: Int32Array.of(3, 1, 2) }],
      indicators: 2,
    });
    const { places, factors } = sampleOf(rare, 500);
    expect(places.every((place, i) => i === 0 || place > places[i - 1])).toBe(true);
    expect(Math.abs(factors.reduce((a, b) => a + b, 0) / 20_000 - 1)).toBeLessThan(0.01);
    expect(places.filter((place) => codes[place] === 1).length).toBe(8);
    expect(places.length).toBeLessThan(520);
  });
});

describe.each(["solid", "with sparse columns"])("row space of rows %s", (kind) => {
  it("keeps the rows' inner products, and lifts coefficients to the same margins and size", () => {
    const width = kind === "solid" ? 93 : 95;
    const wide: Design = rowDesign(allRows(40), {
      dense: Array.from({ length: 90 }, () => ({ values: normal(40), centre: 0, factor: 1, gap: 0 })),
      codes: [{ codes: level, slots: Int32Array.of(width, 91, 91, 92, 92, width) }],
      indicators: 2,
      ...(kind !== "solid" && {
        sparse: { ...sparse, starts: Int32Array.from({ length: 41 }, (_, i) => 2 * i - (i >> 2)) },
        sparseWidth: 2,
      }),
    });
    const { columns, lift } = rowSpace(wide);
    const x = Float64Array.from(columns, (_, c) => Math.cos(c));
    const lifted = lift(x);
    expect(lifted.length).toBe(width);
    expect(lifted[0]).toBe(0);
    const size = (v: Float64Array): number => v.reduce((sum, value) => sum + value * value, 0);
    expect(size(lifted)).toBeCloseTo(size(x), 9);
    const loss = squaredLoss(new Float64Array(40));
    const gradient = new Float64Array(width);
    // With targets of 0 the value is half the mean of the squared margins.
    const wanted = columns[0].map((_, i) => columns.reduce((sum, column, c) => sum + column[i] * x[c], 0));
    expect(penalisedLoss(wide, loss, 0)(lifted, gradient)).toBeCloseTo(size(wanted) / 80, 9);
  });
});

it("huberFit: where columns outnumber rows, fits of every row end, however weak the penalty", () => {
  const wide = rowDesign(allRows(60), {
    dense: Array.from({ length: 80 }, () => ({ values: normal(60), centre: 0, factor: 1, gap: 0 })),
    codes: [],
    indicators: 0,
  });
  const truth = normal(60);
  let start = new Float64Array(82);
  for (const l2 of [1, 0.1, 0.01, 0.001, 0]) {
    const fit = huberFit(wide, truth, undefined, l2, start);
    expect(fit.stopped).not.toBe("iteration limit");
    start = fit.x as Float64Array<ArrayBuffer>;
  }
  expect(Math.exp(start[81])).toBeCloseTo(0.01, 9);
});

it("huberFit: its scale and coefficients leave no slope", () => {
  const truth = margin.map((value, i) => (i % 20 === 0 ? 30 : value + noise[i]));
  const fit = huberFit(design, truth, weights, 0.01, new Float64Array(9));
  expect(fit.stopped).not.toBe("iteration limit");
  const objective = (x: Float64Array): number => {
    const scale = Math.exp(x[8]);
    let sum = 0;
    let total = 0;
    for (let row = 0; row < ROWS; row++) {
      const z = Math.abs((truth[row] - cells(row, 8).reduce((all, value, j) => all + value * x[j], 0)) / scale);
      sum += weights[row] * (scale + scale * (z <= 1.35 ? z * z : 2 * 1.35 * z - 1.35 ** 2));
      total += weights[row];
    }
    return sum / total + 0.01 * x.slice(1, 8).reduce((all, value) => all + value * value, 0);
  };
  for (let i = 0; i < 9; i++) {
    const [up, down] = [fit.x.slice(), fit.x.slice()];
    up[i] += 1e-5;
    down[i] -= 1e-5;
    expect(Math.abs((objective(up) - objective(down)) / 2e-5)).toBeLessThan(1e-5);
  }
  expect(fit.scale).toBeCloseTo(Math.exp(fit.x[8]), 12);
});
