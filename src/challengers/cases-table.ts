/** A table of must-pass cases: what is expected, and whether an answer is that. */
import type { Prediction } from "../frame/prediction.ts";
import { classOf } from "../schema/levels.ts";
import { cellText, findColumn, type RawColumn, type Table } from "../frame/table.ts";
import { few } from "../words/texts.ts";
import { labels } from "../metrics/scored.ts";
import type { Artifact } from "../report/artifact.ts";
import { figure } from "../words/numbers.ts";
import { ChallengerError } from "./source.ts";

/** What one case wants. */
export interface Expectation {
  /** `case 3`, or its name in quotes. */
  readonly title: string;
  /** Of classes: the one that has to be the most probable. */
  readonly label?: string;
  /** Bounds on the value or, of classes, on the probability of `of`, both included; infinite where there is none. */
  readonly lower: number;
  readonly upper: number;
  /** The class whose probability is bounded. */
  readonly of?: string;
}

/** Columns that say what is expected; all others are inputs. */
export const CASE_COLUMNS = [
  "case",
  "expected",
  "expected_min",
  "expected_max",
  "expected_class",
  "tolerance",
] as const;

/**
 * Reads what each case wants: `expected` (a class; or a value, with `tolerance`), and / or `expected_min` and `expected_max`:
 * bounds on the value or on the probability of `expected_class` (default: the class in `expected`, else the positive one).
 * `case` names it.
 *
 * @throws ChallengerError for a case that wants nothing, a class that does not exist, a value without tolerance, a bound that
 *   is no number or above its other.
 */
export function expectationsOf(table: Table, artifact: Artifact): readonly Expectation[] {
  const { name } = table.origin;
  const own = artifact.columns.map((column) => column.name);
  const taken = CASE_COLUMNS.filter((one) => one !== "case" && own.includes(one));
  if (taken.length > 0)
    throw new ChallengerError(
      `${name}: the data has a column ${taken[0]} of its own, so must-pass cases cannot say what they expect; rename it`,
    );
  const column = new Map(CASE_COLUMNS.map((one) => [one, findColumn(table, one)]));
  if (own.includes("case")) column.delete("case");
  if (
    ![column.get("expected"), column.get("expected_min"), column.get("expected_max")].some((one) => one !== undefined)
  )
    throw new ChallengerError(
      `${name}: wanted a column expected, expected_min or expected_max beside the inputs, found ${few(table.columns.map((one) => one.name))}`,
    );
  const text = (one: (typeof CASE_COLUMNS)[number], row: number): string => cellOf(column.get(one), row);
  return Array.from({ length: table.rows }, (_, row) => {
    const title = text("case", row) === "" ? `case ${row + 1}` : `case ${JSON.stringify(text("case", row))}`;
    const where = `${name}, ${title}`;
    const expected = text("expected", row);
    const lower = boundOf(text("expected_min", row), -Infinity, where);
    const upper = boundOf(text("expected_max", row), Infinity, where);
    if (expected === "" && lower === -Infinity && upper === Infinity)
      throw new ChallengerError(
        `${where}: says nothing of what is expected; fill expected, expected_min or expected_max`,
      );
    if (lower > upper) throw new ChallengerError(`${where}: expected_min ${lower} is above expected_max ${upper}`);
    if (artifact.task === "regression")
      return { title, ...valueBounds(expected, text("tolerance", row), { lower, upper }, where) };
    const label = expected === "" ? undefined : knownClass(expected, artifact, where);
    const bounded = lower > -Infinity || upper < Infinity;
    const named = text("expected_class", row);
    const of = named === "" ? (label ?? artifact.positive) : knownClass(named, artifact, where);
    if (bounded && of === null)
      throw new ChallengerError(`${where}: bounds a probability of no class; name it in expected_class`);
    return { title, ...(label !== undefined && { label }), lower, upper, ...(bounded && of !== null && { of }) };
  });
}

function cellOf(column: RawColumn | undefined, row: number): string {
  return column === undefined ? "" : cellText(column, row);
}

function boundOf(text: string, none: number, where: string): number {
  if (text === "") return none;
  const value = Number(text);
  if (Number.isNaN(value)) throw new ChallengerError(`${where}: bounds are numbers, got ${JSON.stringify(text)}`);
  return value;
}

function valueBounds(
  expected: string,
  tolerance: string,
  { lower, upper }: { readonly lower: number; readonly upper: number },
  where: string,
): { lower: number; upper: number } {
  if (expected === "") return { lower, upper };
  if (tolerance === "")
    throw new ChallengerError(
      `${where}: a value is never met exactly; say how far off it may be in a column tolerance, or give expected_min and expected_max`,
    );
  const value = boundOf(expected, 0, where);
  const reach = boundOf(tolerance, 0, where);
  if (reach < 0) throw new ChallengerError(`${where}: tolerance must not be negative, got ${reach}`);
  return { lower: Math.max(lower, value - reach), upper: Math.min(upper, value + reach) };
}

function knownClass(text: string, { classes }: Artifact, where: string): string {
  const name = classOf(text);
  if (!classes.includes(name))
    throw new ChallengerError(`${where}: there is no class ${JSON.stringify(text)}; the classes are ${few(classes)}`);
  return name;
}

/**
 * The cases that are not met, each in words. @param prediction One answer a case, in their order.
 * @throws ChallengerError when probabilities are bounded and there are only labels.
 */
export function failuresOf(
  cases: readonly Expectation[],
  prediction: Prediction,
  classes: readonly string[],
  labelsOnly: boolean,
): readonly string[] {
  const bounded = cases.find(({ of }) => of !== undefined);
  if (labelsOnly && bounded)
    throw new ChallengerError(
      `${bounded.title}: bounds a probability, and the challenger answers with labels only; have it give probabilities`,
    );
  const codes = prediction.kind === "value" ? undefined : labels(prediction.values, prediction.classes);
  return cases.flatMap(({ title, label, lower, upper, of }, i): string[] => {
    const failures: string[] = [];
    const said = codes && classes[codes[i]];
    if (label !== undefined && said !== label) failures.push(`${title}: wanted ${label}, got ${said}`);
    const value =
      prediction.kind === "value"
        ? prediction.values[i]
        : of === undefined
          ? undefined
          : prediction.values[i * prediction.classes + classes.indexOf(of)];
    if (value !== undefined && !(value >= lower && value <= upper))
      failures.push(
        `${title}: wanted ${rangeWords(lower, upper)}${of === undefined ? "" : ` as probability of ${of}`}, got ${figure(value)}`,
      );
    return failures;
  });
}

function rangeWords(lower: number, upper: number): string {
  if (upper === Infinity) return `at least ${figure(lower)}`;
  if (lower === -Infinity) return `at most ${figure(upper)}`;
  return `${figure(lower)} to ${figure(upper)}`;
}
