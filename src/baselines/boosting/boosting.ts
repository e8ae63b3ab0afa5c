import { shapeOf, type Dataset, type Rows } from "../../frame/dataset.ts";
import type { Rng } from "../../numeric/rng.ts";
import type { Estimator, Step } from "../contract.ts";
import type { Model, Notes } from "../../models/contract.ts";
import type { Space } from "../../search/space.ts";
import { binTraining, sharedBins, type BinnedTraining } from "../tree/shared-bins.ts";
import { boost, type BoostOptions } from "./boost.ts";
import {
  addTrees,
  boostingKind,
  linked,
  startScores,
  type BoostingData,
  type LossName,
} from "../../models/boosting.ts";
import { modelOf, readerOf } from "../../models/model.ts";
import type { FlatTree } from "../../models/tree/flat-tree.ts";
import { defaultLoss, lossOf } from "./losses.ts";
import { bestRound } from "./stopping.ts";
import { predictTogether } from "./together.ts";

export type BoostingParams = {
  /** Trees are added one a round (for several classes: one a class and round). */
  readonly rounds: number;
  /** What of each tree's values is added. */
  readonly learningRate: number;
  readonly maxLeaves: number;
  /** Least weight of the training rows in a leaf, each counted by how uncertain the model still is of it. */
  readonly minLeaf: number;
  /** Weight of rows without residual that each leaf is taken to hold besides its own. */
  readonly l2: number;
  /** Share of the columns that each tree sees. */
  readonly columnSample: number;
  /** Share of the rows that each tree sees. Default: 1. */
  readonly subsample?: number;
  /** Most questions on the way to a leaf. Default: no limit. */
  readonly maxDepth?: number;
  /** Least gain of a split, in the unit of twice the loss. Default: 0. */
  readonly minGain?: number;
  /** Default: logistic for two classes, softmax for more, squared for regression (there also absolute and poisson). */
  readonly loss?: LossName;
  /** Columns along which predictions may only rise (1) or fall (-1), as JSON: `{"age": 1}`. Default: none. */
  readonly monotone?: string;
  /** Above 0: stop after so many rounds without a better loss on a validation part, and keep the best round. Default: 0. */
  readonly patience?: number;
  /** Share of the training rows in the validation part. Default: 0.1. */
  readonly validation?: number;
};

/** Rounds of the path: the model after each of them costs nothing beside the last. */
export const ROUNDS: readonly number[] = [10, 20, 40, 70, 100, 150, 200];

/**
 * Histogram gradient boosting: trees are grown one after the other on the derivatives of the loss, best split first,
 * over the same bins as `tree`. Splits, categories, missing values and ties go as there; levels of a category with less
 * than ten rows in a node go with the missing ones.
 *
 * A leaf's value is learningRate * residuals / (curvatures + l2); for the absolute loss, the median residual. A row counts
 * in `minLeaf` by its curvature as a share of the largest: p (1 - p) / 0.25 for classes, its mean over the mean of all for
 * poisson, 1 for the others. Up to 262,144 rows of weight 1 (two million for squared and absolute), splits are searched
 * with residuals rounded to the nearest of at least 512 steps a mean residual, always the same way; values are not.
 *
 * With `patience`, rows are drawn for a validation part, the best number of rounds is found on it, and the model is fitted
 * on all rows with that number. Defaults are those of scikit-learn's HistGradientBoosting, with
 * an l2 of 1, which did better on average over fifteen public tables.
 * O(rounds x rows x columns x log leaves).
 */
export const boosting: Estimator<BoostingParams> = {
  name: "boosting",
  family: "boosting",
  title: "Gradient boosting",
  role: "challenger",
  tasks: ["binary", "multiclass", "regression"],
  needs: ["features"],
  space: boostingSpace,
  fit: ({ data, rows }, params, rng) => modelsOf(data, binTraining("boosting", data, rows), [params], rng)[0],
  prepare: (data, parts) => ({
    fit: (train, points, rng) => modelsOf(data, sharedBins("boosting", data, parts, train), points, rng),
    fitSteps: (train, params, rng, watch) =>
      steps(data, sharedBins("boosting", data, parts, train), params, rng, watch),
  }),
  fitSteps: ({ data, rows }, params, rng, watch) =>
    steps(data, binTraining("boosting", data, rows), params, rng, watch),
  predictAll: predictTogether,
  fromJSON: readerOf(boostingKind),
};

