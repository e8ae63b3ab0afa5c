/** Rows that are alike: what it costs not to declare them, and that declaring them helps. */
import type { Rng } from "./api.ts";
import type { Cell } from "./cell.ts";
import { absolute, judgeLosses } from "./judge.ts";

/** Groups of log-normal size, ten rows each on average and at least one: the largest of ten holds about a third of all rows. */
function unequalGroups(count: number, rng: Rng): Int32Array {
  const rows = 10 * count;
  const sizes = Float64Array.from({ length: count }, () => Math.exp(rng.normal()));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const groups = new Int32Array(rows);
  let at = count;
  sizes.forEach((size, group) => {
    groups[group] = group;
    const end = group === count - 1 ? rows : Math.min(rows, at + Math.round(((rows - count) * size) / total));
    for (; at < end; at++) groups[at] = group;
  });
  return groups;
}

/** Values of rows in groups with this intraclass correlation. */
function alike(groups: Int32Array, correlation: number, rng: Rng): Float64Array {
  const shared = new Map<number, number>();
  return Float64Array.from(groups, (group) => {
    const own = shared.get(group) ?? rng.normal();
    shared.set(group, own);
    return Math.sqrt(correlation) * own + Math.sqrt(1 - correlation) * rng.normal();
  });
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

/** Few groups, and some of them much larger than others. */
function unequalCells(): Cell[] {
  return [0.1, 0.3].flatMap((icc) =>
    [true, false].flatMap((declared) =>
      [10, 15, 30, 100].map((count): Cell => ({
        study: "groups of very unequal size, ten rows each on average, no gain",
        world: `correlation ${icc}`,
        setting: declared ? "groups declared" : "not declared",
        rows: 10 * count,
        gain: 0,
        wrong: "both",
        kind: declared ? "guaranteed" : "known-liberal",
        bound: 0.06,
        run: (rng) => {
          const groups = unequalGroups(count, rng);
          const values = alike(groups, icc, rng);
          const dependence = declared ? { dependence: { groups } } : {};
          return judgeLosses(values, new Float64Array(values.length), { ...absolute(0), ...dependence });
        },
      })),
    ),
  );
}

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
      run: (rng) => judgeLosses(alike(groups, icc, rng), zero, absolute(0)),
    }),
    cell(`20 groups, correlation ${icc}`, "groups declared", {
      kind: "guaranteed",
      bound: 0.06,
      run: (rng) => judgeLosses(alike(groups, icc, rng), zero, { ...absolute(0), dependence: { groups } }),
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
  return [...byGroup, ...byTime, ...unequalCells()];
}
