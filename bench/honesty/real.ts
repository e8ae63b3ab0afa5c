/** Losses of real models, drawn from populations whose true gain is exactly the margin: every JUSTIFIED and every NOT JUSTIFIED is wrong. */
import { compareModels, seeded, type ChallengerVerdict, type Rng } from "./api.ts";
import type { Cell } from "./cell.ts";
import { drawn, type Population } from "./populations.ts";

const SIZES: readonly number[] = [50, 114, 500, 2000, 20_000];
const rng = seeded("bench");

/** Rows drawn with replacement, judged as held-out ones. */
export function judgeDrawn(
  population: Population,
  rows: number,
  stream: Rng,
  margin: number = population.margin,
  alpha: number = 0.05,
): ChallengerVerdict {
  const total =
    population.baseline.values.length / (population.baseline.kind === "value" ? 1 : population.baseline.classes);
  const { truth, baseline, challenger } = drawn(
    population,
    Int32Array.from({ length: rows }, () => stream.below(total)),
  );
  return compareModels({
    metric: population.metric,
    holdout: { truth },
    baselines: [{ name: "baseline", holdout: [baseline] }],
    champion: "baseline",
    challengers: [{ name: "challenger", holdout: [challenger] }],
    margin: { value: margin, kind: "relative" },
    alpha,
    rng,
  }).challengers[0];
}

/** Wrong JUSTIFIED at the margin, and how often a worthwhile gain is found at the default margin. */
export function realCells(populations: readonly Population[]): Cell[] {
  const errors = populations.flatMap((population) =>
    SIZES.map((rows): Cell => ({
      study: `real losses, gain at the margin: ${population.metric.name}`,
      world: population.name,
      setting: `margin ${(100 * population.margin).toPrecision(3)} %`,
      rows,
      gain: population.gain,
      wrong: "JUSTIFIED",
      kind: "guaranteed",
      bound: 0.05,
      // Some stay below the margin whatever they are held against.
      ...(population.gain > population.margin - 1e-6 && {
        other: {
          study: `real losses, gain at the margin ruled out: ${population.metric.name}`,
          wrong: "NOT JUSTIFIED",
          bound: 0.06,
        },
      }),
      share: rows > 5000 ? 0.25 : 1,
      run: (own) => judgeDrawn(population, rows, own),
    })),
  );
  const power = populations
    .filter(({ gain }) => gain > 0.015)
    .flatMap((population) =>
      [114, 500, 2000].map((rows): Cell => ({
        study: "real losses, power at a margin of 1 %",
        world: population.name,
        setting: `true gain ${(100 * population.gain).toPrecision(3)} %`,
        rows,
        wrong: "neither",
        kind: "power",
        share: 0.25,
        run: (own) => judgeDrawn(population, rows, own, 0.01),
      })),
    );
  return [...errors, ...power];
}
