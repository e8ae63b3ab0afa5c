/** Regression metrics that are means of a per-row loss, or the square root of one. */
import type { Target } from "../frame/dataset.ts";
import type { Link, Metric, Scored } from "./contract.ts";
import { identity, root } from "./links.ts";
import { mean, measured } from "./scored.ts";

type Facts = Pick<Metric, "name" | "title" | "unit" | "floor" | "refuses" | "quantile">;

function additive(facts: Facts, loss: (truth: number, predicted: number) => number, link: Link): Metric {
  const losses = (scored: Scored): Float64Array => {
    const { values, predicted } = measured(facts.name, scored);
    const out = new Float64Array(values.length);
    for (let i = 0; i < out.length; i++) out[i] = loss(values[i], predicted[i]);
    return out;
  };
  return {
    ...facts,
    tasks: ["regression"],
    needs: "value",
    direction: "minimize",
    range: [0, Infinity],
    score: (scored, weights) => link.of(mean(losses(scored), weights)),
    losses,
    link,
  };
}

/** Why a target with a value for which `bad` holds cannot be scored. */
function refusing(bad: (value: number) => boolean, wanted: string): (truth: Target) => string | undefined {
  return (truth) => {
    const found = truth.task === "regression" ? truth.values.find(bad) : undefined;
    return found === undefined ? undefined : `needs targets ${wanted}, got ${found}`;
  };
}

/** Root mean squared error, in the target's unit. Big misses count most; compare with `mae` when outliers are expected. */
export const rmse: Metric = additive(
  { name: "rmse", title: "RMSE", unit: "target", floor: "mean" },
  (y, p) => (y - p) ** 2,
  root,
);

/** Mean absolute error, in the target's unit. */
export const mae: Metric = additive(
  { name: "mae", title: "MAE", unit: "target", floor: "median" },
  (y, p) => Math.abs(y - p),
  identity,
);

/** Mean of |error| / |truth|. Refuses targets at zero, where it explodes: `wape` is the remedy. */
export const mape: Metric = additive(
  {
    name: "mape",
    title: "MAPE",
    unit: "share",
    floor: "weighted-median",
    refuses: refusing((y) => Math.abs(y) < 1e-9, "away from zero (use wape)"),
  },
  (y, p) => Math.abs(y - p) / Math.max(Math.abs(y), Number.EPSILON),
  identity,
);

/** Root mean squared difference of ln(1 + x). Negative targets are refused; negative predictions count as 0. */
export const rmsle: Metric = additive(
  { name: "rmsle", title: "RMSLE", unit: "none", floor: "log-mean", refuses: refusing((y) => y < 0, "of 0 or more") },
  (y, p) => (Math.log1p(y) - Math.log1p(Math.max(0, p))) ** 2,
  root,
);

/** Mean Poisson deviance 2 (y ln(y / p) - y + p). Negative targets are refused; predictions below 1e-9 count as 1e-9. */
export const poissonDeviance: Metric = additive(
  {
    name: "poisson_deviance",
    title: "Poisson deviance",
    unit: "none",
    floor: "mean",
    refuses: refusing((y) => y < 0, "of 0 or more"),
  },
  (y, p) => {
    const rate = Math.max(1e-9, p);
    return 2 * ((y > 0 ? y * Math.log(y / rate) : 0) - y + rate);
  },
  identity,
);

/** Pinball (quantile) loss at the share `alpha`: mean of max(alpha e, (alpha - 1) e), e = truth - prediction. */
export function pinball(alpha: number): Metric {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`pinball: the quantile must lie between 0 and 1, got ${alpha}`);
  const name = alpha === 0.5 ? "pinball" : `pinball:${alpha}`;
  return additive(
    { name, title: `Pinball loss at ${alpha}`, unit: "target", floor: "quantile", quantile: alpha },
    (y, p) => Math.max(alpha * (y - p), (alpha - 1) * (y - p)),
    identity,
  );
}
