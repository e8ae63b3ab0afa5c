/** The public names. Everything else may change without notice. */

// Tables
export { readTable, type TableSource } from "./table/read-table.ts";
export type { MemoryTable } from "./table/sources/memory.ts";
export type { ReadOptions } from "./table/options.ts";
export type { Table } from "./frame/table.ts";
export { inferSchema } from "./schema/infer.ts";
export type { ColumnSchema, Schema, SchemaOptions } from "./schema/schema.ts";
export { toDataset, applySchema } from "./schema/dataset/to-dataset.ts";
export { shapeOf, type Dataset, type Rows, type Shape, type Target, type Task } from "./frame/dataset.ts";
export { DataError } from "./frame/error.ts";

// The main job
export { inspect } from "./benchmark/inspect.ts";
export { trainBenchmark as train, type Benchmark, type TrainHooks, type TrainProgress } from "./benchmark/train.ts";
export type { TrainOptions, WriteSettings } from "./benchmark/options.ts";
export { writeBenchmark } from "./benchmark/write.ts";
export { openArtifact as readBenchmark } from "./folder/open.ts";
export { openModel as readModel } from "./folder/open-model.ts";
export { predict, predictionsCsv, type ModelSource, type Predicted } from "./benchmark/predict.ts";
export { FolderError } from "./folder/folder.ts";
export type { Artifact, Rung, Score } from "./report/artifact.ts";
export type { Inspection } from "./report/inspection.ts";
export type { ModelFile } from "./report/model-file.ts";
export { htmlReport, markdownReport, terminalReport } from "./report/benchmark/reports.ts";
export { findFormat, formats } from "./report/formats/registry.ts";
export type { Format } from "./report/formats/contract.ts";
export { ArtifactError } from "./report/schema/check.ts";

// Challengers and the verdict
export { openBenchmark, type OpenBenchmark } from "./benchmark/opened.ts";
export { compare, compareInWords as compareModels, type CompareOptions } from "./benchmark/compare.ts";
export type { ChallengerSource, PredictionsTable } from "./benchmark/challengers/enter.ts";
export type { QuestionOptions } from "./benchmark/question.ts";
export { gate, type GateOptions } from "./benchmark/gate.ts";
export type { GateDocument } from "./report/gate.ts";
export { htmlVerdict, markdownVerdict, terminalVerdict } from "./report/verdict/reports.ts";
export { ChallengerError, type Sourced } from "./benchmark/challengers/source.ts";
export { predictionsFile } from "./benchmark/challengers/predictions-file.ts";
export { reopenData } from "./benchmark/challengers/reopen-data.ts";
export { commandChallenger, type CommandOptions } from "./benchmark/challengers/command.ts";
export { builtinChallenger, type BuiltinOptions } from "./benchmark/challengers/builtin.ts";
export {
  arraysChallenger,
  functionChallenger,
  type FunctionOptions,
  type ModelContext,
  type ModelFunction,
  type ModelRows,
  type TrainingRows,
} from "./benchmark/challengers/model-function.ts";
export type { Answers } from "./benchmark/challengers/given-answers.ts";
export { onnxChallenger, type OnnxOptions } from "./benchmark/challengers/onnx.ts";

// Estimators
export { estimators } from "./baselines/registry.ts";
export { FitError, type Estimator } from "./baselines/contract.ts";
export type { Prediction } from "./frame/prediction.ts";
export type { Explanation, Model } from "./models/contract.ts";
export { defaultPoint, type Parameter, type Point, type Space } from "./search/space.ts";
export { seeded, type Rng } from "./numeric/rng.ts";

// Evaluation
export { findMetric, metrics, metricsFor } from "./metrics/registry.ts";
export type { Metric, Scored } from "./metrics/contract.ts";
export { makeSplits, type SplitOptions } from "./evaluate/splits/make.ts";
export { foldPlan } from "./evaluate/splits/plan.ts";
export type { FoldPlan, Splits } from "./evaluate/splits/contract.ts";
export { isStated, OptionError, StatedError } from "./error.ts";

// Search
export { createStudy, type Study } from "./search/study.ts";
export type { StopOptions, StudyOptions } from "./search/plan.ts";
export { NothingScored } from "./search/nothing-scored.ts";
export { search, type SearchOptions, type SearchResult } from "./search/search.ts";
export { byFold, type FoldObjective } from "./search/by-fold.ts";
export type { Trial } from "./search/trial.ts";
export { samplers } from "./search/samplers/registry.ts";
export { racingRules } from "./search/racing/registry.ts";
export { memoryStorage, type JournalStorage } from "./search/journal/storage.ts";
export { JournalError } from "./search/journal/records.ts";
export { openJournalFile } from "./folder/journal-file.ts";
export { inLockstep, type LockstepOptions } from "./search/in-lockstep.ts";
export { advance, PATIENCE_START, refitSteps, type Patience } from "./search/stopping/curve.ts";

// Comparison
export type { Challenger, Question, Verdict } from "./compare/verdict/contract.ts";
export type { VerdictDocument, VerdictEntry, WordedComparison as Comparison } from "./report/verdict.ts";
export { chooseChampion, type Champion, type RungLosses } from "./compare/champion.ts";
export { pairedTests } from "./compare/registry.ts";
export type { Evidence, PairedTest, TestOptions } from "./compare/contract.ts";
export { blockMeans, dieboldMariano, neweyWest } from "./compare/tests/newey-west.ts";
export { betting } from "./compare/tests/betting.ts";
export { bca } from "./compare/tests/bca.ts";
export { clusterT } from "./compare/tests/cluster.ts";
export { correctedT } from "./compare/tests/corrected-t.ts";
export { delong } from "./compare/tests/delong.ts";
export { empiricalBernstein } from "./compare/tests/empirical-bernstein.ts";
export { fiveByTwoT } from "./compare/tests/five-by-two.ts";
export { hall, tAndHall } from "./compare/tests/hall.ts";
export { mcnemarExact, mcnemarMidP } from "./compare/tests/mcnemar.ts";
export { signFlip } from "./compare/tests/sign-flip.ts";
export { signedRank } from "./compare/tests/signed-rank.ts";
export { pairedT } from "./compare/tests/student.ts";
export { tango } from "./compare/tests/tango.ts";
