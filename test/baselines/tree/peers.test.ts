import { describe, expect, it } from "vitest";
import { tree, type TreeParams } from "../../../src/baselines/tree/tree.ts";
import type { TreeJSON } from "../../../src/models/tree/flat-tree.ts";
import { seeded } from "../../../src/numeric/rng.ts";
import { reference, referenceTable, trainingRows } from "./tables.ts";

for (const wanted of reference.trees) {
  const { task, criterion, minLeaf, maxDepth } = wanted;
  const data = referenceTable(task, task !== "regression");
  const params = { criterion, minLeaf, maxDepth, smoothing: 0, penalty: 0 } as TreeParams;
  const fit = (penalty: number) => tree.fit({ data, rows: trainingRows }, { ...params, penalty }, seeded("tree"));

  describe(`scikit-learn's tree: ${task}, ${criterion}, leaves of ${minLeaf}, depth ${maxDepth}`, () => {
    const grown = (fit(0).toJSON() as unknown as { tree: TreeJSON }).tree;

    it("split by split", () => {
      expect(grown.feature).toEqual(wanted.feature);
      wanted.threshold.forEach((threshold, node) => expect(grown.threshold[node]).toBeCloseTo(threshold, 12));
    });

    it("and what its leaves say", () => {
      wanted.value.forEach((value, node) => {
        if (wanted.feature[node] >= 0) return;
        const width = grown.value.length / grown.feature.length;
        const own = grown.value.slice(node * width, (node + 1) * width);
        const last = value.length === 2 ? value.slice(1) : value;
        own.forEach((v, k) => expect(v).toBeCloseTo(last[k], 10));
      });
    });

    it("and as many leaves between any two critical penalties", () => {
      expect(wanted.penalties.map((penalty) => fit(penalty).complexity.count)).toEqual(wanted.leaves);
    });
  });
}
