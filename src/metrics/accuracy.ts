import type { Metric, Scored } from "./contract.ts";
import { complement } from "./links.ts";
import { calls, mean } from "./scored.ts";

/** Share of rows whose most probable class is the true one. Misleading when classes are unequal: see `balanced_accuracy`. */
export const accuracy: Metric = {
  name: "accuracy",
  title: "Accuracy",
  tasks: ["binary", "multiclass"],
  needs: "label",
  direction: "maximize",
  range: [0, 1],
  unit: "share",
  floor: "majority",
  score: (scored, weights) => 1 - mean(losses(scored), weights),
  losses,
  lossesIf: (scored) => {
    const { called } = calls("accuracy", scored);
    return (label) => {
      const wrong = new Float64Array(called.length);
      for (let i = 0; i < wrong.length; i++) wrong[i] = called[i] === label ? 0 : 1;
      return wrong;
    };
  },
  link: complement(1),
};

function losses(scored: Scored): Float64Array {
  const { codes, called } = calls("accuracy", scored);
  const wrong = new Float64Array(codes.length);
  for (let i = 0; i < wrong.length; i++) wrong[i] = called[i] === codes[i] ? 0 : 1;
  return wrong;
}
