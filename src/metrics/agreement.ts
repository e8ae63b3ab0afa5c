import type { Metric } from "./contract.ts";
import { classCounts, confusion } from "./scored.ts";

/** Sums both agreement metrics are made of: all rows, rows on the diagonal, and margins. */
function margins(
  counts: Float64Array,
  classes: number,
): { total: number; hits: number; chance: number; truth: number; label: number } {
  let [total, hits, chance, truth, label] = [0, 0, 0, 0, 0];
  for (let k = 0; k < classes; k++) {
    const { hit, called, actual } = classCounts(counts, classes, k);
    total += actual;
    hits += hit;
    chance += called * actual;
    truth += actual * actual;
    label += called * called;
  }
  return { total, hits, chance, truth, label };
}

/** Matthews correlation between truth and label (Gorodkin's form for several classes); 0 when the labels are constant, NaN when the truth is. */
export const mcc: Metric = {
  name: "mcc",
  title: "Matthews correlation",
  tasks: ["binary", "multiclass"],
  needs: "label",
  direction: "maximize",
  range: [-1, 1],
  unit: "none",
  floor: "majority",
  undefinedWhen: "the truth is one class",
  score: (scored, weights) => {
    const { counts, classes } = confusion("mcc", scored, weights);
    const { total, hits, chance, truth, label } = margins(counts, classes);
    if (!(total * total > truth)) return Number.NaN;
    const spread = (total * total - truth) * (total * total - label);
    return spread > 0 ? (hits * total - chance) / Math.sqrt(spread) : 0;
  },
};

/** Cohen's kappa: agreement beyond chance. NaN when truth and labels are the same constant. */
export const cohenKappa: Metric = {
  name: "cohen_kappa",
  title: "Cohen's kappa",
  tasks: ["binary", "multiclass"],
  needs: "label",
  direction: "maximize",
  range: [-1, 1],
  unit: "none",
  floor: "majority",
  undefinedWhen: "truth and labels are the same constant",
  score: (scored, weights) => {
    const { counts, classes } = confusion("cohen_kappa", scored, weights);
    const { total, hits, chance } = margins(counts, classes);
    const expected = chance / (total * total);
    return (hits / total - expected) / (1 - expected);
  },
};
