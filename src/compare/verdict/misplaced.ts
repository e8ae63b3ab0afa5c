/** Answers that know the target and miss it: classes under each other's names, numbers in another unit or scale. */
import type { Prediction } from "../../frame/prediction.ts";
import type { Finding, Truth } from "./contract.ts";

/** Correlations from which it is more likely the file than the model that is wrong. */
const NUMBERS = 0.7;
const CLASSES = 0.2;
const MOST_CLASSES = 30;

/** Asked of a challenger that is far behind every baseline. Cost: O(rows x classes^2), for at most 30 classes. */
export function misplacedAnswers(truth: Truth, prediction: Prediction): readonly Finding[] {
  if (truth.task === "regression") {
    const r = correlation(prediction.values, truth.values);
    return Math.abs(r) >= NUMBERS ? [{ code: "other-scale", correlation: r }] : [];
  }
  const { classes, codes } = truth;
  if (classes.length > MOST_CLASSES) return [];
  const names = classes.map((_, j) => j);
  const where = names.map((k) => {
    const own = Float64Array.from(codes, (_, i) => prediction.values[i * classes.length + k]);
    const all = names.map((j) =>
      correlation(
        own,
        Float64Array.from(codes, (code) => (code === j ? 1 : 0)),
      ),
    );
    const most = Math.max(...all);
    return most >= CLASSES ? all.indexOf(most) : -1;
  });
  const moved = where.findIndex((j, k) => j !== k);
  if (moved < 0 || where.includes(-1) || new Set(where).size < classes.length) return [];
  return [{ code: "misplaced-classes", of: classes[moved], where: classes[where[moved]] }];
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
