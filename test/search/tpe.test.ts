import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Parameter, Space } from "../../src/search/space.ts";
import { dimensionOf, placeOf } from "../../src/search/space/dimension.ts";
import { bandwidths, kernelWeights, logDensity, parzen, sampleParzen } from "../../src/search/samplers/tpe/parzen.ts";
import { seeded } from "../../src/numeric/rng.ts";

const SPACE: Space = {
  x: { type: "float", low: -5, high: 10, default: 0 },
  lr: { type: "float", low: 1e-4, high: 1, log: true, default: 0.1 },
  step: { type: "float", low: 0, high: 1, step: 0.25, default: 0 },
  depth: { type: "int", low: 1, high: 12, default: 1 },
  leaf: { type: "int", low: 1, high: 64, log: true, default: 1 },
  c: { type: "category", choices: [0, 1, 2], default: 0 },
};
interface Case {
  names: string[];
  n: number;
  observed: Record<string, number[]>;
  samples: Record<string, number[]>;
  logDensity: number[];
}
const cases = JSON.parse(readFileSync("test/reference/parzen.json", "utf8")) as Case[];

/** The reference gives densities by value (by its logarithm on a log scale), ours are by place. */
function logJacobian(parameter: Parameter): number {
  if (parameter.type !== "float" || parameter.step !== undefined) return 0;
  const { low, high, log = false } = parameter;
  return -Math.log(log ? Math.log(high / low) : high - low);
}

describe("parzen", () => {
  for (const { names, n, observed, samples, logDensity: expected } of cases)
    it(`agrees with Optuna on ${names.join(", ")} after ${n} trials`, () => {
      const axes = names.map((name) => dimensionOf(name, SPACE[name]));
      const places = (values: Record<string, number[]>, i: number): Float64Array =>
        Float64Array.from(axes, (axis) => placeOf(axis, values[axis.name][i]));
      const flat = new Float64Array(n * axes.length);
      for (let i = 0; i < n; i++) flat.set(places(observed, i), i * axes.length);
      const estimator = parzen(axes, flat, n);
      for (const [i, reference] of expected.entries()) {
        const jacobian = names.reduce((sum, name) => sum + logJacobian(SPACE[name]), 0);
        expect(logDensity(estimator, places(samples, i)) + jacobian).toBeCloseTo(reference, 8);
      }
    });
  it("weighs the newest 25 fully and older ones less, and sums to 1", () => {
    const weights = kernelWeights(30);
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(weights[0] / weights[29]).toBeCloseTo(1 / 30, 12);
    expect(weights[4] / weights[29]).toBeCloseTo(1, 12);
    expect(weights[30]).toBe(weights[29]);
    expect(kernelWeights(26)[0] / kernelWeights(26)[25]).toBeCloseTo(1 / 26, 12);
  });
  it("takes bandwidths from neighbours, clipped to 1 / (n + 2) .. 1", () => {
    expect([...bandwidths(Float64Array.of(0.2))]).toEqual([0.8]);
    expect([...bandwidths(Float64Array.of(0.9, 0.1, 0.3))].map((w) => w.toFixed(12))).toEqual(
      [0.6, 0.2, 0.6].map((w) => w.toFixed(12)),
    );
    expect([...bandwidths(Float64Array.of(0.5, 0.5))]).toEqual([0.25, 0.25]);
  });
  it("draws what its density says: frequencies of a stepped and a categorical axis", () => {
    const axes = [dimensionOf("step", SPACE["step"]), dimensionOf("c", SPACE["c"])];
    const estimator = parzen(axes, Float64Array.of(0.1, 0.5, 0.3, 0.5), 2);
    const rng = seeded("frequencies");
    const draws = 20_000;
    const counts = new Float64Array(15);
    const place = new Float64Array(2);
    for (let i = 0; i < draws; i++) {
      sampleParzen(estimator, rng, place);
      counts[Math.min(4, Math.floor(place[0] * 5)) * 3 + Math.floor(place[1] * 3)]++;
    }
    let total = 0;
    for (let s = 0; s < 5; s++)
      for (let c = 0; c < 3; c++) {
        const p = Math.exp(logDensity(estimator, Float64Array.of((s + 0.5) / 5, (c + 0.5) / 3)));
        total += p;
        expect(Math.abs(counts[s * 3 + c] / draws - p)).toBeLessThan(4 * Math.sqrt(p / draws) + 1e-4);
      }
    expect(total).toBeCloseTo(1, 9);
  });
});
