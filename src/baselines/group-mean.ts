import { allRows, type Dataset, type Shape, type View } from "../data/dataset.ts";
import { FitError, type Estimator } from "./contract.ts";
import type { Model, Prediction } from "../models/contract.ts";
import { sharedByPoints } from "./fit-points.ts";
import { readModel } from "./model-json.ts";
import { trainingRows, type TrainingRows } from "./training-rows.ts";
import { percent, readable } from "../models/wording.ts";

/** How many rows' worth of the overall mean or shares are added to each group. */
export type GroupMeanParams = { readonly shrinkage: number };

const NAME = "group-mean";
const VERSION = 2;
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
  ...sharedByPoints(fitAll),
  fromJSON,
};

/** Groups by name, what each is predicted (groups x width), and what all others are. */
interface Answers {
  readonly groups: readonly string[];
  readonly answers: Float64Array;
  readonly overall: Float64Array;
}

function fitAll({ data, rows }: View, points: readonly GroupMeanParams[]): Model[] {
  const { groups, groupNames } = data;
  if (groups === undefined || groupNames === undefined)
    throw new FitError(`${NAME}: the table has no groups with names (--group)`);
  const training = trainingRows(NAME, { data, rows });
  const sums = sumsByGroup(data, groups, groupNames, training);
  return points.map(({ shrinkage }) => groupModel(shrunk(sums, shrinkage)));
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

function shrunk({ groups, weight, sums, overall }: Sums, shrinkage: number): Answers {
  const width = overall.length;
  const answers = sums.map((sum, i) => {
    const total = weight[Math.floor(i / width)] + shrinkage;
    return width === 1 ? overall[0] + sum / total : (sum + shrinkage * overall[i % width]) / total;
  });
  return { groups, answers, overall };
}

function groupModel({ groups, answers, overall }: Answers): Model {
  const width = overall.length;
  const placeOf = new Map(groups.map((name, place) => [name, place]));
  return Object.freeze({
    complexity: { count: groups.length + 1, unit: "groups" },
    notes: {},
    predict: (data: Dataset, rows = allRows(data.rows)): Prediction => {
      const places = data.groupNames?.map((name) => placeOf.get(name)) ?? [];
      const values = new Float64Array(rows.length * width);
      for (let i = 0; i < rows.length; i++) {
        const place = data.groups && places[data.groups[rows[i]]];
        const found = place === undefined ? overall : answers.subarray(place * width, (place + 1) * width);
        values.set(found, i * width);
      }
      return width === 1 ? { kind: "value", values } : { kind: "probability", values, classes: width };
    },
    explain: ({ task, classes }: Shape) => {
      const rest =
        task === "regression"
          ? readable(overall[0])
          : classes.map((name, k) => `${name} ${percent(overall[k])}`).join(", ");
      const what = task === "regression" ? "mean" : "class shares";
      return {
        summary: `Each of ${groups.length} groups gets its own ${what} in the training rows; other rows the ${what} of all: ${rest}.`,
        lines: [],
      };
    },
    toJSON: () => ({
      kind: NAME,
      version: VERSION,
      groups,
      answers: [...answers],
      overall: [...overall],
    }),
  });
}

function fromJSON(json: unknown, shape: Shape): Model {
  const { groups, answers, overall } = readModel(json, NAME, VERSION);
  const width = Math.max(1, shape.classes.length);
  const areNumbers = (list: unknown, length: number): list is number[] =>
    Array.isArray(list) && list.length === length && list.every(Number.isFinite);
  const isName = (name: unknown): name is string => typeof name === "string";
  if (!Array.isArray(groups) || !groups.every(isName) || new Set(groups).size < groups.length)
    throw new TypeError(`${NAME}: the saved model's groups are not names, each once`);
  if (!areNumbers(answers, groups.length * width) || !areNumbers(overall, width))
    throw new TypeError(`${NAME}: the saved model's answers do not fit ${groups.length} groups and ${width} classes`);
  return groupModel({
    groups,
    answers: Float64Array.from(answers),
    overall: Float64Array.from(overall),
  });
}
