/** Must-pass cases: answers that a challenger owes, whatever it gains elsewhere. */
import type { Prediction } from "../frame/prediction.ts";
import { allRows, type Dataset } from "../frame/dataset.ts";
import { encodeTarget } from "../schema/dataset/target.ts";
import { readTable, type TableSource } from "../table/read-table.ts";
import { readSecond } from "../schema/second/second-table.ts";
import { cellText, findColumn, type Table } from "../frame/table.ts";
import { counted } from "../words/numbers.ts";
import { indexOf } from "../folder/answers-table.ts";
import { withRule } from "../intake/forecast.ts";
import type { Loaded } from "../intake/load.ts";
import type { OpenBenchmark } from "../intake/opened.ts";
import { CASE_COLUMNS, expectationsOf, failuresOf, type Expectation } from "./cases-table.ts";
import { ANSWERS } from "./record-answers.ts";
import type { RawRows } from "./raw-rows.ts";
import { ChallengerError, type Sourced } from "./source.ts";

/** Cases for a model that can be asked about rows it has never seen. */
export interface AskedCases {
  readonly count: number;
  /** What was counted when they were read. */
  readonly notes: readonly string[];
  /** The cases as rows of a dataset like the benchmark's, without a target. */
  readonly data: Dataset;
  /** The cases as rows of a table, numbered on from `first`. */
  readonly rows: (first: number) => RawRows;
  /** The cases that are not met, in words. @param prediction One answer a case, in order. */
  readonly failures: (prediction: Prediction, labelsOnly: boolean) => readonly string[];
}

/**
 * Reads cases with inputs: the benchmark's feature columns, and what is expected (see `expectationsOf`).
 *
 * @throws DataError for inputs the benchmark's features are not found in, ChallengerError for what is expected.
 */
export async function readCases(
  { artifact }: OpenBenchmark,
  { schema }: Loaded,
  source: TableSource,
): Promise<AskedCases> {
  const types = new Map(CASE_COLUMNS.map((name) => [name, "category"] as const));
  const { table, data, warnings } = await readSecond(source, schema, { header: true, types }, "predict");
  const cases = expectationsOf(table, artifact);
  const blank = { ...data, target: encodeTarget(undefined, schema.target, table.rows, () => undefined) };
  const rule = artifact.options.rule as string | undefined;
  return {
    count: cases.length,
    notes: warnings.flatMap(({ code, message }) => (code === "extra-columns" ? [] : [`must-pass cases: ${message}`])),
    data: await withRule(blank, table, rule),
    rows: (first) => ({ table, rows: allRows(table.rows), number: (row) => first + row }),
    failures: (prediction, labelsOnly) => failuresOf(cases, prediction, artifact.classes, labelsOnly),
  };
}

/**
 * How many cases a challenger that has answered already was asked, and those it fails, in words: its cases name rows of the benchmark by `row` or by the id column.
 * Out-of-fold answers are averaged over repeats; of several seeds the first is asked.
 *
 * @throws ChallengerError for a row that the challenger has no answer for, or that the benchmark does not have.
 */
export async function answeredFailures(
  opened: OpenBenchmark,
  source: TableSource,
  { challenger, labelsOnly = false }: Sourced,
): Promise<{ readonly asked: number; readonly failures: readonly string[] }> {
  const { artifact } = opened;
  const table = await readTable(source, ANSWERS);
  const cases = expectationsOf(table, artifact);
  const rows = rowsOfCases(opened, table, cases);
  const answer = answerReader(opened, challenger);
  const width = Math.max(1, artifact.classes.length);
  const values = new Float64Array(cases.length * width);
  rows.forEach((row, i) => {
    const found = answer(row);
    if (found === undefined)
      throw new ChallengerError(
        `${table.origin.name}, ${cases[i].title}: ${challenger.name} has no answer for its row; take rows that it answers (held out, or of the folds)`,
      );
    values.set(found, i * width);
  });
  const prediction: Prediction =
    artifact.task === "regression" ? { kind: "value", values } : { kind: "probability", values, classes: width };
  return { asked: cases.length, failures: failuresOf(cases, prediction, artifact.classes, labelsOnly) };
}

/** The row of the benchmark that each case is about. Numbers of a test table are meant where that is what is scored on. */
function rowsOfCases({ known, held }: OpenBenchmark, table: Table, cases: readonly Expectation[]): readonly number[] {
  const { splits, rowNumber, ids } = known;
  const onTest = held.length > 0 && splits.part[held[0]] === "test";
  const places = indexOf(rowNumber, (row) => (splits.part[row] === "test") === onTest);
  const idColumn = ids && findColumn(table, ids.name);
  const rowColumn = findColumn(table, "row");
  const byId = new Map<string, number>();
  if (ids && idColumn)
    for (let row = 0; row < rowNumber.length; row++)
      if ((splits.part[row] === "test") === onTest) byId.set(cellText(ids.texts, row), row);
  if (!rowColumn && !idColumn)
    throw new ChallengerError(
      `${table.origin.name}: a predictions file cannot be asked about new inputs; name its rows in a column row${ids ? ` or ${ids.name}` : ""}`,
    );
  return cases.map(({ title }, line) => {
    const text = rowColumn ? cellText(rowColumn, line) : cellText(idColumn!, line);
    const row = rowColumn ? (places[Number(text)] ?? -1) : (byId.get(text) ?? -1);
    if (row < 0 || text === "")
      throw new ChallengerError(
        `${table.origin.name}, ${title}: the benchmark has no row ${text === "" ? "of that (empty) name" : text}; it has ${counted(rowNumber.length, "row")}`,
      );
    return row;
  });
}

/** What a challenger said of a row: held out, else the mean of its out-of-fold answers. */
function answerReader(
  { held, folded }: OpenBenchmark,
  { holdout, folds }: Sourced["challenger"],
): (row: number) => Float64Array | undefined {
  const heldAt = new Map(Array.from(held, (row, i) => [row, i]));
  const entries = new Map<number, number[]>();
  if (folds) folded.part.row.forEach((row, entry) => void entries.set(row, [...(entries.get(row) ?? []), entry]));
  const read = ({ kind, values, ...rest }: Prediction, entry: number): Float64Array => {
    const width = kind === "value" ? 1 : (rest as { classes: number }).classes;
    return values.slice(entry * width, (entry + 1) * width);
  };
  return (row) => {
    const place = heldAt.get(row);
    if (place !== undefined && holdout) return read(holdout[0], place);
    const said = folds && entries.get(row)?.map((entry) => read(folds[0], entry));
    return said?.[0].map((_, k) => said.reduce((sum, one) => sum + one[k], 0) / said.length);
  };
}
