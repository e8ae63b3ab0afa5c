/** Challengers of a caller's own program: a function that trains and answers, or answers that are there already. */
import { findColumn, levelTexts, type RawColumn } from "../frame/table.ts";
import { clock } from "../evaluate/clock.ts";
import type { Loaded } from "../intake/load.ts";
import { benchmarkOf, type BenchmarkHandle, type OpenBenchmark } from "../intake/opened.ts";
import type { Entrant } from "./contract.ts";
import { givenColumns, lastNumber, rawRows, type RawRows } from "./raw-rows.ts";
import { answersOf, type Answers } from "./given-answers.ts";
import type { Answered } from "./read-answers.ts";
import { ChallengerError, type Sourced } from "./source.ts";
import { trainingRuns, type Order, type RunOptions } from "./training-runs.ts";

/** A cell as it was read; null is missing. */
export type Cell = number | string | null;

/** Rows of the table, without the target and what the benchmark ignores. */
export interface ModelRows {
  readonly rows: number;
  /** The row numbers, as in `splits.csv`; must-pass cases are numbered on from the last. */
  readonly numbers: Int32Array;
  readonly columns: ReadonlyMap<string, readonly Cell[]>;
  /** The same row by row, as objects without a prototype. */
  records(): readonly Readonly<Record<string, Cell>>[];
}

export interface TrainingRows extends ModelRows {
  /** Numbers of a regression; else classes as the benchmark writes them. */
  readonly target: readonly (number | string)[];
}

export interface ModelContext {
  /** 0, 1, ... */
  readonly seed: number;
  /** `holdout`, `fold 2 of 5`, `must-pass cases`. */
  readonly part: string;
  /** In the order that `probabilities` have; the positive one last. */
  readonly classes: readonly string[];
  readonly signal?: AbortSignal;
}

/** Trains on some rows and answers for others. */
export type ModelFunction = (train: TrainingRows, test: ModelRows, context: ModelContext) => Answers | Promise<Answers>;

export interface FunctionOptions extends RunOptions {
  readonly name: string;
  readonly model: ModelFunction;
  /** Handed to the function; no further run is started once it has fired. */
  readonly signal?: AbortSignal;
}

/**
 * A challenger that is a function, called once a part and seed. @throws ChallengerError when it throws, or gives not one usable
 * answer a row. Cost: that of the function; the rows are copied for it.
 */
export async function functionChallenger(
  opened: OpenBenchmark,
  loaded: Loaded,
  options: FunctionOptions,
): Promise<Entrant> {
  const { name, signal } = options;
  const { facts, labelsOnly, notes, ...answers } = await trainingRuns(opened, options, async (order) => {
    signal?.throwIfAborted();
    return callOnce(opened, loaded, order, options);
  });
  return {
    challenger: { name, ...answers, cost: { trainingTime: facts.length === 1 ? facts[0] : Float64Array.from(facts) } },
    notes: [
      ...notes,
      "its training time is that of the whole call, predicting included; memory, latency and size are not known",
    ],
    labelsOnly,
  };
}

async function callOnce(
  { artifact }: OpenBenchmark,
  loaded: Loaded,
  { part, seed, title, cases }: Order,
  { model, name, signal }: FunctionOptions,
): Promise<{ answered: Answered; fact: number }> {
  const source = `${name} (${title})`;
  const { classes, target } = artifact;
  const inputs = givenColumns(loaded).filter((one) => one !== target.name);
  const blocks = [rawRows(loaded, part.asked), ...(cases ? [cases.rows(lastNumber(loaded) + 1)] : [])];
  const test = modelRows(inputs, blocks);
  const train = { ...modelRows(inputs, [rawRows(loaded, part.train)]), target: targetsOf(loaded, part.train) };
  const started = clock();
  let given: Answers;
  try {
    given = await model(train, test, { seed, part: title, classes, ...(signal && { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    throw new ChallengerError(
      `${source}: threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
      {
        cause: error,
      },
    );
  }
  const fact = clock() - started;
  const rowName = (i: number): string => `row ${test.numbers[i]}`;
  return { answered: await answersOf(given, source, artifact, test.rows, rowName), fact };
}

function targetsOf({ data: { target } }: Loaded, rows: Int32Array): readonly (number | string)[] {
  return target.task === "regression"
    ? Array.from(rows, (row) => target.values[row])
    : Array.from(rows, (row) => target.classes[target.codes[row]]);
}

function modelRows(names: readonly string[], blocks: readonly RawRows[]): ModelRows {
  const numbers = Int32Array.from(blocks.flatMap(({ rows, number }) => Array.from(rows, number)));
  const columns = new Map(
    names.map((name) => [name, blocks.flatMap(({ table, rows }) => cellsOf(findColumn(table, name), rows))]),
  );
  return {
    rows: numbers.length,
    numbers,
    columns,
    records: () =>
      Array.from(numbers, (_, i) => {
        const record = Object.create(null) as Record<string, Cell>;
        for (const [name, cells] of columns) record[name] = cells[i];
        return record;
      }),
  };
}

function cellsOf(column: RawColumn | undefined, rows: Int32Array): Cell[] {
  if (column === undefined) return Array.from(rows, () => null);
  if (column.kind === "number")
    return Array.from(rows, (row) => (Number.isNaN(column.values[row]) ? null : column.values[row]));
  const texts = levelTexts(column.levels);
  return Array.from(rows, (row) => texts[column.codes[row]] ?? null);
}

/**
 * A challenger whose answers are there already. @param answers `holdout` for the held-out rows in their order (`held`), `folds` for the
 * out-of-fold rows of all repeats, end to end. @throws ChallengerError for any that cannot be used.
 */
export async function arraysChallenger(
  benchmark: BenchmarkHandle,
  { name, holdout, folds }: { readonly name: string; readonly holdout?: Answers; readonly folds?: Answers },
): Promise<Sourced> {
  const { artifact, held, folded, known } = await benchmarkOf("arraysChallenger", benchmark, {});
  const read = (answers: Answers, part: string, rows: Int32Array): Promise<Answered> =>
    answersOf(answers, `${name} (${part})`, artifact, rows.length, (i) => `row ${known.rowNumber[rows[i]]}`);
  const onHeld = holdout && (await read(holdout, "holdout", held));
  const onFolds = folds && (await read(folds, "folds", folded.part.row));
  const labelled = [onHeld, onFolds].flatMap((one) => (one ? [one.labelsOnly] : []));
  if (labelled.length === 0) throw new ChallengerError(`${name}: wanted answers in holdout or folds, got neither`);
  if (labelled[0] !== labelled.at(-1))
    throw new ChallengerError(
      `${name}: gives probabilities for one part and classes alone for the other; give the same for both`,
    );
  return {
    challenger: {
      name,
      ...(onHeld && { holdout: [onHeld.prediction] }),
      ...(onFolds && { folds: [onFolds.prediction] }),
    },
    notes: [...new Set([...(onHeld?.notes ?? []), ...(onFolds?.notes ?? [])])],
    labelsOnly: labelled[0],
  };
}
