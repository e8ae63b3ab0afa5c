import { expect, it } from "vitest";
import { errorsByFeature } from "../../../src/evaluate/diagnostics/error-by.ts";
import type { Column } from "../../../src/frame/dataset.ts";
import { seeded } from "../../../src/numeric/rng.ts";

const N = 400;
const rng = seeded("errors by feature");
const rows = Int32Array.from({ length: N }, (_, i) => i);
const number = (name: string): Column => ({
  kind: "number",
  name,
  values: Float64Array.from(rows, () => rng.normal()),
});
const columns = [number("x"), number("z")];
const noise = Float64Array.from(rows, () => Math.abs(rng.normal()));

it("tells the features that errors differ by, strongest first", () => {
  const [x, z] = columns as (Column & { kind: "number" })[];
  const errors = noise.map((error, i) => error + 5 * Number(z.values[i] > 0.5) + Number(x.values[i] > 0));
  const found = errorsByFeature(columns, rows, errors);
  expect(found.map(({ column }) => column)).toEqual(["z", "x"]);
  expect(found.some(({ byChance }) => byChance)).toBe(false);
  expect(found[0].groups.reduce((sum, group) => sum + group.rows, 0)).toBe(N);
});

it("tells the first alone where chance explains all, and says so", () => {
  const found = errorsByFeature(columns, rows, noise);
  expect(found).toHaveLength(1);
  expect(found[0].byChance).toBe(true);
});

it("tells nothing of errors that are all the same, or of no columns", () => {
  expect(errorsByFeature(columns, rows, new Float64Array(N))).toEqual([]);
  expect(errorsByFeature([], rows, noise)).toEqual([]);
});
