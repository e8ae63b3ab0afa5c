/**
 * Rows laid out for arithmetic. A design is a table of numbers that is never built as a whole: it hands out its rows a
 * panel at a time, small enough to stay in the processor's cache while products, margins or gradients are summed.
 */

/** Text features of a row, or anything else that is mostly zero: entry e of row i is at starts[i] <= e < starts[i + 1]. */
export interface SparseRows {
  readonly starts: Int32Array;
  /** Column of each entry, counted from 0 within the sparse columns; ascending within a row. */
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/**
 * A run of design rows. A row is: `dense` numbers side by side (padded with zeros to `stride`, a multiple of 4), then
 * `codeWidth` column numbers at which the row holds a 1 (`none` = the design's width: nowhere), then sparse entries.
 */
export interface Panel {
  /** Rows in this panel, and the place of its first row among all rows of the design. */
  readonly rows: number;
  readonly first: number;
  readonly numbers: Float64Array;
  readonly stride: number;
  /** Where this panel's rows start in `numbers` and in `codes`. */
  readonly numbersAt: number;
  readonly codes: Int32Array;
  readonly codeWidth: number;
  readonly codesAt: number;
}

/**
 * Rows times columns. Columns are numbered: dense ones first (column 0 is all ones: the intercept), then indicators
 * (each row holds a 1 in at most `codeWidth` of them), then sparse ones.
 */
export interface Design {
  readonly rows: number;
  /** Columns in all; also the `none` of codes. */
  readonly width: number;
  /** Dense columns, the ones included. */
  readonly dense: number;
  readonly indicators: number;
  readonly sparse?: SparseRows;
  readonly panels: number;
  /** The next call may reuse the buffers. */
  panel(index: number): Panel;
  /** The rows at these places (ascending), as a design of its own. */
  take(places: Int32Array): Design;
  /** These columns (ascending, the ones not named but kept), as a design of its own; sparse columns are left out. */
  select(columns: Int32Array): Design;
}

/** The sparse columns of a design: their entries, and the number of the first among all columns. */
export interface SparseColumns {
  readonly rows: SparseRows;
  readonly first: number;
}

export function sparseColumns({ sparse, dense, indicators }: Design): SparseColumns | undefined {
  return sparse && { rows: sparse, first: dense + indicators };
}

/** Row stride of `dense` columns: padded to whole blocks of four. */
export function strideOf(dense: number): number {
  return (dense + 3) & ~3;
}

/** Rows a panel: about 32 KiB of numbers, between 32 and 256 rows. */
export function panelRows(dense: number): number {
  return Math.min(256, Math.max(32, (4096 / strideOf(dense)) & ~3));
}

/** Numbers, codes and sparse entries in a panel. */
export function cellsOf({ dense, sparse }: Design, { first, rows, codeWidth }: Panel): number {
  const entries = sparse === undefined ? 0 : sparse.starts[first + rows] - sparse.starts[first];
  return rows * (dense + codeWidth) + entries;
}
