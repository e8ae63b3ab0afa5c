import { fisherUpperTail } from "../../numeric/fisher.ts";
import { requireFinite, type Differences, type Evidence, type PairedTest, type TestOptions } from "../contract.ts";
import { judge } from "../pivot.ts";

/** Variances of the two differences of each of five repeats. @throws RangeError unless there are ten finite differences. */
function variances(name: string, differences: Float64Array): number[] {
  requireFinite(name, "differences", differences, 10);
  if (differences.length !== 10)
    throw new RangeError(`${name}: differences must have 10 values, got ${differences.length}`);
  return Array.from({ length: 5 }, (_, i) => (differences[2 * i] - differences[2 * i + 1]) ** 2 / 2);
}

/**
 * Dietterich's 5x2cv t test: five repeats of two folds, the first difference over the spread within repeats.
 *
 * @param input Ten fold differences, the two of a repeat side by side.
 * @returns t on 5 degrees of freedom. Which difference comes first matters; `fiveByTwoF` is free of that, without a direction.
 * @throws RangeError unless there are ten. For comparison with other tools: `correctedT` says more with as many fits.
 * Source: T. Dietterich, Neural Computation 10, 1998.
 */
export function fiveByTwoT({ differences }: Differences, options: TestOptions = {}): Evidence {
  const spread = variances("fiveByTwoT", differences);
  const error = Math.sqrt(spread.reduce((sum, s) => sum + s, 0) / 5);
  const [gain] = differences;
  return judge(
    { test: "5x2cv-t", gain, error, df: 5, at: (theta) => (gain - theta) / error, solve: (x) => gain - x * error },
    options,
  );
}

/**
 * Alpaydin's combined 5x2cv F test: is there any difference at all? Two-sided by nature.
 *
 * @param differences As in `fiveByTwoT`. @returns F on (10, 5) degrees of freedom; p = 1 without spread.
 * @throws RangeError unless there are ten. Source: E. Alpaydin, Neural Computation 11, 1999.
 */
export function fiveByTwoF(differences: Float64Array): { readonly statistic: number; readonly p: number } {
  const spread = variances("fiveByTwoF", differences).reduce((sum, s) => sum + s, 0);
  const squares = differences.reduce((sum, d) => sum + d * d, 0);
  if (spread === 0) return { statistic: 0, p: 1 };
  const statistic = squares / (2 * spread);
  return { statistic, p: fisherUpperTail(statistic, 10, 5) };
}

export const fiveByTwoTTest: PairedTest = {
  name: "5x2cv-t",
  title: "5x2cv t (Dietterich)",
  question: "Does the challenger's recipe beat the baseline's over five repeats of two folds?",
  honest: "Stable learners; half the rows are trained on, and one of ten differences decides.",
  traits: { ordered: true },
  needs: "differences",
  also: "ten",
  run: fiveByTwoT,
};
