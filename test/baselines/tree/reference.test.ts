import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Criterion } from "../../../src/baselines/tree/cart-target.ts";
import type { TreeJSON } from "../../../src/models/tree/flat-tree.ts";
import { shapeOf, type Target } from "../../../src/frame/dataset.ts";
import { amounts, categoryColumn, classes, fitTree, numberColumn, tableOf } from "./fit.ts";

interface Case {
  readonly target: "y" | "binary" | "multi";
  readonly criterion: Criterion;
  readonly weighted: boolean;
  readonly minLeaf: number;
  readonly maxDepth: number;
  readonly tree: {
    readonly feature: number[];
    readonly threshold: number[];
    readonly weight: number[];
    readonly value: number[][];
    readonly importance: number[];
  };
  readonly path: { readonly penalty: number; readonly leaves: number }[];
}
interface Missing {
  readonly x: (number | null)[][];
  readonly y: number[];
  readonly minLeaf: number;
  readonly maxDepth: number;
  readonly feature: number[];
  readonly count: number[];
  readonly predicted: number[];
}
const reference = JSON.parse(readFileSync("test/reference/tree.json", "utf8")) as {
  readonly names: string[];
  readonly x: number[][];
  readonly y: number[];
  readonly binary: number[];
  readonly multi: number[];
  readonly weights: number[];
  readonly cases: Case[];
  readonly missing: Missing;
};

function targetOf(name: Case["target"]): Target {
  if (name === "y") return amounts(reference.y);
  return name === "binary" ? classes(reference.binary, 2) : classes(reference.multi, 4);
}

function close(got: ArrayLike<number>, wanted: readonly number[], tolerance = 1e-9): void {
  expect(got.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(Math.abs(got[i] - wanted[i])).toBeLessThan(tolerance);
}

describe("trees are those of scikit-learn, split by split", () => {
  const columns = reference.names.map((name, j) => numberColumn(name, reference.x[j]));
  for (const { target, criterion, weighted, minLeaf, maxDepth, tree: wanted, path } of reference.cases) {
    const data = tableOf(columns, targetOf(target), weighted ? reference.weights : undefined);
    const params = { criterion, minLeaf, maxDepth };
    describe(`${target}, ${criterion}${weighted ? ", weights" : ""}, depth ${maxDepth}`, () => {
      it("columns, cuts, weights and values", () => {
        const { nodes } = fitTree(data, params);
        expect(nodes.feature).toEqual(wanted.feature);
        close(nodes.threshold, wanted.threshold);
        close(nodes.weight, wanted.weight, 1e-7);
        // Of two classes the share of the second is kept.
        close(nodes.value, target === "binary" ? wanted.value.map((both) => both[1]) : wanted.value.flat());
      });
      it("shares of the gain", () => {
        const importance = fitTree(data, params).model.explain(shapeOf(data)).importance ?? [];
        for (const { column, share } of importance)
          expect(share).toBeCloseTo(wanted.importance[reference.names.indexOf(column)], 9);
        close([importance.reduce((sum, { share }) => sum + share, 0)], [1]);
      });
      it("leaves along the pruning path", () => {
        expect(path.length).toBeGreaterThan(5);
        for (const { penalty, leaves } of path)
          expect(fitTree(data, { ...params, penalty }).model.complexity.count).toBe(leaves);
      });
    });
  }
});

describe("missing values go where histogram boosting sends them", () => {
  const { x, y, minLeaf, maxDepth, ...wanted } = reference.missing;
  const data = tableOf(
    x.map((values, j) => numberColumn(reference.names[j], values)),
    amounts(y),
  );
  const { model, nodes } = fitTree(data, { minLeaf, maxDepth });
  it("columns and counts", () => {
    expect(nodes.feature).toEqual(wanted.feature);
    close(nodes.weight, wanted.count);
  });
  it("answers for rows with gaps", () => close(model.predict(data).values, wanted.predicted, 1e-4)); // floats there
});

interface RpartNode {
  readonly column: string;
  /** Of a number: the side of x < cut. */
  readonly low?: "left" | "right";
  readonly cut?: number;
  /** Of a category: the levels on either side. */
  readonly one?: number[];
  readonly other?: number[];
  readonly weight: number;
  readonly value: number;
}
const rpart = JSON.parse(readFileSync("test/reference/rpart.json", "utf8")) as {
  readonly number: number[];
  readonly shade: number[];
  readonly town: number[];
  readonly y: number[];
  readonly yes: number[];
  readonly minLeaf: number;
  readonly maxDepth: number;
  readonly regression: RpartNode[];
  readonly binary: RpartNode[];
  readonly path: { readonly cp: number; readonly splits: number }[];
};

describe("trees are those of rpart, categories too", () => {
  const columns = [
    numberColumn("number", rpart.number),
    categoryColumn("shade", rpart.shade, 7),
    categoryColumn("town", rpart.town, 12),
  ];
  const { minLeaf, maxDepth } = rpart;
  const means = tableOf(columns, amounts(rpart.y));
  const shares = tableOf(columns, classes(rpart.yes, 2));

  /** Walks both trees together; returns how many nodes were met. */
  function compare(nodes: TreeJSON, node: number, theirs: readonly RpartNode[], at: number): number {
    const wanted = theirs[at];
    close([nodes.weight[node], nodes.value[node]], [wanted.weight, wanted.value]);
    expect(nodes.feature[node] < 0 ? "<leaf>" : columns[nodes.feature[node]].name).toBe(wanted.column);
    if (nodes.feature[node] < 0) return 1;
    let [left, right] = [node + 1, nodes.right[node]];
    if (wanted.cut === undefined) {
      const listed = nodes.levels.slice(node === 0 ? 0 : nodes.levelsEnd[node - 1], nodes.levelsEnd[node]);
      const inOne = wanted.one?.includes(listed[0]) === true;
      expect(listed).toEqual(inOne ? wanted.one : wanted.other); // levels that the node has not seen are on no list
      const listedSide = nodes.missingLeft[node] === 1 ? right : left;
      const otherSide = nodes.missingLeft[node] === 1 ? left : right;
      [left, right] = inOne ? [listedSide, otherSide] : [otherSide, listedSide];
    } else {
      expect(nodes.threshold[node]).toBe(wanted.cut);
      if (wanted.low === "right") [left, right] = [right, left];
    }
    const first = compare(nodes, left, theirs, at + 1);
    return 1 + first + compare(nodes, right, theirs, at + 1 + first);
  }

  it("regression", () => {
    const { nodes } = fitTree(means, { minLeaf, maxDepth });
    expect(compare(nodes, 0, rpart.regression, 0)).toBe(rpart.regression.length);
  });
  it("two classes", () => {
    const { nodes } = fitTree(shares, { criterion: "gini", minLeaf, maxDepth });
    expect(compare(nodes, 0, rpart.binary, 0)).toBe(rpart.binary.length);
  });
  it("the penalty is rpart's cp", () => {
    for (const [i, { cp, splits }] of rpart.path.entries()) {
      const above = i === 0 ? 1 : rpart.path[i - 1].cp;
      const penalty = Math.max(0, (cp + above) / 2);
      expect(fitTree(means, { minLeaf, maxDepth, penalty }).model.complexity.count).toBe(splits + 1);
    }
  });
});
