import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** A file of reference values, made by the script of the same name beside it. */
export function readReference<T>(name: string): T; // oxlint-disable-line typescript/no-unnecessary-type-parameters -- the caller says what its script wrote
export function readReference(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../reference/${name}.json`, import.meta.url), "utf8"));
}

/** Agrees to so many decimals. */
export function digits(got: number, wanted: number, places: number): void {
  expect(got).toBeCloseTo(wanted, places);
}

/** Agrees to a relative error. */
export function relatively(got: number, wanted: number, error: number): void {
  expect(Math.abs(got / wanted - 1), `${got} for ${wanted}`).toBeLessThan(error);
}

/** Ten differences used throughout. */
export const FIXTURE_A: Float64Array = Float64Array.of(0.02, 0.01, -0.01, 0.03, 0, 0.02, 0.01, 0.04, -0.02, 0.02);

/** Sixteen right-skewed values. */
export const FIXTURE_R16: Float64Array = Float64Array.from([
  10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213,
]);

/** Twenty left-skewed gains, as an overconfident challenger makes them. */
export const FIXTURE_LS: Float64Array = Float64Array.from(
  [5, 8, 2, 6, -40, 7, 3, 9, 4, -25, 6, 5, 7, 2, 8, 3, 6, 4, 5, 7].map((x) => x / 100),
);
