import * as v from "valibot";
import type { Drawing } from "../../models/drawing.ts";
import { count, finite } from "./parts.ts";

/** More than figures show. */
const MOST = 100;
const few = <T>(item: v.GenericSchema<T>): v.GenericSchema<T[]> => v.pipe(v.array(item), v.maxLength(MOST));
const said = { when: v.string(), says: v.string(), value: finite, rows: finite };

const termsEntries = {
  kind: v.literal("terms"),
  unit: v.string(),
  outputs: v.pipe(few(v.string()), v.minLength(1)),
  terms: few(v.strictObject({ name: v.string(), spread: v.nullable(finite), values: few(finite) })),
  more: count,
};
const termsSchema = v.pipe(
  v.strictObject(termsEntries),
  v.check(
    ({ outputs, terms }) => terms.every(({ values }) => values.length === outputs.length),
    "a value of each term for each output",
  ),
);

export const drawingSchema: v.GenericSchema<Drawing> = v.variant("kind", [
  v.strictObject({
    kind: v.literal("tree"),
    unit: v.string(),
    nodes: v.pipe(
      few(v.strictObject({ parent: v.pipe(v.number(), v.integer(), v.minValue(-1)), ...said, leaves: count })),
      v.check((nodes) => nodes.every(({ parent }, i) => parent < i && parent < 0 === (i === 0)), "nodes in preorder"),
    ),
  }),
  v.strictObject({ kind: v.literal("rules"), unit: v.string(), rules: few(v.strictObject(said)), more: count }),
  termsSchema,
  v.strictObject({
    kind: v.literal("curve"),
    column: v.string(),
    unit: v.string(),
    points: few(v.tuple([finite, finite])),
  }),
]);
