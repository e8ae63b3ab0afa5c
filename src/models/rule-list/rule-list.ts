import * as v from "valibot";
import type { Dataset, Rows, Shape } from "../../frame/dataset.ts";
import { answersFault, mostFrequent, predictionOf } from "../answers.ts";
import type { Explanation, Kind, Notes } from "../contract.ts";
import { doubles, firstFault, lengthFault, notes } from "../parts.ts";
import { rulesDrawing } from "../rules-drawing.ts";
import { percent, readable } from "../../words/numbers.ts";
import { conditionFault, conditionSchema, narrow, premiseInWords, type Premise } from "./condition.ts";

/** Rules in order, and what each says: answers are (rules + 1) x width, the last for rows that no rule takes. */
export interface RuleListData {
  readonly rules: readonly Premise[];
  readonly answers: Float64Array;
  /** Weight of the training rows that each rule takes; the last: of the others. */
  readonly weights: Float64Array;
  readonly notes: Notes;
}

/** The first rule that holds decides. O(rows x rules). */
export const ruleListKind: Kind<RuleListData> = {
  name: "rule-list",
  version: 1,
  schema: v.strictObject({
    rules: v.array(v.pipe(v.array(conditionSchema), v.minLength(1))),
    answers: doubles(),
    weights: doubles({ low: 0 }),
    notes,
  }),
  faultIn: ({ rules, answers, weights }, shape) =>
    firstFault(rules.flat(), (condition) => conditionFault(condition, shape)) ??
    lengthFault("weights", weights, rules.length + 1) ??
    answersFault("answers", answers, weights.length, shape),
  complexity: ({ rules }) => ({
    count: rules.reduce((count, premise) => count + premise.length, 1),
    unit: "conditions",
  }),
  notes: (data) => data.notes,
  predictor: ({ rules, answers, weights }) => {
    const width = answers.length / weights.length;
    return (data, rows) => {
      const values = new Float64Array(rows.length * width);
      const taken = takenBy(rules, data, rows);
      for (let i = 0; i < taken.length; i++)
        for (let k = 0; k < width; k++) values[i * width + k] = answers[taken[i] * width + k];
      return predictionOf(values, width);
    };
  },
  explain,
  reasons: ({ rules, answers, weights }, shape, table, row) => {
    const [taken] = takenBy(rules, table, Int32Array.of(row));
    const width = answers.length / weights.length;
    const passed = taken === 1 ? "the rule before it does not hold" : `none of the ${taken} rules before it holds`;
    const rule = taken === rules.length ? "no rule holds" : `rule ${taken + 1}: ${premiseInWords(rules[taken], shape)}`;
    return {
      steps: [
        ...(taken === 0 || taken === rules.length ? [] : [passed]),
        `${rule} (${readable(weights[taken])} training rows)`,
      ],
      answer: [...answers.subarray(taken * width, (taken + 1) * width)],
    };
  },
  turns: ({ rules }, _shape, _table, _row, column) =>
    rules.flat().flatMap((one) => (one.kind === "bound" && one.column === column ? [one.bound] : [])),
};

/** The first rule that takes each row; the number of rules where none does. O(rows x rules). */
export function takenBy(premises: readonly Premise[], data: Dataset, rows: Rows): Int32Array {
  const out = new Int32Array(rows.length).fill(premises.length);
  for (let r = premises.length - 1; r >= 0; r--) {
    const holds = new Uint8Array(rows.length).fill(1);
    for (const condition of premises[r]) narrow(holds, condition, data, rows);
    for (let i = 0; i < out.length; i++) if (holds[i] === 1) out[i] = r;
  }
  return out;
}

function explain({ rules: premises, answers, weights }: RuleListData, shape: Shape): Explanation {
  const width = answers.length / weights.length;
  const says = (r: number): string => {
    const rows = `${readable(weights[r])} ${weights[r] === 1 ? "row" : "rows"}`;
    if (width === 1) return `${readable(answers[r])} (${rows})`;
    const top = mostFrequent(answers, r * width, width);
    return `${shape.classes[top]} (${percent(answers[r * width + top])} of ${rows})`;
  };
  const lines = premises.map((premise, r) => {
    return `${r === 0 ? "If" : "else if"} ${premiseInWords(premise, shape)}: ${says(r)}`;
  });
  const rules = premises.length === 1 ? "one rule" : `${premises.length} rules`;
  return {
    summary:
      premises.length === 0
        ? `No rule: every row gets ${says(0)}.`
        : `A list of ${rules}; the first that holds decides.`,
    lines: [...lines, ...(premises.length === 0 ? [] : [`else: ${says(premises.length)}`])],
    ...(premises.length > 0 && {
      drawing: rulesDrawing(
        [...premises.map((premise) => premiseInWords(premise, shape)), "all others"],
        answers,
        weights,
        shape,
      ),
    }),
  };
}
