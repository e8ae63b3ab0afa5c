/** What the saved data of weighted sums must be. */
import * as v from "valibot";
import type { Shape } from "../../frame/dataset.ts";
import {
  encodedWidth,
  MISSING,
  POOLED,
  type CategoryTerm,
  type Encoding,
  type TextTerm,
} from "../../encode/encoding.ts";
import { BUCKETS } from "../../encode/text/terms.ts";
import type { Fault } from "../contract.ts";
import { count, doubles, finite, firstFault, lengthFault, numbers, positive, share } from "../parts.ts";
import type { Output, Phrase, WeightedSums } from "./weighted-sums.ts";

const encoding: v.GenericSchema<unknown, Encoding> = v.strictObject({
  numbers: v.array(v.strictObject({ column: count, fill: finite, mean: finite, scale: positive })),
  flags: v.array(v.strictObject({ column: count, share })),
  categories: v.array(
    v.strictObject({ column: count, levels: numbers({ low: POOLED, whole: true }), shares: numbers({ low: 0 }) }),
  ),
  texts: v.array(
    v.strictObject({
      column: count,
      terms: v.picklist(["words", "characters"]),
      buckets: numbers({ low: 0, high: BUCKETS - 1, whole: true, ascending: true }),
      idf: numbers({ low: 0 }),
    }),
  ),
});

/** The members of a saved model that its weighted sums fill. */
export const sumsEntries: {
  readonly encoding: v.GenericSchema<unknown, Encoding>;
  readonly phrases: v.ExactOptionalSchema<v.GenericSchema<unknown, Phrase[]>, undefined>;
  readonly outputs: v.GenericSchema<unknown, Output[]>;
} = {
  encoding,
  phrases: v.exactOptional(v.array(v.strictObject({ column: count, term: v.string() }))),
  outputs: v.array(v.strictObject({ intercept: finite, coefficients: doubles() })),
};

/** Sums must be as many as wanted, of columns that the table has. */
export function sumsFault({ encoding, phrases = [], outputs }: WeightedSums, wanted: number, shape: Shape): Fault {
  const width = encodedWidth(encoding);
  const far = phrases.find(({ column }) => column >= width);
  return (
    encodingFault(encoding, shape) ??
    (far && `phrases: there is no encoded column ${far.column} of ${width}`) ??
    lengthFault("outputs", outputs, wanted) ??
    firstFault(outputs, ({ coefficients }, k) => lengthFault(`outputs.${k}.coefficients`, coefficients, width))
  );
}

function encodingFault({ numbers, flags, categories, texts }: Encoding, { columns }: Shape): Fault {
  const kindFault = (list: string, kind: Shape["columns"][number]["kind"]) => (term: { readonly column: number }) =>
    columns[term.column]?.kind === kind
      ? undefined
      : `encoding.${list}: column ${term.column} is no ${kind} column of the table`;
  return (
    firstFault(numbers, kindFault("numbers", "number")) ??
    firstFault(flags, kindFault("flags", "number")) ??
    firstFault(categories, kindFault("categories", "category")) ??
    firstFault(categories, (term, i) =>
      levelsFault(`encoding.categories.${i}`, term, columns[term.column].levels.length),
    ) ??
    firstFault(texts, kindFault("texts", "text")) ??
    firstFault(texts, ({ idf, buckets }: TextTerm, i) => lengthFault(`encoding.texts.${i}.idf`, idf, buckets.length))
  );
}

/** Codes must be those of levels, ascending, then perhaps that of missing values, then perhaps that of the pooled rest. */
function levelsFault(where: string, { levels, shares }: CategoryTerm, known: number): Fault {
  const rank = (code: number): number => (code === MISSING ? known : code === POOLED ? known + 1 : code);
  const wrong = levels.find((code, i) => code >= known || (i > 0 && rank(code) <= rank(levels[i - 1])));
  return wrong === undefined
    ? lengthFault(`${where}.shares`, shares, levels.length)
    : `${where}.levels: ${wrong} is no level of its column, or out of order`;
}
