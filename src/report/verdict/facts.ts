/** What a reader of one verdict asks next, answered in a few words. */
import type { Fact } from "../document/document.ts";
import { amount, boundsFigure, gainFigure, type VerdictEntry } from "../verdict.ts";
import { figure, percent, roughly, whole } from "../../words/numbers.ts";

export function factsOf(one: VerdictEntry): readonly Fact[] {
  const { against, baseline, bounds, gain, margin, metric, name, part, rows, rowsNeeded, score } = one;
  if (against.length === 0) return [];
  const rival = against.find((each) => each.baseline === baseline)?.score;
  const [seen] = rowsNeeded?.scenarios ?? [];
  return [
    {
      question: "How large is the gain?",
      answer: gainFigure(gain, margin),
      note: `${gain === null ? "" : `${percent(bounds.level)} interval ${boundsFigure(bounds, margin)}, `}on ${whole(rows)} ${part === "holdout" ? "held-out rows" : "rows in folds"}`,
      section: "gates",
    },
    {
      question: "How large must it be?",
      answer: `more than ${amount(margin.value, margin)}`,
      note: margin.assumed ? "assumed; --min-gain sets it" : "as asked",
      section: "gates",
    },
    {
      question: "What is the hardest to beat?",
      answer: baseline,
      note: `its ${metric} is ${figure(rival)}, that of ${name} ${figure(score)}`,
      section: "against",
    },
    ...(rowsNeeded === null || seen === undefined
      ? []
      : [
          {
            question: "How many rows would settle it?",
            answer: seen.rows === null ? "no number" : `about ${roughly(seen.rows)}`,
            note: `if the true gain is the one seen; there are ${whole(rowsNeeded.now)} now`,
            section: "settle",
          },
        ]),
  ];
}
