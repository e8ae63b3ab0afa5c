/** From data to a model that predicts, and from JSON to data. */
import * as v from "valibot";
import { allRows, type Shape } from "../frame/dataset.ts";
import type { Fault, Kind, Model } from "./contract.ts";

/** The model of fitted data, for tables of this shape. */
export function modelOf<D extends object>(kind: Kind<D>, data: D, shape: Shape): Model {
  return lazyModel(kind, () => data, shape);
}

/** The same of data that are made when they are first needed. */
export function lazyModel<D extends object>(kind: Kind<D>, make: () => D, shape: Shape): Model {
  const data = once(make);
  const predictor = once(() => kind.predictor(data(), shape));
  const complexity = once(() => kind.complexity(data()));
  const notes = once(() => kind.notes(data()));
  const model: Model = {
    get complexity() {
      return complexity();
    },
    get notes() {
      return notes();
    },
    predict: (table, rows = allRows(table.rows)) => predictor()(table, rows),
    explain: (own) => kind.explain(data(), own),
    reasons: (table, row) => kind.reasons(data(), shape, table, row),
    ...(kind.turns && { turns: (table, row, column) => kind.turns!(data(), shape, table, row, column) }),
    ...(kind.strangers && { strangers: (table) => kind.strangers!(data(), table) }),
    toJSON: () => ({ kind: kind.name, version: kind.version, ...(plain(data()) as object) }),
  };
  datas.set(model, { kind, data });
  return Object.freeze(model);
}

const datas = new WeakMap<Model, { readonly kind: Kind; readonly data: () => object }>();

/** The data of a model that is known to be of this kind. */
export function dataOf<D extends object>(kind: Kind<D>, model: Model): D {
  const found = datas.get(model);
  if (found?.kind !== kind) throw new TypeError(`wanted a model of the kind ${kind.name}, got another`);
  return found.data() as D;
}

/** Reads saved models of a kind. The reader throws a TypeError when the JSON is of another kind or version, is damaged, or does not fit the shape. */
export function readerOf<D extends object>(kind: Kind<D>): (json: unknown, shape: Shape) => Model {
  return (json, shape) => {
    const { kind: name, version, ...members } = (json ?? {}) as Readonly<Record<string, unknown>>;
    if (name !== kind.name || version !== kind.version)
      throw new TypeError(
        `${kind.name}: wanted a saved ${kind.name} model, version ${kind.version}; got kind ${JSON.stringify(name)}, version ${JSON.stringify(version)}`,
      );
    const result = v.safeParse(kind.schema, members, { abortEarly: true });
    const fault = result.success
      ? (classesFault(shape) ?? kind.faultIn(result.output, shape))
      : faultOf(result.issues[0]);
    if (!result.success || fault !== undefined) throw new TypeError(`${kind.name}: the saved model's ${fault}`);
    return modelOf(kind, result.output, shape);
  };
}

/** The classes must be those of the task. */
function classesFault({ task, classes }: Shape): Fault {
  const suits = { regression: classes.length === 0, binary: classes.length === 2, multiclass: classes.length > 1 };
  return suits[task] ? undefined : `table has ${classes.length} classes, which does not suit a ${task} task`;
}

function faultOf(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? "data"}: ${issue.message}`;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Typed arrays as lists, all else as it is. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}
