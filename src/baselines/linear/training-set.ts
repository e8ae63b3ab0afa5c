import { allRows, type Dataset, type Rows } from "../../data/dataset.ts";
import type { Encoding } from "../../data/encode/encoding.ts";
import { learnEncoding } from "../../data/encode/learn.ts";
import { encodedDesign } from "../../data/encode/row-design.ts";
import { mergeSummaries, summarise, type Summary } from "../../data/encode/summary.ts";
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
  /** The rows, encoded. */
  readonly design: Design;
}

/** The parts of a prepared dataset, with what is worth knowing of each beforehand. */
export interface Parts {
  readonly data: Dataset;
  /** Usable rows of each part. */
  readonly rows: readonly Rows[];
  /** Of one part; made when first asked for. */
  readonly summary: (part: number) => Summary;
  /** The union of the named parts. @throws FitError when they have no usable row. */
  readonly trainingSet: (train: readonly number[]) => TrainingSet;
}

/**
 * @param name Of the estimator, for error messages.
 * @throws FitError when a row has no target or a weight that is negative or not finite.
 */
export function prepareParts(name: string, data: Dataset, parts: readonly Rows[]): Parts {
  const rows = parts.map((part) => usableRows(name, data, part));
  const summaries: Summary[] = [];
  const summary = (part: number): Summary => (summaries[part] ??= summarise(data, rows[part]));
  return {
    data,
    rows,
    summary,
    trainingSet: (train) => {
      const used = train.filter((part) => rows[part].length > 0);
      if (used.length === 0)
        throw new FitError(`${name}: needs at least one training row with a weight above 0, got none`);
      const known = mergeSummaries(used.map(summary));
      const own = used.map((part) => rows[part]);
      const encoding = learnEncoding(data, known, own);
      const union = own.length === 1 ? own[0] : merged(own, data.rows);
      const { weights } = data;
      let design: Design | undefined;
      return {
        rows: union,
        ...(weights !== undefined && { weights: Float64Array.from(union, (row) => weights[row]) }),
        summary: known,
        encoding,
        get design(): Design {
          return (design ??= encodedDesign(data, union, encoding));
        },
      };
    },
  };
}

/** Disjoint ascending rows as one ascending list. */
function merged(parts: readonly Rows[], rows: number): Rows {
  const taken = new Uint8Array(rows);
  for (const part of parts) for (let i = 0; i < part.length; i++) taken[part[i]] = 1;
  return allRows(rows).filter((row) => taken[row] === 1);
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
