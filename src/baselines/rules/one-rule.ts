import { shapeOf, type Shape, type View } from "../../frame/dataset.ts";
import { FitError, type Estimator } from "../contract.ts";
import type { Model, Notes } from "../../models/contract.ts";
import { modelOf, readerOf } from "../../models/model.ts";
import { oneRuleKind, type BucketRule } from "../../models/one-rule.ts";
import { isKeepable, sharedByPoints } from "../fit-points.ts";
import type { Space } from "../../search/space.ts";
import { trainingRows } from "../training-rows.ts";
import { classRules, type ClassBuckets, type ClassRuleOptions } from "./one-rule-classes.ts";
import { valueRules, type ValueBuckets, type ValueRuleOptions } from "./one-rule-values.ts";

/**
 * `bucket` (classification): the weight that a bucket's most frequent class must reach, 6 in Holte's paper. `choose`
 * (classification): by what the column is chosen, training accuracy in Holte's paper. `buckets` (regression): into how
 * many a number column is cut. `smoothing`: rows' worth of the overall shares or mean that are added to each bucket.
 */
export type OneRuleParams =
  | { readonly bucket: number; readonly choose: "accuracy" | "likelihood"; readonly smoothing: number }
  | { readonly buckets: number; readonly smoothing: number };

const NAME = oneRuleKind.name;
const BUCKET = [6, 10, 20, 40, 80, 160, 320, 640, 1280];
const BUCKETS = [2, 3, 4, 6, 8, 12, 16, 24, 32];

/**
 * The one rule on one column that does best on the training rows. Classification: Holte's 1R as published (Machine
 * Learning 11, 1993), its labels untouched; probabilities are the bucket's class shares, smoothed. Regression: the
 * twin with bucket and level means. Missing values are a bucket of their own; text columns are not looked at.
 * Cost: one sort a number column.
 */
export const oneRule: Estimator<OneRuleParams> = {
  name: NAME,
  family: "rules",
  title: "One rule",
  role: "baseline",
  tasks: ["binary", "multiclass", "regression"],
  needs: ["features"],
  space,
  ...sharedByPoints(fitAll, nothing),
  fromJSON: readerOf(oneRuleKind),
};

function space(shape: Shape, rows: number): Space {
  const smoothing = { type: "category", choices: [2, 10, 50], ordered: true, default: 2 } as const;
  if (shape.task === "regression") {
    const path = BUCKETS.filter((buckets) => buckets <= 8 || buckets * 10 <= rows);
    const buckets = { type: "int", low: 2, high: path[path.length - 1], default: 8, path, simpler: "low" } as const;
    return { buckets, smoothing };
  }
  const path = BUCKET.filter((bucket) => bucket <= 6 || bucket * 5 <= rows);
  const bucket = { type: "int", low: 6, high: path[path.length - 1], default: 6, path, simpler: "high" } as const;
  const choose = { type: "category", choices: ["accuracy", "likelihood"], default: "accuracy" } as const;
  return { bucket, choose, smoothing };
}

/** Buckets of a training set. */
interface Kept {
  readonly classes: ClassBuckets;
  readonly values: ValueBuckets;
}

function nothing(): Kept {
  return { classes: new Map(), values: new Map() };
}

function fitAll(view: View, points: readonly OneRuleParams[], kept: Kept): readonly Model[] {
  const { data } = view;
  const { classes, values } = isKeepable(data) ? kept : nothing();
  const training = trainingRows(NAME, view);
  const shape = shapeOf(data);
  const model = ({ cut, weights, answers, fallback }: BucketRule, notes: Notes): Model =>
    modelOf(oneRuleKind, { cut, weights, answers, fallback, notes }, shape);
  const models =
    data.target.task === "regression"
      ? valueRules(data, training, points as readonly ValueRuleOptions[], values)?.map((rule) =>
          model(rule, { leaveOneOutRmse: rule.error }),
        )
      : classRules(data, training, points as readonly ClassRuleOptions[], classes)?.map((rule) =>
          model(rule, { trainingAccuracy: rule.correct / training.total }),
        );
  if (models === undefined) throw new FitError(`${NAME}: needs a number or category column, the table has none`);
  return models;
}
