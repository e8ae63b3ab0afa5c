/** What a model answers. */
import { allRows, shapeOf, type CategoryColumn, type Dataset } from "../../frame/dataset.ts";
import { pathPoints } from "../../search/space/enumerate.ts";
import { seeded } from "../../numeric/rng.ts";
import { same, type Law } from "../law.ts";
import { perturbed } from "../perturbed.ts";
import { dealt } from "../tables.ts";
import { defaults, fitOn, modelOrError, saved, tableFor, usable, type Trial } from "../trial.ts";

export const answerLaws: readonly Law<Trial>[] = [
  {
    name: "answers",
    claim: "every row gets a finite answer, and probabilities lie within 0 and 1 and sum to 1",
    check: (it) => {
      const data = tableFor(it);
      usable(data, fitOn(it, data).predict(data), data.rows);
    },
  },
  {
    name: "missing-values",
    claim: "rows with missing values, with nothing but missing values and with unseen levels get usable answers",
    check: (it) => {
      const data = tableFor(it, { missing: 0.3 });
      const level = data.columns.find((c): c is CategoryColumn => c.kind === "category" && c.levels.length > 2)!;
      const seen = allRows(data.rows).filter((row) => level.codes[row] !== 1);
      usable(data, fitOn(it, data, seen).predict(data), data.rows);
      const blank = blanked(data);
      usable(blank, fitOn(it, data).predict(blank), data.rows);
      modelOrError(it, blank, allRows(data.rows));
    },
  },
  {
    name: "row-by-row",
    claim: "a row gets the same answer alone as among others, and no rows get no answers",
    check: (it) => {
      const data = tableFor(it, { missing: 0.05 });
      const model = fitOn(it, data);
      const { values } = model.predict(data);
      const width = values.length / data.rows;
      for (const row of [0, 7, data.rows - 1]) {
        const alone = model.predict(data, Int32Array.of(row)).values;
        same([...alone], [...values.subarray(row * width, (row + 1) * width)], `the answer for row ${row} alone`);
      }
      same(model.predict(data, new Int32Array(0)).values.length, 0, "the answers for no rows");
    },
  },
  {
    name: "own-answers",
    claim: "an answer is not changed by the next one, nor the model by changing an answer",
    check: (it) => {
      const data = tableFor(it);
      const model = fitOn(it, data);
      const [some, others] = dealt(data.rows, 2);
      const { values } = model.predict(data, some);
      const before = values.slice();
      model.predict(data, others);
      same(values, before, "the first answer after the second");
      values.fill(7);
      same(model.predict(data, some).values, before, "the answer asked for again");
    },
  },
  {
    name: "no-target",
    claim: "a row's answer does not depend on its target, nor, where it looks back, on later ones",
    check: (it) => {
      const looksBack = it.estimator.looksBack === true;
      const data = tableFor(it, { missing: 0.05, time: looksBack });
      const model = fitOn(it, data, dealt(data.rows, 2)[0]);
      const before = model.predict(data).values;
      const width = before.length / data.rows;
      for (const from of looksBack ? [1, 100, data.rows - 1] : [0]) {
        const past = allRows(data.rows).filter((row) => row < from); // time is the row number
        const after = model.predict({ ...data, target: perturbed(data, past).target }).values;
        const until = looksBack ? from + 1 : data.rows; // the row at `from` itself sees only what is before it
        same(after.subarray(0, until * width), before.subarray(0, until * width), "answers after targets changed");
      }
    },
  },
  {
    name: "together",
    claim: "several models asked at once answer as each alone",
    applies: ({ estimator }) => estimator.predictAll !== undefined,
    check: (it) => {
      const { estimator } = it;
      const data = tableFor(it, { missing: 0.05 });
      const [train, test] = dealt(data.rows, 2);
      const point = defaults(it, data, train.length);
      const points = [...pathPoints(estimator.space(shapeOf(data), train.length), point), point];
      const models = estimator.prepare!(data, [train]).fit([0], points, seeded("together"));
      const loaded = estimator.fromJSON(JSON.parse(saved(models[0])), shapeOf(data));
      for (const asked of [models, [...models.toReversed(), loaded]]) {
        const alone = asked.map((model) => model.predict(data, test).values);
        same(
          Array.from(estimator.predictAll!(asked, data, test), ({ values }) => values.slice()),
          alone,
          "the answers of models asked together",
        );
      }
    },
  },
];

/** The table with every number and every level missing. */
function blanked(data: Dataset): Dataset {
  return {
    ...data,
    columns: data.columns.map((column) => {
      if (column.kind === "number") return { ...column, values: column.values.map(() => Number.NaN) };
      return column.kind === "category" ? { ...column, codes: column.codes.map(() => -1) } : column;
    }),
  };
}
