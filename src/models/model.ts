/** From data to a model that predicts, and from JSON to data. */
import * as v from "valibot";
import { allRows, type Dataset, type Rows, type Shape } from "../frame/dataset.ts";
import type { Prediction } from "../frame/prediction.ts";
import type { Warning } from "../frame/warning.ts";
import type { Complexity, Explanation, Fault, Kind, Model, ModelJSON, Notes, Predictor, Reasons } from "./contract.ts";

/** The model of fitted data, for tables of this shape. */
export function modelOf<D extends object>(kind: Kind<D>, data: D, shape: Shape): Model {
  return new KindModel(kind, () => data, shape);
}

/** The same of data that are made when they are first needed. */
export function lazyModel<D extends object>(kind: Kind<D>, make: () => D, shape: Shape): Model {
  return new KindModel(kind, make, shape);
}

/** The data of a model that is known to be of this kind. */
export function dataOf<D extends object>(kind: Kind<D>, model: Model): D {
  if (!(model instanceof KindModel) || model.kind !== kind)
    throw new TypeError(`wanted a model of the kind ${kind.name}, got another`);
  return model.data as D;
}

/** A search makes tens of thousands: nothing is made of one before it is asked for. */
class KindModel<D extends object> implements Model {
  readonly kind: Kind<D>;
  readonly #make: () => D;
  readonly #shape: Shape;
  #data: D | undefined;
  #predictor: Predictor | undefined;

  constructor(kind: Kind<D>, make: () => D, shape: Shape) {
    this.kind = kind;
    this.#make = make;
    this.#shape = shape;
    Object.freeze(this);
  }

  get data(): D {
    return (this.#data ??= this.#make());
  }

  get complexity(): Complexity {
    return this.kind.complexity(this.data);
  }

  get notes(): Notes {
    return this.kind.notes(this.data);
  }

  predict(table: Dataset, rows: Rows = allRows(table.rows)): Prediction {
    return (this.#predictor ??= this.kind.predictor(this.data, this.#shape))(table, rows);
  }

  explain(own: Shape): Explanation {
    return this.kind.explain(this.data, own);
  }

  reasons(table: Dataset, row: number): Reasons {
    return this.kind.reasons(this.data, this.#shape, table, row);
  }

  turns(table: Dataset, row: number, column: number): readonly number[] | undefined {
    return this.kind.turns?.(this.data, this.#shape, table, row, column);
  }

  strangers(table: Dataset): readonly Warning[] {
    return this.kind.strangers?.(this.data, table) ?? [];
  }

  toJSON(): ModelJSON {
    return { kind: this.kind.name, version: this.kind.version, ...(plain(this.data) as object) };
  }
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

/** Typed arrays as lists, all else as it is. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}
