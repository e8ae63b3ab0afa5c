/** Which score and which rows decide: held-out ones where there are any, else those of the folds. */
import type { Artifact, Rung, Score } from "../artifact.ts";
import { counted } from "../../words/numbers.ts";

export function hasHeldOut({ splits }: Artifact): boolean {
  return splits.rows.holdout + splits.rows.test > 0;
}

export function deciding(artifact: Artifact, rung: Rung): Score | undefined {
  return (hasHeldOut(artifact) ? rung.holdout : rung.cv)[artifact.metric.name];
}

/** `on 178 held-out rows`. */
export function rowsJudged({ splits }: Artifact): string {
  if (splits.rows.test > 0) return `on ${counted(splits.rows.test, "test row")}`;
  if (splits.rows.holdout > 0) return `on ${counted(splits.rows.holdout, "held-out row")}`;
  return `in cross-validation over ${counted(splits.rows.train, "row")}`;
}

/** `1,303 held-out rows`: those that the champion's errors are of. */
export function rowsExamined({ rows }: NonNullable<Artifact["diagnostics"]>): string {
  const name = { holdout: "held-out row", test: "test row", "out-of-fold": "out-of-fold answer" }[rows.part];
  return counted(rows.count, name);
}
