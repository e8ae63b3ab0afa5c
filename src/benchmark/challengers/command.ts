/** A challenger that is trained by a command of the user's, on files that are written for it. */
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Prediction } from "../../baselines/contract.ts";
import { listed } from "../../data/words.ts";
import { OptionError } from "../../evaluate/option-error.ts";
import { duration } from "../../report/wording.ts";
import type { Loaded } from "../load.ts";
import type { OpenBenchmark } from "../opened.ts";
import type { Entrant, TrainingOptions } from "./contract.ts";
import type { AskedCases } from "./must-pass.ts";
import { givenColumns, heldBack, rawRows, writeRawRows } from "./raw-rows.ts";
import { readAnswers, type Answered } from "./read-answers.ts";
import { runProcess, type ProcessRun } from "./run-process.ts";
import { assembledParts, trainingParts, whole, type TrainingPart } from "./training-parts.ts";
import { ChallengerError } from "./source.ts";

export interface CommandOptions extends TrainingOptions {
  /**
   * A text is run in the shell of the platform (`/bin/sh`, on Windows `%ComSpec%`), a list as program and arguments without
   * one. `{train}`, `{test}` and `{out}` stand for paths, `{seed}` for 0, 1, ..., `{fold}` for the fold's number or
   * `holdout`, `{repeat}` for the number of the repeat. `{test}` and `{out}` have to be there.
   */
  readonly command: string | readonly string[];
  /** Default: `command`. */
  readonly name?: string;
  /** Of each run; default an hour. */
  readonly timeLimitSeconds?: number;
  /** Which to take of a file with classes and probabilities; default: the probabilities. */
  readonly prefer?: "labels" | "probabilities";
  /** Must-pass cases: asked in the first run; when one fails there is no second. */
  readonly cases?: AskedCases;
  /** Kills what runs; `commandChallenger` throws its reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CommandProgress) => void;
}

export interface CommandProgress {
  /** 1, 2, ... of `runs`. */
  readonly run: number;
  readonly runs: number;
  /** `holdout, seed 2 of 5`. */
  readonly title: string;
}

const TIME_LIMIT = 3600;

/** One run of the command: a part of the benchmark, with one seed. */
interface Order {
  readonly part: TrainingPart;
  readonly seed: number;
  readonly title: string;
}

/**
 * Trains a challenger by running a command, once a part and seed. It finds `{train}` (CSV: `row`, the table's columns, the
 * target among them) and `{test}` (the same without the target) and writes `{out}` (`row` and its answers). Files live in a
 * folder only this user can read, and are removed after each run.
 *
 * @throws ChallengerError when a run fails, hangs, writes nothing or not one usable answer a row; OptionError for a command
 *   without the places it needs. Cost: that of the command.
 */
export async function commandChallenger(
  opened: OpenBenchmark,
  loaded: Loaded,
  options: CommandOptions,
): Promise<Entrant> {
  const { command, name = "command", cases, seeds = 1, timeLimitSeconds = TIME_LIMIT } = options;
  checkOptions(command, seeds, timeLimitSeconds);
  const orders = ordersOf(opened, options);
  const holdout: Prediction[] = [];
  const folds: Prediction[] = [];
  const runs: ProcessRun[] = [];
  let failures: readonly string[] | undefined;
  let labelsOnly = false;
  let ofSeed: Prediction[] = [];
  for (const [k, order] of orders.entries()) {
    const asksCases = k === 0 && cases !== undefined;
    options.onProgress?.({ run: k + 1, runs: orders.length, title: order.title });
    const { answered, run } = await runOnce(opened, loaded, order, options, asksCases ? cases : undefined);
    if (order.part.fold < 0 === orders[0].part.fold < 0) runs.push(run);
    labelsOnly = answered.labelsOnly;
    const { prediction } = answered;
    const own = order.part.asked.length;
    if (asksCases) {
      failures = cases.failures(split(prediction, own, cases.count), labelsOnly);
      if (failures.length > 0) break;
      if (own === 0) continue;
    }
    ofSeed.push(split(prediction, 0, own));
    if (orders[k + 1]?.seed === order.seed) continue;
    const parts = orders.filter(({ seed, part }) => seed === order.seed && part.asked.length > 0);
    const made = assembledParts(
      opened,
      parts.map(({ part }) => part),
      ofSeed,
    );
    if (made.holdout) holdout.push(made.holdout);
    if (made.folds) folds.push(made.folds);
    ofSeed = [];
  }
  return {
    challenger: {
      name,
      ...(holdout.length > 0 && { holdout }),
      ...(folds.length > 0 && { folds }),
      ...(failures && { failures }),
      cost: costOf(runs),
    },
    notes: notesOf(opened, loaded, options, runs),
    labelsOnly,
  };
}

