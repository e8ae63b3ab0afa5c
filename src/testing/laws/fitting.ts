/** What fitting makes of a table's rows and columns. */
import { FitError } from "../../baselines/contract.ts";
import { allRows, shapeOf, type Column, type Dataset, type Rows } from "../../frame/dataset.ts";
import type { Prediction } from "../../frame/prediction.ts";
import { seeded } from "../../numeric/rng.ts";
import { isWalked } from "../../search/space/branches.ts";
import { pathPoints, searchedDefault } from "../../search/space/enumerate.ts";
import type { Point } from "../../search/space.ts";
import { holds, same, type Law } from "../law.ts";
import { takeRows } from "../../frame/take.ts";
import { dealt, union } from "../tables.ts";
import { close, defaults, fitOn, modelOrError, tableFor, type Trial } from "../trial.ts";
import { perturbed } from "../perturbed.ts";

const draws = ({ estimator }: Trial): boolean => estimator.resamples === true;
const SCORES = 1e-3; // of margins that a search need not know better
const SUMS = 1e-6; // sums of many terms in another order

/** The points that the default configuration's path leads over, where it is walked. */
function walkedPath({ estimator }: Trial, data: Dataset): readonly Point[] | undefined {
  const space = estimator.space(shapeOf(data), data.rows);
  const point = searchedDefault(space);
  return isWalked(space, point) ? pathPoints(space, point) : undefined;
}

