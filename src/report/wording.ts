/** Numbers and sentences that all reports share. */
import type { Artifact, CvScore, Rung, Score } from "./artifact.ts";

/**
 * A number, the same wherever it is printed: four significant digits, thousands grouped, no exponent between 1e-4 and 1e9; a
 * dash for what is not defined.
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
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return (value) =>
    typeof value === "number" && Number.isFinite(value)
      ? (Number(value.toFixed(decimals)) || 0).toLocaleString("en-US", digits)
      : "-";
}

/** `0.4467 (0.42 to 0.47)`; the value alone where there is no interval. */
export function interval(score: Score | undefined): string {
  if (!score) return "-";
  const { value, lower, upper } = score;
  return lower === null || upper === null ? figure(value) : `${figure(value)} (${figure(lower)} to ${figure(upper)})`;
}

/** `1,234`. */
export function whole(value: number): string {
  return value.toLocaleString("en-US");
}

/** `3 rows`, `1 row`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${whole(count)} ${count === 1 ? one : many}`;
}

/** A share in three significant digits. */
export function percent(share: number): string {
  const value = Number((100 * share).toPrecision(3));
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

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** A size in its unit: `9 leaves`, `1 leaf`. Units are said in the plural. */
export function sized({ count, unit }: NonNullable<Rung["complexity"]>): string {
  const one = unit
    .replace(/(?<=lea)ves$/, "f")
    .replace(/ies$/, "y")
    .replace(/s$/, "");
  return counted(count, one, unit);
}

/** A text of at most `most` characters. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(0, most - 3))}...`;
}

/**
 * A gain in words that carry its unit, without the metric's name: a share of what the other rung's loss was (`49 % less`,
 * `11 times the`), or points of a score to be maximised (`0.012 more`).
 */
export function gainWords(gain: number, direction: "minimize" | "maximize"): string {
  if (Math.abs(gain) < 5e-5) return "as much";
  if (direction === "maximize") return `${figure(Math.abs(gain))} ${gain > 0 ? "more" : "less"}`;
  if (gain <= -1) return `${figure(1 - gain)} times the`;
  return `${percent(Math.abs(gain))} ${gain > 0 ? "less" : "more"}`;
}

/** The gain over another rung: `49 % less log_loss than constant`, `as much rmse as one-rule`. */
export function gainOver(gain: number, { direction, name }: Artifact["metric"], from: string): string {
  const words = gainWords(gain, direction);
  const than = words.endsWith("times the") ? "of" : words === "as much" ? "as" : "than";
  return `${words} ${name} ${than} ${from}`;
}

/** The same where the metric is clear: `49 % less than constant`, `as much as one-rule`, `2.2 times that of linear`. */
export function gainBeside(gain: number, direction: "minimize" | "maximize", from: string): string {
  const words = gainWords(gain, direction);
  if (words.endsWith("times the")) return `${words.replace(/the$/, "that")} of ${from}`;
  return `${words} ${words === "as much" ? "as" : "than"} ${from}`;
}

/** Bounds of a gain: `42 % to 56 %`, or points of a score to be maximised. */
export function gainRange(lower: number, upper: number, direction: "minimize" | "maximize"): string {
  const words = direction === "maximize" ? figure : percent;
  return `${words(lower)} to ${words(upper)}`;
}

/** A size people can read, in powers of 1,000. */
export function bytes(count: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  return `${Number((count / 1000 ** power).toPrecision(3))} ${units[power]}`;
}

/** A duration people can read. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return `${Number((1000 * milliseconds).toPrecision(2))} µs`;
  if (milliseconds < 1000) return `${Number(milliseconds.toPrecision(2))} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 90) return `${Number(seconds.toPrecision(2))} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Metrics of a report's ladder table: the one that decides first, then what people ask for next. */
export function shownMetrics(artifact: Artifact): readonly string[] {
  const wanted = artifact.task === "regression" ? ["mae", "r2"] : ["roc_auc", artifact.labelMetric?.name ?? "accuracy"];
  const there = new Set(artifact.ladder.flatMap((rung) => Object.keys(rung.cv)));
  return [artifact.metric.name, ...wanted.filter((name) => name !== artifact.metric.name && there.has(name))];
}

/** The score a challenger meets first: on held-out rows where there are any, else cross-validated. */
export function decidingScore(
  rung: Rung,
  metric: string,
): { readonly score: Score | undefined; readonly held: boolean } {
  const held = rung.holdout[metric];
  return held ? { score: held, held: true } : { score: rung.cv[metric], held: false };
}

/** Too small to change the digits that are printed of a value. */
function isBelowDigits(difference: number, value: number | null): boolean {
  if (value === null || value === 0) return false;
  return Math.abs(difference) < 0.5 * 10 ** (Math.floor(Math.log10(Math.abs(value))) - 3);
}

/** How far a cross-validated score can be trusted, a sentence without its full stop. */
export function selectionWords(score: CvScore | undefined, optimism: number | null | undefined): string {
  switch (score?.selection) {
    case "same-folds":
      return "Its cross-validated score is optimistic, because its settings were searched on the same folds";
    case "champion":
      return `Its cross-validated score is ${optimistic(score.value, optimism)}`;
    case "nested":
      return "Its cross-validated score is that of searches which ran again inside every fold";
    default:
      return "Nothing was searched, so its cross-validated score is not optimistic";
  }
}

/** What being chosen as champion by a score does to it. */
function optimistic(value: number | null, optimism: number | null | undefined): string {
  if (typeof optimism !== "number") return "optimistic, because the champion was chosen by it";
  if (optimism === 0) return "not optimistic: the champion was chosen by it, but the choice was clear";
  return isBelowDigits(optimism, value)
    ? "optimistic by too little to matter, though the champion was chosen by it"
    : `optimistic by about ${figure(optimism)}, because the champion was chosen by it`;
}

/** The first classes, each on one line and at most 40 characters long: a target may hold whole texts. */
export function classWords(classes: readonly string[], most: number): string {
  const short = classes.slice(0, most).map((name) => {
    const line = name.replaceAll(/\s+/g, " ");
    return line.length > 40 ? `${line.slice(0, 39)}…` : line;
  });
  return `${short.join(", ")}${classes.length > most ? ", ..." : ""}`;
}

/** What decides, and the class it speaks of where that is the positive one: `f1 of the positive class, ok`. */
export function metricWords({ name, class: positive }: Artifact["metric"]): string {
  return positive === undefined ? name : `${name} of the positive class, ${classWords([positive], 1)}`;
}

/** `, 3 repeats`, and why there are no more of them. */
function repeatWords({ repeats, repeating }: Artifact["splits"]): string {
  if (repeats === 1) return "";
  const said = `, ${repeats} repeats`;
  if (repeating === undefined) return said;
  if (repeating.settled) return `${said} (of up to ${repeating.atMost}: more would hardly change the choice)`;
  return repeats < repeating.atMost
    ? said
    : `${said} (the most there may be: other folds could still change the choice)`;
}

/** Rows, columns, target and splits in two lines. */
export function datasetLines(artifact: Artifact): readonly string[] {
  const { dataset, target, task, classes, splits, columns } = artifact;
  const features = columns.filter((column) => column.role === "feature").length;
  const positive = artifact.positive === null ? "" : `; positive: ${classWords([artifact.positive], 1)}`;
  const kind =
    task === "regression"
      ? "a number"
      : `${counted(classes.length, "class", "classes")}: ${classWords(classes, 6)}${positive}`;
  const guessed = target.guessed === true ? "guessed; " : "";
  const held =
    splits.rows.test > 0
      ? `${whole(splits.rows.test)} test rows`
      : splits.rows.holdout > 0
        ? `${whole(splits.rows.holdout)} rows held out`
        : "no holdout";
  return [
    `${dataset.name}: ${counted(dataset.rows, "row")}, ${counted(features, "feature")}; target ${target.name} (${guessed}${kind})`,
    `${whole(splits.rows.train)} rows in ${splits.folds} folds${repeatWords(splits)}, ${held}; ${splits.reason}`,
  ];
}
