/** Training a challenger again and again: once a part and seed, with the must-pass cases asked in the first run. */
import type { Prediction } from "../frame/prediction.ts";
import { OptionError } from "../error.ts";
import type { OpenBenchmark } from "../intake/opened.ts";
import type { TrainingOptions } from "./contract.ts";
import type { AskedCases } from "./must-pass.ts";
import type { Answered } from "./read-answers.ts";
import { assembledParts, trainingParts, whole, type TrainingPart } from "./training-parts.ts";

export interface RunOptions extends TrainingOptions {
  /** Must-pass cases: asked in the first run; when one fails there is no second. */
  readonly cases?: AskedCases;
  readonly onProgress?: (progress: RunProgress) => void;
}

export interface RunProgress {
  /** 1, 2, ... of `runs`. */
  readonly run: number;
  readonly runs: number;
  /** `holdout, seed 2 of 5`. */
  readonly title: string;
}

/** One run: train on a part, answer for its rows and then for the cases. */
export interface Order {
  readonly part: TrainingPart;
  readonly seed: number;
  readonly title: string;
  readonly cases?: AskedCases;
}

export interface Runs<Fact> {
  readonly holdout?: readonly Prediction[];
  readonly folds?: readonly Prediction[];
  readonly failures?: readonly string[];
  readonly labelsOnly: boolean;
  /** How its answers were read, each clause once. */
  readonly notes: readonly string[];
  /** What each run on the largest of its parts (all training rows, where one was trained on them) left behind. */
  readonly facts: readonly Fact[];
}

/** Runs all orders in turn. @throws OptionError for seeds that are none, and what `once` throws. */
export async function trainingRuns<Fact>(
  opened: OpenBenchmark,
  options: RunOptions,
  once: (order: Order) => Promise<{ readonly answered: Answered; readonly fact: Fact }>,
): Promise<Runs<Fact>> {
  const { seeds = 1 } = options;
  if (!(Number.isInteger(seeds) && seeds >= 1))
    throw new OptionError(`seeds: wanted a whole number from 1, got ${seeds}`);
  const orders = ordersOf(opened, options, seeds);
  const [first] = orders;
  const holdout: Prediction[] = [];
  const folds: Prediction[] = [];
  const facts: Fact[] = [];
  let failures: readonly string[] | undefined;
  let labelsOnly = false;
  const notes = new Set<string>();
  let parts: TrainingPart[] = [];
  let answers: Prediction[] = [];
  for (const [k, order] of orders.entries()) {
    const { part, seed, title } = order;
    options.onProgress?.({ run: k + 1, runs: orders.length, title });
    const { answered, fact } = await once(order);
    if (part.kind === first.part.kind) facts.push(fact);
    ({ labelsOnly } = answered);
    for (const note of answered.notes) notes.add(note);
    const own = part.asked.length;
    if (order.cases) {
      failures = order.cases.failures(piece(answered.prediction, own, order.cases.count), labelsOnly);
      if (failures.length > 0) break;
    }
    if (own > 0) {
      parts.push(part);
      answers.push(piece(answered.prediction, 0, own));
    }
    if (orders[k + 1]?.seed === seed) continue;
    const made = assembledParts(opened, parts, answers);
    if (made.holdout) holdout.push(made.holdout);
    if (made.folds) folds.push(made.folds);
    parts = [];
    answers = [];
  }
  return {
    ...(holdout.length > 0 && { holdout }),
    ...(folds.length > 0 && { folds }),
    ...(failures && { failures }),
    labelsOnly,
    notes: [...notes],
    facts,
  };
}

/** All parts with the first seed, then all with the second, ... Cases that no holdout run can take along come first. */
function ordersOf(opened: OpenBenchmark, options: RunOptions, seeds: number): readonly Order[] {
  const { cases } = options;
  const parts = trainingParts(opened, options);
  const orders = Array.from({ length: seeds }, (_, seed) =>
    parts.map((part): Order => {
      const title = seeds > 1 ? `${part.title}, seed ${seed + 1} of ${seeds}` : part.title;
      return { part, seed, title };
    }),
  ).flat();
  if (cases === undefined) return orders;
  const [first, ...rest] = orders;
  if (first.part.kind === "holdout") return [{ ...first, cases }, ...rest];
  return [{ part: whole(opened), seed: 0, title: "must-pass cases", cases }, ...orders];
}

/** The answers for some rows in a row. */
function piece(prediction: Prediction, from: number, count: number): Prediction {
  const width = prediction.kind === "value" ? 1 : prediction.classes;
  return { ...prediction, values: prediction.values.slice(from * width, (from + count) * width) };
}
