/** What this bench uses of the package, in one place. */
export { estimators } from "../../src/baselines/registry.ts";
export { defaultPoint, type Point } from "../../src/search/space.ts";
export { openLedger, recordRun, requestRun, type GateMode, type Terms } from "../../src/compare/ledger.ts";
export type { JudgedMetric } from "../../src/compare/measure.ts";
export type { ChallengerVerdict, Question, Verdict } from "../../src/compare/verdict/contract.ts";
export { compareModels } from "../../src/compare/verdict/verdict.ts";
export { shapeOf, type Dataset, type Target } from "../../src/frame/dataset.ts";
export { readTable } from "../../src/table/read-table.ts";
export { inferSchema } from "../../src/schema/infer.ts";
export { toDataset } from "../../src/schema/dataset/to-dataset.ts";
export type { Metric, Scored } from "../../src/metrics/contract.ts";
export { findMetric } from "../../src/metrics/registry.ts";
export type { Prediction } from "../../src/frame/prediction.ts";
export { seeded, type Rng } from "../../src/numeric/rng.ts";
export { foldInterval, scoreInterval } from "../../src/compare/score-interval.ts";
export { foldLayout, measureFolds } from "../../src/compare/folds.ts";
export { chooseChampion } from "../../src/compare/champion.ts";
export { dealingOf, type DealtRung } from "../../src/compare/dealing.ts";
