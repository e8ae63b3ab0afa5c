import { allRows, type Dataset, type Rows, type Shape } from "../../../data/dataset.ts";
import type { Explanation, Model, Prediction } from "../../../models/contract.ts";
import { readModel } from "../../model-json.ts";
import { mostFrequent } from "../../../models/answers.ts";
import { percent, readable } from "../../../models/wording.ts";
import { conditionFromJSON, narrow, premiseInWords, type Condition, type Premise } from "./condition.ts";

/** Rules in order, and what each says: answers are (rules + 1) x width, the last for rows that no rule takes. */
export interface RuleList {
  readonly premises: readonly Premise[];
  readonly answers: Float64Array;
  /** Weight of the training rows that each rule takes; the last: of the others. */
  readonly weights: Float64Array;
}

const VERSION = 1;

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

export function listModel(kind: string, list: RuleList, notes: Model["notes"]): Model {
  const { premises, answers, weights } = list;
  const width = answers.length / weights.length;
  return Object.freeze({
    complexity: { count: premises.reduce((count, premise) => count + premise.length, 1), unit: "conditions" },
    notes,
    predict: (data: Dataset, rows = allRows(data.rows)): Prediction => {
      const values = new Float64Array(rows.length * width);
      const rules = takenBy(premises, data, rows);
      for (let i = 0; i < rules.length; i++)
        for (let k = 0; k < width; k++) values[i * width + k] = answers[rules[i] * width + k];
      return width === 1 ? { kind: "value", values } : { kind: "probability", values, classes: width };
    },
    explain: (shape: Shape) => explanation(list, shape),
    toJSON: () => ({
      kind,
      version: VERSION,
      rules: premises.map((premise) => premise.map((condition) => ({ ...condition }))),
      answers: [...answers],
      weights: [...weights],
      notes,
    }),
  });
}

function explanation({ premises, answers, weights }: RuleList, shape: Shape): Explanation {
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
  };
}

/** @throws TypeError when the JSON is not such a model for that shape. */
export function listFromJSON(kind: string, json: unknown, shape: Shape): Model {
  const saved = readModel(json, kind, VERSION);
  const wrong = (what: string): TypeError => new TypeError(`${kind}: the saved model's ${what}`);
  if (!Array.isArray(saved.rules)) throw wrong("rules are missing");
  const premises = saved.rules.map((premise: unknown): Condition[] => {
    if (!Array.isArray(premise) || premise.length === 0) throw wrong("rules have no conditions");
    return premise.map((condition: unknown) => conditionFromJSON(kind, condition, shape));
  });
  const numbers = (name: string, length: number): Float64Array => {
    const list = saved[name];
    if (!Array.isArray(list) || list.length !== length || !list.every(Number.isFinite))
      throw wrong(`${name} are not ${length} finite numbers`);
    return Float64Array.from(list as number[]);
  };
  const weights = numbers("weights", premises.length + 1);
  const answers = numbers("answers", weights.length * Math.max(1, shape.classes.length));
  return listModel(kind, { premises, answers, weights }, (saved.notes ?? {}) as Model["notes"]);
}
