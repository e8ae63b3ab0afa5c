/** How numbers read, the same wherever they are printed: scores and gains, shares, counts, sizes, durations. */

/**
 * A result: four significant digits, thousands grouped, no exponent between 1e-4 and 1e9; a dash for what is not
 * defined.
 */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "-";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e9 || size < 1e-4) return value.toExponential(2);
  return size >= 1000 ? whole(Math.round(value)) : String(Number(value.toPrecision(4)));
}

/**
 * Prints numbers that stand under each other. Those of like size have the same decimals: four significant digits of the largest, one more
 * where the smallest would be left with fewer than three, and no more than the longest needs. Others are printed as by `figure`.
 */
export function alike(values: readonly (number | null | undefined)[]): (value: number | null | undefined) => string {
  const known = values.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
  const sizes = known.map(Math.abs).filter((size) => size > 0);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (sizes.length === 0 || most > 1000 * least || most >= 1e9 || least < 1e-4) return figure;
  const power = (size: number): number => Math.floor(Math.log10(size));
  const wanted = Math.max(3 - power(most), Math.min(2 - power(least), 4 - power(most)));
  const needed = Math.max(...known.map((value) => (figure(value).split(".")[1] ?? "").length));
  const decimals = Math.max(0, Math.min(needed, wanted));
  return (value) =>
    typeof value === "number" && Number.isFinite(value)
      ? grouped((Number(value.toFixed(decimals)) || 0).toFixed(decimals))
      : "-";
}

/** A value of the user's own table: six significant digits, nothing grouped, so that a year stays one. */
export function readable(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** `1,234`. */
export function whole(value: number): string {
  return grouped(String(value));
}

/** Digits with their thousands set apart, as in the locale `en-US`, whose first use takes a process 10 ms. */
export function grouped(digits: string): string {
  return digits.replace(/^-?\d+(?!\d|e)/, (head) => head.replace(/\B(?=(\d{3})+$)/g, ","));
}

/** So many on average: one decimal below ten, none from there on. */
export function average(value: number): string {
  return value < 10 ? String(Math.round(10 * value) / 10) : whole(Math.round(value));
}

/** About so many: two significant digits. */
export function roughly(count: number): string {
  return whole(Number(count.toPrecision(2)));
}

/** `3 rows`, `1 row`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${whole(count)} ${count === 1 ? one : many}`;
}

/** A share in three significant digits; nearly all is not said to be all. */
export function percent(share: number): string {
  const value = Number((100 * share).toPrecision(3));
  if (value === 100 && share < 1) return "more than 99.9 %";
  return `${Math.abs(value) >= 1000 ? whole(value) : value} %`;
}

/** A p value: two significant digits, `< 0.0001` below that. */
export function pFigure(p: number): string {
  return p < 1e-4 ? "< 0.0001" : String(Number(p.toPrecision(2)));
}

/** The same in a sentence: `p = 0.012`, `p < 0.0001`. */
export function pWords(p: number): string {
  return p < 1e-4 ? `p ${pFigure(p)}` : `p = ${pFigure(p)}`;
}

/** A size people can read, in powers of 1,000. */
export function bytes(count: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  return `${Number((count / 1000 ** power).toPrecision(3))} ${units[power]}`;
}

/** Memory, as limits of it are set: in powers of 1,024. */
export function memorySize(count: number): string {
  const [unit, name] = count < 2 ** 30 ? [2 ** 20, "MiB"] : [2 ** 30, "GiB"];
  return `${Number((count / unit).toPrecision(3))} ${name}`;
}

/** A duration people can read. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return `${Number((1000 * milliseconds).toPrecision(2))} µs`;
  if (milliseconds < 1000) return `${Number(milliseconds.toPrecision(2))} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 90) return `${Number(seconds.toPrecision(2))} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
