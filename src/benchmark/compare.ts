/** Challengers from anywhere, judged against a benchmark: from files and arrays to `verdict.json`. */
import type { TableSource } from "../data/read/read-table.ts";
import type { Measurements } from "../compare/budget.ts";
import type { Candidate, Challenger, Prediction, Question, VerdictDocument } from "../compare/verdict/contract.ts";
import { compareModels } from "../compare/verdict/verdict.ts";
import { findMetric } from "../evaluate/metrics/registry.ts";
import { OptionError } from "../evaluate/option-error.ts";
import { rowsOf } from "../evaluate/splits/make.ts";
import { seeded } from "../numeric/rng.ts";
import { VERDICT_SCHEMA } from "../report/verdict.ts";
import { checkVerdict } from "../report/schema/check.ts";
import { predictionsFile } from "./challengers/predictions-file.ts";
import { ChallengerError, type Sourced } from "./challengers/source.ts";
import { foldFloor, heldFloor, sameFloor } from "./floors.ts";
import { FolderError } from "./folder.ts";
import {
  budgetsOf,
  judgingOf,
  prefersLabels,
  type BudgetOptions,
  type Judging,
  type JudgingOptions,
} from "./judging.ts";
import { openBenchmark, type OpenBenchmark } from "./opened.ts";

/** Everything `compare` takes. The same names as the flags of the command line. */
export interface CompareOptions extends JudgingOptions, BudgetOptions {
  /** The file with truth and answers of the held-out rows, where they were sealed. */
  readonly sealed?: string;
  /** Names the stream of the bootstrap; default 0. */
  readonly seed?: string | number;
}

/** A predictions file (a path, bytes, or a table in memory), answers as arrays, or what another source made. */
export type ChallengerSource = string | Uint8Array | PredictionsTable | Challenger | Sourced;

/** A table of predictions that is called something. */
export interface PredictionsTable {
  readonly name: string;
  readonly table: TableSource;
}

/**
 * Judges challengers against the baselines of a benchmark folder.
 *
 * @param challengers Predictions files, or answers as arrays: `holdout` in the order of the held-out rows, `folds` in that of the
 *   out-of-fold rows, all repeats end to end.
 * @returns The content of `verdict.json`, checked against its schema. It is the same for the same input, options and seed.
 * @throws FolderError, ArtifactError, ChallengerError, DataError, OptionError with one sentence: a comparison that could not be
 *   made is never green.
 */
export async function compare(
  benchmark: string | OpenBenchmark,
  challengers: readonly ChallengerSource[],
  options: CompareOptions = {},
): Promise<VerdictDocument> {
  const { sealed } = options;
  const opened =
    typeof benchmark === "string" ? await openBenchmark(benchmark, sealed === undefined ? {} : { sealed }) : benchmark;
  const prefer = prefersLabels(options, opened.artifact) ? "labels" : "probabilities";
  const sourced: Sourced[] = [];
  for (const source of challengers) sourced.push(await sourcedOf(source, opened, prefer));
  return verdictOn(opened, named(sourced, challengers), options);
}

async function sourcedOf(
  source: ChallengerSource,
  opened: OpenBenchmark,
  prefer: "labels" | "probabilities",
): Promise<Sourced> {
  if (typeof source === "string" || source instanceof Uint8Array) return predictionsFile(opened, source, { prefer });
  if ("table" in source) return predictionsFile(opened, source.table, { prefer, name: source.name });
  const made = "challenger" in source ? source : { challenger: source, notes: [] };
  requireAnswers(made.challenger, opened);
  return made;
}

