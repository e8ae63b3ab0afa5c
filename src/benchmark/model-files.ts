/** Fitted models as files: with the recipe, the table and the rows they were fitted on. */
import type { ModelJSON } from "../models/contract.ts";
import type { AnswersProfile } from "../report/artifact.ts";
import { MODEL_SCHEMA, type ModelFile } from "../report/model-file.ts";
import type { Trained } from "../ladder/ladder.ts";
import { packageAndVersion } from "./package.ts";

/** What is the same for all of them. */
export interface Fitted {
  readonly part: "train" | "all";
  readonly rows: number;
  /** SHA-256 of the table. */
  readonly dataset: string;
  /** With the profiles of these rows; of held-out rows that are sealed nothing is told. */
  readonly columns: ModelFile["columns"];
  readonly rule?: string | undefined;
}

/** @param answers Of the champion. */
export function modelFile(
  rung: Trained & { status: "ok" },
  model: ModelJSON,
  { part, rows, dataset, columns, rule }: Fitted,
  answers?: AnswersProfile,
): ModelFile {
  return {
    schema: MODEL_SCHEMA,
    package: packageAndVersion(),
    rung: rung.estimator.name,
    params: rung.result.tuned.point,
    fitted: { part, rows },
    dataset,
    columns,
    ...(answers && { answers }),
    ...(rule !== undefined && { rule }),
    model,
  };
}
