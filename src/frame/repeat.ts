import type { Column, Dataset, Target } from "./dataset.ts";

/** One row of a table so many times, without its weight. O(count x columns). */
export function repeatRow(
  { columns, target, groups, groupNames, time, moments, forecast }: Dataset,
  row: number,
  count: number,
): Dataset {
  const doubles = (values: Float64Array): Float64Array => new Float64Array(count).fill(values[row]);
  const codes = (values: Int32Array): Int32Array => new Int32Array(count).fill(values[row]);
  const repeated = <C extends Column>(column: C): C => {
    if (column.kind === "number") return { ...column, values: doubles(column.values) };
    if (column.kind === "category") return { ...column, codes: codes(column.codes) };
    const text = column.bytes.subarray(row === 0 ? 0 : column.ends[row - 1], column.ends[row]);
    const bytes = new Uint8Array(count * text.length);
    for (let i = 0; i < count; i++) bytes.set(text, i * text.length);
    return { ...column, bytes, ends: Float64Array.from({ length: count }, (_, i) => (i + 1) * text.length) };
  };
  const asked: Target =
    target.task === "regression"
      ? { ...target, values: doubles(target.values) }
      : { ...target, codes: codes(target.codes) };
  return {
    rows: count,
    columns: columns.map(repeated),
    target: asked,
    ...(groups && { groups: codes(groups) }),
    ...(groupNames && { groupNames }),
    ...(time && { time: doubles(time) }),
    ...(moments && { moments: doubles(moments) }),
    ...(forecast && { forecast: repeated(forecast) }),
  };
}
