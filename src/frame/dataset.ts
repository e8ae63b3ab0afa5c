/**
 * The table as estimators see it: typed columns, a target, and what rows belong together. Built once, never changed.
 * Numeric arrays may be views on SharedArrayBuffers, so that worker threads read the same memory.
 */

/** Row numbers of a dataset, ascending and without repeats unless a function says otherwise. */
export type Rows = Int32Array;

/** A quantity. NaN is missing; infinities do not occur. */
export interface NumberColumn {
  readonly kind: "number";
  readonly name: string;
  readonly values: Float64Array;
}

/** One of a list of levels (booleans and codes too). -1 is missing. Levels are numeric-then-lexical, all of the file's. */
export interface CategoryColumn {
  readonly kind: "category";
  readonly name: string;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** Free text, UTF-8, end to end: row i is bytes[ends[i - 1] .. ends[i]). An empty text is missing. */
export interface TextColumn {
  readonly kind: "text";
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly ends: Float64Array;
}

export type Column = NumberColumn | CategoryColumn | TextColumn;

export type Task = "binary" | "multiclass" | "regression";

/** What is to be predicted. Rows without a target (NaN, -1) are never trained or scored on. */
export type Target =
  | { readonly task: "regression"; readonly name: string; readonly values: Float64Array }
  | {
      readonly task: "binary" | "multiclass";
      readonly name: string;
      readonly codes: Int32Array;
      /** In order; for a binary task the positive class is the last. */
      readonly classes: readonly string[];
    };

export interface Dataset {
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly target: Target;
  /** Fitting weight of each row, finite and >= 0; absent: all 1. */
  readonly weights?: Float64Array;
  /** The group (patient, user, ...) each row belongs to, 0 .. groups - 1; -1 is missing. */
  readonly groups?: Int32Array;
  /** What each group is called, by its number: what makes it the same group in another table. Absent: they have no names. */
  readonly groupNames?: readonly string[];
  /** Rank of each row in time: smaller is earlier, ties share a rank. */
  readonly time?: Float64Array;
  /** The moments behind the ranks, by which another table's rows can be put among these; absent where the rows' own order is the time. */
  readonly moments?: Float64Array;
  /** What the status quo (the user's rule or column) says of each row. */
  readonly forecast?: NumberColumn | CategoryColumn;
}

/** A dataset and the rows of it to learn from. */
export interface View {
  readonly data: Dataset;
  readonly rows: Rows;
}

/** What a model must know of a table to be loaded, explained and applied to another one: everything but the values. */
export interface Shape {
  readonly task: Task;
  readonly target: string;
  /** Empty for regression. */
  readonly classes: readonly string[];
  readonly columns: readonly {
    readonly name: string;
    readonly kind: Column["kind"];
    /** Of a category, else empty. */
    readonly levels: readonly string[];
  }[];
}

/** The shape of a dataset. O(columns). */
export function shapeOf(data: Dataset): Shape {
  return {
    task: data.target.task,
    target: data.target.name,
    classes: data.target.task === "regression" ? [] : data.target.classes,
    columns: data.columns.map((column) => ({
      name: column.name,
      kind: column.kind,
      levels: column.kind === "category" ? column.levels : [],
    })),
  };
}

/** 0 .. count - 1. */
export function allRows(count: number): Rows {
  const rows = new Int32Array(count);
  for (let i = 0; i < count; i++) rows[i] = i;
  return rows;
}
