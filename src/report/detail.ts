/** Facts behind an outcome, in words: a clause without its full stop. */
import type { Detail } from "../compare/detail.ts";
import { figure } from "../words/numbers.ts";

export function detailWords(detail: Detail): string {
  switch (detail.kind) {
    case "too-few":
      return `${detail.have} ${detail.what}, ${needed(detail.least)}`;
    case "few-of-class":
      return `${detail.have} rows of class ${detail.class}, ${needed(detail.least)}`;
    case "few-discordant":
      return `only ${detail.have} rows on which exactly one of it and ${detail.baseline} is right, ${needed(detail.least)}`;
    case "no-rows":
      return "no rows";
    case "undeclared-dependence":
      return "the rows are not independent, and their groups or times are not declared";
    case "undefined-metric":
      return "the metric is not defined on these rows";
    case "no-spread":
      return `against ${detail.baseline} the score does not depend on which rows are left out`;
    case "nothing-to-gain":
      return `${detail.baseline} loses nothing on these rows, so no share of it can be gained`;
    case "overconfident":
      return `${detail.baseline} errs ${figure(detail.times)} times as much as its own probabilities allow for`;
    case "held-by-others":
      return "alone it would pass, among this many challengers it does not";
    case "not-trained":
      return `not trained: ${detail.rungs.join(", ")}`;
    case "suspected":
      return detail.of;
    case "twins":
      return `${detail.rows} of the held-out rows have an identical row in training, and the gain is not shown on the ${detail.others} others`;
    default:
      return costWords(detail);
  }
}

type CostDetail = Extract<Detail, { readonly kind: `${string}-cost` | "not-measured" | "no-upper-bound" }>;

function costWords(detail: CostDetail): string {
  switch (detail.kind) {
    case "not-measured":
      return `${detail.quantity} of the ${detail.of} was not measured`;
    case "declared-cost":
      return `${detail.quantity} is ${detail.over ? "over" : "within"} its budget, as declared`;
    case "no-upper-bound":
      return "too few timed runs for an upper bound of the 95th percentile: 59 are needed (72 against the champion)";
    default:
      if (detail.outcome === "over") return `${detail.quantity} is over its budget, by its lower 95 % bound`;
      if (detail.outcome === "within") return `${detail.quantity} is within its budget, by its upper 95 % bound`;
      return `the budget lies between the 95 % bounds of ${detail.quantity}: time more runs`;
  }
}

function needed(least: number): string {
  return `at least ${least} are needed`;
}
