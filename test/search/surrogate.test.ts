import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gaussianProcess } from "../../src/search/surrogate/gaussian-process.ts";
import { type Evidence, fitHyperparameters, negativeLogPosterior } from "../../src/search/surrogate/likelihood.ts";
import { logExpectedImprovement, logImprovement, logImprovementSlope } from "../../src/search/surrogate/log-ei.ts";
import { standardised } from "../../src/search/surrogate/output.ts";
import type { Observation } from "../../src/search/samplers/contract.ts";
import { seeded } from "../../src/numeric/rng.ts";

interface Case {
  x: number[];
  y: number[];
  known: number[];
  nominal: number[];
  theta: number[];
  value: number;
  places: number[][];
  posterior: [number, number][];
}
const reference = JSON.parse(readFileSync("test/reference/gaussian-process.json", "utf8")) as {
  cases: Case[];
  improvement: [number, number][];
};
const evidenceOf = ({ x, y, known, nominal }: Case): Evidence => ({
  n: y.length,
  nominal: Uint8Array.from(nominal),
  x: Float64Array.from(x),
  y: Float64Array.from(y),
  known: Float64Array.from(known),
});
/** Twelve points on three axes, one nominal, two of them at the same place. */
const twelve = (): Evidence => {
  const rng = seeded("twelve");
  const x = Float64Array.from({ length: 36 }, (_, i) => (i % 3 === 2 ? (rng.below(3) + 0.5) / 3 : rng.uniform()));
  x.copyWithin(33, 0, 3);
  const y = Float64Array.from({ length: 12 }, (_, i) => Math.sin(5 * x[3 * i]) + x[3 * i + 2] + 0.1 * rng.normal());
  return { n: 12, nominal: Uint8Array.of(0, 0, 1), x, y, known: Float64Array.from({ length: 12 }, (_, i) => 0.01 * i) };
};

describe("gaussian process", () => {
  for (const [number, c] of reference.cases.entries())
    it(`agrees with dense algebra on three points: case ${number}`, () => {
      const theta = Float64Array.from(c.theta);
      expect(negativeLogPosterior(evidenceOf(c))(theta, new Float64Array(theta.length))).toBeCloseTo(c.value, 9);
      const process = gaussianProcess(evidenceOf(c), undefined, theta);
      for (const [i, place] of c.places.entries()) {
        const { mean, variance } = process.at(Float64Array.from(place));
        expect(mean).toBeCloseTo(c.posterior[i][0], 10);
        expect(variance).toBeCloseTo(c.posterior[i][1], 10);
      }
    });
  it("has the gradient of its likelihood: central differences agree to 1e-6", () => {
    const objective = negativeLogPosterior(twelve());
    const theta = Float64Array.of(0.7, -0.4, 0.3, 0.2, -3);
    const gradient = new Float64Array(5);
    objective(theta, gradient);
    const unused = new Float64Array(5);
    for (let j = 0; j < 5; j++) {
      const at = (step: number): number => objective(theta.with(j, theta[j] + step), unused);
      expect(Math.abs((at(1e-5) - at(-1e-5)) / 2e-5 - gradient[j])).toBeLessThan(
        1e-6 * Math.max(1, Math.abs(gradient[j])),
      );
    }
  });
  it("has the gradient of its posterior by the numeric coordinates", () => {
    const process = gaussianProcess(twelve());
    const place = Float64Array.of(0.31, 0.62, 0.5);
    const means = new Float64Array(3);
    const variances = new Float64Array(3);
    expect(process.withGradient(place, means, variances)).toEqual(process.at(place));
    for (let k = 0; k < 2; k++) {
      const [up, down] = [1e-5, -1e-5].map((step) => process.at(place.with(k, place[k] + step)));
      expect((up.mean - down.mean) / 2e-5).toBeCloseTo(means[k], 5);
      expect((up.variance - down.variance) / 2e-5).toBeCloseTo(variances[k], 5);
    }
    expect([means[2], variances[2]]).toEqual([0, 0]);
  });
  it("fits hyperparameters where no neighbour is more probable", () => {
    const evidence = twelve();
    const objective = negativeLogPosterior(evidence);
    const theta = fitHyperparameters(evidence);
    const unused = new Float64Array(5);
    const least = objective(theta, unused);
    const rng = seeded("neighbours");
    for (let i = 0; i < 50; i++) {
      const other = theta.map((value) => value + 0.3 * rng.normal());
      expect(objective(other, unused)).toBeGreaterThan(least - 1e-2);
    }
  });
  it("believes pending places: the mean stays, the variance falls", () => {
    const evidence = twelve();
    const theta = fitHyperparameters(evidence);
    const place = Float64Array.of(0.9, 0.05, 0.5);
    const before = gaussianProcess(evidence, undefined, theta).at(place);
    const after = gaussianProcess(evidence, place, theta).at(place);
    expect(after.mean).toBeCloseTo(before.mean, 4);
    expect(after.variance).toBeLessThan(0.01 * before.variance);
    const twice = gaussianProcess(evidence, Float64Array.of(...place, ...place), theta).at(place);
    expect(twice.mean).toBeCloseTo(before.mean, 4);
  });
  it("trusts a loss less the larger its known variance", () => {
    const at = (known: number): number => {
      const evidence = { n: 2, nominal: Uint8Array.of(0), x: Float64Array.of(0.2, 0.8), y: Float64Array.of(1, -1) };
      const process = gaussianProcess(
        { ...evidence, known: Float64Array.of(known, 0) },
        undefined,
        Float64Array.of(1, 0, -10),
      );
      return process.at(Float64Array.of(0.2)).mean;
    };
    expect(at(0)).toBeCloseTo(1, 3);
    expect(at(1)).toBeLessThan(at(0.1));
    expect(at(0.1)).toBeLessThan(at(0));
  });
  it("is made of one point, of no axes, of more points than it fits, and of points that are all equal", () => {
    const one = gaussianProcess({
      n: 1,
      nominal: Uint8Array.of(0),
      x: Float64Array.of(0.5),
      y: Float64Array.of(0),
      known: new Float64Array(1),
    });
    expect(one.at(Float64Array.of(0.5)).mean).toBeCloseTo(0, 9);
    const none = gaussianProcess({
      n: 2,
      nominal: new Uint8Array(0),
      x: new Float64Array(0),
      y: Float64Array.of(0, 1),
      known: new Float64Array(2),
    });
    expect(none.at(new Float64Array(0)).mean).toBeGreaterThan(0);
    const n = 150;
    const x = Float64Array.from({ length: n }, (_, i) => i / n);
    const many = gaussianProcess({
      n,
      nominal: Uint8Array.of(0),
      x,
      y: x.map((v) => Math.sin(6 * v)),
      known: new Float64Array(n),
    });
    expect(many.at(Float64Array.of(0.2505)).mean).toBeCloseTo(Math.sin(6 * 0.2505), 3);
    const same = gaussianProcess({
      n: 5,
      nominal: Uint8Array.of(0),
      x: new Float64Array(5).fill(0.5),
      y: new Float64Array(5),
      known: new Float64Array(5),
    });
    expect(same.at(Float64Array.of(0.5)).mean).toBeCloseTo(0, 9);
  });
});

