import type { Shape } from "../../frame/dataset.ts";
import { firstColumns, type Encoding } from "../../encode/encoding.ts";
import type { Explanation } from "../contract.ts";
import { termsDrawing } from "./terms-drawing.ts";
import { columnEffects, levelName, type WeightedSums } from "./weighted-sums.ts";
import { figure } from "../../words/numbers.ts";
import { few } from "../../words/texts.ts";

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

/** Weighted sums in words: one line a column, largest effect first, in the columns' own units. */
export function describe(sums: WeightedSums, shape: Shape, wording: Wording): Explanation {
  const effects = columnEffects(sums);
  const total = effects.reduce((sum, { spread }) => sum + spread, 0);
  const lines = effects.slice(0, MOST_LINES).map(({ column }) => columnLine(sums, shape, wording, column));
  if (effects.length > MOST_LINES) lines.push(`and ${effects.length - MOST_LINES} columns with smaller effects`);
  const unused = shape.columns.filter((_, i) => !effects.some(({ column }) => column === i));
  if (unused.length > 0)
    lines.push(
      `not used: ${few(
        unused.map(({ name }) => name),
        11,
      )}`,
    );
  const drawing = termsDrawing(sums, shape, wording.unit, wording.outputs);
  return {
    summary: summaryOf(sums, shape, wording, effects.length),
    lines: [...lines, interceptLine(sums, wording)],
    importance: effects.map(({ column, spread }) => ({ column: shape.columns[column].name, share: spread / total })),
    ...(drawing.terms.length > 0 && { drawing }),
  };
}

function summaryOf({ outputs }: WeightedSums, shape: Shape, { unit }: Wording, used: number): string {
  const of = shape.columns.length;
  const equations = outputs.length === 1 ? "A weighted sum" : `${outputs.length} weighted sums`;
  return `${equations} of ${used} of ${of} column${of === 1 ? "" : "s"}, in ${unit}.`;
}

function columnLine(sums: WeightedSums, shape: Shape, wording: Wording, column: number): string {
  const { encoding, outputs, phrases = [] } = sums;
  const { name, levels } = shape.columns[column];
  const pieces: string[] = [];
  const values = (at: number, factor: number): string =>
    named(
      wording,
      outputs.map(({ coefficients }) => coefficients[at] * factor),
    );
  for (const [i, term] of encoding.numbers.entries())
    if (term.column === column) {
      const error = wording.errors === undefined ? "" : `, standard error ${figure(wording.errors[i] / term.scale)}`;
      pieces.push(
        `${values(i, 1 / term.scale)} per unit${error} (${values(i, 1)} per standard deviation of ${figure(term.scale)})`,
      );
    }
  for (const [i, term] of encoding.flags.entries())
    if (term.column === column && effectOf(outputs, encoding.numbers.length + i) > 0)
      pieces.push(`missing ${values(encoding.numbers.length + i, 1)}`);
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
  outputs: WeightedSums["outputs"],
): string[] {
  const size = (i: number): number => effectOf(outputs, first + i);
  const ranked = codes
    .map((code, i) => ({ code, i }))
    .filter(({ i }) => size(i) > 0)
    .sort((a, b) => size(b.i) - size(a.i) || a.i - b.i);
  const idle = codes.length - ranked.length;
  const pieces = ranked.slice(0, MOST_LEVELS).map(({ code, i }) => `${levelName(code, names)} ${values(first + i, 1)}`);
  if (ranked.length > MOST_LEVELS) pieces.push(`and ${ranked.length - MOST_LEVELS} more levels`);
  if (idle > 0) pieces.push(`${idle} level${idle === 1 ? "" : "s"} at 0`);
  return pieces;
}

/** The largest coefficient of an encoded column, whatever its sign and output. */
function effectOf(outputs: WeightedSums["outputs"], at: number): number {
  return Math.max(...outputs.map(({ coefficients }) => Math.abs(coefficients[at])));
}

/** The intercept of the sum in the columns' own units. */
function interceptLine({ encoding, outputs }: WeightedSums, wording: Wording): string {
  const own = outputs.map(({ intercept, coefficients }) =>
    encoding.numbers.reduce((sum, { mean, scale }, i) => sum - (coefficients[i] * mean) / scale, intercept),
  );
  return `intercept: ${named(wording, own)}`;
}

/** Each output with its number; those with 0 together at the end. */
function named({ outputs }: Wording, values: readonly number[]): string {
  if (values.length === 1 || values.every((value) => value === 0)) return signed(values[0]);
  const told = values.flatMap((value, k) => (value === 0 ? [] : [`${outputs[k]} ${signed(value)}`]));
  return [...told, ...(told.length < values.length ? ["others 0"] : [])].join(", ");
}

function signed(value: number): string {
  return value < 0 ? figure(value) : `+${figure(value)}`;
}
