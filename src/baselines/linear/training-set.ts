import type { Dataset, Rows } from "../../data/dataset.ts";
import type { Encoding } from "../../data/encode/encoding.ts";
import { learnEncoding } from "../../data/encode/learn.ts";
import { encodedDesign } from "../../data/encode/row-design.ts";
import { mergeSummaries, summarise, type Summary } from "../../data/encode/summary.ts";
import { textEncoder, type TextEncoder } from "../../data/encode/text/tfidf.ts";
import type { Design } from "../../numeric/glm/panel.ts";
import { FitError } from "../contract.ts";

/** The rows a linear model learns from, and what they teach about its columns. */
export interface TrainingSet {
  /** Ascending; rows of weight 0 are left out. */
  readonly rows: Rows;
  /** By place among the rows; absent: all 1. */
  readonly weights?: Float64Array;
  readonly summary: Summary;
  readonly encoding: Encoding;
  /** Where the encoding has text terms. */
  readonly text?: TextEncoder;
  /** The rows, encoded; made when first asked for. */
  readonly design: () => Design;
}

/** The parts of a prepared dataset, with what is worth knowing of each beforehand. */
export interface Parts {
  readonly data: Dataset;
  /** Usable rows of each part. */
  readonly rows: readonly Rows[];
  /** Of each part. */
  readonly summaries: readonly Summary[];
  /** The union of the named parts. @throws FitError when they have no usable row. */
  readonly trainingSet: (train: readonly number[]) => TrainingSet;
}

/**
 * @param name Of the estimator, for error messages.
 * @throws FitError when a row has no target or a weight that is negative or not finite.
 */
export function prepareParts(name: string, data: Dataset, parts: readonly Rows[]): Parts {
  const rows = parts.map((part) => usableRows(name, data, part));
  const summaries = summarise(data, rows);
  return {
    data,
    rows,
    summaries,
    trainingSet: (train) => {
      const used = train.filter((part) => rows[part].length > 0);
      if (used.length === 0)
        throw new FitError(`${name}: needs at least one training row with a weight above 0, got none`);
      const known = mergeSummaries(used.map((part) => summaries[part]));
      const own = used.map((part) => rows[part]);
      const union = own.length === 1 ? own[0] : merged(own, data.rows);
      const encoding = learnEncoding(data, known, own, union);
      const text = encoding.texts.length > 0 ? textEncoder(encoding.texts) : undefined;
      const { weights } = data;
      let design: Design | undefined;
      return {
        rows: union,
        ...(weights !== undefined && { weights: valuesAt(weights, union) }),
        summary: known,
        encoding,
        ...(text && { text }),
        design: () => (design ??= encodedDesign(data, union, encoding, text?.(data, union))),
      };
    },
  };
}

/** Disjoint ascending rows as one ascending list. */
function merged(parts: readonly Rows[], rows: number): Rows {
  const taken = new Uint8Array(rows);
  let count = 0;
  for (const part of parts) {
    count += part.length;
    for (let i = 0; i < part.length; i++) taken[part[i]] = 1;
  }
  const union = new Int32Array(count);
  for (let row = 0, i = 0; row < rows; row++) if (taken[row] === 1) union[i++] = row;
  return union;
}

/** The values of the given rows. */
export function valuesAt(values: Float64Array, rows: Rows): Float64Array {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]];
  return out;
}

function usableRows(name: string, { target, weights }: Dataset, rows: Rows): Rows {
  const known = target.task === "regression" ? target.values : target.codes;
  let zeros = 0;
  for (let i = 0; i < rows.length; i++) {
    const truth = known[rows[i]];
    if (target.task === "regression" ? !Number.isFinite(truth) : truth < 0)
      throw new FitError(`${name}: every training row needs a target, row ${rows[i]} has none`);
    const weight = weights === undefined ? 1 : weights[rows[i]];
    if (!(weight >= 0 && weight < Infinity))
      throw new FitError(`${name}: weights must be finite and at least 0, row ${rows[i]} has ${weight}`);
    if (weight === 0) zeros++;
  }
  return zeros === 0 || weights === undefined ? rows : rows.filter((row) => weights[row] > 0);
}
