/** Pieces that the artifacts' schemas share. Numbers are finite: JSON cannot hold the others. */
import * as v from "valibot";
import type { Margin } from "../../compare/margin.ts";
import type { Reason } from "../../compare/verdict/contract.ts";
import type { ColumnProfile } from "../../schema/training-profile.ts";
import type { AnswersProfile, CvScore, MetricChoice, Scalar, Score, Warning } from "../artifact.ts";

export const finite: v.GenericSchema<number> = v.pipe(v.number(), v.finite());
export const count: v.GenericSchema<number> = v.pipe(v.number(), v.integer(), v.minValue(0));
export const maybe: v.GenericSchema<number | null> = v.nullable(finite);
/** A hyperparameter's or an option's value. */
export const scalar: v.GenericSchema<Scalar> = v.nullable(v.union([v.string(), finite, v.boolean()]));
export const params: v.GenericSchema<Record<string, Scalar>> = v.record(v.string(), scalar);
/** Hexadecimal SHA-256; empty for tables that were no file. */
export const digest: v.GenericSchema<string> = v.pipe(v.string(), v.regex(/^([0-9a-f]{64})?$/));

const bounds = { value: maybe, lower: maybe, upper: maybe, level: finite, method: v.string() };
export const score: v.GenericSchema<Score> = v.strictObject(bounds);
export const cvScore: v.GenericSchema<CvScore> = v.strictObject({
  ...bounds,
  pooled: maybe,
  folds: v.array(maybe),
  selection: v.picklist(["none", "nested", "same-folds", "champion"]),
});

/** What rows held of a column, or what was answered for them. */
export const profile: v.GenericSchema<ColumnProfile> = v.strictObject({
  missing: count,
  min: v.optional(finite),
  max: v.optional(finite),
  whole: v.optional(v.literal(true)),
  quantiles: v.optional(v.array(finite)),
  levels: v.optional(v.array(v.strictObject({ level: v.string(), share: finite }))),
  rest: v.optional(finite),
  constant: v.optional(v.union([v.string(), finite])),
});
export const answersProfile: v.GenericSchema<AnswersProfile> = v.strictObject({
  part: v.picklist(["holdout", "test", "folds"]),
  rows: count,
  predictions: v.array(v.strictObject({ name: v.string(), profile })),
  losses: v.nullable(profile),
});

export const metricChoice: v.GenericSchema<MetricChoice> = v.strictObject({
  name: v.string(),
  class: v.optional(v.string()),
  direction: v.picklist(["minimize", "maximize"]),
  reason: v.string(),
});

export const warning: v.GenericSchema<Warning> = v.strictObject({
  code: v.string(),
  column: v.optional(v.string()),
  message: v.string(),
  count: v.optional(count),
  evidence: v.optional(v.record(v.string(), v.union([scalar, v.array(v.string())]))),
});

export const margin: v.GenericSchema<Margin> = v.strictObject({
  value: v.pipe(finite, v.minValue(0)),
  kind: v.picklist(["absolute", "relative"]),
  assumed: v.boolean(),
  money: v.exactOptional(v.strictObject({ valuePerUnit: finite, extraCost: finite })),
});

/** Why a question is open; null where it is not. */
export const reason: v.GenericSchema<Reason | null> = v.nullable(
  v.picklist([
    "underpowered",
    "near-margin",
    "too-few-rows",
    "too-few-discordant",
    "too-few-positives",
    "degenerate",
    "overconfident-baseline",
    "dependence-unknown",
    "twins",
    "metric-undefined",
    "cv-holdout-conflict",
    "budget-uncertain",
    "ladder-incomplete",
    "holdout-spent",
  ]),
);