function boostingSpace(): Space {
  return {
    rounds: { type: "int", low: 1, high: 1000, path: ROUNDS, steps: true, default: 100, simpler: "low" },
    learningRate: { type: "float", low: 0.02, high: 0.3, log: true, default: 0.1 },
    maxLeaves: { type: "int", low: 4, high: 128, log: true, default: 31, simpler: "low" },
    minLeaf: { type: "int", low: 1, high: 200, log: true, default: 20, simpler: "high" },
    l2: { type: "float", low: 0, high: 20, default: 1 },
    columnSample: { type: "float", low: 0.4, high: 1, default: 1 },
  };
}

/** One model a point; points that differ in rounds alone share one run. */
function modelsOf(data: Dataset, binned: BinnedTraining, points: readonly BoostingParams[], rng: Rng): Model[] {
  const runs = new Map<string, Runner>();
  const shape = shapeOf(data);
  return points.map((params) => {
    const { rounds, ...others } = params;
    const key = JSON.stringify(others);
    let run = runs.get(key);
    if (run === undefined) runs.set(key, (run = runner(data, binned, params, rng)));
    const { patience = 0, validation = 0.1 } = params;
    const wanted =
      patience > 0
        ? bestRound(
            data,
            binned.training,
            lossNameOf(params, data),
            optionsOf(params),
            { rounds, patience, validation },
            rng,
          )
        : rounds;
    const notes = { rounds: wanted, stopped: wanted < rounds ? "validation" : "rounds" };
    return modelOf(boostingKind, run(wanted, notes), shape);
  });
}

/** The model after any number of rounds; rounds are run as they are asked for. */
type Runner = (rounds: number, notes: Notes) => BoostingData;

function runner(data: Dataset, binned: BinnedTraining, params: BoostingParams, rng: Rng): Runner {
  const loss = lossOf(lossNameOf(params, data), data.target, binned.training);
  const growing = boost(data, binned, loss, optionsOf(params), rng);
  const trees: FlatTree[] = [];
  return (rounds, notes) => {
    while (trees.length < rounds * loss.outputs) trees.push(...(growing.next().value as readonly FlatTree[]));
    return { loss: loss.name, start: loss.start, notes, trees: trees.slice(0, rounds * loss.outputs) };
  };
}

function* steps(data: Dataset, binned: BinnedTraining, params: BoostingParams, rng: Rng, watch: Rows): Generator<Step> {
  const run = runner(data, binned, params, rng);
  const { loss, start } = run(0, {});
  const shape = shapeOf(data);
  const scores = startScores(start, watch.length);
  const buffer = new Float64Array(scores.length);
  let added = 0;
  for (let step = 1; step <= params.rounds; step++) {
    const boosted = run(step, { rounds: step, stopped: "rounds" });
    yield {
      step,
      model: () => modelOf(boostingKind, boosted, shape),
      get watched() {
        addTrees(scores, boosted.trees.slice(added), start.length, data, watch); // of the steps that nobody looked at too
        added = boosted.trees.length;
        buffer.set(scores);
        return linked(loss, buffer, start.length, shape.classes.length);
      },
    };
  }
}

function lossNameOf({ loss }: BoostingParams, { target }: Dataset): LossName {
  return loss ?? defaultLoss(target);
}

/** @throws RangeError when a parameter is out of range. */
function optionsOf(params: BoostingParams): BoostOptions {
  const { rounds, learningRate, maxLeaves, minLeaf, l2, columnSample, subsample = 1 } = params;
  const { maxDepth = Number.POSITIVE_INFINITY, minGain = 0, monotone = "" } = params;
  const range = { rounds, learningRate, maxLeaves, minLeaf, l2, columnSample, subsample, maxDepth, minGain };
  for (const [name, value] of Object.entries(range))
    if (!(value >= 0)) throw new RangeError(`boosting: ${name} must be at least 0, got ${value}`);
  return { learningRate, maxLeaves, maxDepth, minLeaf, l2, minGain, subsample, columnSample, monotone };
}
