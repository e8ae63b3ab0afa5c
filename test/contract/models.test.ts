/** What every kind of saved model promises: its data are all it needs, and what is not its data is refused. */
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { Estimator } from "../../src/baselines/contract.ts";
import { estimators } from "../../src/baselines/registry.ts";
import { defaultPoint } from "../../src/search/space.ts";
import { allRows, shapeOf, type CategoryColumn, type Dataset, type Shape, type Task } from "../../src/frame/dataset.ts";
import { repeatRow } from "../../src/frame/repeat.ts";
import { labels } from "../../src/metrics/scored.ts";
import type { Kind, Model, ModelJSON, Sum } from "../../src/models/contract.ts";
import { flipsOf } from "../../src/models/flip.ts";
import { readerOf } from "../../src/models/model.ts";
import { kinds } from "../../src/models/registry.ts";
import { seeded } from "../../src/numeric/rng.ts";
import { drawingSchema } from "../../src/report/schema/drawing.ts";
import { plantedTable } from "../../src/testing/tables.ts";

interface Saved {
  readonly kind: Kind;
  readonly data: Dataset;
  readonly shape: Shape;
  readonly model: Model;
  readonly json: ModelJSON;
}

const textual = new Set(["logistic", "linear", "text-bayes"]);

async function saved(estimator: Estimator, task: Task): Promise<Saved> {
  const needs = estimator.needs ?? [];
  const data = plantedTable({
    task,
    rows: 180,
    missing: 0.1,
    forecast: needs.includes("forecast"),
    groups: needs.includes("groups"),
    time: needs.includes("time"),
    text: textual.has(estimator.name),
  });
  const shape = shapeOf(data);
  const rows = allRows(data.rows);
  const point = { ...defaultPoint(estimator.space(shape, data.rows)), ...SMALL[estimator.name] };
  const model = estimator.fit({ data, rows }, point, seeded("models"));
  const kind = await kinds.get(estimator.name)!();
  return { kind, data, shape, model, json: JSON.parse(JSON.stringify(model.toJSON())) as ModelJSON };
}

/** So that every number of a model can be tried. */
const SMALL: Record<string, object> = { boosting: { rounds: 3 }, forest: { trees: 3 } };

/** What a figure can show whole. */
const DRAWN = new Set(
  ["one-rule", "rule-list", "curve", "linear", "logistic", "text-bayes", "tree"].concat(
    ["cart", "logistic", "regression"].map((name) => `mljs-${name}`),
  ),
);

type Path = readonly (string | number)[];

/** Every value of the JSON, and where it is. */
function* valuesIn(value: unknown, path: Path = []): Generator<{ readonly path: Path; readonly value: unknown }> {
  yield { path, value };
  if (typeof value === "object" && value !== null)
    for (const [key, member] of Object.entries(value))
      yield* valuesIn(member, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** The same JSON with another value at one place. */
function edited(json: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(json) ? [...json] : { ...(json as object) }) as Record<string | number, unknown>;
  copy[key] = edited(copy[key], rest, value);
  return copy;
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((v) => typeof v === "number");
/** Lists that are sets: with an entry less they are another model, not a damaged one. */
const isSet = (path: Path): boolean => path.at(-1) === "missing" || (path[0] === "rules" && path.at(-1) === "levels");
const isShares = (path: Path): boolean =>
  path[0] !== "encoding" &&
  ["values", "answers", "overall", "fallback", "prior", "shares", "transitions", "value"].includes(String(path.at(-1)));
const ofOneNumber = ({ name }: Kind, task: Task): boolean =>
  ["tree", "forest", "mljs-cart"].includes(name) && task === "binary";
const dotted = (path: Path): string => path.join(".");

const totalOf = ({ start, parts }: Sum): number => parts.reduce((sum, { amount }) => sum + amount, start);

/** What an answer is on the scale of a sum. */
function toldBy({ scale, class: one = 0, against = 0 }: Sum, said: readonly number[]): number {
  if (scale === "value") return said[0];
  if (scale === "log") return Math.log(said[0]);
  return scale === "probability" ? said[one] : Math.log(said[one] / said[against]);
}

const expectClose = (a: number, b: number, what: string): void =>
  expect(Math.abs(a - b), what).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b)));

