/** Contract checks for what you add: the laws that the built-in estimators keep, and the tables to try them on. */

// Laws
export { checkEstimator, estimatorLaws, type EstimatorCheckOptions } from "../testing/estimator.ts";
export { checkMetric, metricLaws, type MetricCheckOptions } from "../testing/metric.ts";
export { LawError, type Law, type LawOptions } from "../testing/law.ts";
export type { MetricTrial } from "../testing/laws/metric.ts";
export type { Trial } from "../testing/trial.ts";

// Tables
export { takeRows } from "../frame/take.ts";
export { plantedTable, type TableOptions } from "../testing/tables.ts";

// Ground
export { isStated, OptionError, StatedError } from "../error.ts";
