/** Texts that stand for something else than themselves: a missing cell, or infinity. */

/** In every column: what programs write for "no value". The empty text is always missing. */
export const MISSING: readonly string[] = [
  "NA",
  "N/A",
  "n/a",
  "#N/A",
  "#N/A N/A",
  "#NA",
  "<NA>",
  "NaN",
  "nan",
  "-nan",
  "-NaN",
  "NULL",
  "null",
  "(null)",
  "\\N",
  "?",
  "-",
];

/** Only among numbers and dates, where no value can read so; in a column of words these are words. */
export const MISSING_NUMBER: readonly string[] = [
  "--",
  "---",
  ".",
  "..",
  "...",
  "*",
  "**",
  "***",
  "†",
  "(D)",
  "(S)",
  "(X)",
  "(NA)",
  "–",
  "—",
  "na",
  "Na",
  "n.a.",
  "N.A.",
  "None",
  "none",
  "NONE",
  "nil",
  "Null",
  "NAN",
  "missing",
  "Missing",
  "unknown",
  "Unknown",
  "UNKNOWN",
  "#DIV/0!",
  "#VALUE!",
  "#REF!",
  "#NAME?",
  "#NUM!",
  "#NULL!",
  "1.#IND",
  "-1.#IND",
  "1.#QNAN",
  "-1.#QNAN",
];

/** Numbers without a finite value. Kept as infinities in a table; a dataset holds them as missing. */
export const INFINITE: ReadonlyMap<string, number> = new Map([
  ...["inf", "+inf", "Inf", "+Inf", "INF", "+INF", "Infinity", "+Infinity", "infinity", "∞", "1.#INF"].map(
    (text) => [text, Number.POSITIVE_INFINITY] as const,
  ),
  ...["-inf", "-Inf", "-INF", "-Infinity", "-infinity", "-∞", "-1.#INF"].map(
    (text) => [text, Number.NEGATIVE_INFINITY] as const,
  ),
]);
