/** From a benchmark and challengers' answers to what the mathematics is asked. */
import type { Measurements } from "../compare/budget.ts";
import type { ProtectionSpec } from "../compare/fairness.ts";
import type { SliceSpec } from "../compare/slices.ts";
import type { Candidate, Challenger, Finding, Question } from "../compare/verdict/contract.ts";
import type { Rows } from "../frame/dataset.ts";
import { OptionError } from "../error.ts";
import { predictionAt } from "../frame/take.ts";
import { rowsOf } from "../evaluate/splits/plan.ts";
import { seeded } from "../numeric/rng.ts";
import type { Artifact } from "../report/artifact.ts";
import { requireAskable } from "./askable.ts";
import type { Entrant } from "../challengers/contract.ts";
import { ChallengerError } from "../challengers/source.ts";
import { foldFloor, heldFloor, sameFloor } from "../ladder/floors.ts";
import { FolderError } from "../folder/folder.ts";
import { budgetsOf, declaredOf, type BudgetOptions } from "./budgets.ts";
import { judgingOf, type Judging, type JudgingOptions } from "./judging.ts";
import type { Loaded } from "../intake/load.ts";
import type { OpenBenchmark } from "../intake/opened.ts";
import { rowLevels } from "./row-levels.ts";
import { suspicionOf } from "../report/suspicion.ts";
import { tracesIn } from "../ladder/traces.ts";

/** Which rows are looked at by themselves. They can only take a yes away. */
export interface SideOptions {
  /** Columns whose levels (numbers: quarters) must not lose. */
  readonly slices?: readonly string[];
  /** Columns of protected groups, with limits on the difference or ratio of their rates if there are any. */
  readonly protect?: readonly (string | ProtectedColumn)[];
}

export interface ProtectedColumn {
  readonly column: string;
  readonly difference?: number;
  readonly ratio?: number;
}

export interface QuestionOptions extends JudgingOptions, BudgetOptions, SideOptions {
  /** Names the stream of the bootstrap; default 0. */
  readonly seed?: string | number;
}

/**
 * What the mathematics is asked. @param loaded The table, where slices or protected groups are asked for.
 * @throws OptionError, ChallengerError, FolderError for what cannot be asked.
 */
