import { mostEncodedColumns } from "../../encode/learn.ts";
import type { Shape } from "../../frame/dataset.ts";
import { rounded, shrinkageParameter } from "../linear/space.ts";
import type { Space } from "../../search/space.ts";

/**
 * `l2`: the weight of half the sum of squared coefficients against the summed log loss (1 / C in scikit-learn).
 * `shrinkage`: glmnet's lambda, against the mean log loss. `classWeight`: `balanced` makes all classes weigh the same
 * in fitting, for metrics that treat them alike; it spoils the probabilities.
 */
export type LogisticParams = {
  readonly penalty: "l2" | "elastic-net" | "l1";
  readonly classWeight: "none" | "balanced";
  readonly l2?: number;
  readonly shrinkage?: number;
};

/** Several classes with more coefficients than this in all are many. */
const MOST_COEFFICIENTS = 500;

/**
 * Penalties of absolute values cost about the cube of the coefficients of all classes together: with many (and with texts)
 * squares are the only penalty that is tried, with many at strengths further apart.
 */
export function logisticSpace(shape: Shape, rows: number): Space {
  const text = shape.columns.some((column) => column.kind === "text");
  const { length: classes } = shape.classes;
  const many = classes > 2 && classes * Math.min(mostEncodedColumns(shape, rows), rows) > MOST_COEFFICIENTS;
  const squares = text || many;
  const size = Math.max(rows, shape.columns.length);
  const l2 = many ? powersPath(size) : l2Path(text ? -2 : -3, size);
  return {
    penalty: { type: "category", choices: squares ? ["l2"] : ["l2", "elastic-net", "l1"], default: "l2" },
    classWeight: { type: "category", choices: ["none", "balanced"], default: "none" },
    l2: {
      type: "float",
      low: l2[0],
      high: l2[l2.length - 1],
      log: true,
      default: 1,
      path: l2,
      simpler: "high",
      walked: true,
      when: { parameter: "penalty", in: ["l2"] },
    },
    ...(!squares && { shrinkage: { ...shrinkageParameter(4, shape.columns.length > rows), walked: true } }),
  };
}

/** Two a decade from the lowest power of ten to the one next below the number of rows (or columns, if more). */
function l2Path(lowest: number, size: number): readonly number[] {
  const decades = Math.max(2, Math.floor(Math.log10(size)));
  return Array.from({ length: 2 * (decades - lowest) + 1 }, (_, i) => rounded(10 ** (i / 2 + lowest)));
}

/** The powers of ten from 0.1 to the one next below the number of rows (or columns, if more). */
function powersPath(size: number): readonly number[] {
  const decades = Math.max(2, Math.floor(Math.log10(size)));
  return Array.from({ length: decades + 2 }, (_, i) => rounded(10 ** (i - 1)));
}
