/** Phrases that all reports share. */
import { counted, figure, percent, whole } from "../words/numbers.ts";
import { inList } from "../words/texts.ts";
import type { Artifact, CvScore, Rung, Score } from "./artifact.ts";

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
    return inList(line.length > 40 ? `${line.slice(0, 39)}…` : line);
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