export function questionOf(
  opened: OpenBenchmark,
  entrants: readonly Entrant[],
  options: QuestionOptions,
  loaded?: Loaded,
): Question {
  const judging = judgingOf(options, opened, entrants);
  const { artifact, holdout, folded } = opened;
  const { alpha, against = "every", seed = 0 } = options;
  const { metric, margin, money, guarantee } = judging;
  const declared = declaredOf(options);
  if (declared.size > 0 && entrants.length > 1)
    throw new OptionError(
      `declare: wanted one challenger, since costs are those of one model, got ${entrants.length}; compare them one by one`,
    );
  const suspected = options.independentRows === true ? undefined : suspicionOf(artifact)?.message;
  const measured = entrants.find(({ champion }) => champion !== undefined)?.champion;
  const baselines = baselinesFor(opened, judging, measured);
  const rivals = rivalsOf(baselines, artifact, against);
  requireAskable(opened, judging, rivals);
  const parts = judgedParts(opened, entrants, rivals);
  return {
    metric,
    ...(parts.holdout && { holdout }),
    ...(parts.folds && { folds: folded.part }),
    baselines,
    champion: artifact.champion.rung,
    against,
    ...(artifact.interrupted && { missing: cutRungs(artifact) }),
    ...(suspected !== undefined && { suspected }),
    challengers: entrants.map((one) => ({
      ...one.challenger,
      ...(declared.size > 0 && { cost: { ...one.challenger.cost, declared } }),
      findings: findingsOf(opened, one),
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
    ...sidesOf(opened, parts.holdout ? opened.held : folded.part.row, options, loaded),
    rng: seeded(seed).split("compare"),
  };
}

/**
 * What the benchmark gives reason to check in a challenger's answers.
 * @throws ChallengerError when they are those of a model that was fitted on the very rows they are about: such answers prove nothing.
 */
function findingsOf(
  { folder, artifact, held: heldOut, folded }: OpenBenchmark,
  { challenger, labelsOnly }: Entrant,
): readonly Finding[] {
  const { traces = [], warnings } = artifact;
  const columns = warnings.flatMap(({ code, column }) => (code === "near-perfect-column" && column ? [column] : []));
  const first = Int32Array.from(folded.rows[0], (_, i) => i);
  const [held] = challenger.holdout ?? [];
  const [inFolds] = challenger.folds ?? [];
  const borne = [
    ...(held ? tracesIn(traces, "holdout", held) : []),
    ...(inFolds ? tracesIn(traces, "folds", predictionAt(inFolds, first)) : []),
  ];
  const model = labelsOnly ? undefined : borne.find(({ kind }) => kind === "model");
  if (model)
    throw new ChallengerError(
      `${challenger.name}: gives the answers of ${model.name} to rows that it was fitted on, which proves nothing; baseline predict ${folder} with the benchmark's own table answers them by models that have not seen them`,
    );
  const repeated = new Set(borne.filter(({ kind }) => kind === "column").map(({ name }) => name));
  return [
    ...Array.from(repeated, (column) => ({ code: "repeats-column" as const, column })),
    ...(columns.length > 0 ? [{ code: "near-perfect-column" as const, columns }] : []),
    ...(heldOut.length > 0 && inFolds && !held ? [{ code: "folds-alone" as const, heldOut: heldOut.length }] : []),
  ];
}

/** Baselines that have to be beaten. */
export function rivalsOf(
  baselines: readonly Candidate[],
  { champion }: Artifact,
  against: "every" | "champion" = "every",
): readonly Candidate[] {
  return against === "every" ? baselines : baselines.filter(({ name }) => name === champion.rung);
}

/** Rungs of a run that was cut short which have no model of their own. */
function cutRungs({ ladder }: Artifact): readonly string[] {
  return ladder.filter(({ role, status }) => role === "baseline" && status === "failed").map(({ rung }) => rung);
}

function sidesOf(
  { artifact }: OpenBenchmark,
  rows: Rows,
  { slices = [], protect = [] }: SideOptions,
  loaded: Loaded | undefined,
): { readonly slices?: readonly SliceSpec[]; readonly protect?: readonly ProtectionSpec[] } {
  if (loaded === undefined) return {};
  if (protect.length > 0 && artifact.task !== "binary")
    throw new OptionError(`protect: rates of groups need a binary target, this one is ${artifact.task}`);
  return {
    slices: slices.flatMap((name) => {
      const { column, levels, codes } = rowLevels(loaded, rows, name, "slices");
      const places = levels.map((): number[] => []);
      codes.forEach((code, i) => code >= 0 && places[code].push(i));
      return levels.map((level, k) => ({ name: `${column} = ${level}`, rows: Int32Array.from(places[k]) }));
    }),
    protect: protect.map((one) => {
      const { column, ...limits } = typeof one === "string" ? { column: one } : one;
      return { ...rowLevels(loaded, rows, column, "protect"), limits };
    }),
  };
}

/** The baselines, the floor among them set to the best constant of the metric that decides (honesty rule 3). */
function baselinesFor(
  { artifact, metric, baselines, data, plans, held, known, folded }: OpenBenchmark,
  { floor }: Judging,
  measured: Measurements | undefined,
): readonly Candidate[] {
  const cost = new Map(
    artifact.ladder.map((rung) => [rung.rung, costOf(artifact.timing.rungs[rung.rung]?.fitMilliseconds, rung.bytes)]),
  );
  const priced = baselines.map((one) => ({
    ...one,
    cost: { ...cost.get(one.name), ...(one.name === artifact.champion.rung && measured) },
  }));
  if (sameFloor(floor, metric)) return priced;
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
function judgedParts(opened: OpenBenchmark, sourced: readonly Entrant[], rivals: readonly Candidate[]): Parts {
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
