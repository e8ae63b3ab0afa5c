import type { CategoryColumn, Dataset, NumberColumn, Rows } from "../../data/dataset.ts";
import { encodedWidth, firstColumns, slotsOf, type CategoryTerm, type Encoding } from "../../data/encode/encoding.ts";
import { panelReader, type CodeSource, type DenseSource } from "../../data/encode/row-design.ts";
import type { NumberSummary, Summary } from "../../data/encode/summary.ts";
import { addColumn, mergeCrossProducts, productSums, type CrossProducts } from "../../numeric/cross-products.ts";
import { panelRows } from "../../numeric/glm/panel.ts";
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
  const { data, summaries } = parts;
  const numbers = data.columns.flatMap((column, i) => (column.kind === "number" ? [i] : []));
  const flags = numbers.filter((column) => summaries.some((summary) => numberSummary(summary, column).missing > 0));
  let kept: { readonly levels: string; readonly products: (CrossProducts | undefined)[] } | undefined;
  return (train, set) => {
    const raw: RawColumns = { numbers, flags, categories: set.encoding.categories };
    const levels = JSON.stringify(raw.categories.map((term) => [term.column, term.levels]));
    const used = train.filter((part) => parts.rows[part].length > 0);
    if (kept?.levels !== levels) kept = { levels, products: [] };
    const { products } = kept;
    // All parts at once while nothing is known, since others will be asked for; later on only what is missing.
    const wanted = products.length === 0 ? [...parts.rows.keys()].filter((part) => parts.rows[part].length > 0) : used;
    const missing = wanted.filter((part) => products[part] === undefined);
    for (const [i, own] of partProducts(parts, missing, raw).entries()) products[missing[i]] = own;
    const own = used.map((part) => refilled(products[part] as CrossProducts, summaries[part], set, raw));
    return encodedEquations(mergeCrossProducts(own), set.encoding, raw);
  };
}

function numberSummary(summary: Summary, column: number): NumberSummary {
  return summary.columns[column] as NumberSummary;
}

/** Rows that are read from the columns together, for all parts, while they are in the cache. */
const BLOCK = 4096;

/** The products of each wanted part: a gap in a number counts as the part's mean. */
function partProducts({ data, rows, summaries }: Parts, wanted: readonly number[], raw: RawColumns): CrossProducts[] {
  const { target, weights } = data;
  if (target.task !== "regression") throw new TypeError("normalEquations: needs a regression target");
  const dense = raw.numbers.length + 2; // the ones, the numbers, the target
  const indicators = raw.flags.length + raw.categories.reduce((sum, term) => sum + term.levels.length, 0);
  const most = panelRows(dense);
  const roots = weights && new Float64Array(most);
  const codes = rawCodes(data, raw, dense, dense + indicators);
  const sums = wanted.map((part) => {
    const numbers = raw.numbers.map((column) => ({
      values: (data.columns[column] as NumberColumn).values,
      centre: numberSummary(summaries[part], column).mean,
    }));
    const sources = [...numbers, { values: target.values, centre: meanOf(target.values, rows[part]) }];
    const read = panelReader({ dense: sources.map(aboutCentre), codes, indicators }, most);
    const centres = sources.map((source) => source.centre);
    return { rows: rows[part], done: 0, read, centres, products: productSums(dense, indicators) };
  });
  for (let end = BLOCK; sums.some((sum) => sum.done < sum.rows.length); end += BLOCK)
    for (const sum of sums)
      while (sum.done < sum.rows.length && sum.rows[sum.done] < end) {
        const count = countBelow(sum.rows, sum.done, Math.min(sum.rows.length, sum.done + most), end);
        const panel = sum.read(sum.rows, sum.done, count, 0);
        if (roots !== undefined && weights !== undefined)
          for (let i = 0; i < count; i++) roots[i] = Math.sqrt(weights[sum.rows[sum.done + i]]);
        sum.products.add(panel, roots);
        sum.done += count;
      }
  return sums.map(({ products, centres }) => {
    const own = products.finish();
    for (const [i, centre] of centres.entries()) own.means[i] += centre;
    return own;
  });
}

function aboutCentre({ values, centre }: { values: Float64Array; centre: number }): DenseSource {
  return { values, centre, factor: 1, gap: 0 };
}

function rawCodes({ columns }: Dataset, { flags, categories }: RawColumns, at: number, nowhere: number): CodeSource[] {
  const first = firstColumns({ numbers: [], flags: [], categories, texts: [] });
  return [
    ...flags.map((column, i) => ({ numbers: (columns[column] as NumberColumn).values, slot: at + i })),
    ...categories.map((term, i) => {
      const { codes, levels } = columns[term.column] as CategoryColumn;
      return { codes, slots: slotsOf(term, levels.length, at + flags.length + first.categories[i], nowhere) };
    }),
  ];
}

/** How many of rows[from .. to) lie below `end`; at least the first does, and they ascend. */
function countBelow(rows: Rows, from: number, to: number, end: number): number {
  let last = to;
  while (rows[last - 1] >= end) last--;
  return last - from;
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
