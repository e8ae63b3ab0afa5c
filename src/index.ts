/** Train, compare, gate, predict, explain, report: everything that the command line does. Tables go in as they come. */

// Tables
export { inspect } from "./benchmark/inspect.ts";
export type { TableSource } from "./table/read-table.ts";
export type { MemoryTable } from "./table/sources/memory.ts";
export type { ReadOptions } from "./table/options.ts";
export type { SchemaOptions } from "./schema/schema.ts";
export type { Inspection } from "./report/inspection.ts";
export { init, type InitOptions, type SetUp } from "./init/init.ts";

// Training
export { trainBenchmark as train, type TrainHooks, type TrainProgress } from "./benchmark/train.ts";
export type { Benchmark } from "./ladder/made.ts";
export type { ModelSettings, RunSettings, SplitSettings, TrainOptions, WriteSettings } from "./intake/options.ts";
export { writeBenchmark } from "./benchmark/write.ts";
export { openArtifact as readBenchmark } from "./folder/open.ts";
export type { Artifact, Rung, Score } from "./report/artifact.ts";

// Models
export { openModel as readModel } from "./folder/open-model.ts";
export { predict, type ModelSource, type Predicted } from "./answering/predict.ts";
export { predictionsCsv } from "./answering/predictions-csv.ts";
export type { ModelFile } from "./report/model-file.ts";

// Challengers and the verdict
export { openHandle as openBenchmark, type BenchmarkHandle as OpenBenchmark } from "./intake/opened.ts";
export { compare, type CompareOptions } from "./benchmark/compare.ts";
export type { QuestionOptions } from "./benchmark/question.ts";
export { gate, type GateOptions } from "./benchmark/gate.ts";
export type { ChallengerSource, PredictionsTable } from "./challengers/enter.ts";
export { arraysChallenger } from "./challengers/model-function.ts";
export type { ModelContext, ModelFunction, ModelRows, TrainingRows } from "./challengers/model-function.ts";
export type { Answers } from "./challengers/given-answers.ts";
export type { Sourced } from "./challengers/source.ts";
export type { GateDocument } from "./report/gate.ts";
export type { VerdictDocument, VerdictEntry } from "./report/verdict.ts";

// Many tables
export { benchmark, type BenchmarkRun, type BenchmarkSummary } from "./suite/benchmark.ts";
export type { DatasetResult, JudgedChallenger } from "./suite/benchmark.ts";
export type { BenchmarkOptions, DatasetInput } from "./suite/benchmark-options.ts";

// Reports and explanations
export { report } from "./folder/report.ts";
export { explain, type ExplainOptions, type ModelExplained } from "./answering/explain.ts";
export type { Explained, ExplainedRow } from "./report/explained.ts";
export { htmlReport, markdownReport, terminalReport } from "./report/benchmark/reports.ts";
export { htmlVerdict, markdownVerdict, terminalVerdict } from "./report/verdict/reports.ts";
export { findFormat, formats } from "./report/formats/registry.ts";
export type { Format } from "./report/formats/contract.ts";

// All that the subpaths /search, /compare and /extend have
export * from "./api/search.ts";
export * from "./api/compare.ts";
export * from "./api/extend.ts";

// Errors
export { isStated, OptionError, StatedError } from "./error.ts";
export { DataError } from "./frame/error.ts";
export { ChallengerError } from "./challengers/source.ts";
export { FolderError } from "./folder/folder.ts";
export { ArtifactError } from "./report/schema/check.ts";

// Parts
export type { BudgetOptions } from "./benchmark/budgets.ts";
export type { BuiltinOptions, BuiltinProgress } from "./challengers/builtin.ts";
export type { CommandOptions } from "./challengers/command.ts";
export type { TrainingOptions } from "./challengers/contract.ts";
export type {
  BuiltinSource,
  CommandSource,
  EntryHooks,
  EntryOptions,
  FunctionSource,
  OnnxSource,
} from "./challengers/enter.ts";
export type { Cell, FunctionOptions } from "./challengers/model-function.ts";
export type { AskedCases } from "./challengers/must-pass.ts";
export type { OnnxRuntime, OnnxSession, OnnxValue } from "./challengers/onnx-runtime.ts";
export type { OnnxOptions } from "./challengers/onnx.ts";
export type { RawRows } from "./challengers/raw-rows.ts";
export type { RunOptions, RunProgress } from "./challengers/training-runs.ts";
export type { Settings } from "./init/drafts.ts";
export type { Outcome } from "./init/files.ts";
export type { JudgingOptions } from "./benchmark/judging.ts";
export type { LadderProgress, RungProgress } from "./ladder/ladder.ts";
export type { OpenOptions } from "./intake/opened.ts";
export type { ProtectedColumn, SideOptions } from "./benchmark/question.ts";
export type { Adapted, Inputs } from "./benchmark/train.ts";
export type { Bar } from "./compare/bar.ts";
export type { BudgetResult } from "./compare/budget.ts";
export type { Posterior } from "./compare/correlated-t.ts";
export type { CostMatrix } from "./compare/costs.ts";
export type { Detail } from "./compare/detail.ts";
export type { Extreme, GroupRate, Protection, RateName, RateResult } from "./compare/fairness.ts";
export type { GapChange } from "./compare/gap-change.ts";
export type { GateMode } from "./compare/ledger.ts";
export type { Margin } from "./compare/margin.ts";
export type { Share } from "./compare/proportions.ts";
export type { SliceResult } from "./compare/slices.ts";
export type {
  Against,
  Bounds,
  Caveat,
  ChallengerVerdict,
  PartVerdict,
  Reason,
  RowsNeeded,
  RowsScenario,
  Sublabel,
} from "./compare/verdict/contract.ts";
export type {
  AgreementGrid,
  CalibrationBin,
  Confusion,
  CutCounts,
  Diagnostics,
  FeatureErrors,
  Histogram,
  Importance,
  LearningPoint,
  PartialEffect,
  SearchPoint,
  WorstRow,
} from "./evaluate/diagnostics/contract.ts";
export type { Warning } from "./frame/warning.ts";
export type { CurveDrawing, Drawing, RulesDrawing, TermsDrawing, TreeDrawing } from "./models/drawing.ts";
export type { Across, ContestantAcross, Counts, Overall, PairAcross } from "./report/across.ts";
export type {
  AnswersProfile,
  Champion,
  ChampionEvidence,
  ColumnEntry,
  CvScore,
  LadderStep,
  MetricChoice,
  Repeating,
  RungTiming,
  Scalar,
  SearchSummary,
  Timing,
  Trace,
  Warning as ArtifactWarning,
  Work,
  WorkCounts,
} from "./report/artifact.ts";
export type { AcrossDatasets, DatasetGain } from "./report/bench.ts";
export type { BenchmarkDocumentOptions } from "./report/benchmark/document.ts";
export type { Cell as ExplainedCell, Change } from "./report/explained.ts";
export type { TerminalOptions } from "./report/formats/terminal.ts";
export type { ToldVerdict, Veto } from "./report/verdict.ts";
export type { VerdictDocumentOptions } from "./report/verdict/document.ts";
export type { Limits } from "./table/limits.ts";
export type { GivenKind, GivenKinds } from "./table/options.ts";
