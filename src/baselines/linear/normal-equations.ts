import type { CategoryColumn, Dataset, NumberColumn, Rows } from "../../frame/dataset.ts";
import { encodedWidth, firstColumns, slotsOf, type CategoryTerm, type Encoding } from "../../encode/encoding.ts";
import { panelReader, type CodeSource, type DenseSource } from "../../encode/row-design.ts";
import type { NumberSummary, Summary } from "../../encode/summary.ts";
import { addColumn, mergeCrossProducts, type CrossProducts } from "../../numeric/cross-products.ts";
import { gather } from "../../numeric/gather.ts";
import { panelRows, strideOf } from "../../numeric/glm/panel.ts";
import { addProducts } from "../../numeric/glm/products.ts";
import { addGradient } from "../../numeric/glm/row-pass.ts";
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

/** Raw columns of a part: all numbers, a flag for each number with gaps in any part, level indicators (and the target). */
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
  const sums = wanted.map((part) => partSums(data, rows[part], summaries[part], raw));
  for (let end = BLOCK; sums.some((sum) => sum.rest() > 0); end += BLOCK) for (const sum of sums) sum.addBelow(end);
  return sums.map((sum) => sum.finish());
}

/** A part's products in the making. */
interface PartSums {
  /** Rows still to come. */
  readonly rest: () => number;
  /** Adds the part's next rows that are less than `end`. */
  readonly addBelow: (end: number) => void;
  readonly finish: () => CrossProducts;
}

function partSums(data: Dataset, rows: Rows, own: Summary, raw: RawColumns): PartSums {
  const { target, weights } = data;
  if (target.task !== "regression") throw new TypeError("normalEquations: needs a regression target");
  const dense = raw.numbers.length;
  const indicators = raw.flags.length + raw.categories.reduce((sum, term) => sum + term.levels.length, 0);
  const width = dense + indicators;
  const centres = raw.numbers.map((column) => numberSummary(own, column).mean);
  const sources = raw.numbers.map((column, i) => aboutCentre(data.columns[column] as NumberColumn, centres[i]));
  const most = panelRows(dense);
  const read = panelReader({ dense: sources, codes: rawCodes(data, raw, dense), indicators }, width, 0, most);
  const sums = new Float64Array(width * width);
  const scratch = new Float64Array(most * strideOf(dense));
  const panelWeights = weights && new Float64Array(most);
  const targetMean = own.target?.mean ?? 0;
  const slopes = new Float64Array(most);
  const pull = new Float64Array(width + 1);
  let targetSquares = 0;
  let done = 0;
  return {
    rest: () => rows.length - done,
    addBelow: (end) => {
      while (done < rows.length && rows[done] < end) {
        const panel = read(rows, done, countBelow(rows, done, Math.min(rows.length, done + most), end), 0);
        for (let i = 0; i < panel.rows; i++) {
          const row = rows[done + i];
          const weight = weights === undefined ? 1 : weights[row];
          const apart = target.values[row] - targetMean;
          slopes[i] = weight * apart;
          targetSquares += weight * apart * apart;
          if (panelWeights !== undefined) panelWeights[i] = weight;
        }
        addProducts(sums, width, dense, panel, panelWeights, scratch);
        addGradient({ dense, indicators }, panel, slopes, 0, 1, pull, 0);
        done += panel.rows;
      }
    },
    finish: () => centredProducts(sums, pull, centres, own.weight, targetMean, targetSquares),
  };
}

/** Puts the target last. Numbers and target are centred as they come; indicators are moved to their means here. */
function centredProducts(
  sums: Float64Array,
  pull: Float64Array,
  centres: readonly number[],
  weight: number,
  targetMean: number,
  targetSquares: number,
): CrossProducts {
  const before = pull.length - 1;
  const width = before + 1;
  const dense = centres.length;
  const means = new Float64Array(width);
  means.set(centres);
  for (let j = dense; j < before; j++) means[j] = sums[j * before + j] / weight;
  means[before] = targetMean;
  const centred = new Float64Array(width * width);
  for (let j = 0; j < before; j++)
    for (let k = 0; k <= j; k++)
      centred[j * width + k] = sums[j * before + k] - (k < dense ? 0 : weight * means[j] * means[k]);
  centred.set(pull.subarray(0, before), before * width);
  centred[width * width - 1] = targetSquares;
  return { width, weight, means, centred };
}

function aboutCentre({ values }: NumberColumn, centre: number): DenseSource {
  return { values, centre, factor: 1, gap: 0 };
}

function rawCodes({ columns }: Dataset, { flags, categories }: RawColumns, at: number): CodeSource[] {
  const first = firstColumns({ numbers: [], flags: [], categories, texts: [] });
  const nowhere = at + flags.length + categories.reduce((sum, term) => sum + term.levels.length, 0);
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
        raw.numbers.length + raw.flags.indexOf(column),
        fill - numberSummary(own, column).mean,
      );
  return copy;
}

function encodedEquations(products: CrossProducts, encoding: Encoding, raw: RawColumns): NormalEquations {
  const { centred, means, weight } = products;
  const width = encodedWidth(encoding);
  const targetAt = products.width - 1;
  const levelsAt = raw.numbers.length + raw.flags.length;
  const sources = [
    ...encoding.numbers.map(({ column }) => raw.numbers.indexOf(column)),
    ...encoding.flags.map(({ column }) => raw.numbers.length + raw.flags.indexOf(column)),
  ];
  for (let at = levelsAt; sources.length < width; at++) sources.push(at);
  const factors = new Float64Array(width).fill(1);
  const encodedMeans = gather(means, sources);
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
