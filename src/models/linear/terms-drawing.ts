import type { Shape } from "../../frame/dataset.ts";
import { firstColumns } from "../../encode/encoding.ts";
import type { TermsDrawing } from "../drawing.ts";
import { levelName, type WeightedSums } from "./weighted-sums.ts";

/** Terms that a figure can show, and sums whose numbers fit beside each other. */
const MOST = 24;
const MOST_SUMS = 8;

/** The terms with the largest effects, for a figure; none of more sums than a table can hold. */
export function termsDrawing(
  sums: WeightedSums,
  { columns }: Shape,
  unit: string,
  names: readonly string[],
): TermsDrawing {
  const { encoding, outputs, phrases = [] } = sums;
  const first = firstColumns(encoding);
  const term = (at: number, name: string, spread: number | null): TermsDrawing["terms"][number] => ({
    name,
    spread,
    values: outputs.map(({ coefficients }) => coefficients[at]),
  });
  const nameOf = (column: number): string => columns[column].name;
  const terms = [
    ...encoding.numbers.map(({ column, scale }, i) => term(i, nameOf(column), scale)),
    ...encoding.flags.map(({ column }, i) => term(encoding.numbers.length + i, `${nameOf(column)} missing`, null)),
    ...encoding.categories.flatMap(({ column, levels }, c) =>
      levels.map((code, i) =>
        term(first.categories[c] + i, `${nameOf(column)} = ${levelName(code, columns[column].levels)}`, null),
      ),
    ),
    ...phrases.map((phrase) => term(phrase.column, `"${phrase.term}"`, null)),
  ];
  const size = ({ values }: (typeof terms)[number]): number => Math.max(...values.map(Math.abs));
  const told = terms.filter((one) => size(one) > 0).sort((a, b) => size(b) - size(a));
  const shown = outputs.length > MOST_SUMS ? [] : told.slice(0, MOST);
  return {
    kind: "terms",
    unit,
    outputs: outputs.length === 1 ? [""] : names,
    terms: shown,
    more: told.length - shown.length,
  };
}
