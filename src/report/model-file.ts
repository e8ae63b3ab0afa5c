/** A model on disk: data only. Everything needed to read new rows, predict them and refuse what does not fit. */
import type { ModelJSON } from "../models/contract.ts";
import type { Point } from "../search/space.ts";
import type { Schema } from "../schema/schema.ts";
import type { AnswersProfile } from "./artifact.ts";

export const MODEL_SCHEMA = "tabular-baseline/model/2";

export interface ModelFile {
  readonly schema: typeof MODEL_SCHEMA;
  /** Name and version of the package that wrote it. */
  readonly package: string;
  readonly rung: string;
  readonly params: Point;
  /** The rows it was fitted on: `train` is the model that the holdout score is about, `all` the one for use. */
  readonly fitted: { readonly part: "train" | "all"; readonly rows: number };
  /** SHA-256 of the table's bytes. */
  readonly dataset: string;
  /** How a table is read and what its columns mean. */
  readonly columns: Schema;
  /** The rule that the status quo follows, where the model is one. */
  readonly rule?: string | undefined;
  /** Of the champion: what it answered for rows it had not been fitted on. */
  readonly answers?: AnswersProfile | undefined;
  readonly model: ModelJSON;
}
