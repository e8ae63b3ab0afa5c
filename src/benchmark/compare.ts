/** Challengers from anywhere, judged against a benchmark: from files and arrays to `verdict.json`. */
import type { ChallengerVerdict } from "../compare/verdict/contract.ts";
import { marginOf } from "../compare/margin.ts";
import { OptionError } from "../error.ts";
import { checkOptions, shown } from "../options/check.ts";
import { budgetOptions, challengerOptions, judgingOptions, vetoOptions } from "../options/judging.ts";
import { checkVerdict } from "../report/schema/verdict.ts";
import { worded } from "../report/verdict-sentence.ts";
import { VERDICT_SCHEMA, type VerdictDocument, type VerdictEntry, type WordedComparison } from "../report/verdict.ts";
import { requireAskable } from "./askable.ts";
import type { Entrant } from "../challengers/contract.ts";
import {
  enterAll,
  openEntry,
  type ChallengerSource,
  type EntryHooks,
  type EntryOptions,
} from "../challengers/enter.ts";
import { budgetsOf, declaredOf } from "./budgets.ts";
import { compareModels } from "./in-words.ts";
import { judgingOf, prefersLabels } from "./judging.ts";
import type { Loaded } from "../intake/load.ts";
import { benchmarkOf, type BenchmarkHandle, type OpenBenchmark } from "../intake/opened.ts";
import { questionOf, rivalsOf, type QuestionOptions } from "./question.ts";

/** Everything `compare` takes. The same names as the flags of the command line. */
export interface CompareOptions extends QuestionOptions, EntryOptions {
  /** The file with truth and answers of the held-out rows, where they were sealed. */
  readonly sealed?: string;
}

/**
 * Judges challengers against the baselines of a benchmark folder.
 *
 * @param challengers Predictions files, recipes to be trained, or answers as arrays: `holdout` in the order of the held-out rows,
 *   `folds` in that of the out-of-fold rows, all repeats end to end.
 * @returns The content of `verdict.json`, checked against its schema. It is the same for the same input, options and seed, but
 *   for what was measured.
 * @throws FolderError, ArtifactError, ChallengerError, DataError, OptionError with one sentence: a comparison that could not be
 *   made is never green.
 */
export async function compare(
  benchmark: string | BenchmarkHandle,
  challengers: readonly ChallengerSource[],
  options: CompareOptions = {},
  hooks: EntryHooks = {},
): Promise<VerdictDocument> {
  return (await compareWith(benchmark, challengers, options, hooks)).document;
}

/** The same, with the challengers and all that they answered. */
export async function compareWith(
  benchmark: string | BenchmarkHandle,
  challengers: readonly ChallengerSource[],
  options: CompareOptions,
  hooks: EntryHooks = {},
): Promise<{ readonly document: VerdictDocument; readonly entrants: readonly Entrant[] }> {
  checkOptions("compare", options, [...judgingOptions, ...challengerOptions, ...vetoOptions, ...budgetOptions]);
  if (!Array.isArray(challengers))
    throw new OptionError(`compare: wanted a list of challengers, got ${shown(challengers)}`);
  const opened = await benchmarkOf("compare", benchmark, options);
  // Options are looked at before anything expensive is done.
  const { artifact, baselines } = opened;
  requireAskable(opened, judgingOf(options, opened, []), rivalsOf(baselines, artifact, options.against));
  budgetsOf(options);
  declaredOf(options);
  const prefer = prefersLabels(options, opened) ? "labels" : "probabilities";
  const entry = openEntry(opened, options, prefer, hooks);
  const entrants = await enterAll(entry, challengers);
  const { slices = [], protect = [] } = options;
  const loaded = slices.length + protect.length > 0 ? await entry.data("--slices or --protect") : undefined;
  return { document: verdictOn(opened, entrants, options, loaded), entrants };
}

/** The verdict on challengers whose answers are at hand. @param loaded As for `questionOf`. */
export function verdictOn(
  opened: OpenBenchmark,
  entrants: readonly Entrant[],
  options: QuestionOptions,
  loaded?: Loaded,
): VerdictDocument {
  if (entrants.length === 0)
    throw new OptionError("compare: wanted at least one challenger: a predictions file, for example");
  const answered = entrants.filter(({ challenger }) => challenger.holdout || challenger.folds);
  const refused = entrants.filter((one) => !answered.includes(one)).map((one) => refusal(opened, one, options));
  const comparison =
    answered.length > 0 ? compareModels(questionOf(opened, answered, options, loaded)) : unasked(opened, options);
  const verdicts = [...comparison.challengers, ...refused];
  const members = [...comparison.family.members, ...refused.map(({ name }) => ({ name, p: 1, adjusted: 1 }))];
  const inOrder = <T extends { readonly name: string }>(list: readonly T[]): T[] =>
    entrants.flatMap(({ challenger }) => list.filter(({ name }) => name === challenger.name));
  return checkVerdict({
    schema: VERDICT_SCHEMA,
    benchmark: opened.fingerprint,
    ...comparison,
    challengers: inOrder(verdicts),
    family: { ...comparison.family, members: inOrder(members) },
  });
}

/** Nobody is left to be compared. */
function unasked(
  { holdout, artifact }: OpenBenchmark,
  { alpha = 0.05, against = "every" }: QuestionOptions,
): WordedComparison {
  const protocol = holdout ? "holdout" : "folds";
  const family = { method: "holm", alpha, members: [], winner: null } as const;
  return { protocol, against, champion: artifact.champion.rung, alpha, challengers: [], family };
}

/** A challenger that failed cases it must pass, and was therefore not trained any further: nothing else is known of it. */
function refusal(opened: OpenBenchmark, { challenger, notes }: Entrant, options: QuestionOptions): VerdictEntry {
  const { name, failures = [] } = challenger;
  const { champion } = opened.artifact;
  const { metric, margin, money } = judgingOf(options, opened, []);
  const level = 1 - 2 * (options.alpha ?? 0.05);
  const found: ChallengerVerdict = {
    name,
    metric: metric.name,
    margin: marginOf(metric, margin, money),
    part: opened.holdout ? "holdout" : "folds",
    verdict: "NOT JUSTIFIED",
    sublabel: "must-pass",
    reason: null,
    detail: null,
    provisional: false,
    rows: 0,
    units: { kind: "rows", count: 0 },
    score: null,
    baseline: champion.rung,
    gain: null,
    bounds: { lower: null, upper: null, level },
    test: { name: "none", statistic: null, p: 1, pBelow: 1 },
    against: [],
    rowsNeeded: null,
    posterior: null,
    seeds: { count: 0, sd: null },
    caveats: [],
    notes,
    other: null,
    cost: [],
    slices: [],
    fairness: [],
    findings: [],
    cases: challenger.cases ?? null,
    failures,
  };
  return worded(found, metric.direction);
}
