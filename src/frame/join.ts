/** One dataset after another: a table and its separate test file, seen as one. */
import type { CategoryColumn, Column, Dataset, NumberColumn, Target, TextColumn } from "./dataset.ts";
import { ranks } from "./ranks.ts";
import { sharedBytes, sharedDoubles, sharedInts } from "./shared.ts";

/** The rows of `a`, then those of `b`. Both must have been made with one schema. @throws TypeError when they differ in form. */
export function joinDatasets(a: Dataset, b: Dataset): Dataset {
  return {
    rows: a.rows + b.rows,
    columns: a.columns.map((column, c) => joinColumns(column, b.columns[c])),
    target: joinTargets(a.target, b.target),
    ...(a.weights && { weights: numbers(a.weights, b.weights ?? new Float64Array(b.rows).fill(1)) }),
    ...(a.groups && joinGroups(a, b)),
    ...(a.time && joinTimes(a, a.time, b)),
    ...(a.forecast && b.forecast && { forecast: joinColumns(a.forecast, b.forecast) as NumberColumn | CategoryColumn }),
  };
}

function numbers(a: Float64Array, b: Float64Array): Float64Array {
  const out = sharedDoubles(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

function codes(a: Int32Array, b: Int32Array): Int32Array {
  const out = sharedInts(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** @throws TypeError when they are of two kinds. */
export function joinColumns(a: Column, b: Column): Column {
  if (a.kind === "number" && b.kind === "number") return { ...a, values: numbers(a.values, b.values) };
  if (a.kind === "category" && b.kind === "category") return { ...a, codes: codes(a.codes, b.codes) };
  if (a.kind === "text" && b.kind === "text") return joinTexts(a, b);
  throw new TypeError(`join: column ${a.name} is ${a.kind} in one table and ${b.kind} in the other`);
}

function joinTexts(a: TextColumn, b: TextColumn): TextColumn {
  const bytes = sharedBytes(a.bytes.length + b.bytes.length);
  bytes.set(a.bytes);
  bytes.set(b.bytes, a.bytes.length);
  const ends = numbers(a.ends, b.ends);
  for (let i = a.ends.length; i < ends.length; i++) ends[i] += a.bytes.length;
  return { ...a, bytes, ends };
}

function joinTargets(a: Target, b: Target): Target {
  if (a.task === "regression" && b.task === "regression") return { ...a, values: numbers(a.values, b.values) };
  if (a.task !== "regression" && b.task !== "regression") return { ...a, codes: codes(a.codes, b.codes) };
  throw new TypeError(`join: the target is ${a.task} in one table and ${b.task} in the other`);
}

/** Groups of one name are one group; the numbers of groups that only the second table has follow those of the first. */
function joinGroups(a: Dataset, b: Dataset): Pick<Dataset, "groups" | "groupNames"> {
  const names = [...(a.groupNames ?? [])];
  const numberOf = new Map(names.map((name, group) => [name, group]));
  const renumbered = (b.groupNames ?? []).map((name) => {
    let group = numberOf.get(name);
    if (group === undefined) numberOf.set(name, (group = names.push(name) - 1));
    return group;
  });
  const other = b.groups?.map((group) => renumbered[group] ?? -1) ?? new Int32Array(b.rows).fill(-1);
  return { groups: codes(a.groups!, other), groupNames: names };
}

/** One order for both tables, by their moments; rows without moments come after all rows of the first table. */
function joinTimes(a: Dataset, time: Float64Array, b: Dataset): Pick<Dataset, "time" | "moments"> {
  if (a.moments && b.moments) {
    const moments = numbers(a.moments, b.moments);
    return { time: ranks(moments), moments };
  }
  const past = time.reduce((top, moment) => Math.max(top, moment + 1), 0);
  return {
    time: numbers(
      time,
      Float64Array.from({ length: b.rows }, (_, i) => past + (b.time?.[i] ?? i)),
    ),
  };
}
