/** Is one model better than another on the same rows? Verdicts on predictions, and each paired test on its own. */

// Verdicts
export { compareModels } from "../benchmark/in-words.ts";
export type { Challenger, Question, Verdict } from "../compare/verdict/contract.ts";
export type { WordedComparison } from "../report/verdict.ts";
export { chooseChampion, type Champion, type RungLosses } from "../compare/champion.ts";

// Paired tests
export { pairedTests } from "../compare/registry.ts";
export type { Differences, Evidence, Outcomes, PairedTest, ScoredCases, TestOptions } from "../compare/contract.ts";
export { bca } from "../compare/tests/bca.ts";
export { betting } from "../compare/tests/betting.ts";
export { blockMeans, dieboldMariano, neweyWest, timeT } from "../compare/tests/newey-west.ts";
export { clusterT, clusterTAndHall } from "../compare/tests/cluster.ts";
export { correctedT } from "../compare/tests/corrected-t.ts";
export { delong } from "../compare/tests/delong.ts";
export { empiricalBernstein } from "../compare/tests/empirical-bernstein.ts";
export { correlatedT } from "../compare/correlated-t.ts";
export { fiveByTwoF, fiveByTwoT } from "../compare/tests/five-by-two.ts";
export { hall, tAndHall } from "../compare/tests/hall.ts";
export { bonferroni, holm } from "../compare/multiplicity.ts";
export { mcnemarExact, mcnemarMidP, mcnemarTwoSided } from "../compare/tests/mcnemar.ts";
export { pairedT } from "../compare/tests/student.ts";
export { signFlip } from "../compare/tests/sign-flip.ts";
export { signedRank } from "../compare/tests/signed-rank.ts";
export { tango } from "../compare/tests/tango.ts";

// Metrics
export { findMetric, metrics, metricsFor } from "../metrics/registry.ts";
export type { Metric, Scored } from "../metrics/contract.ts";
export type { Target, Task } from "../frame/dataset.ts";
export type { Prediction } from "../frame/prediction.ts";

// Ground
export { seeded, type Rng } from "../numeric/rng.ts";
export { isStated, OptionError, StatedError } from "../error.ts";

// Parts
export type { Budget, Measurements, Quantity } from "../compare/budget.ts";
export type { RungStanding } from "../compare/champion.ts";
export type { ProtectionSpec } from "../compare/fairness.ts";
export type { FoldPart } from "../compare/folds.ts";
export type { LossRange } from "../compare/guarantee.ts";
export type { Dependence } from "../compare/independence.ts";
export type { MarginSpec, Money } from "../compare/margin.ts";
export type { JudgedMetric } from "../compare/measure.ts";
export type { LagWeights } from "../compare/serial.ts";
export type { SliceSpec } from "../compare/slices.ts";
export type { Candidate, Comparison, Family, Finding, HoldoutPart } from "../compare/verdict/contract.ts";
export type { Influence, Link, Ratio } from "../metrics/contract.ts";
export type { Floor } from "../metrics/floors.ts";
