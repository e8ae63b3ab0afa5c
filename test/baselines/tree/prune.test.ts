import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collapsePenalties } from "../../../src/baselines/tree/prune.ts";

interface Tree {
  readonly column: number[];
  readonly gain: number[];
  readonly left: number[];
}

/** A tree whose next split is at a leaf chosen by each number, with the gain beside it. */
function treeOf(splits: readonly (readonly [number, number])[]): Tree {
  const tree: Tree = { column: [-1], gain: [0], left: [-1] };
  for (const [choice, gain] of splits) {
    const leaves = tree.column.flatMap((column, node) => (column < 0 ? [node] : []));
    const node = leaves[choice % leaves.length];
    tree.left[node] = tree.column.length;
    tree.column[node] = 0;
    tree.gain[node] = gain;
    tree.column.push(-1, -1);
    tree.gain.push(0, 0);
    tree.left.push(-1, -1);
  }
  return tree;
}

/** Weakest-link pruning as the book has it: the branch with the least mean gain goes, again and again. */
function weakestLinks({ column, gain, left }: Tree): number[] {
  const penalty = column.map(() => 0);
  const cut = column.map((split) => split < 0);
  const branch = (node: number): { total: number; splits: number } => {
    if (cut[node]) return { total: 0, splits: 0 };
    const [a, b] = [branch(left[node]), branch(left[node] + 1)];
    return { total: gain[node] + a.total + b.total, splits: 1 + a.splits + b.splits };
  };
  const close = (node: number, at: number): void => {
    if (cut[node]) return;
    cut[node] = true;
    penalty[node] = at;
    close(left[node], at);
    close(left[node] + 1, at);
  };
  for (let floor = 0; !cut[0];) {
    const reach = (node: number): number[] => (cut[node] ? [] : [node, ...reach(left[node]), ...reach(left[node] + 1)]);
    const means = reach(0).map((node) => ({ node, mean: branch(node).total / branch(node).splits }));
    const least = means.reduce((a, b) => (b.mean < a.mean ? b : a));
    floor = Math.max(floor, least.mean);
    close(least.node, floor);
  }
  return penalty;
}

const splits = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 40 })), { minLength: 0, maxLength: 25 });

describe("the penalty at which each split falls", () => {
  it("is that of cutting the weakest link again and again", () =>
    fc.assert(
      fc.property(splits, (list) => {
        const tree = treeOf(list);
        const wanted = weakestLinks(tree);
        collapsePenalties(tree).forEach((penalty, node) => expect(penalty).toBeCloseTo(wanted[node], 9));
      }),
      { numRuns: 300 },
    ));
  it("never rises from a node to those below it, and leaves what is cheapest at each penalty", () =>
    fc.assert(
      fc.property(splits, fc.integer({ min: 1, max: 80 }), (list, doubled) => {
        const tree = treeOf(list);
        const alpha = doubled / 2 + 0.25; // between the mean gains of one and of two splits
        const penalties = collapsePenalties(tree);
        for (const [node, left] of tree.left.entries())
          if (left >= 0)
            for (const child of [left, left + 1]) expect(penalties[child]).toBeLessThanOrEqual(penalties[node] + 1e-9);
        /** What the splits below a node gain at best, each less its price. */
        const best = (node: number): number =>
          tree.column[node] < 0
            ? 0
            : Math.max(0, tree.gain[node] - alpha + best(tree.left[node]) + best(tree.left[node] + 1));
        const kept = [...penalties.keys()].filter((node) => tree.column[node] >= 0 && penalties[node] > alpha);
        expect(kept.reduce((sum, node) => sum + tree.gain[node] - alpha, 0)).toBeCloseTo(best(0), 9);
      }),
      { numRuns: 300 },
    ));
});
