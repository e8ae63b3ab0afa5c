import { mostEncodedColumns } from "../../encode/learn.ts";
import type { Shape } from "../../frame/dataset.ts";
import type { FloatParameter, Space } from "../../search/space.ts";

/**
 * `l2`: the weight of the sum of squared coefficients against the sum of squared errors (scikit-learn's Ridge alpha);
 * 0 is ordinary least squares. `shrinkage`: glmnet's lambda for a target scaled to a standard deviation of 1, so that
 * 1 leaves nothing of standardised columns under `l1`; half of it goes to squares under `elastic-net`.
 */
export type LinearParams = {
  readonly penalty: "l2" | "elastic-net" | "l1";
  readonly loss?: "squared" | "huber";
  readonly l2?: number;
  readonly shrinkage?: number;
};

/** Share of the absolute-value penalty. */
export const MIX: Record<LinearParams["penalty"], number> = { l2: 0, "elastic-net": 0.5, l1: 1 };

/** Paths over more encoded columns than this, or over texts, are walked no further than they pay: weak penalties cost most. */
const MANY = 200;

export function linearSpace(shape: Shape, rows: number): Space {
  const text = shape.columns.some((column) => column.kind === "text");
  const wide = shape.columns.length > rows;
  const l2 = l2Path(Math.max(rows, shape.columns.length));
  const walked = (text || mostEncodedColumns(shape, rows) > MANY) && ({ walked: true } as const);
  return {
    penalty: { type: "category", choices: text ? ["l2"] : ["l2", "elastic-net", "l1"], default: "l2" },
    loss: {
      type: "category",
      choices: wide ? ["squared"] : ["squared", "huber"], // any scale fits where columns outnumber rows
      default: "squared",
      when: { parameter: "penalty", in: ["l2"] },
    },
    l2: {
      type: "float",
      low: 0,
      high: l2[l2.length - 1],
      default: 1,
      path: l2,
      simpler: "high",
      ...walked,
      when: { parameter: "penalty", in: ["l2"] },
    },
    ...(!text && { shrinkage: { ...shrinkageParameter(8, wide), ...walked } }),
  };
}

/** 0, 0.01, 0.1, then two a decade from 1 to the next power of ten above the number of rows (or columns, if more). */
function l2Path(size: number): readonly number[] {
  const decades = Math.max(2, Math.ceil(Math.log10(size)));
  return [0, 0.01, 0.1, ...Array.from({ length: 2 * decades + 1 }, (_, i) => rounded(10 ** (i / 2)))];
}

/** From 0.0001 (where columns outnumber rows: 0.01, below which everything fits) to 1, this many a decade. */
export function shrinkageParameter(perDecade: number, wide: boolean): FloatParameter {
  const decades = wide ? 2 : 4;
  const path = Array.from({ length: decades * perDecade + 1 }, (_, i) => rounded(10 ** (i / perDecade - decades)));
  return {
    type: "float",
    low: path[0],
    high: 1,
    log: true,
    default: 0.01,
    path,
    simpler: "high",
    when: { parameter: "penalty", in: ["elastic-net", "l1"] },
  };
}

/** Four significant digits: settings that can be read and typed. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
