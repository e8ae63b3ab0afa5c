import type { Question } from "../compare/verdict/contract.ts";
import { compareModels as compareInNumbers } from "../compare/verdict/verdict.ts";
import { worded } from "../report/verdict-sentence.ts";
import type { WordedComparison } from "../report/verdict.ts";

/**
 * Judges challengers against baselines on the same rows: predictions in, verdicts out, each in plain words too. The rows
 * of all predictions are in one order; nothing is trained and no rows are read.
 *
 * @throws OptionError, RangeError when predictions do not fit the truth or each other, or an option makes no sense.
 */
export function compareModels(question: Question): WordedComparison {
  const comparison = compareInNumbers(question);
  const { direction } = question.metric;
  return { ...comparison, challengers: comparison.challengers.map((one) => worded(one, direction)) };
}