/** Challengers have names of their own: files of one name are called by their paths. */
function named(sourced: readonly Sourced[], sources: readonly ChallengerSource[]): readonly Sourced[] {
  const count = (name: string): number => sourced.filter(({ challenger }) => challenger.name === name).length;
  const out = sourced.map((one, i) => {
    const source = sources[i];
    if (count(one.challenger.name) === 1 || typeof source !== "string") return one;
    return { ...one, challenger: { ...one.challenger, name: source } };
  });
  const names = out.map(({ challenger }) => challenger.name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new ChallengerError(`${twice}: two challengers have this name; give it once, or rename one`);
  return out;
}

/** Answers that came as arrays fit the rows and are numbers. */
function requireAnswers(
  { name, holdout = [], folds = [] }: Challenger,
  { held, folded, artifact }: OpenBenchmark,
): void {
  const width = artifact.task === "regression" ? 1 : artifact.classes.length;
  const rows = folded.part.row.length;
  const check = (part: string, list: readonly Prediction[], count: number): void => {
    for (const { kind, values } of list) {
      const wanted = artifact.task === "regression" ? "value" : "probability";
      if (kind !== wanted)
        throw new ChallengerError(`${name}: ${part} must hold answers of kind ${wanted}, got ${kind}`);
      if (values.length !== count * width)
        throw new ChallengerError(
          `${name}: ${part} must hold ${count} x ${width} values, one a row${width > 1 ? " and class" : ""}, got ${values.length}`,
        );
      const bad = values.findIndex((x) => !Number.isFinite(x) || (wanted === "probability" && !(x >= 0 && x <= 1)));
      if (bad >= 0)
        throw new ChallengerError(
          `${name}: ${part} must hold ${wanted === "value" ? "finite numbers" : "probabilities"}, got ${values[bad]} at position ${bad}`,
        );
    }
  };
  check("holdout", holdout, held.length);
  check("folds", folds, rows);
}

/** The verdict on challengers whose answers are at hand. */
export function verdictOn(
  opened: OpenBenchmark,
  sourced: readonly Sourced[],
  options: CompareOptions,
): VerdictDocument {
  if (sourced.length === 0)
    throw new OptionError("compare: wanted at least one challenger: a predictions file, for example");
  const comparison = asked(questionOf(opened, sourced, options));
  return checkVerdict({ schema: VERDICT_SCHEMA, benchmark: opened.fingerprint, ...comparison });
}

/** What the mathematics refuses is the options' fault: it says so in a sentence. */
function asked(question: Question): ReturnType<typeof compareModels> {
  try {
    return compareModels(question);
  } catch (error) {
    if (error instanceof RangeError && /^[a-z]+: /.test(error.message))
      throw new OptionError(error.message, { cause: error });
    throw error;
  }
}

/** What the mathematics is asked. */
export function questionOf(opened: OpenBenchmark, sourced: readonly Sourced[], options: CompareOptions): Question {
  const judging = judgingOf(options, opened.artifact, sourced);
  const { artifact, holdout, folded } = opened;
  const { alpha, against = "every", seed = 0 } = options;
  const { metric, margin, money, guarantee } = judging;
  const baselines = baselinesFor(opened, judging);
  const rivals = against === "every" ? baselines : baselines.filter(({ name }) => name === artifact.champion.rung);
  const parts = judgedParts(opened, sourced, rivals);
  return {
    metric,
    ...(parts.holdout && { holdout }),
    ...(parts.folds && { folds: folded.part }),
    baselines,
    champion: artifact.champion.rung,
    against,
    challengers: sourced.map((one) => ({
      ...one.challenger,
      notes: [
        ...(judging.note === undefined ? [] : [judging.note]),
        ...one.notes,
        ...leftOut(one.challenger, opened, parts),
      ],
    })),
    ...(margin && { margin }),
    ...(money && { money }),
    ...(alpha !== undefined && { alpha }),
    ...(guarantee && { guarantee }),
    budgets: budgetsOf(options),
    rng: seeded(seed).split("compare"),
  };
}

/** The baselines, the floor among them set to the best constant of the metric that decides (honesty rule 3). */
function baselinesFor(
  { artifact, baselines, data, plans, held, known, folded }: OpenBenchmark,
  { floor }: Judging,
): readonly Candidate[] {
  const cost = new Map(
    artifact.ladder.map((rung) => [rung.rung, costOf(artifact.timing.rungs[rung.rung]?.fitMilliseconds, rung.bytes)]),
  );
  const priced = baselines.map((one) => ({ ...one, cost: cost.get(one.name) ?? {} }));
  if (sameFloor(floor, findMetric(artifact.metric.name, artifact.task))) return priced;
  const { target } = data;
  const trained = rowsOf(known.splits, "train");
  const answered = trained.filter((row) =>
    target.task === "regression" ? !Number.isNaN(target.values[row]) : target.codes[row] >= 0,
  );
  const rows = { data, plans, train: answered, held };
  const constants = new Set([
    "constant",
    ...artifact.ladder.filter(({ status }) => status === "failed").map(({ rung }) => rung),
  ]);
  const ofHeld = heldFloor(rows, floor);
  // The truth of rows that were never scored is not kept, so their folds' constants cannot be fitted again.
  const ofFolds = answered.length === trained.length ? foldFloor(rows, floor, folded) : undefined;
  return priced.map((one) =>
    constants.has(one.name)
      ? { ...one, ...(one.holdout && { holdout: [ofHeld] }), ...(one.folds && ofFolds && { folds: [ofFolds] }) }
      : one,
  );
}

function costOf(fitMilliseconds: number | null | undefined, bytes: number | null): Measurements {
  return { ...(bytes !== null && { size: bytes }), ...(fitMilliseconds != null && { trainingTime: fitMilliseconds }) };
}

interface Parts {
  readonly holdout: boolean;
  readonly folds: boolean;
}

/** The parts that every model has answers for. @throws when there is none, saying why. */
function judgedParts(opened: OpenBenchmark, sourced: readonly Sourced[], rivals: readonly Candidate[]): Parts {
  const all = (part: "holdout" | "folds"): boolean =>
    sourced.every(({ challenger }) => (challenger[part]?.length ?? 0) > 0);
  const parts = {
    holdout: all("holdout") && opened.holdout !== undefined,
    folds: all("folds") && rivals.every(({ folds }) => folds !== undefined),
  };
  if (parts.holdout || parts.folds) return parts;
  if (all("holdout") && opened.sealed)
    throw new FolderError("the truth of the held-out rows is sealed: give the file with --sealed holdout.sealed.csv");
  if (all("folds"))
    throw new OptionError(
      `against: a benchmark of this size keeps out-of-fold answers of its champion only (${opened.artifact.champion.rung}): use --against champion, or give held-out rows`,
    );
  const lacking = sourced.map(
    ({ challenger: { name, holdout, folds } }) =>
      `${name} answers for ${[holdout && "held-out", folds && "out-of-fold"].filter(Boolean).join(" and ") || "no"} rows`,
  );
  throw new ChallengerError(
    `the challengers answer for different rows (${lacking.join("; ")}); compare them one by one`,
  );
}

/** Answers that were given and not used. */
function leftOut({ holdout, folds }: Challenger, opened: OpenBenchmark, parts: Parts): string[] {
  const notes: string[] = [];
  if (holdout && !parts.holdout)
    notes.push(
      opened.sealed
        ? "its held-out rows were not judged: their truth is sealed and --sealed was not given"
        : "its held-out rows were not judged: another challenger does not answer for them",
    );
  if (folds && !parts.folds)
    notes.push("its out-of-fold rows were not judged: another challenger or baseline has no answers for them");
  return notes;
}
