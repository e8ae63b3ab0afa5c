/** Rows that are alike: what it costs not to declare them, and that declaring them helps. */
import type { Rng } from "./api.ts";
import type { Cell } from "./cell.ts";
import { absolute, judgeLosses } from "./judge.ts";

/** 20 groups of 10 rows with this intraclass correlation. */
function grouped(correlation: number, rng: Rng): Float64Array {
  const own = Math.sqrt(1 - correlation);
  const values = new Float64Array(200);
  for (let g = 0; g < 20; g++) {
    const shared = Math.sqrt(correlation) * rng.normal();
    for (let i = 0; i < 10; i++) values[10 * g + i] = shared + own * rng.normal();
  }
  return values;
}

/** 200 rows of a first-order autoregression. */
function serial(correlation: number, rng: Rng): Float64Array {
  const values = new Float64Array(200);
  let state = rng.normal() / Math.sqrt(1 - correlation * correlation);
  for (let t = 0; t < values.length; t++) {
    state = correlation * state + rng.normal();
    values[t] = state;
  }
  return values;
}

const groups = Int32Array.from({ length: 200 }, (_, i) => Math.floor(i / 10));
const time = Float64Array.from({ length: 200 }, (_, i) => i);

export function dependenceCells(): Cell[] {
  const zero = new Float64Array(200);
  const cell = (world: string, setting: string, rest: Pick<Cell, "kind" | "run"> & { bound?: number }): Cell => ({
    study: "dependent rows, no gain",
    world,
    setting,
    rows: 200,
    gain: 0,
    wrong: "both",
    ...rest,
  });
  const byGroup = [0, 0.1, 0.3].flatMap((icc) => [
    cell(`20 groups, correlation ${icc}`, "not declared", {
      kind: icc === 0 ? "guaranteed" : "known-liberal",
      bound: 0.06,
      run: (rng) => judgeLosses(grouped(icc, rng), zero, absolute(0)),
    }),
    cell(`20 groups, correlation ${icc}`, "groups declared", {
      kind: "guaranteed",
      bound: 0.06,
      run: (rng) => judgeLosses(grouped(icc, rng), zero, { ...absolute(0), dependence: { groups } }),
    }),
  ]);
  const byTime = [0, 0.3, 0.6].flatMap((rho) => [
    cell(`AR(1) ${rho}`, "not declared", {
      kind: rho === 0 ? "guaranteed" : "known-liberal",
      bound: 0.06,
      run: (rng) => judgeLosses(serial(rho, rng), zero, absolute(0)),
    }),
    cell(`AR(1) ${rho}`, "time declared", {
      kind: rho < 0.5 ? "guaranteed" : "known-liberal",
      bound: 0.06,
      run: (rng) => judgeLosses(serial(rho, rng), zero, { ...absolute(0), dependence: { time } }),
    }),
  ]);
  return [...byGroup, ...byTime];
}
