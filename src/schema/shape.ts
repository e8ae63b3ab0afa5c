/** The columns that a schema makes of a table, without a table. */
import type { Shape } from "../frame/dataset.ts";
import type { ColumnSchema, Schema } from "./schema.ts";

/** A column of the dataset, and the one of the table that it is made of. */
export type Made = Shape["columns"][number] & { readonly from: ColumnSchema };

/** In the dataset's order. O(columns). */
export function madeColumns({ columns }: Schema): Made[] {
  return columns
    .filter(({ role }) => role === "feature")
    .flatMap((from): Made[] => {
      const { name, kind, levels = [], parts = [] } = from;
      if (kind === "category" || kind === "boolean") return [{ name, kind: "category", levels, from }];
      if (kind === "text") return [{ name, kind, levels: [], from }];
      if (kind !== "date" && kind !== "time") return [{ name, kind: "number", levels: [], from }];
      return parts.map((part) => ({ name: `${name}.${part}`, kind: "number", levels: [], from }));
    });
}

/** The shape of the datasets that a schema makes. O(columns). */
export function shapeOfSchema(schema: Schema): Shape {
  const { task, name, classes } = schema.target;
  return {
    task,
    target: name,
    classes,
    columns: madeColumns(schema).map(({ from: _from, ...column }) => column),
  };
}
