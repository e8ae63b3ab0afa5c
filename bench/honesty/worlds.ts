/** Worlds with a known truth: pairs of losses whose true mean difference is exactly what was asked for. */
import type { Rng } from "./api.ts";

/** Draws the losses of baseline and challenger on one row, the mean gain being 0. */
export interface World {
  readonly name: string;
  readonly shape: "symmetric" | "skewed" | "log-normal";
  draw(rng: Rng): readonly [baseline: number, challenger: number];
}

/** Worlds given by the law of the difference alone. */
function ofDifference(name: string, shape: World["shape"], draw: (rng: Rng) => number): World {
  return { name, shape, draw: (rng) => [draw(rng), 0] };
}

const exponential = (rng: Rng): number => -Math.log(1 - rng.uniform());
/** Log-normal with sigma 1, centred. */
const logNormal = (rng: Rng): number => Math.exp(rng.normal()) - Math.exp(0.5);

function studentT3(rng: Rng): number {
  return rng.normal() / Math.sqrt((rng.normal() ** 2 + rng.normal() ** 2 + rng.normal() ** 2) / 3);
}

const softplus = (x: number): number => (x > 30 ? x : Math.log1p(Math.exp(x)));
/** Log loss of a logit for a label. */
const logLoss = (logit: number, label: number): number => softplus(label === 1 ? -logit : logit);

/** Mean log loss of scale x (eta + N(0, noise²)) when eta ~ N(0, 1.5²) is the true logit: a double sum on a fine grid. */
export function meanLogLoss(scale: number, noise: number): number {
  const points = 161;
  let total = 0;
  let weight = 0;
  for (let i = 0; i < points; i++) {
    const u = -8 + (16 * i) / (points - 1);
    const eta = 1.5 * u;
    const share = 1 / (1 + Math.exp(-eta));
    for (let j = 0; j < points; j++) {
      const e = -8 + (16 * j) / (points - 1);
      const w = Math.exp(-0.5 * (u * u + e * e));
      const logit = scale * (eta + noise * e);
      total += w * (share * softplus(-logit) + (1 - share) * softplus(logit));
      weight += w;
    }
  }
  return total / weight;
}

/**
 * A better informed but overconfident challenger (logits times kappa) under log loss, shifted so that its mean loss is exactly
 * (1 - share) times the baseline's: many small wins, a few large losses.
 */
export function overconfident(kappa: number, share = 0): World {
  const [baseline, challenger] = [meanLogLoss(0.69, 1), meanLogLoss(kappa, 0.5)];
  const shift = challenger - (1 - share) * baseline;
  return {
    name: `log loss, logits x ${kappa}`,
    shape: "skewed",
    draw: (rng) => {
      const eta = 1.5 * rng.normal();
      const label = rng.uniform() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
      const b = logLoss(0.69 * (eta + rng.normal()), label);
      return [b, logLoss(kappa * (eta + 0.5 * rng.normal()), label) - shift];
    },
  };
}

export const lossWorlds: readonly World[] = [
  ofDifference("normal", "symmetric", (rng) => rng.normal()),
  ofDifference("Student t, 3 df", "symmetric", studentT3),
  ofDifference("right exponential", "skewed", (rng) => exponential(rng) - 1),
  ofDifference("left exponential", "skewed", (rng) => 1 - exponential(rng)),
  overconfident(1.5),
  overconfident(3),
  ofDifference("right log-normal", "log-normal", logNormal),
  ofDifference("left log-normal", "log-normal", (rng) => -logNormal(rng)),
];

/** Losses of n rows with the challenger's gain moved to `gain`. */
export function drawLosses(world: World, n: number, gain: number, rng: Rng): [Float64Array, Float64Array] {
  const [baseline, challenger] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const [b, c] = world.draw(rng);
    baseline[i] = b;
    challenger[i] = c - gain;
  }
  return [baseline, challenger];
}

/** 0/1 losses: a share of the rows is discordant, of which the challenger wins just so many that its gain is `gain`. */
export function drawOutcomes(n: number, discordance: number, gain: number, rng: Rng): [Float64Array, Float64Array] {
  const [baseline, challenger] = [new Float64Array(n), new Float64Array(n)];
  const [win, loss] = [(discordance + gain) / 2, (discordance - gain) / 2];
  for (let i = 0; i < n; i++) {
    const u = rng.uniform();
    if (u < win) baseline[i] = 1;
    else if (u < win + loss) challenger[i] = 1;
    else if (u < win + loss + 0.1) baseline[i] = challenger[i] = 1;
  }
  return [baseline, challenger];
}
