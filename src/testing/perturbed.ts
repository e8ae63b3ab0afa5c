import type { Column, Dataset, Rows } from "../frame/dataset.ts";
import { textAt, textColumn } from "./tables.ts";

/** The table with every cell of all other rows (features, target, weight, group, forecast) replaced by something wild. */
export function perturbed(data: Dataset, keep: Rows): Dataset {
  const kept = new Set(keep);
  const scramble = <T extends Float64Array | Int32Array>(values: T, wild: (i: number) => number): T => {
    const out = values.slice() as T;
    for (let i = 0; i < out.length; i++) if (!kept.has(i)) out[i] = wild(i);
    return out;
  };
  const column = (c: Column): Column => {
    if (c.kind === "number")
      return { ...c, values: scramble(c.values, (i) => (i % 3 === 0 ? Number.NaN : (i % 2 ? 1e6 : -1e6) + i)) };
    if (c.kind === "category") return { ...c, codes: scramble(c.codes, (i) => (i % (c.levels.length + 1)) - 1) };
    return textColumn(
      c.name,
      Array.from(c.ends, (_, i) => (kept.has(i) ? textAt(c, i) : `wild good awful ${i}`)),
    );
  };
  const { target } = data;
  return {
    ...data,
    columns: data.columns.map(column),
    target:
      target.task === "regression"
        ? { ...target, values: scramble(target.values, (i) => 1e4 * (i % 7)) }
        : { ...target, codes: scramble(target.codes, (i) => i % target.classes.length) },
    ...(data.weights && { weights: scramble(data.weights, (i) => 100 + i) }),
    ...(data.groups && { groups: scramble(data.groups, () => -1) }),
    ...(data.forecast && { forecast: column(data.forecast) as NonNullable<Dataset["forecast"]> }),
  };
}