describe("log expected improvement", () => {
  for (const [z, expected] of reference.improvement)
    it(`agrees with 500 digits at z = ${z}`, () =>
      expect(Math.abs(logImprovement(z) - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected))));
  it("rises everywhere from -1000 to 1000, with the slope it says", () => {
    let last = -Infinity;
    for (let i = 0; i <= 4000; i++) {
      const z = -1000 + i / 2;
      const value = logImprovement(z);
      expect(Number.isFinite(value)).toBe(true);
      expect(value).toBeGreaterThan(last);
      last = value;
      if (Math.abs(z) > 50) continue;
      const slope = (logImprovement(z + 1e-4) - logImprovement(z - 1e-4)) / 2e-4;
      expect(Math.abs(slope - logImprovementSlope(z))).toBeLessThan(1e-5 * Math.max(1, Math.abs(slope)));
    }
  });
  it("is the log of the mean improvement of a normal loss", () => {
    const rng = seeded("improvement");
    let sum = 0;
    for (let i = 0; i < 200_000; i++) sum += Math.max(0, 1 - (1.5 + 0.7 * rng.normal())) / 200_000;
    expect(Math.exp(logExpectedImprovement(1, 1.5, 0.7))).toBeCloseTo(sum, 2);
  });
});

describe("standardised losses", () => {
  const observation = (loss: number, variance = 0): Observation => ({
    number: 0,
    point: {},
    state: "complete",
    loss,
    variance,
    steps: 1,
  });
  it("have mean 0 and deviation 1, keep their order, and come back", () => {
    const losses = [3, 1, 2, 5, 1000, 4];
    const { y, restore } = standardised(losses.map((loss) => observation(loss)));
    expect(y.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12);
    expect(y.reduce((a, b) => a + b * b, 0) / 6).toBeCloseTo(1, 12);
    const order = (list: ArrayLike<number>): number[] =>
      Array.from(list, (_, i) => i).sort((a, b) => list[a] - list[b]);
    expect(order(y)).toEqual(order(losses));
    for (const [i, loss] of losses.entries()) expect(restore(y[i])).toBeCloseTo(loss, 8);
  });
  it("pull in bad losses only: the good ones keep their distances", () => {
    const { y, scale } = standardised([1, 2, 3, 4, 1e6].map((loss) => observation(loss)));
    expect((y[2] - y[1]) * scale).toBeCloseTo(1, 9);
    expect((y[1] - y[0]) * scale).toBeCloseTo(1, 9);
    expect(y[4] - y[3]).toBeLessThan(40 * (y[3] - y[2]));
  });
  it("count a failure as the worst loss seen but not for sure, and carry known variances along", () => {
    const { y, known, scale } = standardised([
      observation(1, 0.25),
      observation(2),
      observation(3),
      observation(Number.NaN),
    ]);
    expect(y[3]).toBe(y[2]);
    expect(known[3]).toBe(1);
    expect(known[0]).toBeCloseTo(0.25 / scale ** 2, 12);
  });
  it("stay finite when all losses are equal, and when most are", () => {
    expect([...standardised([observation(7), observation(7)]).y]).toEqual([0, 0]);
    const { y } = standardised([1, 1, 1, 1, 2].map((loss) => observation(loss)));
    expect(y.every(Number.isFinite)).toBe(true);
    expect(y[4]).toBeGreaterThan(y[0]);
  });
});