for (const estimator of estimators)
  for (const task of estimator.tasks)
    describe(`${estimator.name}, ${task}`, async () => {
      const { kind, data, shape, model, json } = await saved(estimator, task);
      const read = readerOf(kind);
      const refuses = (changed: unknown, what: string, own = shape): void =>
        expect(() => read(changed, own), what).toThrow(TypeError);
      const places = [...valuesIn(json)].filter(({ path }) => path[0] !== "notes");

      it("comes back from JSON as it was, and predicts the same to the bit", () => {
        const loaded = read(json, shape);
        expect(JSON.stringify(loaded.toJSON())).toBe(JSON.stringify(json));
        expect(loaded.predict(data)).toEqual(model.predict(data));
        expect(loaded.explain(shape)).toEqual(model.explain(shape));
        expect(loaded.complexity).toEqual(model.complexity);
        expect(loaded.notes).toEqual(model.notes);
      });

      it("is drawn, if at all, from numbers that a benchmark may hold", () => {
        const { drawing } = model.explain(shape);
        if (drawing) expect(v.parse(drawingSchema, JSON.parse(JSON.stringify(drawing)))).toEqual(drawing);
        expect(drawing === undefined).toBe(!DRAWN.has(estimator.name));
      });

      it("leaves an answer alone when it is asked again", () => {
        const first = model.predict(data, Int32Array.of(0, 1, 2));
        const before = first.values.slice();
        model.predict(data, Int32Array.of(177, 178, 179));
        expect(first.values).toEqual(before);
        first.values.fill(7);
        expect(model.predict(data, Int32Array.of(0, 1, 2)).values).toEqual(before);
      });

      it("gives reasons for a row that are its answer: what was looked up, or parts that add up to it", () => {
        for (const row of [0, 1, 2, 50, 101, 179]) {
          const { steps, answer, sum } = model.reasons!(data, row);
          const said = [...model.predict(data, Int32Array.of(row)).values];
          expect(steps.length).toBeGreaterThan(0);
          expect([answer, sum].filter((one) => one !== undefined)).toHaveLength(1);
          if (answer) expect(answer).toEqual(said);
          else expectClose(totalOf(sum!), toldBy(sum!, said), `row ${row}`);
        }
      });

      it("says what would change the class of a row, and it does; nothing nearer does where it says so", () => {
        const known = data.columns.map(({ kind: of }) => ({
          spread: 3,
          tried: of === "number" ? [-2, -1, 0, 1, 2] : [],
          whole: false,
          range: [-0.5, 0.5] as const,
        }));
        let found = 0;
        for (const row of [0, 1, 2, 50, 101, 179]) {
          const flips = flipsOf(model, data, row, known);
          found += flips.length;
          if (task === "regression") expect(flips).toEqual([]);
          for (const { to, unseen } of flips) expect(unseen).toBe(typeof to === "number" && Math.abs(to) > 0.5);
          const order = flips.map(({ unseen, distance }) => (unseen ? 1e9 : 0) + distance);
          expect(order).toEqual(order.toSorted((a, b) => a - b));
          const classAt = (column: number, to: number | string): number => {
            const one = repeatRow(data, row, 1);
            const [changed] = [one.columns[column]].map((old) =>
              old.kind === "number"
                ? { ...old, values: Float64Array.of(to as number) }
                : {
                    ...(old as CategoryColumn),
                    codes: Int32Array.of((old as CategoryColumn).levels.indexOf(to as string)),
                  },
            );
            const said = model.predict({ ...one, columns: one.columns.with(column, changed) });
            return labels(said.values, shape.classes.length)[0];
          };
          for (const { column, to, class: code, exact } of flips) {
            expect(classAt(column, to)).toBe(code);
            const of = data.columns[column];
            if (!exact || of.kind !== "number") continue;
            const [x, far] = [of.values[row], to as number];
            for (let i = 0; i < 20; i++) {
              const nearer = x + (far - x) * (i / 20);
              expect(classAt(column, nearer), `${of.name} ${x} -> ${nearer}, before ${far}`).toBe(classAt(column, x));
              const beyond = x - (far - x) * (i / 20);
              expect(classAt(column, beyond), `${of.name} ${x} -> ${beyond}, before ${far}`).toBe(classAt(column, x));
            }
          }
        }
        const listens = (model.explain(shape).importance ?? []).some(
          ({ column }) => shape.columns.find(({ name }) => name === column)!.kind !== "text",
        );
        if (task !== "regression" && listens) expect(found).toBeGreaterThan(0);
      });

      it("refuses a list of numbers with one too few", () => {
        for (const { path, value } of places)
          if (isNumbers(value) && !isSet(path)) refuses(edited(json, path, value.slice(0, -1)), dotted(path));
      });

      it("refuses what is no finite number where one is wanted", () => {
        for (const { path, value } of places)
          if (typeof value === "number" && path.length > 1)
            for (const wrong of ["1", null, Number.NaN, Number.POSITIVE_INFINITY, [1], {}])
              if (path.at(-1) !== "last" || wrong !== null) refuses(edited(json, path, wrong), dotted(path));
      });

      it("refuses columns that the table does not have", () => {
        for (const { path, value } of places) {
          const names = path.at(-1) === "column" || path.at(-2) === "feature" || path.at(-2) === "missing";
          if (typeof value === "number" && value >= 0 && names) refuses(edited(json, path, value + 99), dotted(path));
        }
        const kindless = { ...shape, columns: shape.columns.map((column) => ({ ...column, kind: "text" as const })) };
        if (places.some(({ path, value }) => path.at(-1) === "column" || (path.at(-2) === "feature" && value !== -1)))
          if (kind.name !== "text-bayes") refuses(json, "all columns are texts", kindless);
      });

      it("refuses members that are missing or unknown, and another task", () => {
        for (const name of Object.keys(json))
          if (name !== "phrases" && name !== "errors") refuses({ ...json, [name]: undefined }, name);
        refuses({ ...json, more: 1 }, "more");
        const other: Shape =
          task === "regression"
            ? { ...shape, task: "binary", classes: ["no", "yes"] }
            : { ...shape, task: "regression", classes: [] };
        // One number in a leaf is a value or the share of the second of two classes.
        if (!ofOneNumber(kind, task)) refuses(json, "another task", other);
      });

      if (task === "regression") return;

      it("refuses shares below 0, above 1 or that do not sum to 1", () => {
        for (const { path, value } of places) {
          if (kind.name === "boosting" || !isShares(path) || !isNumbers(value)) continue;
          const last = value.length - 1;
          for (const wrong of [
            -0.25,
            1.25,
            ...(ofOneNumber(kind, task) || value[last] < 1e-3 ? [] : [value[last] / 2]),
          ])
            refuses(edited(json, [...path, last], wrong), dotted(path));
        }
      });

      it("refuses a class less, and a class more unless training may have lacked it", () => {
        refuses(json, "a class less", { ...shape, classes: shape.classes.slice(0, -1) });
        const more: Shape = { ...shape, task: "multiclass", classes: [...shape.classes, "new"] };
        if ("seen" in json) expect(read(json, more).predict(data).values.length).toBe(data.rows * more.classes.length);
        else refuses(json, "a class more", more);
      });
    });
