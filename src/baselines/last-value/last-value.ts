import { shapeOf, type Dataset, type Shape, type View } from "../../frame/dataset.ts";
import { FitError, type Estimator } from "../contract.ts";
import type { Model } from "../../models/contract.ts";
import { lastValueKind, type LastValueData } from "../../models/last-value/last-value.ts";
import { momentsOf, predecessors, type Moments } from "../../models/last-value/moments.ts";
import { modelOf, readerOf } from "../../models/model.ts";
import { smoothedShares, withMode } from "../shares.ts";
import type { Space } from "../../search/space.ts";
import { trainingRows, type TrainingRows } from "../training-rows.ts";

const NAME = lastValueKind.name;

/** `lag`: how many moments back (a season's length, 1: the moment before). `answer` (classification): which label is given. */
export type LastValueParams = { readonly lag: number; readonly answer?: "last" | "likeliest" };

/** A day of hours, a week, a year of months, weeks or days. */
const LAGS = [1, 7, 12, 24, 52, 365];
/** Rows' worth of the overall class shares that are added to the transitions from each class. */
const STRENGTH = 2;

/**
 * Persistence: the target of the moment before in time (within the row's own group where there are groups), or `lag`
 * moments before (seasonal persistence); where that is not known the last known one, where none is the training mean. Rows at the same
 * time are one moment, with their mean or most frequent class. One step ahead: to predict a row, the targets of earlier rows must be
 * known by then. A table without any known target is taken to follow the training rows: it gets their last value.
 * Classification: the class before, with the shares of the classes that follow it in the training rows, smoothed; with
 * `answer: "last"` they are made to agree with the label (`withMode`), with `likeliest` they are as they are.
 * O(n log n), once a table.
 */
export const lastValue: Estimator<LastValueParams> = {
  name: NAME,
  family: NAME,
  title: "Last value",
  role: "baseline",
  tasks: ["binary", "multiclass", "regression"],
  needs: ["time"],
  looksBack: true,
  keepsRows: true,
  space,
  fit,
  fromJSON: readerOf(lastValueKind),
};

function space(shape: Shape, rows: number): Space {
  const lags = LAGS.filter((lag) => lag === 1 || 3 * lag <= rows);
  const lag = { type: "category", choices: lags, ordered: true, default: 1, simpler: "low" } as const;
  if (shape.task === "regression") return { lag };
  return { lag, answer: { type: "category", choices: ["last", "likeliest"], default: "last" } };
}

function fit(view: View, { lag, answer = "last" }: LastValueParams): Model {
  const { data } = view;
  if (data.time === undefined) throw new FitError(`${NAME}: the table has no time (--time)`);
  if (!(Number.isInteger(lag) && lag >= 1))
    throw new FitError(`${NAME}: the lag must be a whole number from 1, got ${lag}`);
  const training = trainingRows(NAME, view);
  const moments = momentsOf(data, training.rows, data.time, training.weights);
  // With groups there is a last value for each, but codes of groups mean nothing in another table.
  const last = data.groups === undefined ? moments.target[moments.last] : null;
  return modelOf(lastValueKind, { lag, last, ...learnt(data, training, moments, lag, answer) }, shapeOf(data));
}

/** The training mean, or the class shares and what follows each class. */
function learnt(
  { target }: Dataset,
  { rows, weights, total }: TrainingRows,
  moments: Moments,
  lag: number,
  answer: "last" | "likeliest",
): Pick<LastValueData, "overall" | "transitions"> {
  if (target.task === "regression") {
    let mean = 0;
    for (let i = 0; i < rows.length; i++) mean += ((weights?.[i] ?? 1) / total) * target.values[rows[i]];
    return { overall: Float64Array.of(mean), transitions: new Float64Array(0) };
  }
  const classes = target.classes.length;
  const overall = new Float64Array(classes);
  const counts = new Float64Array(classes * classes);
  const before = predecessors(moments, lag);
  for (let i = 0; i < rows.length; i++) {
    const weight = weights?.[i] ?? 1;
    const code = target.codes[rows[i]];
    overall[code] += weight / total;
    const moment = before[moments.of[i]];
    if (moment >= 0) counts[moments.target[moment] * classes + code] += weight;
  }
  const transitions = new Float64Array(counts.length);
  for (let from = 0; from < classes; from++) {
    const shares = smoothedShares(counts, from * classes, overall, STRENGTH);
    transitions.set(answer === "last" ? withMode(shares, from) : shares, from * classes);
  }
  return { overall, transitions };
}
