/** The smallest gain that matters: as given, from money, or the stated default. */
import { OptionError } from "../error.ts";
import { lossOf, type JudgedMetric } from "./measure.ts";

export interface MarginSpec {
  /** >= 0; below 1 when relative. */
  readonly value: number;
  /**
   * `absolute`: in the metric's unit. `relative`: a share of what the baseline leaves to gain, its distance to the perfect
   * score (its loss; 1 - accuracy, 1 - AUC, 1 - R² for scores to be maximised): 0.1 asks for 10 % of it.
   */
  readonly kind: "absolute" | "relative";
}

/** What a challenger's complexity costs and what a better metric is worth. */
export interface Money {
  /** Money per prediction that one unit of the metric is worth, > 0. */
  readonly valuePerUnit: number;
  /** Money per prediction that the challenger costs more than the baseline, >= 0. */
  readonly extraCost: number;
}

export interface Margin extends MarginSpec {
  /** Nobody asked for it: say so wherever it is printed. */
  readonly assumed: boolean;
  /** Where it came from, when it came from money. */
  readonly money?: Money;
}

/** 0.01 for scores to be maximised (accuracy, AUC, F1, R²), 1 % of the baseline's loss for losses. */
export function defaultMargin({ direction }: JudgedMetric): Margin {
  return { value: 0.01, kind: direction === "maximize" ? "absolute" : "relative", assumed: true };
}

/**
 * The margin that applies: `given`, else extra cost / value per unit, else the default.
 * @throws RangeError for a negative or non-finite margin, a relative one of 1 or more, a value per unit that is not above 0, or
 *   a relative margin on a metric that has no perfect score to measure the distance from.
 */
export function marginOf(metric: JudgedMetric, given?: MarginSpec, money?: Money): Margin {
  const margin =
    given !== undefined ? { ...given, assumed: false } : money !== undefined ? fromMoney(money) : defaultMargin(metric);
  const { value, kind } = margin;
  if (!(value >= 0 && value < Infinity)) throw new OptionError(`margin: value must be at least 0, got ${value}`);
  if (kind === "relative" && value >= 1)
    throw new OptionError(`margin: a relative value must be below 1, got ${value}`);
  const perfect = metric.direction === "maximize" ? metric.range[1] : metric.range[0];
  if (kind === "relative" && !Number.isFinite(perfect)) {
    throw new OptionError(`margin: ${metric.name} has no best value, so only an absolute margin has a meaning`);
  }
  return margin;
}

/** The margin in the metric's unit, beside a baseline with this score. */
export function marginAt(metric: JudgedMetric, { value, kind }: MarginSpec, score: number): number {
  return kind === "absolute" ? value : value * lossOf(metric, score);
}

function fromMoney(money: Money): Margin {
  const { valuePerUnit, extraCost } = money;
  if (!(valuePerUnit > 0 && valuePerUnit < Infinity)) {
    throw new OptionError(`margin: valuePerUnit must be above 0, got ${valuePerUnit}`);
  }
  return { value: extraCost / valuePerUnit, kind: "absolute", assumed: false, money };
}
