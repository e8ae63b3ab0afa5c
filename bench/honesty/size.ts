/** How often is a useless (or just worthless) challenger passed, and a worthwhile one refused? Holdout, independent rows. */
import { findMetric } from "./api.ts";
import type { Cell } from "./cell.ts";
import { absolute, judgeLosses, judgeNumbers, judgeScores, relative } from "./judge.ts";
import { drawLosses, drawOutcomes, lossWorlds, overconfident, type World } from "./worlds.ts";

export const SIZES: readonly number[] = [30, 50, 100, 200, 500, 1000, 5000];
const ALPHA = 0.05;
/** What is promised where inference is approximate: .06 for a nominal .05. */
const APPROXIMATE = 0.06;

/** Symmetric from 30 rows on, skewed from 100, log-normal from 1,000: below that it is known to err more, and said so. */
function promise({ shape }: World, rows: number): Pick<Cell, "kind"> & { bound?: number } {
  const from = { symmetric: 30, skewed: 100, "log-normal": 1000 }[shape];
  if (rows < from) return { kind: "known-liberal" };
  return { kind: "guaranteed", bound: shape === "symmetric" ? ALPHA : APPROXIMATE };
}

/** The true gain is exactly the margin: both answers are wrong. */
function atMargin(): Cell[] {
  return lossWorlds.flatMap((world) =>
    SIZES.map((rows): Cell => ({
      study: "mean loss, gain at the margin",
      world: world.name,
      setting: "margin 0",
      rows,
      gain: 0,
      wrong: "both",
      ...promise(world, rows),
      run: (rng) => judgeLosses(...drawLosses(world, rows, 0, rng), absolute(0)),
    })),
  );
}

/** The default margin, 1 % of the baseline's loss, met exactly by an overconfident challenger. */
function atRelativeMargin(): Cell[] {
  return [1.5, 3].flatMap((kappa) => {
    const world = overconfident(kappa, 0.01);
    return SIZES.map((rows): Cell => ({
      study: "mean loss, relative gain at the margin",
      world: world.name,
      setting: "margin 1 %",
      rows,
      gain: 0.01,
      wrong: "both",
      ...promise(world, rows),
      run: (rng) => judgeLosses(...drawLosses(world, rows, 0, rng), relative(0.01)),
    }));
  });
}

/** Gates test at alpha / 20: tails matter there. */
function atGateLevel(): Cell[] {
  return lossWorlds
    .filter(({ shape }) => shape !== "log-normal")
    .flatMap((world) =>
      [300, 1000].map((rows): Cell => ({
        study: "mean loss at a gate's level",
        world: world.name,
        setting: "alpha .0025 a side",
        rows,
        wrong: "both",
        kind: "guaranteed",
        bound: 0.005,
        run: (rng) => judgeLosses(...drawLosses(world, rows, 0, rng), { ...absolute(0), alpha: 0.0025 }),
      })),
    );
}

/** Gains below the margin (JUSTIFIED is wrong) and above it (NOT JUSTIFIED is). */
function offMargin(): Cell[] {
  const [normal] = lossWorlds;
  const scaled: World = { ...normal, draw: (rng) => [0.3 * rng.normal(), 0] };
  return [-0.05, 0, 0.05, 0.1].flatMap((gain) =>
    [100, 1000].map((rows): Cell => ({
      study: "gain off the margin of .05",
      world: "normal, sd .3",
      setting: `true gain ${gain}`,
      rows,
      gain,
      wrong: gain < 0.05 ? "JUSTIFIED" : gain > 0.05 ? "NOT JUSTIFIED" : "both",
      kind: "guaranteed",
      bound: ALPHA,
      run: (rng) => judgeLosses(...drawLosses(scaled, rows, gain, rng), absolute(0.05)),
    })),
  );
}

