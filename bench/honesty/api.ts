/** What this bench uses of the package, in one place. */
export { openLedger, recordRun, requestRun, type GateMode, type Terms } from "../../src/compare/ledger.ts";
export type { JudgedMetric } from "../../src/compare/measure.ts";
export { smoothMetrics } from "../../src/compare/influence/registry.ts";
export type { ChallengerVerdict, Question } from "../../src/compare/verdict/contract.ts";
export { compareModels } from "../../src/compare/verdict/verdict.ts";
export { seeded, type Rng } from "../../src/numeric/rng.ts";
