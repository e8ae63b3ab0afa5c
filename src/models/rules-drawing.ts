import type { Shape } from "../frame/dataset.ts";
import { mostFrequent, widthOf } from "./answers.ts";
import type { RulesDrawing } from "./drawing.ts";
import { percent, readable } from "../words/numbers.ts";

/** Rules that a figure can show. */
const MOST = 40;

/** What a drawn value is: the target, the share of the second of two classes, or that of the class which is answered. */
export function drawnUnit({ task, target, classes }: Shape): string {
  if (task === "regression") return target;
  return classes.length === 2 ? `share of ${classes[1]}` : "share of the class it says";
}

/** @param answers As of a rule list: a value, or a share for each class, rule by rule. */
export function rulesDrawing(
  conditions: readonly string[],
  answers: Float64Array,
  weights: Float64Array,
  shape: Shape,
): RulesDrawing {
  const width = widthOf(shape);
  const rules = conditions.slice(0, MOST).map((when, r) => {
    const rows = weights[r];
    if (width === 1) return { when, says: readable(answers[r]), value: answers[r], rows };
    const top = mostFrequent(answers, r * width, width);
    const share = answers[r * width + top];
    const value = width === 2 ? answers[r * width + 1] : share;
    return { when, says: `${shape.classes[top]} (${percent(share)})`, value, rows };
  });
  return { kind: "rules", unit: drawnUnit(shape), rules, more: conditions.length - rules.length };
}
