import type { Limits } from "./limits.ts";

/** What a column may be said to be. */
export type Kind = "number" | "category" | "boolean" | "date" | "time" | "text" | "id" | "constant";

/** What a user may say of a column: a kind, the order of its dates, or to leave it out. */
export type GivenKind = Kind | "dmy" | "mdy" | "ymd" | "ignore";

export const GIVEN_KINDS: readonly GivenKind[] = [
  "number",
  "category",
  "boolean",
  "date",
  "dmy",
  "mdy",
  "ymd",
  "time",
  "text",
  "id",
  "constant",
  "ignore",
];

/** How to read a table. Everything is found out by itself unless said here. */
export interface ReadOptions {
  /** For messages and artifacts; default: the file's name. */
  readonly name?: string;
  /** One or more characters; `tab` is the tab character, `blanks` any number of blanks and tabs. */
  readonly delimiter?: string;
  /** Default: found out, `"` where nothing speaks against it; empty: quotes are plain characters. */
  readonly quote?: string;
  /** What makes a quote inside a quoted cell plain; default: found out, the quote itself where nothing speaks against it. */
  readonly escape?: string;
  /** Lines at the start of the file that are no part of the table. */
  readonly skip?: number;
  /** Lines that start with it are left out. */
  readonly comment?: string;
  readonly header?: boolean;
  /** The columns' names, instead of those of the header or c1, c2, ... */
  readonly names?: readonly string[];
  /** Any name that `iconv-lite` knows. */
  readonly encoding?: string;
  readonly decimal?: "." | ",";
  /** The sign that groups digits, for all columns. */
  readonly thousands?: string;
  /** More texts, or numbers as text, that mean a missing cell; `NAME=text` for one column only. */
  readonly na?: readonly string[];
  /** Whether NA, N/A, null, ? and the like mean a missing cell; default true. The empty cell always does. */
  readonly defaultNa?: boolean;
  /** Leave out records that do not fit instead of refusing the file; they are counted. */
  readonly skipBadLines?: boolean;
  /** Texts that are values though they would mean a missing cell, such as NA or -; `NAME=text` for one column only. */
  readonly keepNa?: readonly string[];
  /**
   * Records that are no data: the header again, a second line of it, units, totals. Default: those that can be nothing
   * else are left out, and told; `drop`: those that may well be, too; `keep`: none.
   */
  readonly oddRecords?: "keep" | "drop";
  /** What columns are, by name. A column that is no number keeps its text as it is written. */
  readonly types?: GivenKinds;
  /**
   * The table is of the kind of an earlier one, whose schema says how its columns are read: numbers that are not plain stay
   * texts, and the decimal mark of the earlier one is taken where no cell tells.
   */
  readonly earlier?: { readonly decimal: "." | "," };
  /** Threads; default: one a core, at most eight. The table is the same for any number. */
  readonly workers?: number;
  readonly limits?: Partial<Limits>;
  /** Ends the reading of a file or of standard input, also while it waits for bytes. */
  readonly signal?: AbortSignal;
}

/** Kinds by column name. A name such as `__proto__` needs the map. */
export type GivenKinds = Readonly<Record<string, GivenKind>> | ReadonlyMap<string, GivenKind>;

/** The kinds given for columns, as a map: names are the user's data. */
export function typesOf({ types }: { readonly types?: GivenKinds }): ReadonlyMap<string, GivenKind> {
  return types instanceof Map ? types : new Map(Object.entries(types ?? {}));
}
