import type { Metric, Scored } from "./contract.ts";
import { identity } from "./links.ts";
import { classified, mean, probabilityOf } from "./scored.ts";

/** Brier score: mean (p - y)² of the positive class when binary, of all classes summed otherwise (then at most 2). Proper. */
export const brier: Metric = {
  name: "brier",
  title: "Brier score",
  tasks: ["binary", "multiclass"],
  needs: "probability",
  direction: "minimize",
  range: [0, 2],
  unit: "none",
  floor: "prior",
  score: (scored, weights) => mean(losses(scored), weights),
  losses,
  lossesIf: (scored) => {
    const { codes, probabilities, classes } = classified("brier", scored);
    if (classes === 2) return (label) => probabilityOf(probabilities, 2, 1).map((p) => (p - label) ** 2);
    const squares = new Float64Array(codes.length);
    for (let at = 0; at < probabilities.length; at++) squares[Math.floor(at / classes)] += probabilities[at] ** 2;
    return (label) =>
      squares.map((sum, i) => {
        const p = probabilities[i * classes + label];
        return Math.max(0, sum - p ** 2) + (1 - p) ** 2;
      });
  },
  link: identity,
};

function losses(scored: Scored): Float64Array {
  const { codes, probabilities, classes } = classified("brier", scored);
  const out = new Float64Array(codes.length);
  for (let i = 0; i < out.length; i++) {
    for (let k = classes === 2 ? 1 : 0; k < classes; k++)
      out[i] += (probabilities[i * classes + k] - (codes[i] === k ? 1 : 0)) ** 2;
  }
  return out;
}
