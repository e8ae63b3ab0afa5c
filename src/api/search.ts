/** Tune anything that can be scored: spaces, studies, samplers, racing over folds, early stopping, journals. */

// Spaces
export { defaultPoint, type Parameter, type Point, type Space, type Value } from "../search/space.ts";
export { SpaceError } from "../search/space/check.ts";

// Studies
export { createStudy, type Study } from "../search/study.ts";
export type { StopOptions, StudyOptions } from "../search/plan.ts";
export { search, type SearchOptions, type SearchResult } from "../search/search.ts";
export type { Trial } from "../search/trial.ts";
export { NothingScored } from "../search/nothing-scored.ts";
export { samplers } from "../search/samplers/registry.ts";

// Folds and steps
export { byFold, type FoldObjective } from "../search/by-fold.ts";
export { racingRules } from "../search/racing/registry.ts";
export { patient } from "../search/racing/patient.ts";
export { threshold } from "../search/racing/threshold.ts";
export { inLockstep, type LockstepOptions } from "../search/in-lockstep.ts";
export { advance, PATIENCE_START, refitSteps, type Patience } from "../search/stopping/curve.ts";

// Journals
export { memoryStorage, type JournalStorage } from "../search/journal/storage.ts";
export { openJournalFile, type JournalFile } from "../folder/journal-file.ts";
export { JournalError } from "../search/journal/records.ts";

// Ground
export { seeded, type Rng } from "../numeric/rng.ts";
export { isStated, OptionError, StatedError } from "../error.ts";

// Parts
export type { Effort } from "../numeric/effort.ts";
export type { FoldRequest, FoldResult } from "../search/by-fold.ts";
export type { Clock } from "../search/clock.ts";
export type { Ended } from "../search/engine.ts";
export type { OpenTrial } from "../search/open-trial.ts";
export type { Objective, OptimizeOptions } from "../search/optimize.ts";
export type { Race, RacingRule, Rival } from "../search/racing/contract.ts";
export type { RepeatOptions } from "../search/repeats.ts";
export type { Observation, Proposal, Sampler, Situation } from "../search/samplers/contract.ts";
export type { FoldFits, SearchProgress, Steps } from "../search/search.ts";
export type { CandidatePoint } from "../search/selection/candidates.ts";
export type { Gain, Selection, SelectionName } from "../search/selection/select.ts";
export type { CategoricalParameter, FloatParameter, IntParameter } from "../search/space.ts";
export type { Progress, StopRule } from "../search/stopping/contract.ts";
export type { PatienceOptions } from "../search/stopping/curve.ts";
export type { Outcome } from "../search/study.ts";
export type { Direction, Reading, Report, TrialState } from "../search/trial.ts";
