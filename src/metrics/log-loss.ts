import type { Metric, Scored } from "./contract.ts";
import { identity } from "./links.ts";
import { classified, mean } from "./scored.ts";

/** Probabilities are clipped to [CLIP, 1 - CLIP], in display and in tests: one certain mistake must not decide a mean. */
export const CLIP = 1e-6;

/** Mean of -ln(probability given to the true class), in nats; probabilities clipped at 1e-6. 0 is perfect. Proper. */
export const logLoss: Metric = {
  name: "log_loss",
  title: "Log loss",
  tasks: ["binary", "multiclass"],
  needs: "probability",
  direction: "minimize",
  range: [0, -Math.log(CLIP)],
  unit: "nats",
  floor: "prior",
  score: (scored, weights) => mean(losses(scored), weights),
  losses,
  link: identity,
};

function losses(scored: Scored): Float64Array {
  const { codes, probabilities, classes } = classified("log_loss", scored);
  const out = new Float64Array(codes.length);
  for (let i = 0; i < out.length; i++) {
    const p = probabilities[i * classes + codes[i]];
    out[i] = -Math.log(Math.min(1 - CLIP, Math.max(CLIP, p)));
  }
  return out;
}
