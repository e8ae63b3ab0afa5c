import * as v from "valibot";
import { DataError } from "../frame/error.ts";
import { counted, percent, readable } from "../words/numbers.ts";
import { answersFault, predictionOf } from "./answers.ts";
import type { Kind, Predictor } from "./contract.ts";
import { doubles } from "./parts.ts";
import { plainReasons } from "./reasons.ts";

const NAME = "group-mean";

export interface GroupMeanData {
  /** Their names. */
  readonly groups: readonly string[];
  /** What each group is predicted, groups x width. */
  readonly answers: Float64Array;
  /** What all others are. */
  readonly overall: Float64Array;
}

/** Each group gets an answer of its own, rows without a known group that of all. O(rows). */
export const groupMeanKind: Kind<GroupMeanData> = {
  name: NAME,
  version: 2,
  schema: v.strictObject({ groups: v.array(v.string()), answers: doubles(), overall: doubles() }),
  faultIn: ({ groups, answers, overall }, shape) =>
    (new Set(groups).size < groups.length ? "groups: a name is there twice" : undefined) ??
    answersFault("answers", answers, groups.length, shape) ??
    answersFault("overall", overall, 1, shape),
  complexity: ({ groups }) => ({ count: groups.length + 1, unit: "groups" }),
  notes: () => ({}),
  predictor,
  strangers: ({ groups: known }, { groups = new Int32Array(0), groupNames = [] }) => {
    const seen = new Set(known);
    const isNew = groupNames.map((name) => !seen.has(name));
    const count = groups.reduce((sum, group) => sum + (group < 0 || isNew[group] ? 1 : 0), 0);
    if (count === 0) return [];
    const examples = groupNames.filter((_, group) => isNew[group]).slice(0, 5);
    const such =
      examples.length === 0
        ? "without a group"
        : `of no group that training had, such as ${JSON.stringify(examples[0])}`;
    return [
      {
        code: "unseen-groups",
        message: `${counted(count, "row")} ${such}: answered as all rows are on average`,
        count,
        evidence: { texts: examples },
      },
    ];
  },
  explain: ({ groups, overall }, { task, classes }) => {
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
  reasons: (data, _shape, table, row) => {
    const name = table.groups && table.groupNames?.[table.groups[row]];
    const known = name !== undefined && data.groups.includes(name);
    const step = known
      ? `it belongs to the group ${name}`
      : "it belongs to no group that training had: the answer of all";
    return plainReasons(predictor(data), table, row, step);
  },
};

function predictor({ groups, answers, overall }: GroupMeanData): Predictor {
  const width = overall.length;
  const placeOf = new Map(groups.map((name, place) => [name, place]));
  return (data, rows) => {
    if (data.groupNames === undefined)
      throw new DataError(`${NAME}: the table has no column of groups, and each group has an answer of its own`);
    const places = data.groupNames.map((name) => placeOf.get(name));
    const values = new Float64Array(rows.length * width);
    for (let i = 0; i < rows.length; i++) {
      const place = data.groups && places[data.groups[rows[i]]];
      const found = place === undefined ? overall : answers.subarray(place * width, (place + 1) * width);
      values.set(found, i * width);
    }
    return predictionOf(values, width);
  };
}
