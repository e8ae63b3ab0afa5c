/**
 * Test functions of research on hyperparameter search, as spaces of ours with the loss of a point. Their least value is
 * subtracted, so that a loss is a simple regret. Defaults are the middle of every range on its own scale, moved off it where
 * the middle happens to be (nearly) the optimum of a parameter.
 */
import type { Point, Space } from "../../src/search/space.ts";

export interface Problem {
  readonly name: string;
  readonly space: Space;
  /** Loss less the least possible one. */
  regret(point: Point): number;
}

const x = (low: number, high: number): Space[string] => ({ type: "float", low, high, default: (low + high) / 2 });
const log = (low: number, high: number): Space[string] => ({
  type: "float",
  low,
  high,
  log: true,
  default: Math.sqrt(low * high),
});

export const branin: Problem = {
  name: "branin",
  space: { x: x(-5, 10), y: x(0, 15) },
  regret(p) {
    const a = p["x"] as number;
    const b = p["y"] as number;
    const bowl = b - (5.1 / (4 * Math.PI ** 2)) * a * a + (5 / Math.PI) * a - 6;
    return bowl * bowl + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10 - 0.39788735772973816;
  },
};

const H6_A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const H6_P = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];
const H6_C = [1, 1.2, 3, 3.2];

export const hartmann6: Problem = {
  name: "hartmann6",
  space: Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`x${i}`, x(0, 1)])),
  regret(p) {
    let sum = 0;
    for (let i = 0; i < 4; i++) {
      let inner = 0;
      for (let j = 0; j < 6; j++) inner += H6_A[i][j] * ((p[`x${j}`] as number) - H6_P[i][j]) ** 2;
      sum += H6_C[i] * Math.exp(-inner);
    }
    return 3.322368011391339 - sum;
  },
};

const OFFSETS: Readonly<Record<string, number>> = { a: 0, b: 0.05, c: 0.1, d: 0.2 };

export const mixed: Problem = {
  name: "mixed",
  space: {
    lr: log(1e-4, 1),
    reg: { ...log(1e-6, 1e2), default: 1e-4 },
    depth: { type: "int", low: 1, high: 12, default: 6 },
    c: { type: "category", choices: ["a", "b", "c", "d"], default: "d" },
    e: { type: "category", choices: ["x", "y"], default: "y" },
  },
  regret(p) {
    const lr = Math.log10(p["lr"] as number) + 1.5;
    const shift = p["e"] === "y" ? 0.6 : 0;
    return (
      0.08 * (lr - shift) ** 2 +
      0.02 * (Math.log10(p["reg"] as number) + 2 - 0.8 * lr) ** 2 +
      0.01 * ((p["depth"] as number) - 5) ** 2 +
      OFFSETS[p["c"] as string] +
      (p["e"] === "y" ? 0.03 : 0)
    );
  },
};

const when = (model: string): { parameter: string; in: readonly string[] } => ({ parameter: "model", in: [model] });

export const conditional: Problem = {
  name: "conditional",
  space: {
    model: { type: "category", choices: ["linear", "tree", "knn"], default: "linear" },
    alpha: { ...log(1e-6, 1e3), default: 1e-3, when: when("linear") },
    l1_ratio: { ...x(0, 1), when: when("linear") },
    depth: { type: "int", low: 1, high: 20, default: 12, when: when("tree") },
    min_leaf: { type: "int", low: 1, high: 64, log: true, default: 2, when: when("tree") },
    cp: { ...log(1e-5, 1e-1), default: 1e-2, when: when("tree") },
    k: { type: "int", low: 1, high: 50, log: true, default: 3, when: when("knn") },
    p: { type: "category", choices: ["l1", "l2"], default: "l1", when: when("knn") },
  },
  regret(p) {
    const lg = (name: string): number => Math.log10(p[name] as number);
    const ln = (name: string): number => Math.log(p[name] as number);
    if (p["model"] === "linear")
      return 0.04 + 0.01 * (lg("alpha") - 0.5) ** 2 + 0.05 * ((p["l1_ratio"] as number) - 0.3) ** 2;
    if (p["model"] === "tree")
      return (
        0.002 * ((p["depth"] as number) - 7) ** 2 +
        0.03 * (ln("min_leaf") - Math.log(6)) ** 2 +
        0.01 * (lg("cp") + 3) ** 2
      );
    return 0.03 + 0.04 * (ln("k") - Math.log(9)) ** 2 + (p["p"] === "l2" ? 0.02 : 0);
  },
};

/** The true loss behind five noisy folds. */
export const noisy: Problem = {
  name: "noisy",
  space: {
    alpha: { ...log(1e-5, 1e3), default: 10 },
    l1: x(0, 1),
    deg: { type: "int", low: 1, high: 10, default: 7 },
  },
  regret: (p) =>
    0.01 * (Math.log10(p["alpha"] as number) + 1) ** 2 +
    0.05 * ((p["l1"] as number) - 0.4) ** 2 +
    0.002 * ((p["deg"] as number) - 4) ** 2,
};
