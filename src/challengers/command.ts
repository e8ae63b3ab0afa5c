/** A challenger that is trained by a command of the user's, on files that are written for it. */
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { few } from "../words/texts.ts";
import { OptionError } from "../error.ts";
import { duration } from "../words/numbers.ts";
import { reason } from "../folder/folder.ts";
import type { Loaded } from "../intake/load.ts";
import type { OpenBenchmark } from "../intake/opened.ts";
import type { Entrant } from "./contract.ts";
import { givenColumns, heldBack, lastNumber, rawRows, writeRawRows } from "./raw-rows.ts";
import { readAnswers, type Answered } from "./read-answers.ts";
import { runProcess, type ProcessRun } from "./run-process.ts";
import { trainingRuns, type Order, type RunOptions } from "./training-runs.ts";
import { ChallengerError } from "./source.ts";

export interface CommandOptions extends RunOptions {
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
  /** Kills what runs; `commandChallenger` throws its reason. */
  readonly signal?: AbortSignal;
}

const TIME_LIMIT = 3600;

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
  const { command, name = "command", timeLimitSeconds = TIME_LIMIT } = options;
  checkOptions(command, timeLimitSeconds);
  const {
    facts: runs,
    labelsOnly,
    notes,
    ...answers
  } = await trainingRuns(opened, options, (order) => runOnce(opened, loaded, order, options));
  return {
    challenger: { name, ...answers, cost: costOf(runs) },
    notes: [...notes, ...notesOf(opened, loaded, options, runs)],
    labelsOnly,
  };
}

function checkOptions(command: CommandOptions["command"], limit: number): void {
  const text = typeof command === "string" ? command : command.join(" ");
  const missing = ["{test}", "{out}"].filter((place) => !text.includes(place));
  if (missing.length > 0)
    throw new OptionError(
      `command: lacks ${missing.join(" and ")}; write it as 'python train.py {train} {test} {out}': the places stand for the files to read and to write`,
    );
  if (!(limit > 0)) throw new OptionError(`timeLimitSeconds: wanted a number above 0, got ${limit}`);
}

async function runOnce(
  opened: OpenBenchmark,
  loaded: Loaded,
  order: Order,
  options: CommandOptions,
): Promise<{ answered: Answered; fact: ProcessRun }> {
  const { title } = order;
  const source = `${options.name ?? "command"} (${title})`;
  try {
    const folder = mkdtempSync(join(tmpdir(), "baseline-challenger-"));
    const drop = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    process.on("exit", drop);
    try {
      return await runIn(folder, source, opened, loaded, order, options);
    } finally {
      process.removeListener("exit", drop);
      drop();
    }
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new ChallengerError(
      syscall.startsWith("spawn")
        ? `${source}: cannot be started (${code}); is the program there?`
        : `${source}: its files cannot be written to ${tmpdir()} (${reason(error)}); name a folder with room in TMPDIR`,
      { cause: error },
    );
  }
}

async function runIn(
  folder: string,
  source: string,
  { artifact }: OpenBenchmark,
  loaded: Loaded,
  { part, seed, cases }: Order,
  options: CommandOptions,
): Promise<{ answered: Answered; fact: ProcessRun }> {
  const { command, signal, timeLimitSeconds = TIME_LIMIT, prefer = "probabilities" } = options;
  const [train, test, out] = ["train.csv", "test.csv", "out.csv"].map((file) => join(folder, file));
  const columns = givenColumns(loaded);
  const inputs = columns.filter((one) => one !== artifact.target.name);
  const asked = [rawRows(loaded, part.asked), ...(cases ? [cases.rows(lastNumber(loaded) + 1)] : [])];
  const rows = asked.flatMap((block) => Array.from(block.rows, block.number));
  writeRawRows(train, columns, [rawRows(loaded, part.train)]);
  writeRawRows(test, inputs, asked);
  const places = new Map([
    ["train", train],
    ["test", test],
    ["out", out],
    ["seed", String(seed)],
    ["fold", part.fold < 0 ? "holdout" : String(part.fold)],
    ["repeat", String(part.repeat)],
  ]);
  const run = await runProcess(filled(command, places), { folder, timeLimitSeconds, ...(signal && { signal }) });
  requireSuccess(source, run, timeLimitSeconds);
  if (!existsSync(out) || statSync(out).size === 0)
    throw new ChallengerError(
      `${source}: ended well but wrote ${existsSync(out) ? "an empty file" : "no file"} to {out}; it has to write row and prediction (or proba_<class>) for the ${rows.length} rows of {test}${quoted(run)}`,
    );
  return { answered: await readAnswers(out, source, { rows: Int32Array.from(rows), artifact, prefer }), fact: run };
}

function requireSuccess(source: string, run: ProcessRun, limit: number): void {
  const { end, status, endedBy } = run;
  if (end === "limit")
    throw new ChallengerError(
      `${source}: was still running after ${duration(1000 * limit)} and was stopped; give it more with --command-limit, or make it faster${quoted(run)}`,
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
  if (back.length > 0) notes.push(`columns the benchmark ignores were held back from it: ${few(back)}`);
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
