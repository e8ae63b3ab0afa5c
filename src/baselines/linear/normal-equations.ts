import type { CategoryColumn, NumberColumn } from "../../data/dataset.ts";
import { encodedWidth, firstColumns, slotsOf, type CategoryTerm, type Encoding } from "../../data/encode/encoding.ts";
import { rowDesign } from "../../data/encode/row-design.ts";
import type { NumberSummary, Summary } from "../../data/encode/summary.ts";
import { addColumn, crossProducts, mergeCrossProducts, type CrossProducts } from "../../numeric/cross-products.ts";
import type { Parts, TrainingSet } from "./training-set.ts";

/** Least squares over a training set in encoded, centred columns: (gram + penalties) b = pull. */
export interface NormalEquations {
  readonly width: number;
  readonly weight: number;
  /** Symmetric, lower triangle, row-major. */
  readonly gram: Float64Array;
  readonly pull: Float64Array;
  /** Means of the encoded columns, and of the target. */
  readonly means: Float64Array;
  readonly targetMean: number;
  /** Weighted sum of squares of the target about its mean. */
  readonly targetSquares: number;
}

/** Raw columns of a part: all numbers, the target, a flag for each number with gaps in any part, level indicators. */
interface RawColumns {
  readonly numbers: readonly number[];
  readonly flags: readonly number[];
  readonly categories: readonly CategoryTerm[];
}

/**
 * The normal equations of any union of parts. Each part's products are summed once, in raw columns about the part's
 * own means; a training set merges its parts' and maps them to its own encoding, so that filling gaps, centring,
 * scaling and dropping columns touch no row again. Level columns are those that the training set keeps: where another
 * set keeps others, the products are summed afresh.
 *
 * Cost: one pass of rows x columns^2 / 2 over each part, then columns^2 for each part of a training set.
 */
export function normalEquations(parts: Parts): (train: readonly number[], set: TrainingSet) => NormalEquations {
  const { data } = parts;
  const numbers = data.columns.flatMap((column, i) => (column.kind === "number" ? [i] : []));
  const flags = numbers.filter((column) =>
    parts.rows.some((_, part) => numberSummary(parts.summary(part), column).missing > 0),
  );
  const kept = new Map<number, { readonly levels: string; readonly products: CrossProducts }>();
  return (train, set) => {
    const raw: RawColumns = { numbers, flags, categories: set.encoding.categories };
    const levels = JSON.stringify(raw.categories.map((term) => [term.column, term.levels]));
    const own = train
      .filter((part) => parts.rows[part].length > 0)
      .map((part) => {
        const known = kept.get(part);
        const products = known?.levels === levels ? known.products : partProducts(parts, part, raw);
        kept.set(part, { levels, products });
        return refilled(products, parts.summary(part), set, raw);
      });
    return encodedEquations(mergeCrossProducts(own), set.encoding, raw);
  };
}

function numberSummary(summary: Summary, column: number): NumberSummary {
  return summary.columns[column] as NumberSummary;
}

/** A part's products: a gap in a number counts as the part's mean. */
function partProducts({ data, rows, summary }: Parts, part: number, raw: RawColumns): CrossProducts {
  const { target, weights } = data;
  if (target.task !== "regression") throw new TypeError("normalEquations: needs a regression target");
  const valuesOf = (column: number): Float64Array => (data.columns[column] as NumberColumn).values;
  const own = summary(part);
  const targetCentre = meanOf(target.values, rows[part]);
  const centres = [...raw.numbers.map((column) => numberSummary(own, column).mean), targetCentre];
  const flagsAt = centres.length + 1; // after the ones
  const first = firstColumns({ numbers: [], flags: [], categories: raw.categories, texts: [] });
  const levelsAt = flagsAt + raw.flags.length;
  const indicators = raw.flags.length + raw.categories.reduce((sum, term) => sum + term.levels.length, 0);
  const nowhere = flagsAt + indicators;
  const design = rowDesign(rows[part], {
    dense: [...raw.numbers.map(valuesOf), target.values].map((values, i) => ({
      values,
      centre: centres[i],
      factor: 1,
      gap: 0,
    })),
    codes: [
      ...raw.flags.map((column, i) => ({ numbers: valuesOf(column), slot: flagsAt + i })),
      ...raw.categories.map((term, i) => {
        const { codes, levels } = data.columns[term.column] as CategoryColumn;
        return { codes, slots: slotsOf(term, levels.length, levelsAt + first.categories[i], nowhere) };
      }),
    ],
    indicators,
  });
  const roots = weights && Float64Array.from(rows[part], (row) => Math.sqrt(weights[row]));
  const products = crossProducts(design, roots);
  for (const [i, centre] of centres.entries()) products.means[i] += centre;
  return products;
}

/** A copy in which gaps count as the training set's fill. */
function refilled(
  products: CrossProducts,
  own: Summary,
  { encoding, summary }: TrainingSet,
  raw: RawColumns,
): CrossProducts {
  const copy = { ...products, means: products.means.slice(), centred: products.centred.slice() };
  for (const { column, fill } of encoding.numbers)
    if (numberSummary(summary, column).missing > 0)
      addColumn(
        copy,
        raw.numbers.indexOf(column),
        raw.numbers.length + 1 + raw.flags.indexOf(column),
        fill - numberSummary(own, column).mean,
      );
  return copy;
}

function encodedEquations(products: CrossProducts, encoding: Encoding, raw: RawColumns): NormalEquations {
  const { centred, means, weight } = products;
  const width = encodedWidth(encoding);
  const targetAt = raw.numbers.length;
  const levelsAt = targetAt + 1 + raw.flags.length;
  const sources = [
    ...encoding.numbers.map(({ column }) => raw.numbers.indexOf(column)),
    ...encoding.flags.map(({ column }) => targetAt + 1 + raw.flags.indexOf(column)),
  ];
  for (let at = levelsAt; sources.length < width; at++) sources.push(at);
  const factors = new Float64Array(width).fill(1);
  const encodedMeans = Float64Array.from(sources, (source) => means[source]);
  for (const [j, { mean, scale }] of encoding.numbers.entries()) {
    factors[j] = 1 / scale;
    encodedMeans[j] = (encodedMeans[j] - mean) / scale;
  }
  const at = (j: number, k: number): number => centred[j >= k ? j * products.width + k : k * products.width + j];
  const gram = new Float64Array(width * width);
  const pull = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    for (let k = 0; k <= j; k++) gram[j * width + k] = at(sources[j], sources[k]) * factors[j] * factors[k];
    pull[j] = at(sources[j], targetAt) * factors[j];
  }
  const targetSquares = at(targetAt, targetAt);
  return { width, weight, gram, pull, means: encodedMeans, targetMean: means[targetAt], targetSquares };
}

function meanOf(values: Float64Array, rows: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += values[rows[i]] / rows.length;
  return sum;
}
