import type { Shape } from "../../frame/dataset.ts";
import type { Explanation } from "../contract.ts";
import { percent, readable } from "../../words/numbers.ts";
import { alternatives } from "../../words/texts.ts";
import { momentsOfAll, type Curves, type Frequencies, type NaiveBayesData } from "./parameters.ts";

const MOST_LINES = 40;

/** Columns by how much they tell of the class, each with what is usual in each class. */
export function explain({ prior, columns, temper }: NaiveBayesData, shape: Shape): Explanation {
  const told = columns.map((c) => ("mean" in c ? curveInformation(c, prior) : levelInformation(c, prior)));
  const total = told.reduce((sum, nats) => sum + nats, 0);
  const ranked = columns
    .map((column, i) => ({ column, name: shape.columns[column.column].name, share: total > 0 ? told[i] / total : 0 }))
    .sort((a, b) => b.share - a.share);
  const curves = columns.filter((c) => "mean" in c).length;
  return {
    summary:
      `Class shares times how usual each value is in each class, columns taken one by one ` +
      `(${curves} as normal curves, ${columns.length - curves} as frequencies` +
      `${temper === 1 ? "" : `; the columns' evidence is raised to the power ${readable(temper)}`}).`,
    lines: ranked.slice(0, MOST_LINES).map(({ column, name }) => `${name}: ${usual(column, prior, shape)}`),
    ...(total > 0 && { importance: ranked.map(({ name, share }) => ({ column: name, share })) }),
  };
}

function usual(column: Curves | Frequencies, prior: Float64Array, shape: Shape): string {
  return shape.classes
    .flatMap((name, k) => (prior[k] > 0 ? [`${name} ${usualIn(column, k, prior.length, shape)}`] : []))
    .join("; ");
}

function usualIn(column: Curves | Frequencies, k: number, classes: number, shape: Shape): string {
  if ("mean" in column) return `${readable(column.mean[k])} ± ${readable(Math.sqrt(column.variance[k]))}`;
  const { shares, bounds } = column;
  const { levels } = shape.columns[column.column];
  const count = shares.length / classes;
  const frequent = Array.from({ length: count }, (_, level) => level)
    .filter((level) => shares[level * classes + k] > 0)
    .sort((a, b) => shares[b * classes + k] - shares[a * classes + k]);
  const name = (level: number): string => (bounds === undefined ? levels[level] : binName(bounds, level));
  return alternatives(
    frequent.map((level) => `${name(level)} ${percent(shares[level * classes + k])}`),
    4,
  );
}

function binName(bounds: Float64Array, bin: number): string {
  if (bin === 0) return `up to ${readable(bounds[0])}`;
  return bin === bounds.length
    ? `above ${readable(bounds[bin - 1])}`
    : `${readable(bounds[bin - 1])} to ${readable(bounds[bin])}`;
}

/** How much a column tells of the class, in nats, if all its values together were normal too: the mean of ln(sd of all / sd of class). */
function curveInformation({ mean, variance }: Curves, prior: Float64Array): number {
  const all = momentsOfAll(
    prior,
    mean,
    variance.map((v, k) => v * prior[k]),
  );
  return Math.max(
    0,
    prior.reduce((sum, p, k) => (p > 0 ? sum + 0.5 * p * Math.log(all.variance / variance[k]) : sum), 0),
  );
}

/** Mutual information of level and class, in nats. */
function levelInformation({ shares }: Frequencies, prior: Float64Array): number {
  const classes = prior.length;
  let nats = 0;
  for (let from = 0; from < shares.length; from += classes) {
    const overall = prior.reduce((sum, p, k) => sum + p * shares[from + k], 0);
    for (let k = 0; k < classes; k++)
      if (prior[k] > 0 && shares[from + k] > 0)
        nats += prior[k] * shares[from + k] * Math.log(shares[from + k] / overall);
  }
  return Math.max(0, nats);
}