function zeroOne(): Cell[] {
  return [0.02, 0.05, 0.1, 0.3].flatMap((discordance) =>
    [0, 0.01, 0.05]
      .filter((margin) => margin < discordance)
      .flatMap((margin) =>
        SIZES.map((rows): Cell => ({
          study: "accuracy, gain at the margin",
          world: `${100 * discordance} % discordant`,
          setting: `margin ${margin}`,
          rows,
          gain: margin,
          wrong: "both",
          // With a margin, a handful of disagreements is where Tango's test is least exact: up to .073.
          ...((margin === 0 ? rows >= 50 : rows * discordance >= 10)
            ? { kind: "guaranteed", bound: APPROXIMATE }
            : { kind: "known-liberal" }),
          run: (rng) => judgeLosses(...drawOutcomes(rows, discordance, margin, rng), absolute(margin)),
        })),
      ),
  );
}

/** Rankings and labels from two noisy views of the same truth, equally good. */
function views(metricName: string, positives: number, rows: number): Cell {
  const metric = findMetric(metricName, "binary");
  const enough = positives >= 10 && rows >= 50;
  return {
    study: `${metricName}, no gain`,
    world: `${positives} positives`,
    setting: "margin 0",
    rows,
    gain: 0,
    wrong: "both",
    ...(enough ? { kind: "guaranteed", bound: APPROXIMATE } : { kind: "known-liberal" }),
    ...(metricName === "mcc" || metricName === "average_precision" ? { share: 0.05 } : {}),
    run: (rng) => {
      const labels = Int32Array.from({ length: rows }, (_, i) => (i < positives ? 1 : 0));
      const view = (): Float64Array =>
        Float64Array.from(labels, (y) => 1 / (1 + Math.exp(-(1.2 * (y - 0.5) + rng.normal()))));
      return judgeScores(metric, labels, view(), view(), absolute(0));
    },
  };
}

function rankings(): Cell[] {
  return [
    ...[
      [10, 100],
      [20, 200],
      [25, 50],
      [25, 500],
      [50, 1000],
      [100, 1000],
    ].map(([p, n]) => views("roc_auc", p, n)),
    ...[
      [30, 100],
      [100, 500],
      [300, 1000],
    ].flatMap(([p, n]) => ["f1", "balanced_accuracy"].map((name) => views(name, p, n))),
    ...[
      [40, 100],
      [100, 300],
    ].flatMap(([p, n]) => ["mcc", "average_precision"].map((name) => views(name, p, n))),
  ];
}

/** R²: errors of variance .5 and .49 about a unit-variance truth, so the true gain is exactly .01. */
function rSquared(): Cell[] {
  return [50, 100, 500].map((rows): Cell => ({
    study: "r2, gain at the margin",
    world: "normal errors",
    setting: "margin .01",
    rows,
    gain: 0.01,
    wrong: "both",
    kind: "guaranteed",
    bound: APPROXIMATE,
    run: (rng) => {
      const y = Float64Array.from({ length: rows }, () => rng.normal());
      const model = (variance: number): Float64Array => y.map((v) => v + Math.sqrt(variance) * rng.normal());
      return judgeNumbers(y, model(0.5), model(0.49), absolute(0.01));
    },
  }));
}

/** The finite-sample guarantee, in a world that ruins the t test: rare large losses. */
function guaranteed(): Cell[] {
  return [30, 100, 500].map((rows): Cell => ({
    study: "bounded losses, finite-sample guarantee",
    world: "rare large losses",
    setting: "JUSTIFIED, margin 0",
    rows,
    gain: 0,
    wrong: "JUSTIFIED",
    kind: "guaranteed",
    bound: ALPHA,
    share: 0.25,
    run: (rng) => {
      const challenger = Float64Array.from({ length: rows }, () => (rng.uniform() < 0.05 ? 0.975 : 0.025));
      const baseline = new Float64Array(rows).fill(0.0725);
      return judgeLosses(baseline, challenger, { ...absolute(0), guarantee: [0, 1] });
    },
  }));
}

export function sizeCells(): Cell[] {
  return [
    ...atMargin(),
    ...atRelativeMargin(),
    ...atGateLevel(),
    ...offMargin(),
    ...zeroOne(),
    ...rankings(),
    ...rSquared(),
    ...guaranteed(),
  ];
}
