import { shapeOf, type Dataset, type Rows } from "../../frame/dataset.ts";
import { merged } from "../../frame/rows.ts";
import type { Estimator } from "../contract.ts";
import type { Model } from "../../models/contract.ts";
import type { Space } from "../../search/space.ts";
import { rowsThatCount, trainingRows } from "../training-rows.ts";
import { binCounts } from "./bins.ts";
import { classSums, mergedSums, type ClassSums } from "./class-sums.ts";
import { dataOf, modelOf, readerOf } from "../../models/model.ts";
import { naiveBayesKind, temperedAnswers } from "../../models/naive-bayes/naive-bayes.ts";
import type { NaiveBayesData } from "../../models/naive-bayes/parameters.ts";
import { parametersOf, type Smoothing } from "./parameters.ts";

const NAME = naiveBayesKind.name;

const SPACE: Space = {
  temper: {
    type: "float",
    low: 0.05,
    high: 1,
    default: 1,
    path: [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.85, 1],
  },
  bins: { type: "category", choices: [0, 10, 40], ordered: true, default: 0, simpler: "low" },
  variance: {
    type: "category",
    choices: [1e-9, 1e-1],
    ordered: true,
    default: 1e-9,
    when: { parameter: "bins", in: [0] },
  },
  alpha: { type: "category", choices: [0.1, 1], ordered: true, default: 1 },
};

/**
 * Naive Bayes: class shares times how usual each value is in each class, as if columns were independent. Numbers are
 * normal in each class (Gaussian naive Bayes) or cut into bins (Dougherty, Kohavi & Sahami, "Supervised and unsupervised
 * discretization of continuous features", 1995: better than normal curves on most tables); categories and bins have
 * frequencies with Laplace smoothing; missing values and levels that training did not see are skipped; text is not looked at.
 * The default is the classical model (scikit-learn's GaussianNB and CategoricalNB; but `variance` is a share of the
 * column's own variance, not of the largest one, so that units do not matter). `temper` below 1 takes back the
 * overconfidence that counting related columns twice brings. One pass over the table; sums of disjoint rows merge.
 */
export const naiveBayes: Estimator<Smoothing> = {
  name: NAME,
  family: "naive-bayes",
  title: "Naive Bayes",
  role: "baseline",
  tasks: ["binary", "multiclass"],
  needs: ["features"],
  space: () => SPACE,
  fit: (view, params) => {
    const { rows } = trainingRows(NAME, view);
    return models(view.data, rows, classSums(view.data, rows), [params])[0];
  },
  prepare: (data: Dataset, parts: readonly Rows[]) => {
    const counting = parts.map((rows) => rowsThatCount(NAME, data, rows));
    const sums = counting.map((rows) => classSums(data, rows));
    return {
      fit: (train, points) =>
        models(data, merged(train.map((part) => counting[part])), mergedSums(train.map((part) => sums[part])), points),
    };
  },
  predictAll: (models, data, rows) =>
    temperedAnswers(
      models.map((model) => dataOf(naiveBayesKind, model)),
      data,
      rows,
    ),
  fromJSON: readerOf(naiveBayesKind),
};

/**
 * Bins are learnt from the whole training set, so they are counted afresh for each, and once for all points that use them.
 * Models that differ in `temper` alone share their columns.
 */
function models(data: Dataset, rows: Rows, sums: ClassSums, points: readonly Smoothing[]): Model[] {
  const binned = new Map<number, ReturnType<typeof binCounts>>();
  for (const bins of new Set(points.map((point) => point.bins)))
    if (bins > 0) binned.set(bins, binCounts(data, trainingRows(NAME, { data, rows }), bins));
  const shape = shapeOf(data);
  const made = new Map<string, NaiveBayesData>();
  return points.map((point) => {
    const { temper, ...others } = point;
    const key = JSON.stringify(others);
    const parameters = made.get(key) ?? parametersOf(sums, binned.get(point.bins), point);
    made.set(key, parameters);
    return modelOf(naiveBayesKind, { ...parameters, temper }, shape);
  });
}
