/** From a table and a schema to the dataset that estimators see. The same schema on another table gives the same columns. */
import type { Column, Dataset, Target } from "../../frame/dataset.ts";
import { encodeColumn, type Note } from "./columns.ts";
import { encodeForecast, encodeGroups, encodeTime, encodeWeights, type Use } from "./roles.ts";
import { encodeTarget } from "./target.ts";
import { DataError } from "../../frame/error.ts";
import type { Schema } from "../schema.ts";
import type { RawColumn, Table } from "../../frame/table.ts";
import type { Warning } from "../../frame/warning.ts";
import { counted } from "../../words/numbers.ts";
import { few, quoted } from "../../words/texts.ts";

export interface Encoded {
  readonly data: Dataset;
  /** What had to be counted: columns ignored, unseen levels, values clipped or out of form. */
  readonly warnings: readonly Warning[];
}

/**
 * The dataset of the table that the schema was inferred from.
 *
 * @throws DataError when the schema's target cannot be learnt (`target.problem`), a weight is negative, a time missing.
 * Cost: numeric columns are shared with the table, not copied; O(rows) for each other column.
 */
export function toDataset(table: Table, schema: Schema): Dataset {
  const { problem } = schema.target;
  if (problem !== undefined) throw new DataError(problem);
  return encode(table, schema, "train").data;
}

/**
 * The same columns from another table, for prediction or testing. Order does not matter; other columns are ignored;
 * levels that the schema does not know are missing. All that is counted in the warnings. Without a target column all
 * targets are missing; columns for groups, weights (to score), time and forecast are used when they are there.
 *
 * @throws DataError when feature columns are missing or hold something else.
 */
export function applySchema(table: Table, schema: Schema, use: Exclude<Use, "train"> = "predict"): Encoded {
  return encode(table, schema, use);
}

function encode(table: Table, schema: Schema, use: Use): Encoded {
  const warnings: Warning[] = [];
  const note: Note = (warning) => void warnings.push(warning);
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const features = schema.columns.filter(({ role }) => role === "feature");
  const absent = features.filter(({ name }) => !byName.has(name)).map(({ name }) => name);
  if (absent.length > 0)
    throw new DataError(
      `${table.origin.name}: the model needs ${counted(absent.length, "column")} that the table does not have: ${quoted(absent)}`,
    );
  const known = new Set(schema.columns.map(({ name }) => name));
  const extra = table.columns.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (extra.length > 0)
    note({
      code: "extra-columns",
      message: `${counted(extra.length, "column")} that the model does not know ${extra.length === 1 ? "is" : "are"} ignored: ${few(extra)}`,
      count: extra.length,
      evidence: { columns: extra.slice(0, 100) },
    });
  const columns = features.flatMap((feature): Column[] =>
    encodeColumn(byName.get(feature.name) as RawColumn, feature, table, note),
  );
  const target: Target = encodeTarget(byName.get(schema.target.name), schema.target, table.rows, note);
  const role = (wanted: string): RawColumn | undefined => {
    const column = schema.columns.find((c) => c.role === wanted);
    return column === undefined ? undefined : byName.get(column.name);
  };
  const storage = schema.columns.find((c) => c.role === "group")?.storage ?? "text";
  const weights = use === "predict" ? undefined : role("weight");
  const groups = role("group");
  const forecast = role("forecast");
  return {
    data: {
      rows: table.rows,
      columns,
      target,
      ...(weights !== undefined && { weights: encodeWeights(weights) }),
      ...(groups !== undefined && encodeGroups(groups, storage)),
      ...encodeTime(table, schema, use, note),
      ...(forecast !== undefined && { forecast: encodeForecast(forecast, schema.target) }),
    },
    warnings,
  };
}
