/** What can be said before looking at answers: repeatable, harmless; and what an estimator and its models say of themselves. */
import { allRows, shapeOf } from "../../frame/dataset.ts";
import { branchesOf, pointAt } from "../../search/space/branches.ts";
import { checkSpace } from "../../search/space/check.ts";
import { pathPoints } from "../../search/space/enumerate.ts";
import type { Point, Space } from "../../search/space.ts";
import { holds, same, throws, type Law } from "../law.ts";
import { close, defaults, fitOn, modelOrError, saved, tableFor, type Trial } from "../trial.ts";

/** Of every branch of a space: its two ends and a point inside, with the ends of their paths. */
function pointsToTry(space: Space): readonly Point[] {
  return branchesOf(space).flatMap((branch) =>
    [0, 0.4, 1].flatMap((place) => {
      const paths = pathPoints(
        space,
        pointAt(
          branch,
          branch.dimensions.map(() => place),
        ),
      );
      return [paths[0], paths[paths.length - 1]];
    }),
  );
}

export const repeatLaws: readonly Law<Trial>[] = [
  {
    name: "same-seed",
    claim: "the same rows, parameters and seed give the same model, whatever was fitted in between",
    check: (it) => {
      const data = tableFor(it, { missing: 0.05 });
      const first = fitOn(it, data).toJSON();
      fitOn(it, tableFor(it, { seed: `other than ${it.seed}` }));
      same(fitOn(it, data).toJSON(), first, "the saved model of a second fit");
    },
  },
  {
    name: "input",
    claim: "fitting and predicting leave table and parameters as they are, and the model is frozen",
    check: (it) => {
      const data = tableFor(it, { missing: 0.05, weights: true });
      const before = structuredClone(data);
      const point = defaults(it, data);
      const asked = { ...point };
      const model = fitOn(it, data);
      model.predict(data);
      same(data, before, "the table");
      same(point, asked, "the parameters");
      holds(Object.isFrozen(model), "the model can be changed: wanted Object.freeze");
    },
  },
];

export const descriptionLaws: readonly Law<Trial>[] = [
  {
    name: "space",
    claim: "its parameters have bounds and defaults, and every corner of them gives a usable model or a named error",
    check: (it) => {
      const data = tableFor(it, { rows: 60, missing: 0.05 });
      const space = it.estimator.space(shapeOf(data), data.rows);
      checkSpace(space);
      for (const point of pointsToTry(space)) modelOrError(it, data, allRows(data.rows), point);
    },
  },
  {
    name: "explains",
    claim: "a model explains itself and states its size",
    check: (it) => {
      const data = tableFor(it);
      const model = fitOn(it, data);
      const { count, unit } = model.complexity;
      holds(count > 0 && unit !== "", `wanted a size above 0 with its unit, got ${count} ${unit}`);
      const { summary, importance } = model.explain(shapeOf(data));
      holds(summary.length > 10, `wanted a sentence as summary, got ${JSON.stringify(summary)}`);
      if (!importance) return;
      const sum = importance.reduce((total, { share }) => total + share, 0);
      holds(Math.abs(sum - 1) < 1e-9, `wanted importances that sum to 1, got ${sum}`);
      const falls = importance.every(({ share }, i) => i === 0 || share <= importance[i - 1].share);
      holds(falls, "wanted the largest importance first");
      holds(importance[0].column !== "junk", "a column of random numbers is said to matter most");
    },
  },
  {
    name: "saved",
    claim: "a model is JSON that, read again, is the same model; JSON of another kind or version is refused",
    check: (it) => {
      const { estimator } = it;
      const data = tableFor(it, { missing: 0.05 });
      const shape = shapeOf(data);
      const model = fitOn(it, data);
      requireJSON(model.toJSON(), "the saved model");
      const json = JSON.parse(saved(model)) as Record<string, unknown>;
      same(json.kind, estimator.name, "the saved model's kind");
      const loaded = estimator.fromJSON(json, shape);
      close(loaded.predict(data), model.predict(data), "answers of the loaded model", 0);
      same(JSON.parse(saved(loaded)), json, "the loaded model, saved again");
      same(loaded.explain(shape), model.explain(shape), "how the loaded model explains itself");
      same(loaded.complexity, model.complexity, "the size of the loaded model");
      for (const [what, wrong] of [
        ["a model of another kind", { ...json, kind: "other" }],
        ["a model of another version", { ...json, version: 99 }],
        ["no model at all", null],
      ] as const)
        throws(() => estimator.fromJSON(wrong, shape), TypeError, what);
    },
  },
];

/** JSON holds finite numbers, texts, booleans, nulls, lists and records of them: nothing that is lost on the way. */
function requireJSON(value: unknown, where: string): void {
  if (typeof value === "number") holds(Number.isFinite(value), `${where} holds ${value}, which JSON has no word for`);
  else if (typeof value === "object" && value !== null) {
    const plain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
    holds(
      plain,
      `${where} holds a ${value.constructor?.name}, which JSON would change: wanted lists and plain records`,
    );
    for (const [key, member] of Object.entries(value)) requireJSON(member, `${where}.${key}`);
  } else if (value !== null)
    holds(["string", "boolean"].includes(typeof value), `${where} holds a value of type ${typeof value}`);
}
