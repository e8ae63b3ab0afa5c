import { shapeOf, type Dataset, type Rows } from "../frame/dataset.ts";
import { encodedWidth, type Encoding } from "../encode/encoding.ts";
import { textFeatures } from "../encode/text/tfidf.ts";
import type { SparseRows } from "../numeric/glm/panel.ts";
import { FitError, type Estimator, type Prepared } from "./contract.ts";
import type { Model } from "../models/contract.ts";
import { textBayesKind } from "../models/linear/logistic.ts";
import type { Output } from "../models/linear/weighted-sums.ts";
import { modelOf, readerOf } from "../models/model.ts";
import { sumsOf } from "./linear/phrases.ts";
import { prepareParts, type TrainingSet } from "./linear/training-set.ts";
import { interceptsOnly, seenClasses } from "./logistic/classes.ts";

/** `alpha`: what is added to every term's weight in every class before shares are taken. */
export type TextBayesParams = { readonly alpha: number };

const ALPHAS = [0.01, 0.03, 0.1, 0.3, 1];

/**
 * Multinomial naive Bayes on the TF-IDF features of text columns (other columns are not looked at), as scikit-learn's
 * MultinomialNB: each class has a share for every term, smoothed by `alpha`, and class shares as they are. Written as the
 * weighted sums of terms that it is, so it predicts and explains itself like logistic regression. Weights count as
 * repetitions; a class without training rows gets probability 0. Cost: one pass over the terms.
 * Source: Rennie et al., "Tackling the poor assumptions of naive Bayes text classifiers", ICML 2003.
 */
export const textBayes: Estimator<TextBayesParams> = {
  name: "text-bayes",
  family: "naive-bayes",
  title: "Naive Bayes on words",
  role: "baseline",
  tasks: ["binary", "multiclass"],
  needs: ["text"],
  space: () => ({
    alpha: { type: "float", low: ALPHAS[0], high: 1, log: true, default: 1, path: ALPHAS, simpler: "high" },
  }),
  fit: (view, params) => prepareTextBayes(view.data, [view.rows]).fit([0], [params])[0],
  prepare: (data, parts) => prepareTextBayes(data, parts),
  fromJSON: readerOf(textBayesKind),
};

interface PreparedTextBayes extends Prepared<TextBayesParams> {
  fit(train: readonly number[], points: readonly TextBayesParams[]): readonly Model[];
}

function prepareTextBayes(data: Dataset, rows: readonly Rows[]): PreparedTextBayes {
  const { target } = data;
  if (target.task === "regression") throw new FitError("text-bayes: needs classes to predict, got a regression target");
  const columns = data.columns.filter((column) => column.kind === "text");
  if (columns.length === 0) throw new FitError("text-bayes: needs a text column, the table has none");
  const parts = prepareParts("text-bayes", data, rows);
  const shape = shapeOf(data);
  return {
    fit: (train, points) => {
      const all = parts.trainingSet(train);
      const encoding: Encoding = { numbers: [], flags: [], categories: [], texts: all.encoding.texts };
      const set: TrainingSet = { ...all, encoding };
      const seen = seenClasses(data, set);
      const own = sumsOf(data, set);
      const features = textFeatures(encoding.texts, data, set.rows());
      const sums = classSums(features, set, target.codes, seen.codes, encodedWidth(encoding));
      return points.map(({ alpha }) => {
        const outputs = classOutputs(sums, alpha, interceptsOnly(seen, false));
        return modelOf(textBayesKind, { ...own(outputs), seen: seen.codes, notes: {} }, shape);
      });
    },
  };
}

/** Weighted sum of every feature by class. */
function classSums(
  { starts, columns, values }: SparseRows,
  set: TrainingSet,
  codes: Int32Array,
  seen: readonly number[],
  width: number,
): readonly Float64Array[] {
  const rows = set.rows();
  const weights = set.weights();
  const sums = seen.map(() => new Float64Array(width));
  for (let i = 0; i < rows.length; i++) {
    const own = sums[seen.indexOf(codes[rows[i]])];
    const weight = weights === undefined ? 1 : weights[i];
    for (let e = starts[i]; e < starts[i + 1]; e++) own[columns[e]] += weight * values[e];
  }
  return sums;
}

/** Log shares of the terms, as differences: from the first class where there are two, else from the mean class. */
function classOutputs(sums: readonly Float64Array[], alpha: number, intercepts: Float64Array): Output[] {
  const logs = sums.map((sum) => {
    const total = sum.reduce((all, value) => all + value + alpha, 0);
    return sum.map((value) => Math.log((value + alpha) / total));
  });
  if (logs.length === 1) return [];
  const centre =
    logs.length === 2 ? logs[0] : logs[0].map((_, j) => logs.reduce((mean, own) => mean + own[j] / logs.length, 0));
  return (logs.length === 2 ? [logs[1]] : logs).map((own, k) => ({
    intercept: intercepts[k],
    coefficients: own.map((value, j) => value - centre[j]),
  }));
}
