import type { BinnedColumn } from "./bins.ts";
import type { Evidence } from "./evidence.ts";

/** What a set of rows says of the target, by column and bin. */
export interface BinSums {
  /** Of the column at this place: (bins + 1) x width, missing values last. */
  readonly of: (at: number) => Float64Array;
  /** Over all rows. */
  readonly total: () => Float64Array;
}

/** Cost: a pass over rows x columns. */
export function binSums(columns: readonly BinnedColumn[], rows: Int32Array, evidence: Evidence): BinSums {
  const { width } = evidence;
  const sums = columns.map(({ bin, bins }) => {
    const own = new Float64Array((bins + 1) * width);
    evidence.add(rows, bin, own);
    return own;
  });
  return {
    of: (at) => sums[at],
    total: () => {
      const total = new Float64Array(width);
      for (let i = 0; i < sums[0].length; i++) total[i % width] += sums[0][i];
      return total;
    },
  };
}
