import * as v from "valibot";
import type { NumberColumn, Shape } from "../frame/dataset.ts";
import type { Explanation, Fault, Kind, Notes } from "./contract.ts";
import { count, finite, lengthFault, notes, numbers, positive } from "./parts.ts";
import { readable } from "../words/numbers.ts";

/** Plainest first. */
export const FORMS = ["line", "theil-sen", "power", "exponential", "quadratic", "cubic"] as const;
export type Form = (typeof FORMS)[number];

/**
 * A curve of one column, in z = (x - centre) / scale, which keeps sums of powers well-conditioned: c0 + c1 z + c2 z^2 +
 * c3 z^3; c0 e^(c1 z); for a power centre is 0: c0 z^c1.
 */
export interface Curve {
  readonly form: Form;
  readonly centre: number;
  readonly scale: number;
  readonly coefficients: readonly number[];
  /** The training range. Lines go on beyond it, other curves stay at its ends, where nothing is known of how they bend. */
  readonly low: number;
  readonly high: number;
}

export interface CurveData {
  readonly column: number;
  readonly curve: Curve;
  /** What rows without a value get. */
  readonly missing: number;
  readonly notes: Notes;
}

/** One curve of one number column. */
export const curveKind: Kind<CurveData> = {
  name: "curve",
  version: 1,
  schema: v.strictObject({
    column: count,
    curve: v.strictObject({
      form: v.picklist(FORMS),
      centre: finite,
      scale: positive,
      coefficients: numbers(),
      low: finite,
      high: finite,
    }),
    missing: finite,
    notes,
  }),
  faultIn,
  complexity: ({ curve }) => ({ count: curve.coefficients.length, unit: "coefficients" }),
  notes: (data) => data.notes,
  predictor:
    ({ column, curve, missing }) =>
    (data, rows) => {
      const { values } = data.columns[column] as NumberColumn;
      const predicted = Float64Array.from(rows, (row) =>
        Number.isNaN(values[row]) ? missing : valueAt(curve, values[row]),
      );
      return { kind: "value", values: predicted };
    },
  explain,
  reasons: ({ column, curve, missing }, shape, table, row) => {
    const { name } = shape.columns[column];
    const x = (table.columns[column] as NumberColumn).values[row];
    return Number.isNaN(x)
      ? { steps: [`${name} is missing`], answer: [missing] }
      : {
          steps: [`${shape.target} = ${formula(curve, name)}, where ${name} = ${readable(x)}`],
          answer: [valueAt(curve, x)],
        };
  },
};

/** How many coefficients each form has. */
const COEFFICIENTS: Record<Form, number> = {
  line: 2,
  "theil-sen": 2,
  power: 2,
  exponential: 2,
  quadratic: 3,
  cubic: 4,
};

function faultIn({ column, curve }: CurveData, { task, columns }: Shape): Fault {
  if (task !== "regression") return `answers are values, and the task is ${task}`;
  if (columns[column]?.kind !== "number") return `column ${column} is no number column of the table`;
  if (curve.low > curve.high) return `curve.low: wanted at most ${curve.high}, got ${curve.low}`;
  return lengthFault("curve.coefficients", curve.coefficients, COEFFICIENTS[curve.form]);
}

export function valueAt({ form, centre, scale, coefficients, low, high }: Curve, x: number): number {
  const straight = form === "line" || form === "theil-sen";
  const z = ((straight ? x : Math.min(high, Math.max(low, x))) - centre) / scale;
  if (form === "power") return coefficients[0] * z ** coefficients[1];
  if (form === "exponential") return coefficients[0] * Math.exp(coefficients[1] * z);
  let value = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) value = value * z + coefficients[k];
  return value;
}

const WORDS: Record<Form, string> = {
  line: "A straight line",
  "theil-sen": "A straight line by medians (Theil-Sen)",
  power: "A power",
  exponential: "An exponential",
  quadratic: "A parabola",
  cubic: "A cubic curve",
};

function explain({ column, curve, missing }: CurveData, shape: Shape): Explanation {
  const { name } = shape.columns[column];
  const line = `${shape.target} = ${formula(curve, name)}`;
  return {
    summary: `${WORDS[curve.form]} of ${name}: ${line}.`,
    lines: [
      line,
      `${name} from ${readable(curve.low)} to ${readable(curve.high)} in training`,
      `${readable(missing)} where ${name} is missing`,
    ],
    importance: [{ column: name, share: 1 }],
    drawing: { kind: "curve", column: name, unit: shape.target, points: drawnPoints(curve) },
  };
}

/** Points of a drawn curve. */
const POINTS = 60;

/** Evenly spread over the training range; where a curve has no value there is no point. */
function drawnPoints(curve: Curve): [number, number][] {
  const { low, high } = curve;
  return Array.from({ length: POINTS + 1 }, (_, i): [number, number] => {
    const x = low + ((high - low) * i) / POINTS;
    return [x, valueAt(curve, x)];
  }).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
}

/** The curve as a formula in the column's own units: `12.3 + 4.56 carat`, `4650 carat^1.67`. */
export function formula({ form, centre, scale, coefficients }: Curve, name: string): string {
  if (form === "power")
    return `${readable(coefficients[0] / scale ** coefficients[1])} ${name}^${readable(coefficients[1])}`;
  if (form === "exponential") {
    const rate = coefficients[1] / scale;
    return `${readable(coefficients[0] * Math.exp(-rate * centre))} e^(${readable(rate)} ${name})`;
  }
  // (x - centre) / scale multiplied out, from the highest power down.
  let expanded: number[] = [];
  for (const c of coefficients.toReversed()) {
    const shifted = [0, ...expanded].map((v, k) => (v - centre * (expanded[k] ?? 0)) / scale);
    shifted[0] += c;
    expanded = shifted;
  }
  return expanded
    .map(
      (c, k) =>
        `${k > 0 && c < 0 ? "- " : k > 0 ? "+ " : ""}${readable(k > 0 ? Math.abs(c) : c)}${k > 0 ? ` ${name}` : ""}${k > 1 ? `^${k}` : ""}`,
    )
    .join(" ");
}
