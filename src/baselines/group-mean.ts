import { shapeOf, type Dataset, type View } from "../frame/dataset.ts";
import { FitError, type Estimator } from "./contract.ts";
import type { Model } from "../models/contract.ts";
import { groupMeanKind, type GroupMeanData } from "../models/group-mean.ts";
import { modelOf, readerOf } from "../models/model.ts";
import { sharedByPoints } from "./fit-points.ts";
import { trainingRows, type TrainingRows } from "./training-rows.ts";

/** How many rows' worth of the overall mean or shares are added to each group. */
export type GroupMeanParams = { readonly shrinkage: number };

const NAME = groupMeanKind.name;
const PATH = [0, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000];

/**
 * Each row gets what its own group (patient, shop, user) had in the training rows: the mean, or the class shares, drawn
 * towards those of all rows as if `shrinkage` more rows had come with them. A group that training did not see, or a row without a
 * group: the mean or shares of all training rows. Groups are known by their names, in any table. O(n).
 */
export const groupMean: Estimator<GroupMeanParams> = {
  name: NAME,
  family: NAME,
  title: "Group mean",
  role: "baseline",
  tasks: ["binary", "multiclass", "regression"],
  needs: ["groups"],
  space: () => ({
    shrinkage: { type: "float", low: 0, high: 1000, default: 5, path: PATH, simpler: "high" },
  }),
  ...sharedByPoints(fitAll, () => undefined),
  fromJSON: readerOf(groupMeanKind),
};

function fitAll({ data, rows }: View, points: readonly GroupMeanParams[]): Model[] {
  const { groups, groupNames } = data;
  if (groups === undefined || groupNames === undefined)
    throw new FitError(`${NAME}: the table has no groups with names (--group)`);
  const training = trainingRows(NAME, { data, rows });
  const sums = sumsByGroup(data, groups, groupNames, training);
  const shape = shapeOf(data);
  return points.map(({ shrinkage }) => modelOf(groupMeanKind, shrunk(sums, shrinkage), shape));
}

interface Sums {
  readonly groups: readonly string[];
  readonly weight: Float64Array;
  /** Groups x width: class weights, or the sum of the target less its mean. */
  readonly sums: Float64Array;
  readonly overall: Float64Array;
}

function sumsByGroup(
  data: Dataset,
  groups: Int32Array,
  names: readonly string[],
  { rows, weights, total }: TrainingRows,
): Sums {
  const { target } = data;
  const width = target.task === "regression" ? 1 : target.classes.length;
  const overall = new Float64Array(width);
  for (let i = 0; i < rows.length; i++) {
    const share = (weights?.[i] ?? 1) / total;
    if (target.task === "regression") overall[0] += share * target.values[rows[i]];
    else overall[target.codes[rows[i]]] += share;
  }
  const seen = Int32Array.from(new Set(rows.map((row) => groups[row]).filter((group) => group >= 0))).sort();
  const placeOf = new Map(Array.from(seen, (group, place) => [group, place]));
  const weight = new Float64Array(seen.length);
  const sums = new Float64Array(seen.length * width);
  for (let i = 0; i < rows.length; i++) {
    const place = placeOf.get(groups[rows[i]]);
    if (place === undefined) continue;
    const w = weights?.[i] ?? 1;
    weight[place] += w;
    if (target.task === "regression") sums[place] += w * (target.values[rows[i]] - overall[0]);
    else sums[place * width + target.codes[rows[i]]] += w;
  }
  if (!sums.every(Number.isFinite)) throw new FitError(`${NAME}: the target's values are too large to be added up`);
  return { groups: Array.from(seen, (group) => names[group]), weight, sums, overall };
}

function shrunk({ groups, weight, sums, overall }: Sums, shrinkage: number): GroupMeanData {
  const width = overall.length;
  const answers = sums.map((sum, i) => {
    const total = weight[Math.floor(i / width)] + shrinkage;
    return width === 1 ? overall[0] + sum / total : (sum + shrinkage * overall[i % width]) / total;
  });
  return { groups, answers, overall };
}
