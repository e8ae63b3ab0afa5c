import { describe, expect, it } from "vitest";
import { tree } from "../../../src/baselines/tree/tree.ts";
import { shapeOf } from "../../../src/frame/dataset.ts";
import { plantedTable } from "../../../src/testing/tables.ts";
import { fitTree } from "./fit.ts";

const data = plantedTable({ task: "regression", missing: 0.1 });
const shape = shapeOf(data);
const { model, nodes } = fitTree(data, { minLeaf: 10 });
const leaf = nodes.feature.indexOf(-1);
const level = nodes.feature.findIndex((column) => column >= 0 && shape.columns[column].kind === "category");

/** The saved model with one entry of one list replaced. */
function spoiled(list: keyof typeof nodes, at: number, value: unknown): unknown {
  return { ...model.toJSON(), tree: { ...nodes, [list]: nodes[list].with(at, value as number) } };
}

describe("a saved tree", () => {
  it("holds all of the model: the same answers and the same text after a round trip", () => {
    const loaded = tree.fromJSON(JSON.parse(JSON.stringify(model.toJSON())), shape);
    expect(loaded.predict(data)).toEqual(model.predict(data));
    expect(loaded.explain(shape)).toEqual(model.explain(shape));
    expect(loaded.toJSON()).toEqual(model.toJSON());
  });
  it("is refused where a walk could leave it", () => {
    expect(level).toBeGreaterThanOrEqual(0);
    for (const [list, at, value] of [
      ["feature", 0, 99],
      ["feature", 0, 0.5],
      ["feature", leaf, 0],
      ["threshold", 0, null],
      ["missingLeft", 0, 2],
      ["right", 0, 0],
      ["right", 0, nodes.feature.length],
      ["levels", 0, 77],
      ["levelsEnd", 0, -1],
      ["levelsEnd", nodes.feature.length - 1, 0],
      ["weight", 0, -1],
      ["value", 0, "high"],
      ["value", 0, Number.POSITIVE_INFINITY],
    ] as const)
      expect(() => tree.fromJSON(spoiled(list, at, value), shape), `${list}[${at}] = ${String(value)}`).toThrow(
        TypeError,
      );
    for (const list of Object.keys(nodes) as (keyof typeof nodes)[])
      expect(() =>
        tree.fromJSON({ ...model.toJSON(), tree: { ...nodes, [list]: nodes[list].slice(1) } }, shape),
      ).toThrow(TypeError);
    expect(() => tree.fromJSON({ ...model.toJSON(), missing: [99] }, shape)).toThrow(TypeError);
    expect(() => tree.fromJSON(model.toJSON(), { ...shape, columns: shape.columns.slice(0, 2) })).toThrow(TypeError);
    expect(() => tree.fromJSON(model.toJSON(), { ...shape, classes: ["a", "b", "c"] })).toThrow(TypeError);
  });
});
