/** Answers that know the target and miss it: classes under each other's names, numbers in another unit or scale. */
import type { Prediction } from "../../frame/prediction.ts";
import type { Finding, Truth } from "./contract.ts";

/** Correlations from which it is more likely the file than the model that is wrong. */
const NUMBERS = 0.7;
const CLASSES = 0.2;
/** Asked of a challenger that is far behind every baseline. Cost: O(rows x classes + classes^2). */
export function misplacedAnswers(truth: Truth, prediction: Prediction): readonly Finding[] {
  if (truth.task === "regression") {
    const r = correlation(prediction.values, truth.values);
    return Math.abs(r) >= NUMBERS ? [{ code: "other-scale", correlation: r }] : [];
  }
  const { classes } = truth;
  const where = placesOf(prediction.values, truth.codes, classes.length);
  const moved = where.findIndex((j, k) => j !== k);
  if (moved < 0 || where.includes(-1) || new Set(where).size < classes.length) return [];
  return [{ code: "misplaced-classes", of: classes[moved], where: classes[where[moved]] }];
}

/** The class that the probabilities of each go with most, as correlations have it; -1: with none. */
function placesOf(values: Float64Array, codes: Int32Array, classes: number): readonly number[] {
  const rows = codes.length;
  const counts = new Float64Array(classes);
  const sums = new Float64Array(classes * classes); // of the probabilities of k over the rows of j
  const squares = new Float64Array(classes);
  for (let i = 0; i < rows; i++) {
    const j = codes[i];
    counts[j]++;
    for (let k = 0; k < classes; k++) {
      const p = values[i * classes + k];
      sums[k * classes + j] += p;
      squares[k] += p * p;
    }
  }
  return Array.from(squares, (square, k) => {
    const own = sums.subarray(k * classes, (k + 1) * classes);
    const mean = own.reduce((a, b) => a + b, 0) / rows;
    const spread = square - rows * mean * mean;
    const all = own.map((sum, j) => (sum - counts[j] * mean) / Math.sqrt(spread * counts[j] * (1 - counts[j] / rows)));
    const most = Math.max(...all);
    return most >= CLASSES ? all.indexOf(most) : -1;
  });
}

/** NaN where one of them does not vary. */
function correlation(x: Float64Array, y: Float64Array): number {
  const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) ** 2;
    yy += (y[i] - my) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}
