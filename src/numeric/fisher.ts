/** Fisher's F distribution. Checked against test/reference/distributions.json. */
import { incompleteBeta } from "./beta.ts";

/** P(F > f) with df1 and df2 degrees of freedom. */
export function fisherUpperTail(f: number, df1: number, df2: number): number {
  if (f <= 0) return 1;
  const total = df2 + df1 * f;
  return incompleteBeta(df2 / 2, df1 / 2, df2 / total, (df1 * f) / total).lower;
}
