/** Whether models can be trained at all on the rows they are to be trained on, and the metric had on those they are scored on. */
import type { Prediction } from "../frame/prediction.ts";
import type { Dataset, Rows } from "../frame/dataset.ts";
import type { Metric } from "../metrics/contract.ts";
import { OptionError } from "../error.ts";
import type { Design } from "../evaluate/rung.ts";
import { scoreRows } from "../evaluate/scoring.ts";

/**
 * Rows of weight 0 are scored, but nothing is learnt from them.
 * @param column What the weights are called. @throws OptionError when a fold, or the final model, has no other row to be trained on.
 */
export function requireTrainable({ weights }: Dataset, design: Design, column: string | undefined): void {
  if (weights === undefined) return;
  const { plans, repeats, train } = design;
  const counts = (rows: Rows): boolean => rows.some((row) => weights[row] > 0);
  const folds = plans
    .slice(0, repeats)
    .flatMap(({ parts, folds }) => folds.map((fold) => fold.train.some((part) => counts(parts[part]))));
  const bare = folds.filter((trains) => !trains).length;
  if (bare === 0) return;
  const heavy = train.reduce((sum, row) => sum + (weights[row] > 0 ? 1 : 0), 0);
  throw new OptionError(
    `weight column ${JSON.stringify(column)}: ${bare} of ${folds.length} folds have no row with a weight above 0 to train on, as ${heavy} of ${train.length} training rows have one; choose other weights, or leave --weight out`,
  );
}

/**
 * Some metrics have no value on some rows, whatever is predicted: an AUC where a class is missing, an R² of one
 * row. A mean over folds with such a fold says nothing, so there is no benchmark by that metric on those splits.
 * @throws OptionError that counts such folds, names classes that are missing, and says what else can be done.
 */
export function requireDefined(metric: Metric, data: Dataset, { plans, repeats, held }: Design): void {
  const folds = plans.slice(0, repeats).flatMap(({ parts, folds }) => folds.map(({ test }) => parts[test]));
  const bad = folds.filter((rows) => !isDefined(metric, data, rows));
  const heldIsBad = held.length > 0 && !isDefined(metric, data, held);
  if (bad.length === 0 && !heldIsBad) return;
  const where = [
    ...(bad.length > 0 ? [`${bad.length} of ${folds.length} folds`] : []),
    ...(heldIsBad ? ["the held-out rows"] : []),
  ];
  throw new OptionError(
    `metric: ${metric.name} has no value on ${where.join(" and ")}${lacking(data, bad[0] ?? held)}; choose another --metric, or splits in which it has one (--folds, --holdout, --splits)`,
  );
}

/** Asked of an uninformed prediction: what cannot be scored with it cannot be scored with any. */
function isDefined(metric: Metric, data: Dataset, rows: Rows): boolean {
  return Number.isFinite(scoreRows(metric, data, rows, uninformed(data, rows.length), false));
}

function uninformed({ target }: Dataset, rows: number): Prediction {
  if (target.task === "regression") return { kind: "value", values: new Float64Array(rows).fill(1) };
  const classes = target.classes.length;
  return { kind: "probability", classes, values: new Float64Array(rows * classes).fill(1 / classes) };
}

function lacking({ target }: Dataset, rows: Rows): string {
  if (target.task === "regression") return "";
  const seen = new Set(Array.from(rows, (row) => target.codes[row]));
  const missing = target.classes.filter((_, code) => !seen.has(code));
  return missing.length === 0 ? "" : ` (no row of class ${missing.join(", ")} in one of them)`;
}
