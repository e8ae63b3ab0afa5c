import type { Dataset, Rows } from "../../frame/dataset.ts";

/** Number and category columns that miss a value in some of the rows, by index. O(rows x columns). */
export function missingColumns({ columns }: Dataset, rows: Rows): number[] {
  return columns.flatMap((column, index) => {
    if (column.kind === "text") return [];
    const gone = column.kind === "number" ? missesNumber(column.values, rows) : missesLevel(column.codes, rows);
    return gone ? [index] : [];
  });
}

function missesNumber(values: Float64Array, rows: Rows): boolean {
  for (let i = 0; i < rows.length; i++) if (Number.isNaN(values[rows[i]])) return true;
  return false;
}

function missesLevel(codes: Int32Array, rows: Rows): boolean {
  for (let i = 0; i < rows.length; i++) if (codes[rows[i]] < 0) return true;
  return false;
}