function checkOptions(command: CommandOptions["command"], seeds: number, limit: number): void {
  const text = typeof command === "string" ? command : command.join(" ");
  const missing = ["{test}", "{out}"].filter((place) => !text.includes(place));
  if (missing.length > 0)
    throw new OptionError(
      `command: lacks ${missing.join(" and ")}; write it as 'python train.py {train} {test} {out}': the places stand for the files to read and to write`,
    );
  if (!(Number.isInteger(seeds) && seeds >= 1))
    throw new OptionError(`seeds: wanted a whole number from 1, got ${seeds}`);
  if (!(limit > 0)) throw new OptionError(`timeLimitSeconds: wanted a number above 0, got ${limit}`);
}

/** All parts with the first seed, then all with the second, ... Cases that no holdout run can take along come first. */
function ordersOf(opened: OpenBenchmark, options: CommandOptions): readonly Order[] {
  const { seeds = 1, cases } = options;
  const parts = trainingParts(opened, options);
  const alone = cases !== undefined && parts[0].kind !== "holdout";
  const orders = Array.from({ length: seeds }, (_, seed) =>
    parts.map((part) => ({
      part,
      seed,
      title: seeds > 1 ? `${part.title}, seed ${seed + 1} of ${seeds}` : part.title,
    })),
  ).flat();
  return alone ? [{ part: whole(opened), seed: 0, title: "must-pass cases" }, ...orders] : orders;
}

/** Some rows of a prediction. */
function split(prediction: Prediction, from: number, count: number): Prediction {
  const width = prediction.kind === "value" ? 1 : prediction.classes;
  return { ...prediction, values: prediction.values.slice(from * width, (from + count) * width) };
}

async function runOnce(
  { artifact }: OpenBenchmark,
  loaded: Loaded,
  { part, seed, title }: Order,
  options: CommandOptions,
  cases: AskedCases | undefined,
): Promise<{ answered: Answered; run: ProcessRun }> {
  const { command, signal, timeLimitSeconds = TIME_LIMIT, name = "command", prefer = "probabilities" } = options;
  const folder = mkdtempSync(join(tmpdir(), "baseline-challenger-"));
  const drop = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.on("exit", drop);
  try {
    const [train, test, out] = ["train.csv", "test.csv", "out.csv"].map((file) => join(folder, file));
    const columns = givenColumns(loaded);
    const target = artifact.target.name;
    const asked = rawRows(loaded, part.asked);
    const extra = cases?.rows(largestNumber(loaded) + 1);
    writeRawRows(train, columns, [rawRows(loaded, part.train)]);
    writeRawRows(
      test,
      columns.filter((one) => one !== target),
      [asked, ...(extra ? [extra] : [])],
    );
    const places = new Map([
      ["train", train],
      ["test", test],
      ["out", out],
      ["seed", String(seed)],
      ["fold", part.fold < 0 ? "holdout" : String(part.fold)],
      ["repeat", String(part.repeat)],
    ]);
    const source = `${name} (${title})`;
    const run = await runProcess(filled(command, places), {
      folder,
      timeLimitSeconds,
      ...(signal && { signal }),
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.syscall?.startsWith("spawn"))
        throw new ChallengerError(`${source}: cannot be started (${error.code}); is the program there?`, {
          cause: error,
        });
      throw error;
    });
    requireSuccess(source, run, timeLimitSeconds);
    if (!existsSync(out) || statSync(out).size === 0)
      throw new ChallengerError(
        `${source}: ended well but wrote ${existsSync(out) ? "an empty file" : "no file"} to {out}; it has to write row and prediction (or proba_<class>) for the ${part.asked.length + (cases?.count ?? 0)} rows of {test}${quoted(run)}`,
      );
    const rows = [asked, ...(extra ? [extra] : [])].flatMap((block) => Array.from(block.rows, block.number));
    return { answered: await readAnswers(out, source, { rows: Int32Array.from(rows), artifact, prefer }), run };
  } finally {
    process.removeListener("exit", drop);
    drop();
  }
}

