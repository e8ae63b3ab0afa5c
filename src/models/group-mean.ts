import * as v from "valibot";
import { answersFault, predictionOf } from "./answers.ts";
import type { Kind } from "./contract.ts";
import { doubles } from "./parts.ts";
import { percent, readable } from "./wording.ts";

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
  name: "group-mean",
  version: 2,
  schema: v.strictObject({ groups: v.array(v.string()), answers: doubles(), overall: doubles() }),
  faultIn: ({ groups, answers, overall }, shape) =>
    (new Set(groups).size < groups.length ? "groups: a name is there twice" : undefined) ??
    answersFault("answers", answers, groups.length, shape) ??
    answersFault("overall", overall, 1, shape),
  complexity: ({ groups }) => ({ count: groups.length + 1, unit: "groups" }),
  notes: () => ({}),
  predictor: ({ groups, answers, overall }) => {
    const width = overall.length;
    const placeOf = new Map(groups.map((name, place) => [name, place]));
    return (data, rows) => {
      const places = data.groupNames?.map((name) => placeOf.get(name)) ?? [];
      const values = new Float64Array(rows.length * width);
      for (let i = 0; i < rows.length; i++) {
        const place = data.groups && places[data.groups[rows[i]]];
        const found = place === undefined ? overall : answers.subarray(place * width, (place + 1) * width);
        values.set(found, i * width);
      }
      return predictionOf(values, width);
    };
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
};