export const fittingLaws: readonly Law<Trial>[] = [
  {
    name: "held-out-rows",
    claim: "nothing is learnt from rows it is not given",
    check: (it) => {
      const { estimator } = it;
      const data = tableFor(it, { missing: 0.05, weights: true });
      const [a, b, c] = dealt(data.rows, 3);
      const train = union(a, c);
      const other = perturbed(data, train);
      same(fitOn(it, other, train).toJSON(), fitOn(it, data, train).toJSON(), "the model after other rows changed");
      if (!estimator.prepare) return;
      const points = [defaults(it, data, train.length)];
      const shared = (of: Dataset): unknown =>
        estimator.prepare!(of, [a, b, c]).fit([0, 2], points, seeded(1))[0].toJSON();
      same(shared(other), shared(data), "the model of prepare after other rows changed");
    },
  },
  {
    name: "row-order",
    claim: "the order of the training rows does not matter",
    applies: (it) => !draws(it) && !it.estimator.needs?.includes("time"),
    check: (it) => {
      const data = tableFor(it, { missing: 0.05 });
      const shuffled = takeRows(data, seeded("order").shuffle(allRows(data.rows)));
      close(fitOn(it, shuffled).predict(data), fitOn(it, data).predict(data), "answers after rows were shuffled", SUMS);
    },
  },
  {
    name: "column-order",
    claim: "the order of the columns does not matter",
    check: (it) => {
      const data = tableFor(it);
      const reversed: Dataset = { ...data, columns: data.columns.toReversed() };
      const got = fitOn(it, reversed).predict(reversed);
      close(got, fitOn(it, data).predict(data), "answers after columns were reversed", SUMS);
    },
  },
  {
    name: "weights",
    claim: "a weight of 2 is a row given twice, a weight of 0 a row left out",
    applies: (it) => !draws(it),
    check: (it) => {
      const data = tableFor(it, { rows: 160 });
      const weights = Float64Array.from({ length: data.rows }, (_, i) => i % 3);
      const copies = [...allRows(data.rows)].flatMap((row) => Array.from({ length: row % 3 }, () => row));
      const weighted = fitOn(it, { ...data, weights }).predict(data);
      close(weighted, fitOn(it, takeRows(data, copies)).predict(data), "answers with weights", SUMS);
    },
  },
  {
    name: "prepare",
    claim: "models fitted through prepare are those of fit",
    applies: ({ estimator }) => estimator.prepare !== undefined,
    check: (it) => {
      const { estimator } = it;
      const data = tableFor(it, { missing: 0.05, weights: true });
      const parts = dealt(data.rows, 4);
      const prepared = estimator.prepare!(data, parts);
      const point = defaults(it, data, Math.floor((data.rows * 3) / 4));
      for (const train of [[0, 1, 2], [1, 3], [2]]) {
        const rows = union(...train.map((part) => parts[part]));
        const [model] = prepared.fit(train, [point], seeded("same"));
        const wanted = estimator.fit({ data, rows }, point, seeded("same")).predict(data);
        close(model.predict(data), wanted, `answers after training on parts ${train.join(", ")}`);
      }
    },
  },
  {
    name: "follow",
    claim: "models of a walked path, fitted one from the other, are those of fit as far as scores can tell",
    applies: (it) => walkedPath(it, tableFor(it)) !== undefined,
    check: (it) => {
      const { estimator } = it;
      const data = tableFor(it, { missing: 0.05, weights: true });
      const parts = dealt(data.rows, 4);
      const follower = estimator.prepare?.(data, parts).follow?.([0, 2, 3]);
      holds(follower !== undefined, "wanted prepare to give a follow, got none");
      const rows = union(parts[0], parts[2], parts[3]);
      for (const point of walkedPath(it, data)!) {
        const wanted = estimator.fit({ data, rows }, point, seeded("follow")).predict(data);
        close(follower.next(point).predict(data), wanted, `answers at ${JSON.stringify(point)}`, SCORES);
      }
    },
  },
  {
    name: "steps",
    claim: "the last step of fitSteps is what fit gives, and each step answers for the watched rows as its model does",
    applies: ({ estimator }) => estimator.fitSteps !== undefined,
    check: (it) => {
      const { estimator } = it;
      const data = tableFor(it, { missing: 0.05 });
      const [rows, watch] = dealt(data.rows, 2);
      const point = defaults(it, data, rows.length);
      let last: Prediction | undefined;
      for (const step of estimator.fitSteps!({ data, rows }, point, seeded("steps"), watch)) {
        const model = step.model();
        close(step.watched, model.predict(data, watch), `answers for the watched rows at step ${step.step}`);
        last = model.predict(data);
      }
      same(last, estimator.fit({ data, rows }, point, seeded("steps")).predict(data), "answers of the last step");
    },
  },
  {
    name: "small-tables",
    claim: "an empty table is refused by name; of one row, of no columns, a usable model or a named error",
    check: (it) => {
      const data = tableFor(it);
      const empty = modelOrError(it, data, new Int32Array(0));
      holds(empty instanceof FitError, "a model was fitted on no rows: wanted a FitError");
      modelOrError(it, data, Int32Array.of(3));
      modelOrError(it, { ...data, columns: [] }, allRows(data.rows));
    },
  },
  {
    name: "one-answer",
    claim: "where all rows have the same target, so does every answer, or a named error says why not",
    applies: ({ estimator }) => !estimator.needs?.includes("forecast"), // today's rule says what it says
    check: (it) => {
      const data = tableFor(it);
      const { target } = data;
      const flat: Dataset = {
        ...data,
        target:
          target.task === "regression"
            ? { ...target, values: target.values.map(() => 4.5) }
            : { ...target, codes: target.codes.map(() => 1) },
      };
      const model = modelOrError(it, flat, allRows(data.rows));
      if (model instanceof FitError) return;
      const { values } = model.predict(flat);
      if (target.task === "regression") {
        const wrong = values.find((value) => Math.abs(value - 4.5) >= 1e-6);
        holds(wrong === undefined, `all targets are 4.5, and it answers ${wrong}`);
        return;
      }
      const width = target.classes.length;
      for (let row = 0; row < data.rows; row++) {
        const share = values[row * width + 1];
        holds(share > 0.5, `all rows are of one class, and it gets probability ${share} in row ${row}`);
      }
    },
  },
  {
    name: "hard-columns",
    claim: "with constant, copied, huge, tiny and text columns a usable model or a named error",
    check: (it) => {
      const data = tableFor(it, { text: true });
      const first = data.columns[0] as Column & { kind: "number" };
      const columns: Column[] = [
        ...data.columns,
        { kind: "number", name: "constant", values: new Float64Array(data.rows).fill(7) },
        { ...first, name: "copy" },
        { kind: "number", name: "huge", values: first.values.map((v) => v * 1e100) },
        { kind: "number", name: "tiny", values: first.values.map((v) => v * 1e-300) },
        { kind: "category", name: "one level", codes: new Int32Array(data.rows), levels: ["only"] },
      ];
      modelOrError(it, { ...data, columns }, allRows(data.rows));
    },
  },
  {
    name: "signal",
    claim: "on a planted signal it is better than the best constant",
    check: (it) => {
      const data = tableFor(it, { rows: 900, missing: 0.02 });
      const [test, ...rest] = dealt(data.rows, 4);
      const train = union(...rest);
      const loss = meanLoss(data, fitOn(it, data, train).predict(data, test), test);
      const floor = meanLoss(data, constantOf(data, train, test.length), test);
      holds(loss < 0.97 * floor, `wanted a loss per row below 97 % of the constant's ${floor}, got ${loss}`);
    },
  },
];

/** Squared error, or log loss. */
function meanLoss({ target }: Dataset, prediction: Prediction, rows: Rows): number {
  const { values } = prediction;
  let sum = 0;
  for (const [i, row] of rows.entries())
    if (target.task === "regression") sum += (target.values[row] - values[i]) ** 2;
    else sum -= Math.log(Math.max(1e-6, values[i * target.classes.length + target.codes[row]]));
  return sum / rows.length;
}

/** The mean, or the shares of the classes, of the training rows. */
function constantOf({ target }: Dataset, train: Rows, rows: number): Prediction {
  if (target.task === "regression") {
    const mean = train.reduce((sum, row) => sum + target.values[row], 0) / train.length;
    return { kind: "value", values: new Float64Array(rows).fill(mean) };
  }
  const classes = target.classes.length;
  const shares = target.classes.map((_, k) => train.filter((row) => target.codes[row] === k).length / train.length);
  return {
    kind: "probability",
    classes,
    values: Float64Array.from({ length: rows * classes }, (_, i) => shares[i % classes]),
  };
}