/** Of the rows of both tables: cases are numbered after it. */
function largestNumber({ data, rowNumber }: Loaded): number {
  let largest = 0;
  for (let row = 0; row < data.rows; row++) largest = Math.max(largest, rowNumber(row));
  return largest;
}

function requireSuccess(source: string, run: ProcessRun, limit: number): void {
  const { end, status, endedBy } = run;
  if (end === "limit")
    throw new ChallengerError(
      `${source}: was still running after ${duration(1000 * limit)} and was stopped; give it more with --time-limit, or make it faster${quoted(run)}`,
    );
  if (endedBy !== null) throw new ChallengerError(`${source}: was ended by ${endedBy}${quoted(run)}`);
  if (status === 0) return;
  const why =
    status === 127
      ? "the program was not found"
      : status === 126
        ? "the program cannot be executed"
        : status !== null && status > 128
          ? `it was ended by signal ${status - 128}${status === 137 ? ", as when memory runs out" : ""}`
          : "it failed";
  throw new ChallengerError(`${source}: exit status ${status}: ${why}; run it by hand to see more${quoted(run)}`);
}

function quoted({ lastLines }: ProcessRun): string {
  return lastLines.length === 0 ? "" : `. The last it said:\n${lastLines.map((line) => `  ${line}`).join("\n")}`;
}

/** Paths go in as they are where no shell reads anything into them, else quoted. */
function filled(command: CommandOptions["command"], places: ReadonlyMap<string, string>): string | readonly string[] {
  const put = (text: string, write: (value: string) => string): string =>
    text.replace(/\{(\w+)\}/g, (place, key: string) => {
      const value = places.get(key);
      return value === undefined ? place : write(value);
    });
  return typeof command === "string" ? put(command, shellWord) : command.map((word) => put(word, String));
}

function shellWord(value: string): string {
  if (process.platform === "win32") return /^[\w\\/.:~-]+$/.test(value) ? value : `"${value}"`;
  return /^[\w/.:@%+=-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

/** One run is the very thing that a budget limits; several are a sample. */
function costOf(runs: readonly ProcessRun[]): NonNullable<Entrant["challenger"]["cost"]> {
  const some = (values: readonly number[]): number | Float64Array =>
    values.length === 1 ? values[0] : Float64Array.from(values);
  const peaks = runs.map(({ peakBytes }) => peakBytes);
  return {
    trainingTime: some(runs.map(({ wallMilliseconds }) => wallMilliseconds)),
    ...(peaks.every((peak) => peak !== null) && { memory: some(peaks) }),
  };
}

function notesOf(
  { sealed }: OpenBenchmark,
  loaded: Loaded,
  { command, seeds = 1 }: CommandOptions,
  runs: readonly ProcessRun[],
): readonly string[] {
  const text = typeof command === "string" ? command : command.join(" ");
  const notes: string[] = [];
  if (sealed) notes.push("the truth of the held-out rows is sealed, so it was trained on the folds alone");
  const back = heldBack(loaded);
  if (back.length > 0) notes.push(`columns the benchmark ignores were held back from it: ${listed(back)}`);
  if (loaded.schema.columns.some(({ name }) => name === "row"))
    notes.push("the data has a column row of its own, which its files call row.2");
  if (seeds > 1 && !text.includes("{seed}"))
    notes.push("the command does not take {seed}: its runs differ only by what it draws itself");
  if (runs.some(({ peakBytes }) => peakBytes === null))
    notes.push(
      process.platform === "linux"
        ? "it ended before its memory could be looked at"
        : "its memory cannot be measured on this platform (only on Linux)",
    );
  notes.push(
    "its training time is the wall time of the whole command, start-up and predicting included; latency and size are not known",
  );
  return notes;
}
