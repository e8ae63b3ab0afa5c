/** What estimators, metrics and datasets of your own are made of. */

// Estimators
export { FitError, type Estimator, type Follower, type Prepared, type Step } from "../baselines/contract.ts";
export type { EstimatorModule } from "../baselines/from-module.ts";
export { estimators } from "../baselines/registry.ts";
export type { Complexity, Explanation, Model, ModelJSON, Notes } from "../models/contract.ts";
export type { Prediction } from "../frame/prediction.ts";
export { defaultPoint, type Parameter, type Point, type Space, type Value } from "../search/space.ts";

// Metrics
export { findMetric, metrics, metricsFor } from "../metrics/registry.ts";
export type { Metric, Scored } from "../metrics/contract.ts";

// Datasets
export { readTable, type TableSource } from "../table/read-table.ts";
export type { MemoryTable } from "../table/sources/memory.ts";
export type { ReadOptions } from "../table/options.ts";
export type { Table } from "../frame/table.ts";
export { inferSchema } from "../schema/infer.ts";
export type { ColumnSchema, Schema, SchemaOptions } from "../schema/schema.ts";
export { applySchema, toDataset } from "../schema/dataset/to-dataset.ts";
export { allRows, shapeOf } from "../frame/dataset.ts";
export type { Column, Dataset, Rows, Shape, Target, Task, View } from "../frame/dataset.ts";

// Splits
export { makeSplits, type SplitOptions } from "../evaluate/splits/make.ts";
export { foldPlan } from "../evaluate/splits/plan.ts";
export type { FoldPlan, Splits } from "../evaluate/splits/contract.ts";

// Ground
export { seeded, type Rng } from "../numeric/rng.ts";
export { DataError } from "../frame/error.ts";
export { isStated, OptionError, StatedError } from "../error.ts";

// Parts
export type { Fold, Part, Scheme } from "../evaluate/splits/contract.ts";
export type { Levels } from "../frame/byte-dictionary.ts";
export type { CategoryColumn, NumberColumn, TextColumn } from "../frame/dataset.ts";
export type { Dialect, Notation, Origin, RawColumn, RawNumbers, RawTexts } from "../frame/table.ts";
export type { Reasons, Sum } from "../models/contract.ts";
export type { Use } from "../schema/dataset/roles.ts";
export type { Encoded } from "../schema/dataset/to-dataset.ts";
export type { DateFormat, DatePart } from "../schema/dates.ts";
export type { Role, TargetSchema } from "../schema/schema.ts";
export type { ColumnProfile } from "../schema/training-profile.ts";
export type { Kind } from "../table/options.ts";
