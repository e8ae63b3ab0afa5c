import type { Shape } from "../../data/dataset.ts";
import { firstColumns, MISSING, POOLED, type Encoding } from "../../data/encode/encoding.ts";
import type { Explanation } from "../contract.ts";
import { columnEffects, type Predictor } from "./predictor.ts";

const MOST_LINES = 40;
const MOST_LEVELS = 10;
const WORDING = { words: "words", characters: "runs of four characters" };

/** How coefficients are spoken of. */
export interface Wording {
  /** What the model's answer is measured in, said after each line's numbers: "log odds of yes". */
  readonly unit: string;
  /** Names of the outputs, where there is more than one. */
  readonly outputs: readonly string[];
  /** Standard errors by encoded column, where they are known. */
  readonly errors?: Float64Array;
}

/** A predictor in words: one line a column, largest effect first, in the columns' own units. */
export function describe(predictor: Predictor, shape: Shape, wording: Wording): Required<Explanation> {
  const effects = columnEffects(predictor);
  const total = effects.reduce((sum, { spread }) => sum + spread, 0);
  const lines = effects.slice(0, MOST_LINES).map(({ column }) => columnLine(predictor, shape, wording, column));
  if (effects.length > MOST_LINES) lines.push(`and ${effects.length - MOST_LINES} columns with smaller effects`);
  const unused = shape.columns.filter((_, i) => !effects.some(({ column }) => column === i));
  if (unused.length > 0) lines.push(`not used: ${shorten(unused.map(({ name }) => name))}`);
  return {
    summary: summaryOf(predictor, shape, wording, effects.length),
    lines: [...lines, interceptLine(predictor, wording)],
    importance: effects.map(({ column, spread }) => ({ column: shape.columns[column].name, share: spread / total })),
  };
}

function summaryOf({ outputs }: Predictor, shape: Shape, { unit }: Wording, used: number): string {
  const of = shape.columns.length;
  const equations = outputs.length === 1 ? "A weighted sum" : `${outputs.length} weighted sums`;
  return `${equations} of ${used} of ${of} column${of === 1 ? "" : "s"}, in ${unit}.`;
}

function columnLine(predictor: Predictor, shape: Shape, wording: Wording, column: number): string {
  const { encoding, outputs, phrases = [] } = predictor;
  const { name, levels } = shape.columns[column];
  const pieces: string[] = [];
  const values = (at: number, factor: number): string =>
    named(
      wording,
      outputs.map(({ coefficients }) => coefficients[at] * factor),
    );
  for (const [i, term] of encoding.numbers.entries())
    if (term.column === column) {
      const error = wording.errors === undefined ? "" : `, standard error ${short(wording.errors[i] / term.scale)}`;
      pieces.push(
        `${values(i, 1 / term.scale)} per unit${error} (${values(i, 1)} per standard deviation of ${short(term.scale)})`,
      );
    }
  for (const [i, term] of encoding.flags.entries())
    if (term.column === column) pieces.push(`missing ${values(encoding.numbers.length + i, 1)}`);
  const first = firstColumns(encoding);
  for (const [i, term] of encoding.categories.entries())
    if (term.column === column) pieces.push(...levelPieces(term.levels, levels, first.categories[i], values, outputs));
  for (const [i, term] of encoding.texts.entries())
    if (term.column === column) {
      const end = first.texts[i] + term.buckets.length;
      const own = phrases.filter((phrase) => phrase.column >= first.texts[i] && phrase.column < end);
      const told = own.slice(0, MOST_LEVELS).map((phrase) => `"${phrase.term}" ${values(phrase.column, 1)}`);
      pieces.push(
        `${term.buckets.length} ${WORDING[term.terms]}${told.length > 0 ? `, such as ${told.join(", ")}` : ""}`,
      );
    }
  return `${name}: ${pieces.join("; ")}`;
}

function levelPieces(
  codes: Encoding["categories"][number]["levels"],
  names: readonly string[],
  first: number,
  values: (at: number, factor: number) => string,
  outputs: Predictor["outputs"],
): string[] {
  const size = (i: number): number => Math.max(...outputs.map(({ coefficients }) => Math.abs(coefficients[first + i])));
  const ranked = codes.map((code, i) => ({ code, i })).sort((a, b) => size(b.i) - size(a.i) || a.i - b.i);
  const nameOf = (code: number): string =>
    code === MISSING ? "(missing)" : code === POOLED ? "(other levels)" : names[code];
  const pieces = ranked.slice(0, MOST_LEVELS).map(({ code, i }) => `${nameOf(code)} ${values(first + i, 1)}`);
  return ranked.length > MOST_LEVELS ? [...pieces, `and ${ranked.length - MOST_LEVELS} more levels`] : pieces;
}

/** The intercept of the sum in the columns' own units. */
function interceptLine({ encoding, outputs }: Predictor, wording: Wording): string {
  const own = outputs.map(({ intercept, coefficients }) =>
    encoding.numbers.reduce((sum, { mean, scale }, i) => sum - (coefficients[i] * mean) / scale, intercept),
  );
  return `intercept: ${named(wording, own)}`;
}

function named({ outputs }: Wording, values: readonly number[]): string {
  return values.length === 1
    ? signed(values[0])
    : values.map((value, k) => `${outputs[k]} ${signed(value)}`).join(", ");
}

function signed(value: number): string {
  return value < 0 ? short(value) : `+${short(value)}`;
}

/** Four significant digits. */
function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function shorten(names: readonly string[]): string {
  return names.length <= 10 ? names.join(", ") : `${names.slice(0, 10).join(", ")} and ${names.length - 10} more`;
}
