/** What the independent witnesses are: rows, groups of rows, or stretches of time. Worked out once for all comparisons. */
import { timeBlocks, timeSteps } from "./serial.ts";
import { occupied } from "./units.ts";

/** What the caller says of the rows. */
export interface Dependence {
  /** The group of each row, 0, 1, ...; -1: a row on its own. */
  readonly groups?: Int32Array;
  /** Rank of each row in time; ties share one. */
  readonly time?: Float64Array;
  /** The rows are known not to be independent, but not how: nothing can be claimed. */
  readonly unknown?: boolean;
}

export interface Independence {
  readonly rows: number;
  /** Number of independent units that the narrowest reading leaves. */
  readonly units: number;
  /** What a unit is, in words: "rows", "groups", "time steps". */
  readonly unit: "rows" | "groups" | "time steps";
  /** Unit of each row; absent: each row. */
  readonly groups?: Int32Array;
  readonly time?: { readonly step: Int32Array; readonly steps: number; readonly blocks: Int32Array };
}

/** @throws RangeError when groups or time have another length than the rows, or a time is not finite. */
export function independence(rows: number, { groups, time }: Dependence = {}): Independence {
  for (const [name, values] of [
    ["groups", groups],
    ["time", time],
  ] as const) {
    if (values !== undefined && values.length !== rows) {
      throw new RangeError(`independence: ${name} must have ${rows} values, got ${values.length}`);
    }
  }
  const bad = time?.findIndex((t) => !Number.isFinite(t)) ?? -1;
  if (bad >= 0) throw new RangeError(`independence: time must be finite, got ${time?.[bad]} at row ${bad}`);
  const clusters = groups === undefined ? undefined : occupied(groups);
  const clock = time === undefined ? undefined : timeSteps(time);
  return {
    rows,
    units: Math.min(rows, clusters?.units ?? rows, clock?.steps ?? rows),
    unit: clusters !== undefined ? "groups" : clock !== undefined && clock.steps < rows ? "time steps" : "rows",
    ...(clusters === undefined ? {} : { groups: clusters.slots }),
    ...(clock === undefined ? {} : { time: { ...clock, blocks: timeBlocks(clock.step, clock.steps) } }),
  };
}
